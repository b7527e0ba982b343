"""The records of a project on a line of time, painted; the same is said in words for readers of the screen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.desktop.theme import Theme
from hpviewer.records.column import Column
from hpviewer.records.law import earliest
from hpviewer.records.results import RecordDetail
from hpviewer.wording import say

_RADIUS = 6
_SIDE = 28
_LEAST_GAP = 18


@dataclass(frozen=True, slots=True)
class _Dot:
    detail: RecordDetail
    day: dt.date | None
    """None: undated, at the right of the line."""
    x: int


class TimeAxis(QWidget):
    """Left and right go from record to record, Enter or a click chooses one. Dots never lie on each other.

    A partial date stands at the beginning of its month or year and is drawn hollow.
    """

    record_chosen = Signal(str)  # id

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._details: tuple[RecordDetail, ...] = ()
        self._dots: list[_Dot] = []
        self._selected = ""
        self._current = 0
        self.setObjectName("timeAxis")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)
        self.setAccessibleName(say("desktop_projects.axis.name"))
        theme.changed.connect(self.update)

    def show_records(self, details: Sequence[RecordDetail], selected: str) -> None:
        """By date, undated last, as ProjectPage has them."""
        self._details, self._selected = tuple(details), selected
        ids = [one.record.id for one in self._details]
        self._current = ids.index(selected) if selected in ids else 0
        self.setAccessibleDescription(self.in_words())
        self._place()
        self.update()

    def in_words(self) -> str:
        """All records in order, as a sentence each."""
        return say("desktop_projects.axis.mark").join(self._words(one) for one in self._details)

    def point_of(self, record_id: str) -> QPoint:
        """Middle of a record's dot; ValueError when it is not shown."""
        for dot in self._dots:
            if dot.detail.record.id == record_id:
                return QPoint(dot.x, self._line_y())
        raise ValueError(record_id)

    def sizeHint(self) -> QSize:
        return QSize(320, self._line_y() + _RADIUS + self.fontMetrics().height() * 2 + 8)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    # -- placing ---------------------------------------------------------------------------------------

    def _line_y(self) -> int:
        return self.fontMetrics().height() + _RADIUS + 8

    def _place(self) -> None:
        dated = [(one, _day(one)) for one in self._details]
        days = [day for _, day in dated if day]
        undated = sum(day is None for _, day in dated)
        left, right = _SIDE, self.width() - _SIDE
        line_end = right - (undated * _LEAST_GAP + 24 if undated and days else 0)
        span = (days[-1] - days[0]).days if days else 0
        dots: list[_Dot] = []
        x = left - _LEAST_GAP
        next_undated = line_end + 24 + _LEAST_GAP // 2 if days else left
        for detail, day in dated:
            if day is None:
                dots.append(_Dot(detail, None, next_undated))
                next_undated += _LEAST_GAP
                continue
            share = (day - days[0]).days / span if span else 0
            x = max(x + _LEAST_GAP, left + round(share * (line_end - left)))
            dots.append(_Dot(detail, day, x))
        self._dots = _pushed_back(dots, line_end)

    def resizeEvent(self, event: object) -> None:
        self._place()

    # -- painting --------------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        y = self._line_y()
        on_line = [dot for dot in self._dots if dot.day]
        painter.setPen(QPen(self._theme.color("border_strong"), 2))
        if on_line:
            painter.drawLine(on_line[0].x, y, max(on_line[-1].x, on_line[0].x + 1), y)
        for at, dot in enumerate(self._dots):
            self._paint_dot(painter, dot, y, focused=self.hasFocus() and at == self._current)
        self._paint_dates(painter, on_line, y)

    def _paint_dot(self, painter: QPainter, dot: _Dot, y: int, focused: bool) -> None:
        chosen = dot.detail.record.id == self._selected
        land = dot.detail.record.column is Column.LAND
        colour = self._theme.color("select" if chosen else "accent" if land else "ok")
        exact = bool(dot.day and dot.detail.record.published and dot.detail.record.published.exact)
        painter.setPen(QPen(colour, 2))
        painter.setBrush(colour if exact else self._theme.color("surface"))
        centre = QPoint(dot.x, y)
        if land:
            painter.drawEllipse(centre, _RADIUS, _RADIUS)
        else:  # another form, too: columns are told apart without colour
            painter.drawRect(QRect(dot.x - _RADIUS + 1, y - _RADIUS + 1, 2 * _RADIUS - 2, 2 * _RADIUS - 2))
        if chosen or focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            style = Qt.PenStyle.SolidLine if focused else Qt.PenStyle.DotLine
            painter.setPen(QPen(self._theme.color("accent" if focused else "select"), 1.5, style))
            painter.drawEllipse(centre, _RADIUS + 4, _RADIUS + 4)

    def _paint_dates(self, painter: QPainter, on_line: list[_Dot], y: int) -> None:
        """Dates below as far as they find room, the selected one first; its kind above."""
        metrics = self.fontMetrics()
        top = y + _RADIUS + 6
        taken: list[QRect] = []
        order = sorted(
            self._dots,
            key=lambda dot: (dot.detail.record.id != self._selected, dot not in (on_line[:1] + on_line[-1:])),
        )
        for dot in order:
            text = str(dot.detail.record.published or say("desktop_projects.axis.undated"))
            width = metrics.horizontalAdvance(text)
            left = min(max(dot.x - width // 2, 2), self.width() - width - 2)
            box = QRect(left, top, width, metrics.height())
            if any(box.adjusted(-6, 0, 6, 0).intersects(other) for other in taken):
                continue
            taken.append(box)
            chosen = dot.detail.record.id == self._selected
            painter.setPen(self._theme.color("text" if chosen else "text_muted"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
            if chosen:
                kind = metrics.elidedText(
                    dot.detail.record.kind.value, Qt.TextElideMode.ElideRight, self.width()
                )
                wide = metrics.horizontalAdvance(kind)
                start = min(max(dot.x - wide // 2, 2), self.width() - wide - 2)
                painter.drawText(
                    QRect(start, 0, wide + 2, metrics.height()), Qt.AlignmentFlag.AlignLeft, kind
                )

    # -- gestures --------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position().toPoint())
        if at is not None:
            self._current = at
            self._choose()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event.position().toPoint()) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        last = len(self._dots) - 1
        steps: dict[int, int] = {
            Qt.Key.Key_Left: self._current - 1,
            Qt.Key.Key_Right: self._current + 1,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        step = steps.get(event.key())
        if step is not None and last >= 0:
            self._current = min(max(step, 0), last)
            self.setAccessibleDescription(self._words(self._dots[self._current].detail))
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and last >= 0:
            self._choose()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.setAccessibleDescription(self.in_words())

    def event(self, event: object) -> bool:
        if isinstance(event, QHelpEvent):
            at = self._at(event.pos())
            if at is None:
                QToolTip.hideText()
            else:
                QToolTip.showText(event.globalPos(), plain_tip(self._words(self._dots[at].detail)), self)
            return True
        return super().event(event)  # type: ignore[arg-type]  # object: a QHelpEvent is not all that comes

    def _at(self, point: QPoint) -> int | None:
        y = self._line_y()
        for at, dot in enumerate(self._dots):
            if abs(point.x() - dot.x) <= _RADIUS + 3 and abs(point.y() - y) <= _RADIUS + 5:
                return at
        return None

    def _choose(self) -> None:
        self.record_chosen.emit(self._dots[self._current].detail.record.id)

    @staticmethod
    def _words(detail: RecordDetail) -> str:
        record = detail.record
        date = record.published or say("desktop_projects.axis.undated")
        return say("desktop_projects.axis.record", date=date, kind=record.kind.value, title=record.title)


def _pushed_back(dots: list[_Dot], line_end: int) -> list[_Dot]:
    """Dots that the least gap drove beyond the end go back to the left, as far as need be."""
    result: list[_Dot] = []
    limit = line_end
    for dot in reversed(dots):
        if dot.day is None:
            result.append(dot)
            continue
        x = min(dot.x, limit)
        limit = x - _LEAST_GAP
        result.append(_Dot(dot.detail, dot.day, x))
    return result[::-1]


def _day(detail: RecordDetail) -> dt.date | None:
    record = detail.record
    date = record.published or record.approved or record.notice_from
    return earliest(date) if date else None
