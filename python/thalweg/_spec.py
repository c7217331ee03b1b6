"""Experiments as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from thalweg._optimizer import Optimizer
from thalweg._problem import Problem
from thalweg._words import options


class Spec(NamedTuple):
    """An experiment as plain data. Its text is the command that trains the same runs, if there is one.

    Attributes:
        problem: The pick of the problem, or a problem that is written in Python.
        optimizers: The picks of the optimizers, or optimizers that are written in Python.
        settings: The shared settings as texts, by their keys on the command line.
    """

    problem: str | Problem
    optimizers: tuple[str | Optimizer, ...]
    settings: Mapping[str, str | bool | Sequence[str]] = {}

    @property
    def is_command(self) -> bool:
        """Whether a command trains the same runs: nothing of it is written in Python."""
        return all(isinstance(one, str) for one in (self.problem, *self.optimizers))

    def options(self) -> dict[str, str | bool | Sequence[str] | None]:
        """Returns the options of a command line. They omit what is written in Python."""
        texts = [one for one in self.optimizers if isinstance(one, str)]
        return {
            "on": self.problem if isinstance(self.problem, str) else None,
            "with": texts if self.is_command else None,
            **self.settings,
        }

    def __str__(self) -> str:
        if not self.is_command:
            return repr(self)
        # An import takes time, and most programs do not need it.
        import shlex

        return shlex.join(["thalweg", "train", *options(self.options())])
