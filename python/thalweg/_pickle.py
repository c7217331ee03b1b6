"""What pickles of runs, maps, and comparisons contain: a format, and code that is written in Python."""

from __future__ import annotations

import pickle
import sys
from typing import Any

from thalweg import _thalweg
from thalweg._thalweg import Error

#: The format of the pickles that this version writes. It also reads the earlier ones.
FORMAT = 1


def written_by() -> tuple[int, str]:
    """Returns the format of a pickle and the version of the package that writes it."""
    return FORMAT, _thalweg.version()


def check_format(format: int, version: str) -> None:
    """Refuses a pickle of a newer version."""
    if format > FORMAT:
        raise Error(
            f"the pickle was written by thalweg {version} in the format {format}, but this is thalweg "
            f"{_thalweg.version()}, which reads formats up to {FORMAT}: install thalweg {version} or a later version"
        )


class Code:
    """Functions and other objects that the user wrote.

    A pickle of runs contains them as bytes, so that the runs can be loaded without them. They are unpickled when they
    are first needed.
    """

    def __init__(self, owner: str, objects: tuple[Any, ...]) -> None:
        self.owner: str = owner
        self._objects: tuple[Any, ...] | None = objects
        self._pickled: bytes | None = None

    @classmethod
    def of_pickle(cls, owner: str, pickled: bytes | None) -> Code:
        """Returns code that is unpickled later; `None` if it could not be pickled."""
        code = cls(owner, ())
        code._objects, code._pickled = None, pickled
        return code

    def get(self) -> tuple[Any, ...]:
        """Returns the objects."""
        if self._objects is None:
            self._objects = self._unpickled()
        return self._objects

    def pickled(self) -> bytes | None:
        """Returns the objects as bytes, or `None` if they cannot be pickled, such as functions inside of functions."""
        if self._objects is None:
            return self._pickled
        # The package cloudpickle, if the program uses it, can pickle more functions.
        pickler = sys.modules.get("cloudpickle", pickle)
        try:
            data: bytes = pickler.dumps(self._objects)
        except Exception:
            # An object can fail in any way.
            return None
        return data

    def _unpickled(self) -> tuple[Any, ...]:
        if self._pickled is None:
            raise Error(
                f"the pickle contains the results of {self.owner}, but not its functions, which cannot be pickled: "
                "make it again, or define its functions in a module"
            )
        try:
            objects: tuple[Any, ...] = pickle.loads(self._pickled)
        except Exception as error:
            raise Error(
                f"the functions of {self.owner} cannot be loaded from the pickle ({error}): make them available under "
                "the same names"
            ) from error
        return objects

    def __reduce__(self) -> tuple[type[Code], tuple[str, tuple[Any, ...]]]:
        return Code, (self.owner, self.get())
