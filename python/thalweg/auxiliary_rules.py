"""The auxiliary rules of the catalog. `cargo xtask codegen` writes this module."""

from __future__ import annotations

from os import PathLike
from types import EllipsisType
from typing import ClassVar, Literal

from thalweg._pick import Entry

__all__ = [
    "Adamw",
]


class Adamw(Entry):
    """Takes the step of Adam with decoupled weight decay, for the biases and loose weights that are not part of a
    matrix.

        w <- (1 - learning_rate weight_decay) w - learning_rate n / (sqrt(v_hat) + epsilon)
        n = m_hat, or with Nesterov momentum: beta1 m / (1 - beta1^(t+1)) + (1 - beta1) g / (1 - beta1^t)

    Tuning searches learning_rate from 0.00001 to 10 (log).

    Args:
        learning_rate: Learning rate: approximately the length of each weight's step; a number above 0.
        beta1: Decay rate of the mean gradient; a number of at least 0 and below 1.
        beta2: Decay rate of the mean squared gradient; a number of at least 0 and below 1.
        epsilon: Added to the root to avoid a division by zero; a number of at least 0.
        weight_decay: Weight decay: each step subtracts this fraction of the weights, times the learning rate; a
            number of at least 0.
        nesterov: Whether the mean gradient is taken one step ahead, as in `nadam`. optax does so if `nesterov` of
            Muon is true; true or false.

    In PyTorch: torch.optim.AdamW.

    In optax: optax.adamw.
    """

    id: ClassVar[str] = "adamw"

    def __init__(
        self,
        learning_rate: float = 0.0003,
        *,
        beta1: float = 0.9,
        beta2: float = 0.95,
        epsilon: float = 1e-10,
        weight_decay: float = 0.0,
        nesterov: bool = False,
    ) -> None:
        super().__init__(
            learning_rate=learning_rate,
            beta1=beta1,
            beta2=beta2,
            epsilon=epsilon,
            weight_decay=weight_decay,
            nesterov=nesterov,
        )
