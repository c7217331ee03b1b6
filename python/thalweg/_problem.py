"""A problem whose loss is a function of Python."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Sequence
from typing import Any, Literal

import numpy as np

from thalweg import _thalweg
from thalweg._constant import Constant
from thalweg._gradients import Derivatives, Function, by_differences, by_jax, by_torch, by_user
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
        blocks = _accepts_blocks(derivatives, point) if vectorized is None else vectorized
        #: Whether maps evaluate the function in blocks of points.
        self.vectorized: bool = blocks
        functions = _thalweg.Functions(
            dim,
            derivatives.value,
            derivatives.gradient,
            derivatives.values if blocks else None,
            derivatives.values_and_gradients if blocks else None,
            derivatives.hessian,
        )
        name = title or getattr(f, "__name__", type(f).__name__).replace("<lambda>", "function")
        #: Title of the problem.
        self.title: str = f"{name} ({derivatives.note})" if derivatives.note else name
        self._native = _thalweg.Problem(
            functions,
            self.title,
            _names(names, dim),
            point.tolist(),
            _window(window, point),
            None if target is None else float(number("target", target)),
            [_minimum(one, dim) for one in minima],
            None if learning_rate is None else float(number("learning_rate", learning_rate)),
        )

    def __repr__(self) -> str:
        return f"<Problem {self.title} of {self._arguments['start']!r}>"

    def __reduce__(self) -> tuple[Callable[..., Problem], tuple[dict[str, Any]]]:
        return _restored, (self._arguments,)


def _restored(arguments: dict[str, Any]) -> Problem:
    return Problem(**arguments)


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
