"""The words of command lines, made from the arguments of functions."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from os import PathLike, fspath
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from thalweg._thalweg import Error

if TYPE_CHECKING:
    from thalweg._optimizer import Optimizer, Rule
    from thalweg._pick import Entry
    from thalweg._problem import Problem

#: A problem: the text of a pick, a data file, an entry of `thalweg.problems`, or a function as a `Problem`.
ProblemLike: TypeAlias = "str | Entry | Problem"
#: An optimizer: the text of a pick, an entry of `thalweg.optimizers`, or one that is written in Python.
OptimizerLike: TypeAlias = "str | Entry | Optimizer | Rule"
#: The text of an option of a command, several of them, or whether a switch is on.
Option: TypeAlias = "str | bool | Sequence[str]"
#: The texts of options by their keys on the command line.
Options: TypeAlias = "dict[str, Option]"
#: Numbers: a sequence or an array.
Numbers: TypeAlias = "Sequence[float] | np.ndarray[Any, Any]"


def number(name: str, value: object) -> str:
    """Returns the shortest text of a number."""
    try:
        if isinstance(value, (str, bytes)):
            raise TypeError
        read = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise Error(f"`{name}` must be a number, but it is {value!r}") from None
    if not math.isfinite(read):
        raise Error(f"`{name}` must be finite, but it is {read}")
    return repr(int(read)) if read.is_integer() and abs(read) < 1e15 else repr(read)


def count(name: str, value: object) -> str:
    """Returns the text of a whole number."""
    text = number(name, value)
    if isinstance(value, bool) or not float(text).is_integer() or float(text) < 0:
        raise Error(f"`{name}` must be a whole number of at least 0, but it is {value!r}")
    return str(int(float(text)))


def numbers(name: str, value: Numbers) -> str:
    """Returns the text of numbers separated by commas."""
    try:
        if np.iscomplexobj(value):
            raise TypeError
        array = np.asarray(value, dtype=np.float64)
    except (TypeError, ValueError):
        raise Error(f"`{name}` must be a sequence of numbers, but it is {value!r}") from None
    if array.ndim != 1 or array.size == 0:
        shape = array.shape
        raise Error(f"`{name}` must be a sequence of numbers, but its shape is {shape}")
    for one in array:
        if not math.isfinite(one):
            raise Error(f"`{name}` must be finite, but it contains {one}")
    return ",".join(number(name, one) for one in array)


def word(name: str, value: object) -> str:
    """Returns a text."""
    if not isinstance(value, str):
        raise Error(f"`{name}` must be a text, but it is {value!r}")
    return value


def count_or_word(name: str, value: object) -> str:
    """Returns a text, or that of a whole number."""
    return value if isinstance(value, str) else count(name, value)


def size_in_words(name: str, value: object) -> str:
    """Returns the text of a size: a word, or a width and a height."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Sequence) or len(value) != 2:
        raise Error(f"`{name}` must be two numbers, such as (800, 600), but it is {value!r}")
    return "x".join(number(name, side) for side in value)


def epochs_shown(name: str, value: object) -> str:
    """Returns the text of an epoch limit, or of the first and the last step."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        return count(name, value)
    if len(value) != 2:
        raise Error(f"`{name}` must be the first and the last step, such as (11, 14), but it is {value!r}")
    return "..".join(count(name, epoch) for epoch in value)


def target_loss(name: str, value: object) -> str | None:
    """Returns the text of a target loss; `...` is that of the problem."""
    if value is ...:
        return None
    return "none" if value is None else number(name, value)


def paths(name: str, value: object) -> list[str]:
    """Returns the texts of one or more paths."""
    given = [value] if isinstance(value, (str, PathLike)) or not isinstance(value, Iterable) else list(value)
    texts: list[str] = []
    for one in given:
        if not isinstance(one, (str, PathLike)):
            raise Error(f"`{name}` must be one or more paths, but it contains {one!r}")
        texts.append(str(fspath(one)))
    return texts


def optional(convert: Callable[[str, Any], str], name: str, value: object) -> str | None:
    """Returns the text of a value that may be omitted."""
    return None if value is None else convert(name, value)


def of_problem(convert: Callable[[str, Any], str], name: str, value: object) -> str | None:
    """Returns the text of a value; `...` is that of the problem."""
    return None if value is ... else convert(name, value)


def changed(*rows: tuple[str, Option | None, Option | None]) -> Options:
    """Returns the texts of options that differ from their defaults. A row has the key, the text, and the default."""
    return {key: text for key, text, default in rows if text is not None and text != default}


def options(given: Mapping[str, Option | None]) -> list[str]:
    """Returns flags with their values. `None` and `False` omit a flag, and a sequence repeats it."""
    words: list[str] = []
    for key, value in given.items():
        flag = "--" + key.replace("_", "-")
        if value is None or value is False:
            continue
        if value is True:
            words.append(flag)
        elif isinstance(value, str):
            words.append(f"{flag}={value}")
        else:
            words.extend(f"{flag}={one}" for one in value)
    return words
