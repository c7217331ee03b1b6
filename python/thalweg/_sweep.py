"""Sweeps: all combinations of problems, optimizers, settings, initial points, and seeds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import Any

from thalweg._pick import Entry, texts
from thalweg._program import described
from thalweg._table import read_columns
from thalweg._thalweg import Error
from thalweg._words import Numbers, Options, count, number, numbers, options, paths

#: Seeds: numbers, or a range such as `{"from": 1, "count": 10}`.
Seeds = Sequence[int] | Mapping[str, int]
#: Initial points: their weights, or a number of random ones per seed such as `{"random": 10}`.
Starts = Sequence[Numbers] | Mapping[str, int]


#: The options of the command; the others belong to the description of the sweep.
_FLAGS = ("resume", "overwrite", "threads")


def swept(
    problems: str | Entry | Iterable[str | Entry],
    optimizers: str | Entry | Iterable[str | Entry],
    out: str | PathLike[str],
    over: Mapping[str, str | Sequence[float | str]] | None,
    starts: Starts | None,
    seeds: Seeds | None,
    given: Options,
) -> dict[str, list[Any]]:
    """Runs all combinations, writes one row per run to a CSV file, and returns its columns."""
    lines = []
    for key, name, given_picks in (("on", "problems", problems), ("with", "optimizers", optimizers)):
        picks = texts(name, given_picks)
        if not picks:
            raise Error(f"`{name}` is empty: give at least one; `catalog()` contains all")
        lines.append(f"{key} = {json.dumps(picks)}")
    if starts is not None:
        lines.append(f"starts = {_table(starts) if isinstance(starts, Mapping) else _points(starts)}")
    if seeds is not None:
        lines.append(f"seeds = {_table(seeds) if isinstance(seeds, Mapping) else _seeds(seeds)}")
    for key, value in given.items():
        if key not in _FLAGS:
            text = "true" if value is True else json.dumps(value) if value == "none" else str(value)
            lines.append(f"{key.replace('-', '_')} = {text}")
    if over:
        lines.append("[over]")
        lines += [f"{json.dumps(key)} = {_values(key, values)}" for key, values in over.items()]
    flags = {key: value for key, value in given.items() if key in _FLAGS}
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sweep.toml"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        described(["sweep", str(file), *options({"out": paths("out", out), **flags})], str(file))
    return read_columns(Path(fspath(out)).read_text(encoding="utf-8"))


def _points(starts: Sequence[Numbers]) -> str:
    return "[" + ", ".join(f"[{numbers('starts', start)}]" for start in starts) + "]"


def _seeds(seeds: Sequence[int]) -> str:
    return "[" + ", ".join(count("seeds", seed) for seed in seeds) + "]"


def _table(given: Mapping[str, int]) -> str:
    return "{ " + ", ".join(f"{key} = {count(key, value)}" for key, value in given.items()) + " }"


def _values(key: str, values: object) -> str:
    if isinstance(values, str):
        return json.dumps(values)
    if not isinstance(values, Iterable):
        raise Error(f"`over` must give several values of `{key}`, but it gives {values!r}")
    texts = (json.dumps(value) if isinstance(value, str) else number(key, value) for value in values)
    return f"[{', '.join(texts)}]"
