"""Runs and their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple, overload

import numpy as np

from thalweg import _thalweg
from thalweg._constant import Constant
from thalweg._optimizer import Optimizer, Rule, from_rule
from thalweg._pick import Entry
from thalweg._pickle import check_format, written_by
from thalweg._problem import Problem
from thalweg._spec import Spec
from thalweg._table import html_table
from thalweg._thalweg import Error
from thalweg._words import OptimizerLike, Options, ProblemLike, options

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray


class Calls(NamedTuple):
    """The cumulative numbers of evaluations, each of shape (epochs + 1).

    The last row also counts the evaluations of a last step that failed or changed nothing.
    """

    value: NDArray[np.uint64]
    gradient: NDArray[np.uint64]
    hessian: NDArray[np.uint64]


class Trial(NamedTuple):
    """A point that a line search evaluated."""

    #: The weights, of shape (dim).
    weights: NDArray[np.float64]
    #: Step size, in multiples of the direction.
    step: float
    #: The loss at the weights.
    loss: float


class State(Mapping[str, "NDArray[np.float64]"]):
    """The channels of an optimizer's inner state. The first axis of each array is the epoch."""

    def __init__(self, runs: _thalweg.Runs, index: int) -> None:
        self._runs, self._index = runs, index
        #: The description of each channel.
        self.help: dict[str, str] = dict(runs.channels(index))
        self._arrays: dict[str, NDArray[np.float64]] = {}

    def __getitem__(self, name: str) -> NDArray[np.float64]:
        if name not in self._arrays:
            self._arrays[name] = _constant(self._runs.channel(self._index, name))
        return self._arrays[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.help)

    def __len__(self) -> int:
        return len(self.help)

    def __repr__(self) -> str:
        shapes = (f"{name}: {self[name].shape}" for name in self)
        return f"State({', '.join(shapes)})"


class Run(Constant):
    """One run: the path of one optimizer. Its arrays cannot be changed; copy them first."""

    def __init__(self, runs: Runs, index: int) -> None:
        self._runs, self._index = runs, index
        self._native = runs._native

    @property
    def label(self) -> str:
        """Title of the optimizer, with the settings that distinguish it from other runs."""
        return self._native.label(self._index)

    @property
    def epochs(self) -> int:
        """Number of steps."""
        return self._native.epochs(self._index)

    @property
    def outcome(self) -> str:
        """Why the run ended, in one or two words, such as `reached` or `epoch limit`."""
        return self._native.outcome(self._index)[0]

    @property
    def reason(self) -> str:
        """Why the run ended, as a sentence, with advice if the target was not reached."""
        return self._native.outcome(self._index)[1]

    @cached_property
    def weights(self) -> NDArray[np.float64]:
        """The weights after each epoch, of shape (epochs + 1, dim). Row 0 is the initial point."""
        return _constant(self._native.weights(self._index))

    @cached_property
    def losses(self) -> NDArray[np.float64]:
        """The loss after each epoch, of shape (epochs + 1)."""
        return _constant(self._native.losses(self._index))

    @cached_property
    def calls(self) -> Calls:
        """The cumulative numbers of evaluations."""
        return Calls(*(_constant(column) for column in self._native.calls(self._index)))

    @cached_property
    def state(self) -> State:
        """The inner state of the optimizer: a mapping from the name of a channel to its values."""
        return State(self._native, self._index)

    @cached_property
    def trials(self) -> list[list[Trial]]:
        """The points that the line search evaluated in each step. Entry 0 is empty."""
        epochs = range(self.epochs + 1)
        return [[Trial(*row) for row in self._native.trials(self._index, epoch)] for epoch in epochs]

    @property
    def distance(self) -> float | None:
        """The distance of the final weights to the nearest known minimum; `None` if no minimum is known."""
        return self._native.distance(self._index)

    @cached_property
    def spec(self) -> Spec:
        """The experiment with this optimizer only."""
        spec = self._runs.spec
        return Spec(spec.problem, (spec.optimizers[self._index],), spec.settings)

    def __repr__(self) -> str:
        epochs = f"{self.epochs} epoch{'' if self.epochs == 1 else 's'}"
        return f"<Run of {self.label}: {self.outcome}, {epochs}, loss {self.losses[-1]:.6g}>"

    def __reduce__(self) -> tuple[Callable[..., Run], tuple[Runs, int]]:
        return Run, (self._runs, self._index)


class Runs(Sequence[Run], Constant):
    """The runs of an experiment, in the order of the optimizers. It is printed as a table.

    A pickle contains the arrays and the experiment. Loading it does not train again; it reads the same data files.
    Functions that are written in Python are loaded when a figure or a new run needs them.
    """

    def __init__(self, spec: Spec, native: _thalweg.Runs) -> None:
        #: The experiment as plain data.
        self.spec: Spec = spec
        self._native = native
        self._runs = [Run(self, i) for i in range(len(native))]

    @property
    def problem(self) -> str:
        """Title of the problem."""
        return self._native.problem()

    @property
    def start(self) -> NDArray[np.float64]:
        """The initial point, of shape (dim)."""
        return self._native.start()

    @property
    def weight_names(self) -> list[str]:
        """Names of the weights."""
        return self._native.weight_names()

    @property
    def notes(self) -> list[str]:
        """Notes on how the input was understood."""
        return self._native.notes().splitlines()

    @overload
    def __getitem__(self, index: int) -> Run: ...
    @overload
    def __getitem__(self, index: slice) -> Runs: ...
    def __getitem__(self, index: int | slice) -> Run | Runs:
        if isinstance(index, slice):
            return self._select(range(len(self))[index])
        return self._runs[index]

    def __len__(self) -> int:
        return len(self._runs)

    def _select(self, chosen: Sequence[int]) -> Runs:
        optimizers = tuple(self.spec.optimizers[i] for i in chosen)
        spec = Spec(self.spec.problem, optimizers, self.spec.settings)
        return Runs(spec, self._native.select(list(chosen)))

    def _with_tuned_settings(self) -> Spec:
        """Returns the experiment with the tuned settings instead of the search."""
        picks = [self._native.pick(i) if isinstance(one, str) else one for i, one in enumerate(self.spec.optimizers)]
        return self.spec.tuned(picks)

    def to_dict(self) -> dict[str, list[Any]]:
        """Returns the results as columns, for `pandas.DataFrame` or `polars.DataFrame`."""
        return {
            "optimizer": [run.label for run in self],
            "outcome": [run.outcome for run in self],
            "epochs": [run.epochs for run in self],
            "loss": [float(run.losses[-1]) for run in self],
            "distance": [run.distance for run in self],
            "value_calls": [int(run.calls.value[-1]) for run in self],
            "gradient_calls": [int(run.calls.gradient[-1]) for run in self],
            "hessian_calls": [int(run.calls.hessian[-1]) for run in self],
            "weights": [run.weights[-1].tolist() for run in self],
        }

    def __repr__(self) -> str:
        return self._native.results().rstrip()

    def _repr_html_(self) -> str:
        return html_table(self.to_dict())

    def __reduce__(self) -> tuple[Callable[..., Runs], tuple[Any, ...]]:
        return _unpickled, (*written_by(), self.spec.packed(), self._native.stored())


def of_spec(spec: Spec) -> Runs:
    """Trains the runs of an experiment."""
    problem, optimizers = spec.custom()
    if optimizers is None:
        return Runs(spec, _thalweg.train(_words(spec)))
    return Runs(spec, _thalweg.train_custom(_words(spec), problem, optimizers))


def _words(spec: Spec) -> list[str]:
    return ["train", *options(spec.options())]


def _unpickled(format: int, version: str, *parts: Any) -> Runs:
    """Returns the runs of a pickle."""
    check_format(format, version)
    packed, data = parts
    spec = Spec.unpacked(*packed)
    return Runs(spec, _thalweg.stored_runs(_words(spec), *spec.custom(), data))


def compared(problem: ProblemLike, optimizers: OptimizerLike | Iterable[OptimizerLike], given: Options) -> Runs:
    """Trains with the optimizers and returns their runs."""
    return of_spec(Spec(chosen_problem(problem), chosen_optimizers(optimizers), given))


def chosen_runs(runs: object) -> Runs:
    """Returns runs, or one of them as runs."""
    if isinstance(runs, Runs):
        return runs
    if isinstance(runs, Run):
        return runs._runs._select([runs._index])
    kind = type(runs).__name__
    raise Error(f"`runs` must be the result of `train` or one of its runs, but it is a {kind}")


def chosen_problem(problem: object) -> str | Problem:
    """Returns the pick of a problem, or a problem that is written in Python."""
    if isinstance(problem, (str, Entry)):
        return str(problem)
    if isinstance(problem, Problem):
        return problem
    kind = type(problem).__name__
    raise Error(
        f"`problem` must be a text such as 'article', an entry of `problems`, or a `Problem`, but its type is {kind}"
    )


def chosen_optimizers(optimizers: object) -> tuple[str | Optimizer, ...]:
    """Returns the picks of one or more optimizers, or optimizers that are written in Python."""
    is_one = isinstance(optimizers, (str, Entry, Optimizer, Rule)) or not isinstance(optimizers, Iterable)
    given = [optimizers] if is_one else list(optimizers)  # type: ignore[call-overload]
    if not given:
        raise Error("`optimizers` is empty: give at least one, such as 'rprop'; `catalog()` contains all")
    return tuple(_optimizer(one) for one in given)


def _optimizer(optimizer: object) -> str | Optimizer:
    if isinstance(optimizer, (str, Entry)):
        return str(optimizer)
    if isinstance(optimizer, Optimizer):
        return optimizer
    if isinstance(optimizer, Rule) and not isinstance(optimizer, type):
        return from_rule(optimizer)
    kind = type(optimizer).__name__
    raise Error(
        "each of `optimizers` must be a text such as 'rprop', an entry of `optimizers`, or an object with the methods "
        f"`init` and `update`, but the type of one is {kind}"
    )


def _constant(array: NDArray[Any]) -> NDArray[Any]:
    """Forbids changes of an array, because all uses of a run share it."""
    array.flags.writeable = False
    return array
