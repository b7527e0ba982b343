"""What the delegate of trees and facet lists reads from their models."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import Qt


class Role(IntEnum):
    KEY = Qt.ItemDataRole.UserRole.value + 1
    """Place code, Kind or year."""
    COUNT = Qt.ItemDataRole.UserRole.value + 2
    """int, or None on a heading."""
    NOTE = Qt.ItemDataRole.UserRole.value + 3
    """A short remark behind the name (a position that is not known)."""
    CHOSEN = Qt.ItemDataRole.UserRole.value + 4
    """True for what the filter holds."""
    HEADING = Qt.ItemDataRole.UserRole.value + 5
    """True for the name of a group, which cannot be chosen."""
