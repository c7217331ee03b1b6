"""The interactive page in a notebook."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from os import PathLike
from pathlib import Path

from thalweg import _thalweg
from thalweg._pick import Entry
from thalweg._problem import Problem
from thalweg._runs import Run, Runs, chosen_problem, chosen_runs, of_spec
from thalweg._spec import Spec
from thalweg._thalweg import Error
from thalweg._words import Options, ProblemLike, number, options

#: What the page may do in its frame. Without the origin of the notebook, it cannot reach the notebook.
SANDBOX = "allow-scripts allow-downloads"


class Explorer:
    """The interactive page with an experiment. A notebook shows it in a frame, also without a kernel.

    With the package anywidget, `explore` returns an `ExplorerWidget`, whose attributes follow the page.
    """

    #: The pick of the problem on the page.
    problem: str
    #: The picks of the optimizers.
    optimizers: tuple[str, ...]
    #: The initial point (dim).
    start: tuple[float, ...]
    #: The epoch that the player of the page shows; `None` until the page is shown.
    epoch: int | None
    #: The address of the page: the experiment and what the page shows of it.
    address: str
    #: Why the page could not use the last value that was assigned, or an empty text.
    failure: str

    _page: str
    _height: str

    @property
    def html(self) -> str:
        """The page, a self-contained HTML file with the first experiment."""
        return self._page

    @property
    def spec(self) -> Spec:
        """The experiment as plain data, with the target and the other settings of the page."""
        pairs = _thalweg.address_pairs(self.address)
        given: dict[str, list[str]] = {}
        for key, value in pairs:
            given.setdefault(key, []).append(value)
        (problem,), optimizers = given.pop("on"), given.pop("with", [])
        return Spec(problem, tuple(optimizers), {key: values[0] or True for key, values in given.items()})

    def train(self) -> Runs:
        """Trains the runs that the page shows."""
        return of_spec(self.spec)

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the page with the first experiment to a file."""
        Path(path).write_text(self.html, encoding="utf-8")

    def _repr_html_(self) -> str:
        import html

        return (
            f'<iframe srcdoc="{html.escape(self.html)}" sandbox="{SANDBOX}" width="100%" '
            f'height="{self._height}" style="border: 0" title="Thalweg"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<Explorer: a page of {len(self.html)} characters; a notebook shows it, and `save` writes it>"


class ExplorerFrame(Explorer):
    """The page in a frame, without a widget."""

    def __init__(self, page: str, address: str, start: Iterable[float], height: float) -> None:
        self._page, self._height = page, number("height", height)
        self.address, self.start, self.epoch, self.failure = address, tuple(start), None, ""
        spec = self.spec
        self.problem, self.optimizers = str(spec.problem), tuple(str(one) for one in spec.optimizers)


def explored(runs: Runs | Run | ProblemLike, height: float, given: Options) -> Explorer:
    """Returns the interactive page with an experiment."""
    if isinstance(runs, (str, Entry, Problem)):
        spec = Spec(chosen_problem(runs), ())
    elif isinstance(runs, (Run, Runs)):
        spec = chosen_runs(runs)._with_tuned_settings()
    else:
        kind = type(runs).__name__
        raise Error(f"`runs` must be the result of `train`, one of its runs, or a problem, but its type is {kind}")
    if not spec.is_command:
        raise Error("the page cannot show problems and optimizers that are written in Python: use `draw` or `animate`")
    number("height", height)
    words = ["explore", *options({**spec.options(), **given})]
    page, address, start = _thalweg.page(words)
    frame = ExplorerFrame(page, address, start, height)
    if _is_unattended():
        return frame
    try:
        from thalweg._widget import ExplorerWidget
    except ImportError:
        return frame
    return ExplorerWidget(frame)


def _is_unattended() -> bool:
    """Returns whether a program executes the notebook, such as nbconvert, which does not answer `input`.

    The notebook is then shown without a kernel. A widget would need its scripts from a server there.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    kernel = getattr(shell, "kernel", None)
    return kernel is not None and not getattr(kernel, "_allow_stdin", True)
