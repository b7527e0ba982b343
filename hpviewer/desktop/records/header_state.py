"""Where the order and widths of the table's columns are kept between sessions."""

from __future__ import annotations

from typing import Protocol


class HeaderState(Protocol):
    """A drawer for one opaque value (QHeaderView.saveState)."""

    def load(self) -> bytes | None:
        """What was saved last; None the first time."""

    def save(self, state: bytes) -> None: ...
