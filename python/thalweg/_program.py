"""The program `thalweg`, and the commands that write files or return texts."""

from __future__ import annotations

import json
import signal
import sys
from os import PathLike, fspath
from typing import Any

from thalweg import _thalweg


def main() -> None:
    """Runs the program `thalweg` with the arguments of the process."""
    # The program handles Ctrl-C itself.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_thalweg.main(["thalweg", *sys.argv[1:]]))


def article(out: str | PathLike[str] = "article") -> None:
    """Reproduces the article on which Thalweg is based: figures, tables, traces, and a page.

    Args:
        out: Output folder; created if it does not exist.

    Raises:
        Error: The folder is not writable.
        OSError: A file could not be written.
    """
    _thalweg.command(["article", f"--out={fspath(out)}"])


def catalog() -> dict[str, Any]:
    """Returns the catalog: the descriptions of all optimizers, problems, figures, and other entries."""
    read: dict[str, Any] = json.loads(_thalweg.command(["list", "--json"]))
    return read


def described(words: list[str], file: str) -> str:
    """Runs a command whose description is in a temporary file, which errors do not name."""
    try:
        return _thalweg.command(words)
    except _thalweg.Error as error:
        raise _thalweg.Error(str(error).replace(file, "the description")) from None


def show(id: str) -> str:
    """Returns the description of one entry: its formula, settings, inner state, and paper."""
    return _thalweg.command(["show", id])
