"""The buttons at the right of the header; those without room go into the menu of the last one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from hpviewer.desktop.icons import icon
from hpviewer.desktop.theme import Theme
from hpviewer.wording import say

_GAP = 4


class HeaderActions(QWidget):
    """Needs no more room than the menu button; shows as many buttons as fit, the first ones first."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("headerActions")
        self.setAccessibleName(say("desktop.window.actions"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.buttons: list[QToolButton] = []
        self.menu = QMenu(self)
        self.more = QToolButton()
        self.more.setProperty("role", "header")
        self.more.setAccessibleName(say("desktop.window.more"))
        self.more.setToolTip(say("desktop.window.more"))
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.more.setMenu(self.menu)
        self._of_buttons: list[QAction] = []
        self._only_in_menu: list[QAction] = []
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._row.addStretch(1)
        self._row.addWidget(self.more)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self._fit()

    def add(self, text: str, slot: Callable[[], object], menu_only: bool = False) -> QAction:
        """A button with this text, or only an entry of the menu. The action can be disabled or given a shortcut."""
        action = QAction(text, self)
        action.triggered.connect(lambda: slot())
        self.addAction(action)  # so that a shortcut given to the action works while its button is in the menu
        if menu_only:
            self._only_in_menu.append(action)
        else:
            button = QToolButton()
            button.setProperty("role", "header")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setDefaultAction(action)
            button.setAccessibleName(text)
            self.buttons.append(button)
            self._of_buttons.append(action)
            self._row.insertWidget(self._row.count() - 1, button)
            QWidget.setTabOrder(self.more, button)  # where the menu button stands in the order of Tab …
            QWidget.setTabOrder(button, self.more)  # … and the menu button after it
        self._fit()
        self.updateGeometry()
        return action

    def sizeHint(self) -> QSize:
        widths = [button.sizeHint().width() + _GAP for button in self.buttons]
        hint = self.more.sizeHint()
        return QSize(sum(widths) + (hint.width() if self._only_in_menu else 0), hint.height())

    def minimumSizeHint(self) -> QSize:
        return self.more.sizeHint() if self.buttons or self._only_in_menu else QSize(0, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._fit)  # hiding buttons inside the layout pass would be undone by it

    def _fit(self) -> None:
        widths = [button.sizeHint().width() + _GAP for button in self.buttons]
        more = self.more.sizeHint().width()
        room = self.width() - (more if self._only_in_menu else 0)
        shown = len(widths) if sum(widths) <= room else 0
        if not shown:
            room, used = self.width() - more, 0
            for width in widths:
                used += width
                if used > room:
                    break
                shown += 1
        for place, button in enumerate(self.buttons):
            button.setVisible(place < shown)
        hidden = self._of_buttons[shown:]
        self.menu.clear()
        for action in (*hidden, *self._only_in_menu):
            self.menu.addAction(action)
        self.more.setVisible(bool(hidden or self._only_in_menu))

    def _on_theme_changed(self) -> None:
        self.more.setIcon(icon("more", self._theme.token("text")))
