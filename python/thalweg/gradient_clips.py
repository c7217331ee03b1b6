"""The gradient clips of the catalog. `cargo xtask codegen` writes this module."""

from __future__ import annotations

from os import PathLike
from types import EllipsisType
from typing import ClassVar, Literal

from thalweg._pick import Entry

__all__ = [
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
