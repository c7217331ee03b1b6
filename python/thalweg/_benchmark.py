"""Benchmarks: many optimizers on many problems, tuned by one protocol and scored."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from os import PathLike
from pathlib import Path
from typing import Any

from thalweg import _thalweg
from thalweg._constant import Constant
from thalweg._pick import Entry
from thalweg._program import described
from thalweg._table import html_table, read_columns
from thalweg._thalweg import Error
from thalweg._words import Options, number, numbers, options, paths


class Benchmark(Constant):
    """The results of a benchmark. It is printed as a ranking."""

    def __init__(self, summary: str, folder: Path) -> None:
        #: The ranking of each group, and the protocol.
        self.summary: str = summary
        #: The results as columns, one row per problem and optimizer: score, tuned settings, and time to the target.
        self.results: dict[str, list[Any]] = read_columns((folder / "results.csv").read_text(encoding="utf-8"))
        #: All trials of the search as columns, with one column per tuned setting.
        self.trials: dict[str, list[Any]] = read_columns((folder / "trials.csv").read_text(encoding="utf-8"))
        #: The report in Markdown, which links its figures in the output folder.
        self.report: str = (folder / "report.md").read_text(encoding="utf-8")

    @property
    def scores(self) -> dict[str, float]:
        """The score of each optimizer, the best one first."""
        scores = dict(zip(self.results["optimizer"], self.results["score"], strict=True))
        return dict(sorted(scores.items(), key=lambda pair: -pair[1]))

    def to_dict(self) -> dict[str, list[Any]]:
        """Returns the results as columns, for `pandas.DataFrame` or `polars.DataFrame`."""
        return dict(self.results)

    def __repr__(self) -> str:
        return self.summary.rstrip()

    def _repr_html_(self) -> str:
        return html_table({"optimizer": list(self.scores), "score": list(self.scores.values())})


def benchmarked(
    description: str | PathLike[str] | Mapping[str, Any], out: str | PathLike[str] | None, given: Options
) -> Benchmark:
    """Runs a benchmark and reads its results."""
    for key in ("resume", "overwrite"):
        if out is None and key in given:
            raise Error(f"`{key}` needs `out`, the folder of an earlier benchmark: give `out`, or remove `{key}`")
    import tempfile

    with tempfile.TemporaryDirectory() as temporary:
        if isinstance(description, Mapping):
            file = Path(temporary) / "benchmark.toml"
            file.write_text("\n".join(_lines(description)) + "\n", encoding="utf-8")
        else:
            (path,) = paths("description", description)
            file = Path(path)
        folder = Path(temporary) / "out" if out is None else Path(out)
        words = ["benchmark", str(file), *options({"out": str(folder), **given})]
        summary = described(words, str(file)) if isinstance(description, Mapping) else _thalweg.command(words)
        return Benchmark(summary, folder)


def _lines(description: Mapping[str, Any]) -> list[str]:
    """Returns the lines of a table of TOML. The tables inside of it follow its other values."""
    plain = {key: value for key, value in description.items() if not _are_tables(value)}
    lines = [f"{_key(key)} = {_value(key, value)}" for key, value in plain.items()]
    for key, tables in description.items():
        if key not in plain:
            for table in tables:
                lines += [f"[[{_key(key)}]]", *_lines(table)]
    return lines


def _are_tables(value: object) -> bool:
    return isinstance(value, (list, tuple)) and bool(value) and all(isinstance(one, Mapping) for one in value)


def _value(key: str, value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return '"none"'
    if isinstance(value, (str, Entry)):
        return _quoted(value)
    if isinstance(value, Mapping):
        raise Error(f"`{key}` must be a list of mappings: write [{{...}}]")
    if isinstance(value, Iterable):
        given = list(value)
        if all(isinstance(one, (str, Entry)) for one in given):
            return f"[{', '.join(_quoted(one) for one in given)}]"
        return f"[{numbers(key, given)}]"
    return number(key, value)


def _key(key: str) -> str:
    return key if key.isidentifier() and key.isascii() else _quoted(key)


def _quoted(text: str | Entry) -> str:
    """Returns a string of TOML, whose escapes are those of JSON."""
    return json.dumps(str(text), ensure_ascii=False)
