"""Gradients and Hessians of a user's function: by torch, by jax, by the user, or by central differences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from thalweg._thalweg import Error

Array = NDArray[np.float64]
Function = Callable[[Any], Any]


@dataclass(frozen=True)
class Derivatives:
    """The functions of a problem on arrays of NumPy with the type float64.

    Attributes:
        value: Returns the loss at an array (dim).
        gradient: Returns the gradient (dim) at an array (dim).
        values: Returns the losses (n) at an array (n, dim), if the function accepts that.
        gradients: Returns the gradients (n, dim) at an array (n, dim), if the function accepts that.
        hessian: Returns the Hessian (dim, dim) at an array (dim), if it is known.
        note: A remark on the gradient for the title of the problem.
    """

    value: Function
    gradient: Function
    values: Function | None = None
    gradients: Function | None = None
    hessian: Function | None = None
    note: str = ""


def by_user(f: Function, gradient: Function, hessian: Function | None) -> Derivatives:
    """Uses the gradient that the user gave."""
    return Derivatives(f, gradient, f, gradient, hessian)


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

    return Derivatives(f, gradient, f, gradients, hessian, "gradient by central differences")


def by_torch(f: Function, hessian: Function | None) -> Derivatives:
    """Uses the automatic differentiation of PyTorch on tensors with the type float64."""
    import torch  # type: ignore[import-not-found, unused-ignore]

    def tensor(w: Array, requires_grad: bool) -> Any:
        return torch.tensor(w, dtype=torch.float64, requires_grad=requires_grad)

    def value(w: Array) -> Any:
        with torch.no_grad():
            return _detached(f(tensor(w, False)))

    def gradient(w: Array) -> Any:
        point = tensor(w, True)
        with torch.enable_grad():
            loss = f(point)
            if not isinstance(loss, torch.Tensor) or not loss.requires_grad:
                raise Error(
                    "`f` returned a value without a gradient: do not use `detach`, `item`, `numpy`, or `no_grad` in "
                    'it, or give gradient="differences"'
                )
            (found,) = torch.autograd.grad(loss.sum(), point)
        return found.numpy()

    def curvature(w: Array) -> Any:
        return torch.autograd.functional.hessian(f, tensor(w, False)).numpy()

    return Derivatives(value, gradient, value, gradient, hessian or curvature)


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
    return Derivatives(lambda w: value(w)[()], gradient, value, gradient, hessian or in_float64(curvature))


def enable_float64(jax: Any) -> Any:
    """Returns the context manager of JAX for float64, which has another place in newer versions."""
    if hasattr(jax, "enable_x64"):
        return jax.enable_x64
    from jax import experimental  # type: ignore[import-not-found, unused-ignore]

    return experimental.enable_x64  # type: ignore[attr-defined, unused-ignore]


def _detached(value: Any) -> Any:
    """Returns a tensor as an array of NumPy, and other values as they are."""
    return value.detach().numpy() if hasattr(value, "detach") else value
