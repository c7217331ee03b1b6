"""The progress of work that takes more than a second, shown by tqdm if it is installed."""

from __future__ import annotations

from typing import Any


class Bar:
    """A progress bar, or nothing if tqdm is not installed."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._unit = ""

    def update(self, done: int, total: int | None, unit: str) -> None:
        """Shows the number of completed units."""
        if self._bar is None or unit != self._unit:
            self.close()
            try:
                from tqdm.auto import tqdm  # type: ignore[import-untyped, import-not-found, unused-ignore]
            except ImportError:
                return
            self._bar = tqdm(total=total, unit=" " + unit, leave=False)
            self._unit = unit
        self._bar.n = done
        self._bar.refresh()

    def close(self) -> None:
        """Removes the bar."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None
