"""The interactive page as a widget. Only `explore` imports this module, because it needs the package anywidget."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import anywidget  # type: ignore[import-not-found, unused-ignore]
from traitlets import TraitType, Unicode  # type: ignore[import-not-found, unused-ignore]

from thalweg._explore import SANDBOX, Explorer, ExplorerFrame
from thalweg._pick import Entry, texts
from thalweg._thalweg import Error
from thalweg._words import count, numbers


class _Pick(TraitType):  # type: ignore[misc, unused-ignore]
    def validate(self, obj: Any, value: object) -> str:
        if not isinstance(value, (str, Entry)):
            raise Error(f"`problem` must be a text or an entry of the catalog, but its type is {type(value).__name__}")
        return str(value)


class _Picks(TraitType):  # type: ignore[misc, unused-ignore]
    def validate(self, obj: Any, value: object) -> tuple[str, ...]:
        return tuple(texts("optimizers", value))


class _Point(TraitType):  # type: ignore[misc, unused-ignore]
    def validate(self, obj: Any, value: Any) -> tuple[float, ...]:
        return tuple(float(w) for w in numbers("start", value).split(","))


class _Epoch(TraitType):  # type: ignore[misc, unused-ignore]
    def validate(self, obj: Any, value: object) -> int | None:
        return None if value is None else int(count("epoch", value))


class ExplorerWidget(anywidget.AnyWidget, Explorer):  # type: ignore[misc, unused-ignore]
    """The interactive page as a widget of Jupyter, whose traits follow the page.

    Assigning `problem`, `optimizers`, `start`, or `epoch` changes the page. If the page cannot show a value, the trait
    returns to its former value, and `failure` states the reason. `observe` calls a function with each change.
    """

    _esm = Path(__file__).parent / "_widget.js"
    _page = Unicode().tag(sync=True)
    _sandbox = Unicode(SANDBOX).tag(sync=True)
    _height = Unicode().tag(sync=True)
    problem = _Pick().tag(sync=True)
    optimizers = _Picks().tag(sync=True)
    start = _Point().tag(sync=True)
    epoch = _Epoch(allow_none=True).tag(sync=True)
    address = Unicode().tag(sync=True)
    failure = Unicode().tag(sync=True)

    def __init__(self, frame: ExplorerFrame) -> None:
        # The front end receives the complete state at once.
        super().__init__(**vars(frame))

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        data, metadata = super()._repr_mimebundle_(**kwargs)
        # A program without widgets shows the page in a frame.
        return {**data, "text/html": self._repr_html_()}, metadata

    __repr__ = Explorer.__repr__
