"""Optimizers of other libraries, and those that are written in Python."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, runtime_checkable

import numpy as np

from thalweg import _thalweg
from thalweg._constant import Constant
from thalweg._gradients import enable_float64
from thalweg._pickle import Code
from thalweg._thalweg import Error

if TYPE_CHECKING:
    from queue import SimpleQueue

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    #: A channel: name, description, quantity, and values.
    ChannelRow = tuple[str, str, str, Array]


@runtime_checkable
class Rule(Protocol):
    """An optimizer that is written in Python.

    Its state is a mapping from names to numbers or arrays, which become the channels of the run, or `None`. Three
    attributes are optional: the text `title`; the mapping `help`, which describes each part of the state in a
    sentence; and the mapping `quantities`, which states what it measures, so that figures can draw it:
    `"displacement"`, `"step_size"`, `"position"`, `"gradient"`, `"gradient_squared"`, or `"number"`.
    """

    def init(self, w: Array) -> Any:
        """Returns the state before the first step from the weights (dim)."""

    def update(self, w: Array, gradient: Array, state: Any) -> tuple[Any, Any]:
        """Returns the new weights (dim) and the new state."""


class Stepper(Protocol):
    """A run of an optimizer."""

    def step(self, w: Array, gradient: Array, loss: float) -> Any:
        """Returns the new weights (dim)."""

    def channels(self) -> list[ChannelRow]:
        """Returns the channels of the inner state, the same ones after every step."""


class Range(NamedTuple):
    """The values of a setting among which a search chooses the best one.

    Attributes:
        low: The lowest value.
        high: The highest value. If both are of the type `int`, the values are whole numbers.
        default: The value without a search. If it is omitted, it is in the middle of the range.
        log: Whether neighboring values have equal ratios, and not equal differences. If it is omitted, they do if all
            values are positive.
    """

    low: float
    high: float
    default: float | None = None
    log: bool | None = None


class Optimizer(Constant):
    """An optimizer that is not part of Thalweg, for the comparison with others."""

    def __init__(self, title: str, start: _Start, ranges: Mapping[str, Range] | None = None) -> None:
        #: Title of the optimizer, for legends.
        self.title: str = title
        #: The ranges of the settings that a search chooses.
        self.ranges: dict[str, Range] = dict(ranges or {})
        self._start = start
        id = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
        rows = [_range_row(name, range) for name, range in self.ranges.items()]
        self._native = _thalweg.Optimizer(id or "optimizer", title, start, start.stepper is _ClosureStepper, rows)

    def __repr__(self) -> str:
        return f"<Optimizer {self.title}>"

    def __reduce__(self) -> tuple[Callable[..., Optimizer], tuple[str, _Start, dict[str, Range]]]:
        return Optimizer, (self.title, self._start, self.ranges)

    def _packed(self) -> tuple[str, str, bytes | None, dict[str, tuple[Any, ...]]]:
        """Returns the optimizer as plain data, for pickles of its runs."""
        names = {stepper: name for name, stepper in _STEPPERS.items()}
        ranges = {name: tuple(range) for name, range in self.ranges.items()}
        return self.title, names[self._start.stepper], self._start.code.pickled(), ranges

    @classmethod
    def _unpacked(
        cls, title: str, stepper: str, pickled: bytes | None, ranges: Mapping[str, tuple[Any, ...]] | None = None
    ) -> Optimizer:
        start = _Start(_STEPPERS[stepper], Code.of_pickle(title, pickled))
        return cls(title, start, {name: Range(*range) for name, range in (ranges or {}).items()})


def _range_row(name: str, given: Range) -> tuple[str, float, float, float, bool, bool]:
    """Returns a setting's name, its numbers, and whether the values have equal ratios and are whole numbers."""
    low, high, default, log = given
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise Error(f"the range of `{name}` must have a lowest and a larger highest value, but it is {low} to {high}")
    if log is None:
        log = low > 0
    if log and low <= 0:
        raise Error(f"the range of `{name}` has log=True, so its lowest value must be positive, but it is {low}")
    is_whole = isinstance(low, int) and isinstance(high, int)
    if default is None:
        middle = math.sqrt(low) * math.sqrt(high) if log else low / 2 + high / 2
        default = round(middle) if is_whole else float(f"{middle:.2e}")
    if not low <= default <= high or (is_whole and default != int(default)):
        kind = "a whole number" if is_whole else "a number"
        raise Error(f"the default of `{name}` must be {kind} from {low} to {high}, but it is {default}")
    return name, float(low), float(high), float(default), log, is_whole


def _ranges(settings: Mapping[str, Any]) -> dict[str, Range]:
    return {name: value for name, value in settings.items() if isinstance(value, Range)}


def from_rule(rule: Rule | Callable[..., Rule], title: str | None = None, **settings: Any) -> Optimizer:
    """Returns an optimizer that is written in Python, with a title for legends.

    Args:
        rule: An object with the methods `init(w)` and `update(w, gradient, state)`; see `Rule`. With settings, a class
            or another function that makes such an object from them.
        title: The title; the attribute `title` of the rule, or the name of its class, if omitted.
        **settings: The settings of the class, such as `rate=0.1`. A search tunes those that are a `Range`, such as
            `rate=tw.Range(0.001, 1)`.

    Raises:
        Error: The object does not have these methods.
    """
    if settings and callable(rule):
        name = title or _title(str(getattr(rule, "title", getattr(rule, "__name__", "rule"))), None, settings)
        return Optimizer(name, _Start(_made_rule, Code(name, (rule, settings))), _ranges(settings))
    if settings:
        raise Error(f"settings need a class or a function that makes the rule from them, but `rule` is {rule!r}")
    if isinstance(rule, type) or not isinstance(rule, Rule):
        raise Error(f"`rule` must be an object with the methods `init` and `update`, but it is {rule!r}")
    name = title or str(getattr(rule, "title", type(rule).__name__))
    return Optimizer(name, _Start(_RuleStepper, Code(name, (rule,))))


def from_torch(optimizer: Callable[..., Any], **settings: Any) -> Optimizer:
    """Returns an optimizer of PyTorch, which works on weights with the type float64.

    Its state becomes channels; before the first step, they have the values that a step with a zero gradient leaves. An
    optimizer that needs a closure, such as `torch.optim.LBFGS`, evaluates the loss and the gradient several times per
    step; the run counts each evaluation.

    Args:
        optimizer: A class such as `torch.optim.Rprop`.
        **settings: The settings of the class, such as `lr=0.1`. A search tunes those that are a `Range`, such as
            `lr=tw.Range(0.001, 1)`.

    Raises:
        Error: The optimizer cannot be made with these settings.
    """
    name = getattr(optimizer, "__name__", "optimizer")
    title = _title(name, "torch", settings)
    stepper = _ClosureStepper if _needs_closure(optimizer) else _TorchStepper
    return Optimizer(title, _Start(stepper, Code(title, (optimizer, settings))), _ranges(settings))


def from_optax(transformation: Any, title: str = "optax", **settings: Any) -> Optimizer:
    """Returns an optimizer of optax, which works on weights with the type float64. Its state becomes channels.

    Args:
        transformation: A gradient transformation such as `optax.adam(0.1)`. With settings, a function such as
            `optax.adam` that makes it from them.
        title: Title of the optimizer, for legends.
        **settings: The settings of the function, such as `learning_rate=0.1`. A search tunes those that are a `Range`,
            such as `learning_rate=tw.Range(0.001, 1)`.

    Raises:
        Error: The object is not a gradient transformation.
    """
    if settings and callable(transformation):
        return Optimizer(title, _Start(_made_optax, Code(title, (transformation, settings))), _ranges(settings))
    if not hasattr(transformation, "init") or not hasattr(transformation, "update"):
        raise Error(f"`transformation` must be a gradient transformation of optax, but it is {transformation!r}")
    return Optimizer(title, _Start(_OptaxStepper, Code(title, (transformation,))))


class _Start:
    """Starts runs of an optimizer. It can be pickled if its code can."""

    def __init__(self, stepper: Callable[..., Stepper], code: Code) -> None:
        self.stepper, self.code = stepper, code

    def __call__(self, w: Array, values: Mapping[str, float] | None = None) -> Stepper:
        """Starts a run at the weights `w`. `values` are those of the settings with a range."""
        if values is None:
            return self.stepper(*self.code.get(), w)
        owner, settings = self.code.get()
        return self.stepper(owner, {**settings, **values}, w)


class _RuleStepper:
    def __init__(self, rule: Rule, w: Array) -> None:
        self.rule = rule
        self.state = rule.init(w)

    def step(self, w: Array, gradient: Array, loss: float) -> Any:
        result = self.rule.update(w, gradient, self.state)
        if not isinstance(result, tuple) or len(result) != 2:
            raise Error(f"`update` must return the new weights and the new state, but it returned {result!r}")
        moved, self.state = result
        return moved

    def channels(self) -> list[ChannelRow]:
        if self.state is None:
            return []
        if not isinstance(self.state, Mapping):
            kind = type(self.state).__name__
            raise Error(f"the state must be a mapping from names to arrays, or None, but it is of the type {kind}")
        quantities, helps = (getattr(self.rule, name, {}) for name in ("quantities", "help"))
        return [
            _row(name, values, quantities.get(name, "number"), helps.get(name, ""))
            for name, values in self.state.items()
        ]


def _made_rule(make: Callable[..., Rule], settings: Mapping[str, Any], w: Array) -> Stepper:
    rule = _made(make, settings)
    if not isinstance(rule, Rule):
        raise Error(
            f"{_name(make)} must return an object with the methods `init` and `update`, but it returned {rule!r}"
        )
    return _RuleStepper(rule, w)


def _made(make: Callable[..., Any], settings: Mapping[str, Any]) -> Any:
    try:
        return make(**settings)
    except (TypeError, ValueError) as error:
        raise Error(f"the optimizer {_name(make)} cannot be used: {error}") from error


def _name(made_by: Any) -> str:
    return str(getattr(made_by, "__name__", repr(made_by)))


#: What the state of optimizers in PyTorch measures.
_TORCH_QUANTITIES = {
    "ax": "position",
    "exp_avg": "gradient",
    "exp_avg_sq": "gradient_squared",
    "max_exp_avg_sq": "gradient_squared",
    "momentum_buffer": "gradient",
    "prev": "gradient",
    "square_avg": "gradient_squared",
    "step_size": "step_size",
    "sum": "gradient_squared",
}


class _TorchStepper:
    def __init__(self, optimizer: Callable[..., Any], settings: dict[str, Any], w: Array) -> None:
        import torch  # type: ignore[import-not-found, unused-ignore]

        self.torch = torch
        # The state of PyTorch's optimizers is made by the first step.
        probe = torch.nn.Parameter(torch.tensor(w, dtype=torch.float64))
        probe.grad = torch.zeros_like(probe)
        try:
            probing = optimizer([probe], **settings)
            probing.step(lambda: torch.zeros(()))
        except (TypeError, ValueError) as error:
            raise Error(f"the optimizer {_name(optimizer)} cannot be used: {error}") from error
        self.initial = self._tensors(probing, probe)
        if "step" in self.initial:
            self.initial["step"] = np.zeros(1)
        self.weights = torch.nn.Parameter(torch.tensor(w, dtype=torch.float64))
        self.optimizer = optimizer([self.weights], **settings)

    def step(self, w: Array, gradient: Array, loss: float) -> Any:
        with self.torch.no_grad():
            self.weights.copy_(self.torch.from_numpy(w))
        self.weights.grad = self.torch.from_numpy(gradient)
        self.optimizer.step()
        return self.weights.detach().numpy().copy()

    def channels(self) -> list[ChannelRow]:
        state = {**self.initial, **self._tensors(self.optimizer, self.weights)}
        return [_row(name, state[name], _TORCH_QUANTITIES.get(name, "number")) for name in self.initial]

    def _tensors(self, optimizer: Any, weights: Any) -> dict[str, Array]:
        state = optimizer.state[weights].items()
        kinds = (self.torch.Tensor, int, float)
        return {name: _array(value) for name, value in state if isinstance(value, kinds)}


def _array(value: Any) -> Array:
    """Returns a copy of a tensor or of a number."""
    return np.array(value.detach().numpy() if hasattr(value, "detach") else value, dtype=np.float64)


def _needs_closure(optimizer: Callable[..., Any]) -> bool:
    from inspect import signature

    step = getattr(optimizer, "step", None)
    closure = signature(step).parameters.get("closure") if step else None
    return closure is not None and closure.default is closure.empty


class _ClosureStepper(_TorchStepper):
    """Runs the steps of an optimizer that evaluates the loss itself.

    A step runs in a thread of its own, because it waits in the closure until the loss is known.
    """

    def __init__(self, optimizer: Callable[..., Any], settings: dict[str, Any], w: Array) -> None:
        from queue import SimpleQueue

        super().__init__(optimizer, settings, w)
        self.requests: SimpleQueue[tuple[bool, Array] | BaseException] = SimpleQueue()
        self.answers: SimpleQueue[tuple[Array, float] | None] = SimpleQueue()

    def step(self, w: Array, gradient: Array, loss: float) -> Any:
        from threading import Thread

        with self.torch.no_grad():
            self.weights.copy_(self.torch.from_numpy(w))
        Thread(target=self._work, daemon=True).start()
        is_done, at = self._request()
        # The loss at the current weights is known.
        return (is_done, at) if is_done or not np.array_equal(at, w) else self.answer(gradient, loss)

    def answer(self, gradient: Array, loss: float) -> tuple[bool, Array]:
        """Continues the step with the loss and the gradient that it requested."""
        self.answers.put((gradient, loss))
        return self._request()

    def _request(self) -> tuple[bool, Array]:
        try:
            request = self.requests.get()
        except BaseException:
            # Ctrl-C ends the thread, too.
            self.answers.put(None)
            raise
        if isinstance(request, BaseException):
            raise request
        return request

    def _work(self) -> None:
        try:
            self.optimizer.step(self._closure)
            self.requests.put((True, self._current()))
        except BaseException as error:
            self.requests.put(error)

    def _closure(self) -> Any:
        self.requests.put((False, self._current()))
        answer = self.answers.get()
        if answer is None:
            raise KeyboardInterrupt
        gradient, loss = answer
        self.weights.grad = self.torch.from_numpy(gradient)
        return self.torch.tensor(loss, dtype=self.torch.float64)

    def _current(self) -> Array:
        current: Array = self.weights.detach().numpy().copy()
        return current


#: What the state of optimizers in optax measures.
_OPTAX_QUANTITIES = {
    "mu": "gradient",
    "nu": "gradient_squared",
    "nu_max": "gradient_squared",
    "sum_of_squares": "gradient_squared",
    "trace": "gradient",
}


class _OptaxStepper:
    def __init__(self, transformation: Any, w: Array) -> None:
        import jax  # type: ignore[import-not-found, unused-ignore]

        self.jax = jax
        self.precise = enable_float64(jax)
        with self.precise(True):
            self.state = transformation.init(jax.numpy.asarray(w))
            self.update = jax.jit(transformation.update)

    def step(self, w: Array, gradient: Array, loss: float) -> Any:
        with self.precise(True):
            point = self.jax.numpy.asarray(w)
            change, self.state = self.update(self.jax.numpy.asarray(gradient), self.state, point)
            return np.asarray(point + change)

    def channels(self) -> list[ChannelRow]:
        leaves, _ = self.jax.tree_util.tree_flatten_with_path(self.state)
        rows: list[ChannelRow] = []
        for path, values in leaves:
            names = [str(getattr(key, "name", getattr(key, "key", ""))) for key in path]
            name = next((name for name in reversed(names) if name), "state")
            count = sum(row[0].split("_", 1)[0] == name for row in rows)
            unique = f"{name}_{count + 1}" if count else name
            rows.append(_row(unique, values, _OPTAX_QUANTITIES.get(name, "number")))
        return rows


def _made_optax(make: Callable[..., Any], settings: Mapping[str, Any], w: Array) -> Stepper:
    return _OptaxStepper(_made(make, settings), w)


#: The kinds of optimizers, by their names in pickles.
_STEPPERS: dict[str, Callable[..., Stepper]] = {
    "rule": _RuleStepper,
    "made-rule": _made_rule,
    "torch": _TorchStepper,
    "torch-closure": _ClosureStepper,
    "optax": _OptaxStepper,
    "made-optax": _made_optax,
}


def _row(name: str, values: Any, quantity: str, help: str = "") -> ChannelRow:
    """Returns a channel. Its description is that of the user."""
    flat = np.array(values, dtype=np.float64).reshape(-1)
    return str(name), help or "State of the optimizer.", quantity, flat


def _title(name: str, library: str | None, settings: Mapping[str, Any]) -> str:
    """Returns a title that contains the given settings. The values of those with a range are shown with the results."""
    given = [f"{key}={value}" for key, value in settings.items() if not isinstance(value, Range)]
    words = ", ".join([*([library] if library else []), *given])
    return f"{name} ({words})" if words else name
