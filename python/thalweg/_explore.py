"""The interactive page in a notebook."""

from __future__ import annotations

import html
from os import PathLike
from pathlib import Path

from thalweg import _thalweg
from thalweg._pick import Entry
from thalweg._problem import Problem
from thalweg._runs import Run, Runs, chosen_problem
from thalweg._spec import Spec
from thalweg._thalweg import Error
from thalweg._words import ProblemLike, number, options

#: What the page may do in its frame. Without the origin of the notebook, it cannot reach the notebook.
SANDBOX = "allow-scripts allow-downloads"


class Explorer:
    """The interactive page with an experiment. A notebook shows it in a frame, also without a kernel."""

    def __init__(self, page: str, height: float) -> None:
        #: The page, a self-contained HTML file.
        self.html: str = page
        self._height = height

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the page to a file."""
        Path(path).write_text(self.html, encoding="utf-8")

    def _repr_html_(self) -> str:
        return (
            f'<iframe srcdoc="{html.escape(self.html)}" sandbox="{SANDBOX}" width="100%" '
            f'height="{number("height", self._height)}" style="border: 0" title="Thalweg"></iframe>'
        )

    def __repr__(self) -> str:
        return f"<Explorer: a page of {len(self.html)} characters; a notebook shows it, and `save` writes it>"


def explore(runs: Runs | Run | ProblemLike, *, figure: str | None = None, height: float = 800) -> Explorer:
    """Returns the interactive page with an experiment, on which the initial point can be dragged.

    The page runs in a sandboxed frame without a kernel, so it also works in exported notebooks and on static sites. Its
    runs have the same bits as those of Python.

    Args:
        runs: The runs to show, or a problem.
        figure: The figure below the map, such as `"loss"`.
        height: Height of the frame in px.

    Raises:
        Error: The experiment cannot be shown, or parts of it are written in Python.
    """
    if isinstance(runs, (str, Entry, Problem)):
        spec = Spec(chosen_problem(runs), ())
    elif isinstance(runs, (Run, Runs)):
        spec = runs.spec
    else:
        kind = type(runs).__name__
        raise Error(f"`runs` must be the result of `train`, one of its runs, or a problem, but its type is {kind}")
    if not spec.is_command:
        raise Error("the page cannot show problems and optimizers that are written in Python: use `draw` or `animate`")
    number("height", height)
    words = ["explore", *options({**spec.options(), "figure": figure})]
    return Explorer(_thalweg.page(words), height)
