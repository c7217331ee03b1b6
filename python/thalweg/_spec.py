"""Experiments as plain data."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

from thalweg._words import options


@dataclass(frozen=True)
class Spec:
    """An experiment as plain data. Its text is the command that trains the same runs.

    Attributes:
        problem: The pick of the problem.
        optimizers: The picks of the optimizers.
        settings: The shared settings as texts, by their keys on the command line.
    """

    problem: str
    optimizers: tuple[str, ...]
    settings: Mapping[str, str | bool] = field(default_factory=dict)

    def words(self) -> list[str]:
        """Returns the arguments of a command line."""
        picks = {"on": self.problem, "with": list(self.optimizers)}
        return options({**picks, **self.settings})

    def __str__(self) -> str:
        return shlex.join(["thalweg", "train", *self.words()])
