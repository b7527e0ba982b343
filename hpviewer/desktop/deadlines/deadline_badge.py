"""The red count of open deadlines, for the status line; it leads to the list."""

from __future__ import annotations

from PySide6.QtCore import QDateTime, Qt, QTime, QTimer, Signal
from PySide6.QtWidgets import QToolButton, QWidget

from hpviewer.desktop.theme import Theme
from hpviewer.session.deadline_list import DeadlineList
from hpviewer.session.project_desk import ProjectDesk
from hpviewer.wording import say

_PAST_MIDNIGHT_MS = 5_000


class DeadlineBadge(QToolButton):
    """As of today; counts anew when the catalogue changes and after midnight. Hidden while there is none.

    ``start`` asks for the first time: reading records can wait until the window is drawn.
    """

    count_changed = Signal(int)  # open deadlines as of today

    def __init__(self, desk: ProjectDesk, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._theme = desk, theme
        self._started = False
        self.count = 0
        self.setObjectName("deadlineBadge")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setToolTip(say("desktop_deadlines.badge_tip"))
        self.hide()
        self._midnight = QTimer(self, singleShot=True)
        self._midnight.timeout.connect(self._ask)
        theme.changed.connect(self._paint)
        end = desk.subscribe(self._on_outdated)
        self.destroyed.connect(lambda: end())
        self._paint()

    def start(self) -> None:
        self._started = True
        self._ask()

    def _on_outdated(self) -> None:
        if self._started:
            self._ask()

    def _ask(self) -> None:
        now = QDateTime.currentDateTime()
        next_day = QDateTime(now.date().addDays(1), QTime(0, 0))
        self._midnight.start(int(now.msecsTo(next_day)) + _PAST_MIDNIGHT_MS)
        # a failure is told by the view that the badge leads to
        self._desk.open_deadlines(self._show, lambda _: self.hide(), lane="deadline count")

    def _show(self, found: DeadlineList) -> None:
        before, self.count = self.count, len(found.items)
        text = say("desktop_deadlines.badge", count=self.count)
        self.setText(text)
        self.setAccessibleName(say("desktop_deadlines.badge_name", count=self.count))
        self.setVisible(self.count > 0)
        if before != self.count:
            self.count_changed.emit(self.count)

    def _paint(self) -> None:
        colour, ring = self._theme.token("warn"), self._theme.token("accent")
        self.setStyleSheet(
            f"QToolButton {{ border: 1px solid transparent; background: transparent; padding: 0 4px;"
            f" font-weight: bold; color: {colour}; }}"
            f"QToolButton:focus {{ border: 1px solid {ring}; padding: 0 4px; }}"
        )
