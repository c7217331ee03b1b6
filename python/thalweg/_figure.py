"""Figures, animations, and explanations of steps."""

from __future__ import annotations

import base64
import warnings
from collections.abc import Sequence
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any

from thalweg import _thalweg
from thalweg._constant import Constant
from thalweg._pick import Entry, texts
from thalweg._problem import Problem
from thalweg._runs import Run, Runs, chosen_problem, chosen_runs, of_spec
from thalweg._spec import Spec
from thalweg._thalweg import Error
from thalweg._words import Options, ProblemLike, count, options, paths

if TYPE_CHECKING:
    from collections.abc import Callable

#: The runs that a figure shows: all runs of an experiment, or one of them.
Shown = Runs | Run


class Figure(Constant):
    """One or more figures. A notebook shows them; `save` writes a file."""

    def __init__(self, native: _thalweg.Figure, draw: Callable[..., Figure], arguments: tuple[Any, ...]) -> None:
        self._native = native
        #: Notes on what the figure cannot show. They are also warnings.
        self.notes: list[str] = native.notes().splitlines()
        for note in self.notes:
            # The caller of `draw`, or of the method of a map.
            warnings.warn(note.removeprefix("note: "), stacklevel=4)
        # A pickle contains how the figure is drawn.
        self._draw, self._arguments = draw, arguments

    def __repr__(self) -> str:
        return f"<Figure: {'; '.join(self.notes) or 'a notebook shows it, and `save` writes it'}>"

    @cached_property
    def svg(self) -> str:
        """The figure as SVG."""
        return self.encode("svg").decode()

    @cached_property
    def png(self) -> bytes:
        """The figure as PNG."""
        return self.encode("png")

    def encode(self, format: str) -> bytes:
        """Returns the bytes of the figure in the format `svg`, `png`, `pdf`, or `html`.

        The bytes are those that the command line writes, with the command inside that draws the figure again.
        """
        return self._native.encode(format)

    def save(self, path: str | PathLike[str]) -> None:
        """Writes the figure to a file. Its extension selects the format: .svg, .png, .pdf, or .html."""
        self._native.save(path)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        encoders: dict[str, Callable[[], str]] = {
            "image/svg+xml": lambda: self.svg,
            "image/png": lambda: base64.b64encode(self.png).decode(),
        }
        chosen = (kind for kind in encoders if not include or kind in include)
        return {kind: encoders[kind]() for kind in chosen if not exclude or kind not in exclude}

    def __reduce__(self) -> tuple[Callable[..., Figure], tuple[Any, ...]]:
        return self._draw, self._arguments


def drawn(figure: str | Entry | Sequence[str | Entry], runs: Shown | ProblemLike, given: Options) -> Figure:
    """Draws figures of runs, or of a problem without runs."""
    figures = texts("figure", figure)
    if not figures:
        raise Error("`figure` is empty: give at least one, such as 'contour'")
    is_problem = isinstance(runs, (str, Entry, Problem))
    chosen = of_spec(Spec(chosen_problem(runs), ())) if is_problem else chosen_runs(runs)
    # A figure shows the epochs of its own argument.
    words = ["draw", *figures, *options({**chosen.spec.options(), **given}), "-o", "figure.svg"]
    return Figure(_native_figure(words, chosen), _redrawn, (words, chosen))


def _native_figure(words: list[str], runs: Runs) -> _thalweg.Figure:
    return _thalweg.draw(words, runs._native, runs.spec.is_command and _has_same_trials(words, runs.spec))


def _has_same_trials(words: list[str], spec: Spec) -> bool:
    """Returns whether a command `draw` makes the same trials, to which its epoch limit also applies."""
    trained = {"epochs": spec.settings.get("epochs")}
    limits = [word for word in words if word.startswith("--epochs=") and ".." not in word]
    return "tune" not in spec.settings or limits == options(trained)


def _redrawn(words: list[str], runs: Runs) -> Figure:
    return Figure(_native_figure(words, runs), _redrawn, (words, runs))


def animated(runs: Shown, path: str | PathLike[str], given: Options) -> None:
    """Writes an animation of runs."""
    chosen = chosen_runs(runs)
    words = ["animate", *options({**chosen.spec.options(), **given, "output": paths("path", path)})]
    _thalweg.animate(words, chosen._native, chosen.spec.is_command)


class Explanation:
    """The explanation of one step, as text and as a figure."""

    def __init__(self, run: Run, epoch: int) -> None:
        self._run = run
        #: The step; 0 is the initial point.
        self.epoch: int = epoch
        #: One paragraph per statement. The first one states what happened and why.
        self.paragraphs: list[str] = run._native.explain(run._index, epoch)

    @property
    def text(self) -> str:
        """The explanation as text."""
        return "\n\n".join(self.paragraphs)

    @cached_property
    def figure(self) -> Figure:
        """The figure of the step."""
        return drawn("step", self._run, {"epochs": f"{self.epoch}..{self.epoch}"})

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        pictures = self.figure._repr_mimebundle_(include, exclude) if self.epoch > 0 else {}
        return {"text/plain": self.text, **pictures}


def explain(run: Run, epoch: int) -> Explanation:
    """Explains the step that led to an epoch: what happened and why, with the numbers of the step.

    Args:
        run: A run.
        epoch: The step, counted from 1; 0 is the initial point.

    Raises:
        Error: The run has no such epoch.
    """
    if not isinstance(run, Run):
        raise Error(f"`run` must be a run, such as runs[0], but it is a {type(run).__name__}")
    step = int(count("epoch", epoch))
    if step > run.epochs:
        last = run.epochs
        raise Error(f"{run.label} ended after {last} epochs: give an `epoch` from 0 to {last} instead of {step}")
    return Explanation(run, step)
