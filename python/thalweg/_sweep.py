"""Sweeps: all combinations of problems, optimizers, settings, initial points, and seeds."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from os import PathLike, fspath
from pathlib import Path
from types import EllipsisType
from typing import Any

from thalweg import _thalweg
from thalweg._experiment import settings
from thalweg._pick import Entry, texts
from thalweg._thalweg import Error
from thalweg._words import Numbers, count, number, numbers

#: Seeds: numbers, or a range such as `{"from": 1, "count": 10}`.
Seeds = Sequence[int] | Mapping[str, int]
#: Initial points: their weights, or a number of random ones per seed such as `{"random": 10}`.
Starts = Sequence[Numbers] | Mapping[str, int]


def sweep(
    problems: str | Entry | Iterable[str | Entry],
    optimizers: str | Entry | Iterable[str | Entry],
    out: str | PathLike[str],
    *,
    over: Mapping[str, str | Sequence[float | str]] | None = None,
    starts: Starts | None = None,
    seeds: Seeds | None = None,
    target: float | EllipsisType | None = ...,
    epochs: int | None = None,
    tolerance: float | None = None,
    batch: int | None = None,
    shuffle: bool = False,
    gradient_noise: float = 0.0,
    resume: bool = False,
    overwrite: bool = False,
    threads: int | None = None,
) -> dict[str, list[Any]]:
    """Runs all combinations, writes one row per run to a CSV file, and returns its columns.

    The rows are ordered by problem, optimizer, settings, start, and seed. An interrupted sweep leaves its rows in a
    file beside `out`; the same call with `resume=True` continues after the last complete row.

    Args:
        problems: One or more problems: picks, entries of `thalweg.problems`, or CSV files.
        optimizers: One or more optimizers of the catalog.
        out: The table to write.
        over: Settings with several values, for the optimizers that have them: numbers, texts, or a range such as
            `"1e-3..10:log:20"`.
        starts: Initial points, or `{"random": n}` for random ones per seed; the problem's if omitted.
        seeds: Seeds, or `{"from": first, "count": n}`; 0 if omitted.
        target: Target loss at which a run ends; `None` for no target, the problem's if omitted.
        epochs: Epoch limit of a run.
        tolerance: Ends a run that has converged, as for `train`.
        batch: Number of samples per mini-batch; all samples if omitted.
        shuffle: Shuffles the samples before each pass over them.
        gradient_noise: Standard deviation of the normal noise added to each component of each gradient.
        resume: Continues after the last complete row.
        overwrite: Replaces a finished table.
        threads: Number of threads; one per core if omitted.

    Raises:
        Error: The input is invalid, or the table exists already.
        OSError: The table could not be written.
    """
    shared = settings(target=target, tolerance=tolerance, batch=batch, shuffle=shuffle, gradient_noise=gradient_noise)
    lines = [
        f"on = {json.dumps(texts('problems', problems))}",
        f"with = {json.dumps(texts('optimizers', optimizers))}",
    ]
    if starts is not None:
        lines.append(f"starts = {_table(starts) if isinstance(starts, Mapping) else _points(starts)}")
    if seeds is not None:
        lines.append(f"seeds = {_table(seeds) if isinstance(seeds, Mapping) else _seeds(seeds)}")
    if epochs is not None:
        lines.append(f"epochs = {count('epochs', epochs)}")
    for key, value in shared.items():
        text = "true" if value is True else json.dumps(value) if value == "none" else str(value)
        lines.append(f"{key.replace('-', '_')} = {text}")
    if over:
        lines.append("[over]")
        lines += [f"{json.dumps(key)} = {_values(key, values)}" for key, values in over.items()]
    words = [f"--out={fspath(out)}", *(["--resume"] if resume else []), *(["--overwrite"] if overwrite else [])]
    if threads is not None:
        words.append(f"--threads={count('threads', threads)}")
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sweep.toml"
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        _thalweg.command(["sweep", str(file), *words])
    return _columns(Path(fspath(out)))


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


def _columns(path: Path) -> dict[str, list[Any]]:
    """Reads a table. A column becomes numbers if each of its cells is a number; empty cells become `None`."""
    with path.open(newline="", encoding="utf-8") as file:
        # The first line describes the sweep.
        heads, *rows = csv.reader(line for line in file if not line.startswith("#"))
    return {head: _column([row[i] for row in rows]) for i, head in enumerate(heads)}


def _column(cells: list[str]) -> list[Any]:
    for kind in (int, float):
        try:
            return [kind(cell) if cell else None for cell in cells]
        except ValueError:
            continue
    return [cell or None for cell in cells]
