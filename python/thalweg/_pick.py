"""Entries of the catalog with their settings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any, ClassVar

import numpy as np

from thalweg._thalweg import Error
from thalweg._words import number


class Entry:
    """An entry of the catalog with its settings. Its text is a pick, as on the command line."""

    #: Id of the entry.
    id: ClassVar[str] = ""

    def __init__(self, **settings: Any) -> None:
        defaults = _defaults(type(self).__init__)
        given = (key for key, value in settings.items() if not _is_default(value, defaults.get(key, _REQUIRED)))
        # An underscore follows words that Python reserves, such as `class_`.
        self._settings = {key.rstrip("_"): settings[key] for key in given}

    @property
    def settings(self) -> dict[str, Any]:
        """The settings that differ from their defaults."""
        return dict(self._settings)

    def __str__(self) -> str:
        pairs = [pair for key, value in self._settings.items() for pair in _assignments(key, value)]
        return f"{self.id}:{','.join(pairs)}" if pairs else self.id

    def __repr__(self) -> str:
        settings = ", ".join(f"{key}={value!r}" for key, value in self._settings.items())
        return f"{type(self).__name__}({settings})"

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))


#: Marks a setting without a default.
_REQUIRED = object()


def _defaults(init: Any) -> dict[str, Any]:
    """Returns the defaults of a method, like the module inspect, whose import takes long."""
    names, values = init.__code__.co_varnames[: init.__code__.co_argcount], init.__defaults__ or ()
    positional = dict(zip(names[len(names) - len(values) :], values, strict=True))
    return {**positional, **(init.__kwdefaults__ or {})}


def _is_default(value: object, default: object) -> bool:
    if value is default:
        return True
    is_plain = isinstance(value, (float, str)) or type(value) is int
    return is_plain and isinstance(default, (int, float, str)) and value == default


def _assignments(key: str, value: Any) -> Iterator[str]:
    """Returns the assignments of a setting; that of a component is followed by those of its own settings."""
    if isinstance(value, Entry):
        yield f"{key}={value.id}"
        for inner, one in value.settings.items():
            yield from _assignments(f"{key}.{inner}", one)
    else:
        yield f"{key}={_text(key, value)}"


def _text(key: str, value: Any) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "true" if value else "false"
    if isinstance(value, (str, PurePath)):
        return str(value)
    return number(key, value)


def texts(name: str, picks: object) -> list[str]:
    """Returns the texts of one or more entries of the catalog."""
    given = [picks] if isinstance(picks, (str, Entry)) or not isinstance(picks, Iterable) else list(picks)
    for one in given:
        if not isinstance(one, (str, Entry)):
            kind = type(one).__name__
            raise Error(f"each of `{name}` must be a text or an entry of the catalog, but the type of one is {kind}")
    return [str(one) for one in given]
