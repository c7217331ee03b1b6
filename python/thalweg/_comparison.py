"""Comparisons of optimizers by one protocol."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from thalweg import _thalweg
from thalweg._constant import Constant
from thalweg._figure import Figure
from thalweg._pick import Entry, texts
from thalweg._table import html_table, read_columns
from thalweg._thalweg import Error
from thalweg._words import Options, options


class Comparison(Constant):
    """The results of optimizers on one or more problems. It is printed as a table with the tests and the protocol.

    A pickle contains the arguments; loading it makes the same trials again.
    """

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._native = _thalweg.compare(words)

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
        """Draws the evaluations to the target and the losses of all trials by the tuned setting, one figure per problem."""
        return _figure(self)

    def __repr__(self) -> str:
        return "\n".join([self.summary.rstrip(), *self.notes])

    def _repr_html_(self) -> str:
        return html_table(self.to_dict())

    def __reduce__(self) -> tuple[Callable[..., Comparison], tuple[list[str]]]:
        return Comparison, (self._words,)


def _figure(comparison: Comparison) -> Figure:
    return Figure(comparison._native.figure(), _figure, (comparison,))


def comparison(
    problems: str | Entry | Iterable[str | Entry],
    optimizers: str | Entry | Iterable[str | Entry],
    given: Options,
) -> Comparison:
    """Compares the optimizers."""
    chosen = {"on": texts("problems", problems), "with": texts("optimizers", optimizers)}
    if not chosen["on"]:
        raise Error("`problems` is empty: give at least one, such as 'article'")
    return Comparison(["compare", *options({**chosen, **given})])
