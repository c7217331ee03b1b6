"""Objects that do not change."""

from __future__ import annotations

from typing import Any, TypeVar

_T = TypeVar("_T", bound="Constant")


class Constant:
    """An object that does not change, so that each copy of it is the object itself."""

    def __copy__(self: _T) -> _T:
        return self

    def __deepcopy__(self: _T, memo: dict[int, Any]) -> _T:
        return self
