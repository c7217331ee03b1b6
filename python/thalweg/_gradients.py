"""Gradients and Hessians of a user's function: by torch, by jax, by the user, or by central differences."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from thalweg._thalweg import Error

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Function = Callable[[Any], Any]


class Derivatives(NamedTuple):
    """The functions of a problem on arrays of NumPy with the type float64.

    Attributes:
        value: Returns the loss at an array (dim).
        gradient: Returns the gradient (dim) at an array (dim).
        values: Returns the losses (n) at an array (n, dim), if the function accepts that.
        values_and_gradients: Returns the losses (n) and the gradients (n, dim) at an array (n, dim), if the functions
            accept that.
        hessian: Returns the Hessian (dim, dim) at an array (dim), if it is known.
        note: A remark on the gradient for the title of the problem.
    """

    value: Function
    gradient: Function
    values: Function | None = None
    values_and_gradients: Callable[[Array], tuple[Any, Any]] | None = None
    hessian: Function | None = None
    note: str = ""


def by_user(f: Function, gradient: Function, hessian: Function | None) -> Derivatives:
    """Uses the gradient that the user gave."""
    return Derivatives(f, gradient, f, lambda points: (f(points), gradient(points)), hessian)


def by_differences(f: Function, hessian: Function | None) -> Derivatives:
    """Uses central differences, whose step is the cube root of the machine precision times the weight."""

    def steps(w: Array) -> Array:
        h: Array = np.cbrt(np.finfo(np.float64).eps) * np.maximum(1.0, np.abs(w))
        # The distance of the two points is exact.
        return (w + h) - w

    def gradient(w: Array) -> Array:
        h, g = steps(w), np.empty_like(w)
        for i in range(w.size):
            above, below = w.copy(), w.copy()
            above[i] += h[i]
            below[i] -= h[i]
            g[i] = (float(f(above)) - float(f(below))) / (above[i] - below[i])
        return g

    def gradients(points: Array) -> Array:
        h = steps(points)
        g = np.empty_like(points)
        for i in range(points.shape[1]):
            above, below = points.copy(), points.copy()
            above[:, i] += h[:, i]
            below[:, i] -= h[:, i]
            g[:, i] = (np.asarray(f(above)) - np.asarray(f(below))) / (above[:, i] - below[:, i])
        return g

    def values_and_gradients(points: Array) -> tuple[Any, Array]:
        return f(points), gradients(points)

    return Derivatives(f, gradient, f, values_and_gradients, hessian, "gradient by central differences")


def by_torch(f: Function, hessian: Function | None) -> Derivatives:
    """Uses the automatic differentiation of PyTorch on tensors with the type float64."""
    import torch  # type: ignore[import-not-found, unused-ignore]

    def tensor(w: Array) -> Any:
        # The function may change its copy.
        return torch.from_numpy(w).clone()

    def value(w: Array) -> Any:
        with torch.no_grad():
            return _detached(f(tensor(w)))

    def value_and_gradient(w: Array) -> tuple[Any, Any]:
        point = tensor(w).requires_grad_()
        with torch.enable_grad():
            loss = f(point)
            if not isinstance(loss, torch.Tensor) or not loss.requires_grad:
                raise Error(
                    "`f` returned a value without a gradient: do not use `detach`, `item`, `numpy`, or `no_grad` in "
                    'it, or give gradient="differences"'
                )
            (found,) = torch.autograd.grad(loss.sum(), point)
        return loss.detach().numpy(), found.numpy()

    def gradient(w: Array) -> Any:
        return value_and_gradient(w)[1]

    def curvature(w: Array) -> Any:
        return torch.autograd.functional.hessian(f, tensor(w)).numpy()

    return Derivatives(value, gradient, value, value_and_gradient, hessian or curvature)


def by_jax(f: Function, hessian: Function | None) -> Derivatives:
    """Uses the automatic differentiation of JAX with the type float64."""
    import jax  # type: ignore[import-not-found, unused-ignore]

    compiled = jax.jit(f)
    derivative = jax.jit(jax.grad(lambda w: f(w).sum()))
    curvature = jax.jit(jax.hessian(f))
    precise = enable_float64(jax)

    def in_float64(function: Function) -> Function:
        def call(w: Array) -> Any:
            with precise(True):
                return np.asarray(function(w))

        return call

    value = in_float64(compiled)
    gradient = in_float64(derivative)
    second = hessian or in_float64(curvature)
    return Derivatives(
        lambda w: value(w)[()], gradient, value, lambda points: (value(points), gradient(points)), second
    )


def enable_float64(jax: Any) -> Any:
    """Returns the context manager of JAX for float64, which has another place in newer versions."""
    if hasattr(jax, "enable_x64"):
        return jax.enable_x64
    from jax import experimental  # type: ignore[import-not-found, unused-ignore]

    return experimental.enable_x64  # type: ignore[attr-defined, unused-ignore]


def _detached(value: Any) -> Any:
    """Returns a tensor as an array of NumPy, and other values as they are."""
    return value.detach().numpy() if hasattr(value, "detach") else value
