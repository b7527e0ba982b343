"""A place in the window whose content is made when it is needed: not before the map is painted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

W = TypeVar("W", bound=QWidget)


class LatePanel(QWidget, Generic[W]):
    """Empty until ``content`` is asked for, or, with ``when_shown``, until the panel is first shown."""

    def __init__(self, make: Callable[[], W], *, when_shown: bool) -> None:
        super().__init__()
        self._make = make
        self._when_shown = when_shown
        self._content: W | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)

    @property
    def content(self) -> W:
        """The widget inside, made now if it was not there yet."""
        if self._content is None:
            self._content = self._make()
            layout = self.layout()
            assert layout is not None
            layout.addWidget(self._content)
            self.setFocusProxy(self._content)
            self.setAccessibleName(self._content.accessibleName())
        return self._content

    @property
    def is_made(self) -> bool:
        return self._content is not None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._when_shown and self._content is None:
            QTimer.singleShot(0, self, lambda: self.content)
