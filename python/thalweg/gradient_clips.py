"""The gradient clips of the catalog. `cargo xtask codegen` writes this module."""

from __future__ import annotations

from os import PathLike
from types import EllipsisType
from typing import ClassVar, Literal

from thalweg._pick import Entry

__all__ = [
    "Adaptive",
    "Norm",
    "Value",
]


class Norm(Entry):
    """Shortens a gradient whose Euclidean norm exceeds a limit, without changing its direction.

        g <- g limit / |g|          if |g| > limit

    Args:
        limit: Maximum norm of the gradient; a number above 0.
    """

    id: ClassVar[str] = "norm"

    def __init__(
        self,
        limit: float = 1.0,
    ) -> None:
        super().__init__(
            limit=limit,
        )


class Value(Entry):
    """Limits the magnitude of each component of the gradient, which can change its direction.

        g_i <- min(max(g_i, -limit), limit)

    Args:
        limit: Maximum magnitude of a component of the gradient; a number above 0.
    """

    id: ClassVar[str] = "value"

    def __init__(
        self,
        limit: float = 1.0,
    ) -> None:
        super().__init__(
            limit=limit,
        )


class Adaptive(Entry):
    """Limits the norm of the gradient of each unit to a multiple of the norm of its weights.

        m = limit max(|w|, min_norm)          g <- g m / |g|          if |g| > m
        |w|, |g| over the weights of one unit

    Args:
        limit: Maximum norm of the gradient of a unit, relative to the norm of its weights; a number above 0.
        min_norm: Minimum of the norm of the weights, so that weights near zero can move; a number above 0.

    In optax: optax.adaptive_grad_clip.

    Reference:
        A. Brock, S. De, S. L. Smith, K. Simonyan: High-Performance Large-Scale Image Recognition Without
        Normalization. International Conference on Machine Learning, 2021. https://arxiv.org/abs/2102.06171
    """

    id: ClassVar[str] = "adaptive"

    def __init__(
        self,
        limit: float = 0.01,
        *,
        min_norm: float = 0.001,
    ) -> None:
        super().__init__(
            limit=limit,
            min_norm=min_norm,
        )
