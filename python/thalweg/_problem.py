"""A problem whose loss is a function of Python."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from typing import Any, Literal, NamedTuple

import numpy as np

from thalweg import _thalweg
from thalweg._constant import Constant
from thalweg._gradients import Derivatives, Function, by_differences, by_jax, by_torch, by_user
from thalweg._pickle import Code
from thalweg._thalweg import Error
from thalweg._words import Numbers, number, numbers

#: The ways to compute a gradient.
GradientSource = Callable[[Any], Any] | Literal["torch", "jax", "differences"]


class Problem(Constant):
    """A problem whose loss is your function.

    Every optimizer that needs a loss and a gradient can minimize it, and every figure and animation can show it. An
    exception of the function reaches the caller as it is.

    Args:
        f: The loss: a function of an array (dim) that returns a number. For `gradient="torch"` and `gradient="jax"`,
            it receives a tensor or an array of this library with the type float64.
        start: Initial point (dim).
        gradient: The gradient: a function of an array (dim) that returns an array (dim); `"torch"` or `"jax"` for
            automatic differentiation; or `"differences"` for central differences, which the title then mentions.
        hessian: The second derivatives: a function of an array (dim) that returns an array (dim, dim). Torch and JAX
            compute them if it is omitted.
        window: Part of the plane of two weights that a map shows: min1, max1, min2, max2.
        target: Target loss.
        minima: Known minima, each an array (dim).
        learning_rate: Default learning rate of gradient descent.
        title: Title of the problem; the name of the function if omitted.
        names: Names of the weights.
        vectorized: Whether `f`, and `gradient` if it is a function, also accept an array (n, dim) and return one row
            per point, so that maps evaluate them in blocks. If omitted, a trial with a few points decides.

    Raises:
        Error: An argument is invalid.
    """

    def __init__(
        self,
        f: Function,
        *,
        start: Numbers,
        gradient: GradientSource | None = None,
        hessian: Function | None = None,
        window: Numbers | None = None,
        target: float | None = None,
        minima: Sequence[Numbers] = (),
        learning_rate: float | None = None,
        title: str | None = None,
        names: Sequence[str] | None = None,
        vectorized: bool | None = None,
    ) -> None:
        if not callable(f):
            raise Error(f"`f` must be a function, but it is {f!r}")
        numbers("start", start)
        self._arguments = {
            "f": f,
            "start": start,
            "gradient": gradient,
            "hessian": hessian,
            "window": window,
            "target": target,
            "minima": minima,
            "learning_rate": learning_rate,
            "title": title,
            "names": names,
            "vectorized": vectorized,
        }
        point = np.array(start, dtype=np.float64)
        dim = point.size
        derivatives = _derivatives(f, gradient, hessian)
        name = title or getattr(f, "__name__", type(f).__name__).replace("<lambda>", "function")
        facts = _Facts(
            f"{name} ({derivatives.note})" if derivatives.note else name,
            _names(names, dim),
            point.tolist(),
            _window(window, point),
            None if target is None else float(number("target", target)),
            [_minimum(one, dim) for one in minima],
            None if learning_rate is None else float(number("learning_rate", learning_rate)),
            bool(_accepts_blocks(derivatives, point) if vectorized is None else vectorized),
            derivatives.hessian is not None,
        )
        self._begin(facts, derivatives, Code(facts.title, (f, gradient, hessian)))

    def _begin(self, facts: _Facts, derivatives: Derivatives, code: Code) -> None:
        self._facts, self._code = facts, code
        #: Title of the problem.
        self.title: str = facts.title
        #: Whether maps evaluate the function in blocks of points.
        self.vectorized: bool = facts.has_blocks
        functions = _thalweg.Functions(
            len(facts.start),
            derivatives.value,
            derivatives.gradient,
            derivatives.values if facts.has_blocks else None,
            derivatives.values_and_gradients if facts.has_blocks else None,
            derivatives.hessian,
        )
        self._native = _thalweg.Problem(functions, *facts[:7])

    def __repr__(self) -> str:
        start = self._arguments["start"] if self._arguments else self._facts.start
        return f"<Problem {self.title} of {start!r}>"

    def __reduce__(self) -> tuple[Callable[..., Problem], tuple[Any, ...]]:
        return (_restored, (self._arguments,)) if self._arguments else (Problem._unpacked, self._packed())

    def _packed(self) -> tuple[tuple[Any, ...], bytes | None]:
        """Returns the problem as plain data, for pickles of its runs."""
        return tuple(self._facts), self._code.pickled()

    @classmethod
    def _unpacked(cls, facts: tuple[Any, ...], pickled: bytes | None) -> Problem:
        problem = cls.__new__(cls)
        problem._arguments = {}
        known = _Facts(*facts)
        code = Code.of_pickle(known.title, pickled)
        problem._begin(known, _derivatives_of(code, known), code)
        return problem


class _Facts(NamedTuple):
    """What a problem consists of besides its functions."""

    title: str
    names: list[str]
    start: list[float]
    window: list[float]
    target: float | None
    minima: list[list[float]]
    learning_rate: float | None
    has_blocks: bool
    has_hessian: bool


def _restored(arguments: dict[str, Any]) -> Problem:
    return Problem(**arguments)


def _derivatives_of(code: Code, facts: _Facts) -> Derivatives:
    """Returns functions that are loaded when they are first called."""
    loaded: list[Derivatives] = []

    def call(name: str) -> Callable[[Any], Any]:
        def function(w: Any) -> Any:
            if not loaded:
                loaded.append(_derivatives(*code.get()))
            return getattr(loaded[0], name)(w)

        return function

    return Derivatives(
        call("value"),
        call("gradient"),
        call("values") if facts.has_blocks else None,
        call("values_and_gradients") if facts.has_blocks else None,
        call("hessian") if facts.has_hessian else None,
    )


def _derivatives(f: Function, gradient: GradientSource | None, hessian: Function | None) -> Derivatives:
    if callable(gradient):
        return by_user(f, gradient, hessian)
    if gradient == "differences":
        return by_differences(f, hessian)
    if gradient in ("torch", "jax"):
        if importlib.util.find_spec(gradient) is None:
            raise Error(f"gradient={gradient!r} needs the package {gradient}, which is not installed")
        return by_torch(f, hessian) if gradient == "torch" else by_jax(f, hessian)
    given = "is missing" if gradient is None else f"cannot be {gradient!r}"
    raise Error(
        f"`gradient` {given}: give a function, 'torch' or 'jax' for automatic differentiation, or 'differences' for "
        "central differences"
    )


def _accepts_blocks(derivatives: Derivatives, start: Any) -> bool:
    """Tries whether the functions return one row per point, with the numbers of single calls."""
    # A number of points that differs from the number of weights, so that the axes cannot be confused.
    points = start + 0.01 * np.arange(start.size + 2)[:, None]
    if derivatives.values is None or derivatives.values_and_gradients is None:
        return False
    try:
        with np.errstate(all="ignore"):
            losses = np.asarray(derivatives.values(points.copy()))
            slopes = np.asarray(derivatives.values_and_gradients(points.copy())[1])
            if losses.shape != points.shape[:1] or slopes.shape != points.shape:
                return False
            single = np.array([float(derivatives.value(point.copy())) for point in points])
            single_slopes = np.array([np.asarray(derivatives.gradient(point.copy())) for point in points])
    except Exception:
        # Functions of one point may fail in any way. The runs report errors of the function itself.
        return False
    is_same = np.allclose(losses, single, rtol=1e-9, atol=1e-12, equal_nan=True)
    return bool(is_same and np.allclose(slopes, single_slopes, rtol=1e-6, atol=1e-9, equal_nan=True))


def _names(names: Sequence[str] | None, dim: int) -> list[str]:
    if names is None:
        return [f"w{i + 1}" for i in range(dim)]
    given = [str(name) for name in names]
    if isinstance(names, str) or len(given) != dim:
        raise Error(f"`names` must have one name per weight: {dim}, not {names!r}")
    return given


def _window(window: Numbers | None, start: Any) -> list[float]:
    """Returns the window, or one around the initial point and the origin."""
    if window is not None:
        return [float(edge) for edge in numbers("window", window).split(",")]
    edges: list[float] = []
    for w in [*start, 0.0, 0.0][:2]:
        reach = 1.25 * max(1.0, abs(w))
        edges += [-reach, reach]
    return edges


def _minimum(minimum: Numbers, dim: int) -> list[float]:
    point = [float(w) for w in numbers("minima", minimum).split(",")]
    if len(point) != dim:
        raise Error(f"each of `minima` must have one number per weight: {dim}, not {len(point)}")
    return point
