"""Maps of the results of runs: over initial points, and over settings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import EllipsisType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from thalweg import _thalweg
from thalweg._constant import Constant
from thalweg._experiment import settings
from thalweg._figure import Figure
from thalweg._problem import Problem
from thalweg._runs import chosen_optimizers, chosen_problem
from thalweg._spec import Spec
from thalweg._thalweg import Error
from thalweg._words import Numbers, OptimizerLike, ProblemLike, count, number, numbers, options

if TYPE_CHECKING:
    from numpy.typing import NDArray

#: The quantities of a map of initial points.
StartQuantity = Literal["epochs", "evaluations", "minimum", "loss", "outcome"]
#: The quantities of a map of settings.
SettingQuantity = Literal["epochs", "loss"]


class _Map(Constant, ABC):
    """What the maps share: the experiment, the table, and the picture in a notebook."""

    _native: _thalweg.StartMap | _thalweg.SettingsMap

    def __init__(self, spec: Spec) -> None:
        #: The experiment with the options of the map, as plain data.
        self.spec: Spec = spec

    @property
    def notes(self) -> list[str]:
        """Notes on how the input was understood."""
        return self._native.notes().splitlines()

    @property
    @abstractmethod
    def summary(self) -> str:
        """A table of the results."""

    @abstractmethod
    def figure(self) -> Figure:
        """Draws the map."""

    def __repr__(self) -> str:
        return "\n".join([self.summary.rstrip(), *self.notes])

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/plain": repr(self), **self.figure()._repr_mimebundle_(include, exclude)}

    def __reduce__(self) -> tuple[type[_Map], tuple[Spec]]:
        return type(self), (self.spec,)


class StartMap(_Map):
    """A map of the results from a grid of initial points.

    Its arrays have the shape (rows, columns), and a first axis for several optimizers. The first row has the smallest
    second weight, the first column the smallest first weight.
    """

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec)
        problem, optimizers = _custom(spec)
        self._native: _thalweg.StartMap = _thalweg.map_starts(_words("starts", spec), problem, optimizers)

    @cached_property
    def epochs(self) -> NDArray[np.int64]:
        """Number of steps of each run."""
        return self._numbers("epochs").astype(np.int64)

    @cached_property
    def evaluations(self) -> NDArray[np.int64]:
        """Number of evaluations of the loss, the gradient, and the Hessian."""
        return self._numbers("evaluations").astype(np.int64)

    @cached_property
    def minimum(self) -> NDArray[np.int64]:
        """The known minimum at which the run ended, counted from 1; 0 for none."""
        return self._numbers("minimum").astype(np.int64)

    @cached_property
    def loss(self) -> NDArray[np.float64]:
        """The final loss."""
        return self._numbers("loss")

    @cached_property
    def outcome(self) -> NDArray[np.str_]:
        """How each run ended, in one or two words."""
        words: NDArray[np.str_] = np.array(_thalweg.outcomes())
        return words[self._numbers("outcome").astype(np.int64)]

    @property
    def axes(self) -> list[NDArray[np.float64]]:
        """The first weights of the columns, and the second weights of the rows."""
        return self._native.axes()

    @property
    def summary(self) -> str:
        """A table with one row per optimizer."""
        return self._native.summary()

    def figure(self, show: StartQuantity | None = None) -> Figure:
        """Draws a quantity of the map; the one that was given to `map_starts` if omitted."""
        return _figure(StartMap, "starts", self.spec, show, self)

    def _numbers(self, show: str) -> NDArray[np.float64]:
        found = self._native.numbers(show)
        return found[0] if len(found) == 1 else found


class SettingsMap(_Map):
    """A map of the results over the values of one or two settings.

    Its arrays have the shape (values), or (values of the second setting, values of the first setting), and a first axis
    for several optimizers.
    """

    def __init__(self, spec: Spec) -> None:
        super().__init__(spec)
        problem, optimizers = _custom(spec)
        self._native: _thalweg.SettingsMap = _thalweg.map_settings(_words("settings", spec), problem, optimizers)

    @cached_property
    def epochs(self) -> NDArray[np.float64]:
        """Median number of epochs to the target over all initial points; infinite if it was not reached."""
        return self._numbers("epochs")

    @cached_property
    def loss(self) -> NDArray[np.float64]:
        """Median of the final losses over all initial points."""
        return self._numbers("loss")

    @cached_property
    def reached(self) -> NDArray[np.float64]:
        """Share of the initial points from which the target was reached."""
        return self._numbers("reached")

    @property
    def over(self) -> dict[str, list[str]]:
        """The values of each setting, as they are written in a pick."""
        return dict(self._native.over())

    @property
    def summary(self) -> str:
        """A table with the best settings of each optimizer."""
        return self._native.summary(_words("settings", self.spec))

    def figure(self, show: SettingQuantity | None = None) -> Figure:
        """Draws a quantity of the map; the one that was given to `map_settings` if omitted."""
        return _figure(SettingsMap, "settings", self.spec, show, self)

    def _numbers(self, show: str) -> NDArray[np.float64]:
        found = self._native.numbers(show)
        found = found[:, 0] if len(self._native.over()) == 1 else found
        return found[0] if len(found) == 1 else found


def map_starts(
    problem: ProblemLike,
    optimizers: OptimizerLike | Iterable[OptimizerLike],
    *,
    window: Numbers | None = None,
    size: tuple[int, int] | None = None,
    target: float | EllipsisType | None = ...,
    epochs: int | None = None,
    tolerance: float | None = None,
    show: StartQuantity | None = None,
    threads: int | None = None,
) -> StartMap:
    """Maps how runs end from a grid of initial points.

    Args:
        problem: A problem with two weights, as for `train`.
        optimizers: One or more optimizers, as for `train`.
        window: Window that contains the initial points: min1, max1, min2, max2; the problem's if omitted.
        size: Number of initial points along the first and the second weight; 200 x 200 if omitted.
        target: Target loss at which a run ends; `None` for no target, the problem's if omitted.
        epochs: Epoch limit of a run.
        tolerance: Ends a run that has converged, as for `train`.
        show: Quantity in the figure; the number of epochs if omitted.
        threads: Number of threads; one per core if omitted. Functions of Python are called in the thread of the caller.

    Raises:
        Error: The input is invalid.
    """
    given: dict[str, str | bool | Sequence[str]] = {
        **settings(target=target, tolerance=tolerance),
        **_shared(window, epochs, show, threads),
    }
    if size is not None:
        if not isinstance(size, Sequence) or len(size) != 2:
            raise Error(f"`size` must be two numbers, such as (400, 400), but it is {size!r}")
        given["size"] = "x".join(count("size", side) for side in size)
    return StartMap(Spec(chosen_problem(problem), chosen_optimizers(optimizers), given))


def map_settings(
    problem: ProblemLike,
    optimizers: OptimizerLike | Iterable[OptimizerLike],
    over: Mapping[str, str | Sequence[float | str]],
    *,
    start: Numbers | EllipsisType = ...,
    starts: int | None = None,
    seed: int = 0,
    window: Numbers | None = None,
    target: float | EllipsisType | None = ...,
    epochs: int | None = None,
    tolerance: float | None = None,
    show: SettingQuantity | None = None,
    threads: int | None = None,
) -> SettingsMap:
    """Maps the number of epochs to the target, or the final loss, over the values of one or two settings.

    Args:
        problem: A problem, as for `train`.
        optimizers: One or more optimizers of the catalog that have these settings.
        over: One or two settings with their values: numbers, texts, or a range such as `"1e-3..100:log:200"`.
        start: Initial point; the problem's if omitted.
        starts: Takes the median over this number of initial points, drawn uniformly from the window.
        seed: Seed of the random initial points.
        window: Window that contains the initial points: min1, max1, min2, max2; the problem's if omitted.
        target: Target loss at which a run ends; `None` for no target, the problem's if omitted.
        epochs: Epoch limit of a run.
        tolerance: Ends a run that has converged, as for `train`.
        show: Quantity in the figure; the number of epochs if omitted.
        threads: Number of threads; one per core if omitted. Functions of Python are called in the thread of the caller.

    Raises:
        Error: The input is invalid.
    """
    if not isinstance(over, Mapping):
        raise Error(f"`over` must be a mapping from settings to their values, but it is {over!r}")
    given: dict[str, str | bool | Sequence[str]] = {
        **settings(start=start, target=target, tolerance=tolerance, seed=seed),
        **_shared(window, epochs, show, threads),
        "over": tuple(f"{key}={_values(key, values)}" for key, values in over.items()),
    }
    if starts is not None:
        given["starts"] = count("starts", starts)
    return SettingsMap(Spec(chosen_problem(problem), chosen_optimizers(optimizers), given))


def _shared(window: Numbers | None, epochs: int | None, show: str | None, threads: int | None) -> dict[str, str]:
    """Returns the options that both kinds of map share."""
    given: dict[str, str] = {}
    if window is not None:
        given["window"] = numbers("window", window)
    if epochs is not None:
        given["epochs"] = count("epochs", epochs)
    if show is not None:
        given["show"] = str(show)
    if threads is not None:
        given["threads"] = count("threads", threads)
    return given


def _values(key: str, values: object) -> str:
    if isinstance(values, str):
        return values
    if not isinstance(values, Iterable):
        raise Error(f"`over` must give several values of `{key}`, but it gives {values!r}")
    return "|".join(value if isinstance(value, str) else number(key, value) for value in values)


def _words(kind: str, spec: Spec) -> list[str]:
    """Returns the words of the command. A map whose parts are written in Python needs the names of placeholders."""
    given = spec.options()
    if not spec.is_command:
        given = {**given, "on": given["on"] or "python", "with": ["python"]}
    return ["map", kind, *options(given), "--table"]


def _custom(spec: Spec) -> tuple[_thalweg.Problem | None, list[str | _thalweg.Optimizer] | None]:
    """Returns the parts that are written in Python; no optimizers if there are none."""
    if spec.is_command:
        return None, None
    problem = spec.problem._native if isinstance(spec.problem, Problem) else None
    return problem, [one if isinstance(one, str) else one._native for one in spec.optimizers]


def _figure(
    kind: type[StartMap] | type[SettingsMap], name: str, spec: Spec, show: str | None, shown: StartMap | SettingsMap
) -> Figure:
    chosen = spec if show is None else Spec(spec.problem, spec.optimizers, {**spec.settings, "show": show})
    return Figure(shown._native.figure(_words(name, chosen)), _redrawn, (kind, spec, show))


def _redrawn(kind: type[StartMap] | type[SettingsMap], spec: Spec, show: Any) -> Figure:
    return kind(spec).figure(show)
