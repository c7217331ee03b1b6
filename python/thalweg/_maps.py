"""Maps of the results of runs: over initial points, and over settings."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from thalweg import _thalweg
from thalweg._constant import Constant
from thalweg._figure import Figure
from thalweg._pickle import check_format, written_by
from thalweg._runs import chosen_optimizers, chosen_problem
from thalweg._spec import Spec
from thalweg._thalweg import Error
from thalweg._words import OptimizerLike, Options, ProblemLike, number, options

if TYPE_CHECKING:
    from collections.abc import Callable

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

    def __reduce__(self) -> tuple[Callable[..., _Map], tuple[Any, ...]]:
        return _unpickled, (type(self), *written_by(), self.spec.packed(), self._native.stored())


class StartMap(_Map):
    """A map of the results from a grid of initial points.

    Its arrays have the shape (rows, columns), and a first axis for several optimizers. The first row has the smallest
    second weight, the first column the smallest first weight.
    """

    def __init__(self, spec: Spec, stored: bytes | None = None) -> None:
        super().__init__(spec)
        words = _words("starts", spec)
        self._native: _thalweg.StartMap = (
            _thalweg.map_starts(words, *spec.custom())
            if stored is None
            else _thalweg.stored_start_map(words, *spec.custom(), stored)
        )

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
        return _figure(self, "starts", show)

    def _numbers(self, show: str) -> NDArray[np.float64]:
        found = self._native.numbers(show)
        return found[0] if len(found) == 1 else found


class SettingsMap(_Map):
    """A map of the results over the values of one or two settings.

    Its arrays have the shape (values), or (values of the second setting, values of the first setting), and a first axis
    for several optimizers.
    """

    def __init__(self, spec: Spec, stored: bytes | None = None) -> None:
        super().__init__(spec)
        words = _words("settings", spec)
        self._native: _thalweg.SettingsMap = (
            _thalweg.map_settings(words, *spec.custom())
            if stored is None
            else _thalweg.stored_settings_map(words, *spec.custom(), stored)
        )

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
        return _figure(self, "settings", show)

    def _numbers(self, show: str) -> NDArray[np.float64]:
        found = self._native.numbers(show)
        found = found[:, 0] if len(self._native.over()) == 1 else found
        return found[0] if len(found) == 1 else found


def start_map(problem: ProblemLike, optimizers: OptimizerLike | Iterable[OptimizerLike], given: Options) -> StartMap:
    """Maps how runs end from a grid of initial points."""
    return StartMap(Spec(chosen_problem(problem), chosen_optimizers(optimizers), given))


def settings_map(
    problem: ProblemLike,
    optimizers: OptimizerLike | Iterable[OptimizerLike],
    over: Mapping[str, str | Sequence[float | str]],
    given: Options,
) -> SettingsMap:
    """Maps how runs end over the values of one or two settings."""
    if not isinstance(over, Mapping):
        raise Error(f"`over` must be a mapping from settings to their values, but it is {over!r}")
    values = tuple(f"{key}={_values(key, values)}" for key, values in over.items())
    return SettingsMap(Spec(chosen_problem(problem), chosen_optimizers(optimizers), {**given, "over": values}))


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


def _figure(shown: StartMap | SettingsMap, name: str, show: str | None) -> Figure:
    spec = shown.spec
    chosen = spec if show is None else Spec(spec.problem, spec.optimizers, {**spec.settings, "show": show})
    return Figure(shown._native.figure(_words(name, chosen)), _redrawn, (shown, show))


def _redrawn(shown: StartMap | SettingsMap, show: Any) -> Figure:
    return shown.figure(show)


def _unpickled(kind: type[StartMap] | type[SettingsMap], format: int, version: str, *parts: Any) -> _Map:
    """Returns the map of a pickle."""
    check_format(format, version)
    packed, data = parts
    return kind(Spec.unpacked(*packed), data)
