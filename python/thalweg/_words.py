"""The words of command lines, made from the arguments of functions."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
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


def options(given: Mapping[str, str | bool | Sequence[str] | None]) -> list[str]:
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
