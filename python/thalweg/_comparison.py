"""Comparisons of optimizers by one protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any

from thalweg import _thalweg
from thalweg._constant import Constant
from thalweg._figure import Figure
from thalweg._optimizer import Optimizer
from thalweg._pick import Entry
from thalweg._pickle import check_format, written_by
from thalweg._problem import Problem
from thalweg._runs import chosen_optimizers, chosen_problem
from thalweg._spec import packed, unpacked
from thalweg._table import html_table, read_columns
from thalweg._thalweg import Error
from thalweg._words import OptimizerLike, Options, ProblemLike, options


class Comparison(Constant):
    """The results of optimizers on one or more problems. It is printed as a table with the tests and the protocol.

    A pickle contains the results of all runs, so loading it makes no trials again. It reads the same data files.
    """

    def __init__(
        self,
        problems: Sequence[str | Problem],
        optimizers: Sequence[str | Optimizer],
        given: Options,
        stored: bytes | None = None,
    ) -> None:
        self._arguments = (problems, optimizers, given)
        parts = [*problems, *optimizers]
        is_command = all(isinstance(one, str) for one in parts)
        # If some parts are written in Python, the words need the names of placeholders.
        chosen = {"on": problems, "with": optimizers} if is_command else {"on": ["python"], "with": ["python"]}
        words = ["compare", *options({**chosen, **given})]  # type: ignore[dict-item]
        custom = None if is_command else (_native(problems), _native(optimizers))
        self._native: _thalweg.Comparison = (
            _thalweg.compare(words, custom) if stored is None else _thalweg.stored_comparison(words, custom, stored)
        )

    @property
    def notes(self) -> list[str]:
        """Notes on how the input was understood."""
        return self._native.notes().splitlines()

    @property
    def summary(self) -> str:
        """A table with one row per problem and optimizer, the tests, and the protocol."""
        return self._native.report()

    def to_dict(self) -> dict[str, list[Any]]:
        """Returns the results as columns, for `pandas.DataFrame` or `polars.DataFrame`.

        The columns `evaluations`, `least`, and `greatest` describe the studies, the columns from `pairs` on the paired
        runs. Evaluations are infinite if the target was not reached, and `None` if an optimizer cannot run.
        """
        return read_columns(self._native.results())

    @cached_property
    def tests(self) -> dict[str, list[Any]]:
        """The sign tests of all pairs of optimizers as columns. `better` is `None` if no difference is shown."""
        return read_columns(self._native.tests())

    @cached_property
    def trials(self) -> dict[str, list[Any]]:
        """All trials of the search as columns, with one column per tuned setting."""
        return read_columns(self._native.trials())

    def figure(self) -> Figure:
        """Draws the evaluations and the losses of all trials by the tuned setting, one figure per problem."""
        return _figure(self)

    def __repr__(self) -> str:
        return "\n".join([self.summary.rstrip(), *self.notes])

    def _repr_html_(self) -> str:
        return html_table(self.to_dict())

    def __reduce__(self) -> tuple[Callable[..., Comparison], tuple[Any, ...]]:
        problems, optimizers, given = self._arguments
        parts = [packed(one) for one in problems], [packed(one) for one in optimizers], given
        return _unpickled, (*written_by(), *parts, self._native.stored())


def _unpickled(format: int, version: str, *parts: Any) -> Comparison:
    """Returns the comparison of a pickle."""
    check_format(format, version)
    problems, optimizers, given, data = parts
    return Comparison(
        [unpacked(one, Problem) for one in problems], [unpacked(one, Optimizer) for one in optimizers], given, data
    )


def _native(parts: Sequence[Any]) -> list[Any]:
    """Returns texts, and the functions of what is written in Python."""
    return [one if isinstance(one, str) else one._native for one in parts]


def _figure(comparison: Comparison) -> Figure:
    return Figure(comparison._native.figure(), _figure, (comparison,))


def comparison(
    problems: ProblemLike | Iterable[ProblemLike],
    optimizers: OptimizerLike | Iterable[OptimizerLike],
    given: Options,
) -> Comparison:
    """Compares the optimizers."""
    is_one = isinstance(problems, (str, Entry, Problem)) or not isinstance(problems, Iterable)
    given_problems = [problems] if is_one else list(problems)  # type: ignore[arg-type]
    chosen = [chosen_problem(one) for one in given_problems]
    if not chosen:
        raise Error("`problems` is empty: give at least one, such as 'article'")
    return Comparison(chosen, chosen_optimizers(optimizers), given)
