"""The regularizers of the catalog. `cargo xtask codegen` writes this module."""

from __future__ import annotations

from os import PathLike
from types import EllipsisType
from typing import ClassVar, Literal

from thalweg._pick import Entry

__all__ = [
    "L1",
    "L2",
    "Maxnorm",
]


class L1(Entry):
    """Adds the sum of the absolute weights to the loss, which pulls every weight towards zero with the same
    strength.

        penalty = rate sum(|w|)

    Args:
        rate: Coefficient of the penalty; a number of at least 0.

    Reference:
        R. Tibshirani: Regression Shrinkage and Selection via the Lasso. Journal of the Royal Statistical Society B
        58(1), 1996. https://doi.org/10.1111/j.2517-6161.1996.tb02080.x
    """

    id: ClassVar[str] = "l1"

    def __init__(
        self,
        rate: float = 0.01,
    ) -> None:
        super().__init__(
            rate=rate,
        )


class L2(Entry):
    """Adds the sum of the squared weights to the loss, which pulls every weight towards zero in proportion to its
    value.

        penalty = rate sum(w^2)

    Args:
        rate: Coefficient of the penalty; a number of at least 0.

    Reference:
        A. E. Hoerl, R. W. Kennard: Ridge regression: biased estimation for nonorthogonal problems. Technometrics
        12(1), 1970. https://doi.org/10.1080/00401706.1970.10488634
    """

    id: ClassVar[str] = "l2"

    def __init__(
        self,
        rate: float = 0.01,
    ) -> None:
        super().__init__(
            rate=rate,
        )


class Maxnorm(Entry):
    """Adds the maximum magnitude of the weights to the loss, which pulls only the largest weight towards zero.

        penalty = rate max(|w|)

    Args:
        rate: Coefficient of the penalty; a number of at least 0.
    """

    id: ClassVar[str] = "maxnorm"

    def __init__(
        self,
        rate: float = 0.01,
    ) -> None:
        super().__init__(
            rate=rate,
        )
