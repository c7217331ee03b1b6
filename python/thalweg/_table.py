"""Tables: columns of CSV text, and columns as HTML."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any


def read_columns(text: str) -> dict[str, list[Any]]:
    """Reads a table. A column becomes numbers if each of its cells is a number; empty cells become `None`."""
    # Lines that begin with # describe the table.
    heads, *rows = csv.reader(line for line in io.StringIO(text, newline="") if not line.startswith("#"))
    return {head: _column([row[i] for row in rows]) for i, head in enumerate(heads)}


def _column(cells: list[str]) -> list[Any]:
    for kind in (int, float):
        try:
            return [kind(cell) if cell else None for cell in cells]
        except ValueError:
            continue
    return [cell or None for cell in cells]


def html_table(columns: Mapping[str, Sequence[Any]]) -> str:
    """Returns columns as a table in HTML."""
    import html

    heads = "".join(f"<th>{html.escape(head.replace('_', ' '))}</th>" for head in columns)
    rows = (
        "".join(f"<td>{html.escape(_cell(cell))}</td>" for cell in row) for row in zip(*columns.values(), strict=True)
    )
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object) -> str:
    """Returns the text of a table cell with six significant digits."""
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, list):
        shown = ", ".join(f"{one:.6g}" for one in value[:4])
        return f"{shown},... ({len(value)})" if len(value) > 4 else shown
    return str(value)
