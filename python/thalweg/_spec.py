"""Experiments as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from thalweg import _thalweg
from thalweg._optimizer import Optimizer
from thalweg._problem import Problem
from thalweg._words import Option, options

#: The settings of a search.
_TUNING = ("tune", "tune-by", "studies", "trials", "budget")


_Part = TypeVar("_Part", Problem, Optimizer)


def packed(part: str | Problem | Optimizer) -> Any:
    """Returns a part of an experiment as plain data, for pickles of its results."""
    return part if isinstance(part, str) else part._packed()


def unpacked(data: Any, kind: type[_Part]) -> str | _Part:
    """Returns a part of a pickled experiment."""
    return data if isinstance(data, str) else kind._unpacked(*data)


class Spec(NamedTuple):
    """An experiment as plain data. Its text is the command that trains the same runs, if there is one.

    Attributes:
        problem: The pick of the problem, or a problem that is written in Python.
        optimizers: The picks of the optimizers, or optimizers that are written in Python.
        settings: The shared settings as texts, by their keys on the command line.
    """

    problem: str | Problem
    optimizers: tuple[str | Optimizer, ...]
    settings: Mapping[str, Option] = {}

    @property
    def is_command(self) -> bool:
        """Whether a command trains the same runs: nothing of it is written in Python."""
        return all(isinstance(one, str) for one in (self.problem, *self.optimizers))

    def tuned(self, optimizers: Sequence[str | Optimizer]) -> Spec:
        """Returns the experiment with tuned optimizers instead of a search; itself if there was no search."""
        if "tune" not in self.settings:
            return self
        settings = {key: value for key, value in self.settings.items() if key not in _TUNING}
        return Spec(self.problem, tuple(optimizers), settings)

    def options(self) -> dict[str, Option | None]:
        """Returns the options of a command line. They omit what is written in Python."""
        texts = [one for one in self.optimizers if isinstance(one, str)]
        return {
            "on": self.problem if isinstance(self.problem, str) else None,
            "with": texts if self.is_command else None,
            **self.settings,
        }

    def custom(self) -> tuple[_thalweg.Problem | None, list[str | _thalweg.Optimizer] | None]:
        """Returns the parts that are written in Python; no optimizers if there are none."""
        if self.is_command:
            return None, None
        problem = self.problem._native if isinstance(self.problem, Problem) else None
        return problem, [one if isinstance(one, str) else one._native for one in self.optimizers]

    def packed(self) -> tuple[Any, list[Any], dict[str, Any]]:
        """Returns the experiment as plain data, for pickles of its results."""
        return packed(self.problem), [packed(one) for one in self.optimizers], dict(self.settings)

    @staticmethod
    def unpacked(problem: Any, optimizers: list[Any], settings: dict[str, Any]) -> Spec:
        """Returns the experiment of a pickle."""
        return Spec(
            unpacked(problem, Problem),
            tuple(unpacked(one, Optimizer) for one in optimizers),
            settings,
        )

    def __str__(self) -> str:
        if not self.is_command:
            return repr(self)
        # An import takes time, and most programs do not need it.
        import shlex

        return shlex.join(["thalweg", "train", *options(self.options())])
