"""Figures, animations, and explanations of steps."""

from __future__ import annotations

import base64
import warnings
from collections.abc import Sequence
from functools import cached_property
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any

from thalweg import _thalweg
from thalweg._constant import Constant
from thalweg._pick import Entry
from thalweg._problem import Problem
from thalweg._runs import Run, Runs, chosen_problem, of_spec
from thalweg._spec import Spec
from thalweg._thalweg import Error
from thalweg._words import Numbers, ProblemLike, count, number, numbers, options

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


def draw(
    figure: str | Sequence[str],
    runs: Shown | ProblemLike,
    *,
    epochs: int | tuple[int, int] | None = None,
    window: Numbers | None = None,
    plane: str | None = None,
    theme: str | None = None,
    size: str | tuple[int, int] | None = None,
    scale: float | None = None,
    colors: int | None = None,
    levels: str | None = None,
    variants: bool = False,
    log: str | PathLike[str] | Sequence[str | PathLike[str]] = (),
) -> Figure:
    """Draws a figure of the gallery.

    Args:
        figure: The id of a figure, optionally with settings, such as `"contour"` or `"loss:scale=log"`. Several
            figures become pages, or one column in formats without pages.
        runs: The runs to show, or a problem without runs.
        epochs: Epoch limit, or the first and the last step to show, such as `(11, 14)`; 0 is the start.
        window: Part of the plane that a map shows: min1, max1, min2, max2.
        plane: Plane on which more than two weights are shown.
        theme: Color theme.
        size: Size: a preset such as `"slide"`, or width and height in px.
        scale: Resolution of a PNG in pixels per px.
        colors: Largest number of colors of a PNG, for a smaller file.
        levels: How the contour levels of a map are spaced.
        variants: Adds to each optimizer's name how it differs from the other variants of its method.
        log: CSV files of steps and losses, as TensorBoard and W&B export them, shown by the figure `loss`.

    Raises:
        Error: The input is invalid, or the figure cannot show these runs.
    """
    figures = [figure] if isinstance(figure, str) else list(figure)
    logs = [log] if isinstance(log, (str, PathLike)) else list(log)
    is_problem = isinstance(runs, (str, Entry, Problem))
    chosen = of_spec(Spec(chosen_problem(runs), ())) if is_problem else _chosen(runs)
    settings = dict(chosen.spec.settings)
    # A figure shows the epochs of its own argument.
    if epochs is not None:
        settings["epochs"] = _epochs(epochs)
    given: dict[str, str | bool | Sequence[str] | None] = {
        **chosen.spec.options(),
        **settings,
        "window": None if window is None else numbers("window", window),
        "plane": plane,
        "theme": theme,
        "size": _size(size),
        "scale": None if scale is None else number("scale", scale),
        "colors": None if colors is None else number("colors", colors),
        "levels": levels,
        "variants": variants,
        "log": [fspath(path) for path in logs],
    }
    return _drawn(["draw", *figures, *options(given), "-o", "figure.svg"], chosen)


def _drawn(words: list[str], runs: Runs) -> Figure:
    return Figure(_thalweg.draw(words, runs._native, runs.spec.is_command), _drawn, (words, runs))


def animate(
    runs: Shown,
    path: str | PathLike[str],
    *,
    window: Numbers | None = None,
    plane: str | None = None,
    view: str | None = None,
    beside: str | None = None,
    theme: str | None = None,
    size: tuple[int, int] | None = None,
    fps: float | None = None,
    duration: float | None = None,
    pause_start: float | None = None,
    pause_end: float | None = None,
    spacing: str | None = None,
    loops: int | str | None = None,
) -> None:
    """Writes an animation of runs. The extension of the file selects the format: .gif, .apng, .png, or .mp4.

    Args:
        runs: The runs to show.
        path: The file to write.
        window: Part of the plane that the map shows: min1, max1, min2, max2.
        plane: Plane on which more than two weights are shown.
        view: Background on which the paths are drawn: `"map"` or `"surface"`.
        beside: What the animation shows beside the paths: `"data"` or `"none"`.
        theme: Color theme.
        size: Width and height in pixels.
        fps: Frames per second.
        duration: Length of the animation in seconds without the pauses.
        pause_start: Pause at the start in seconds.
        pause_end: Pause at the end in seconds.
        spacing: How the epochs are distributed over time: `"even"`, `"arc-length"`, or `"log"`.
        loops: Number of times that the animation plays, or `"forever"`.

    Raises:
        Error: The input is invalid.
    """
    chosen = _chosen(runs)
    numbered = {
        "fps": fps,
        "duration": duration,
        "pause-start": pause_start,
        "pause-end": pause_end,
    }
    given: dict[str, str | bool | Sequence[str] | None] = {
        **chosen.spec.options(),
        "window": None if window is None else numbers("window", window),
        "plane": plane,
        "view": view,
        "beside": beside,
        "theme": theme,
        "size": _size(size),
        **{key: None if value is None else number(key, value) for key, value in numbered.items()},
        "spacing": spacing,
        "loops": None if loops is None else str(loops),
        "output": fspath(path),
    }
    _thalweg.animate(["animate", *options(given)], chosen._native, chosen.spec.is_command)


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
        return draw("step", self._run, epochs=(self.epoch, self.epoch))

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


def _chosen(runs: object) -> Runs:
    """Returns the runs to show."""
    if isinstance(runs, Runs):
        return runs
    if isinstance(runs, Run):
        return runs._runs._select([runs._index])
    kind = type(runs).__name__
    raise Error(f"`runs` must be the result of `train` or one of its runs, but it is a {kind}")


def _epochs(epochs: int | tuple[int, int]) -> str:
    if isinstance(epochs, Sequence) and not isinstance(epochs, str):
        if len(epochs) != 2:
            raise Error(f"`epochs` must be the first and the last step, such as (11, 14), but it is {epochs!r}")
        first, last = (count("epochs", epoch) for epoch in epochs)
        return f"{first}..{last}"
    return count("epochs", epochs)


def _size(size: str | tuple[int, int] | None) -> str | None:
    if size is None or isinstance(size, str):
        return size
    if not isinstance(size, Sequence) or len(size) != 2:
        raise Error(f"`size` must be a width and a height, such as (800, 600), but it is {size!r}")
    return "x".join(number("size", side) for side in size)
