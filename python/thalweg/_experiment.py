"""Training, and the settings that all runs share. `cargo xtask codegen` writes this module."""

from __future__ import annotations

from collections.abc import Iterable
from types import EllipsisType

from thalweg._runs import Runs, compare
from thalweg._words import Numbers, OptimizerLike, ProblemLike, count, number, numbers


def settings(
    *,
    start: Numbers | EllipsisType = ...,
    target: float | EllipsisType | None = ...,
    epochs: int = 100000,
    tolerance: float | None = None,
    batch: int | None = None,
    shuffle: bool = False,
    gradient_noise: float = 0.0,
    seed: int = 0,
) -> dict[str, str | bool]:
    """Returns the texts of the given settings by their keys on the command line."""
    given: dict[str, str | bool] = {}
    if start is not ...:
        given["start"] = numbers("start", start)
    if target is None:
        given["target"] = "none"
    elif target is not ...:
        given["target"] = number("target", target)
    if epochs != 100000:
        given["epochs"] = count("epochs", epochs)
    if tolerance is not None:
        given["tolerance"] = number("tolerance", tolerance)
    if batch is not None:
        given["batch"] = count("batch", batch)
    if shuffle:
        given["shuffle"] = True
    if gradient_noise != 0.0:
        given["gradient-noise"] = number("gradient_noise", gradient_noise)
    if seed != 0:
        given["seed"] = count("seed", seed)
    return given


def train(
    problem: ProblemLike,
    optimizers: OptimizerLike | Iterable[OptimizerLike],
    *,
    start: Numbers | EllipsisType = ...,
    target: float | EllipsisType | None = ...,
    epochs: int = 100000,
    tolerance: float | None = None,
    batch: int | None = None,
    shuffle: bool = False,
    gradient_noise: float = 0.0,
    seed: int = 0,
) -> Runs:
    """Trains with one optimizer or compares several, and records every step.

    Args:
        problem: Problem: its id, optionally with settings (`mlp:layers=2-3-1`), or a CSV file whose last column is
            the target, or an entry of `thalweg.problems`.
        optimizers: One or more optimizers: ids, optionally with settings (`adam:learning_rate=0.1`), or entries of
            `thalweg.optimizers`.
        start: Initial point. If omitted: the problem's.
        target: Target loss at which a run ends, or `None`. If omitted: the problem's.
        epochs: Epoch limit of a run.
        tolerance: Ends a run when the largest component of the gradient, or the improvement of the best loss in 100
            epochs (relative to max(1, loss)), is at most this. If omitted: none.
        batch: Number of samples per mini-batch, unless an optimizer has its own (`adam:batch=2`); an epoch is one
            step on one mini-batch. If omitted: all samples.
        shuffle: Shuffles the samples before each pass over them.
        gradient_noise: Standard deviation of the normal noise added to each component of each gradient.
        seed: Seed of the sample order and of the noise.

    Raises:
        Error: The input is invalid.
    """
    given = settings(
        start=start,
        target=target,
        epochs=epochs,
        tolerance=tolerance,
        batch=batch,
        shuffle=shuffle,
        gradient_noise=gradient_noise,
        seed=seed,
    )
    return compare(problem, optimizers, given)
