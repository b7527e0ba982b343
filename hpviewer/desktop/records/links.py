"""Words that can be clicked: a project filters by itself, a place selects itself."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.desktop.records.flow_layout import FlowLayout
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.places.place import Place, PlaceCode
from hpviewer.records.results import RecordDetail
from hpviewer.wording import say

INSET = 2
"""Pixels left of a link's text, for its focus ring; fields without a link keep them free, too."""


class Link(QAbstractButton):
    """A button that reads like a word in a sentence; too long a word ends in an ellipsis.

    Draws itself: a QPushButton takes an & for a key and puts room around its text that a sentence has not.
    """

    def __init__(self, text: str = "", tip: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = ""
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.show_text(text, tip)

    @property
    def words(self) -> str:
        return self._text

    def show_text(self, text: str, tip: str = "") -> None:
        self._text = text
        self.setAccessibleName(text)
        self.setAccessibleDescription(tip)
        self.setToolTip(plain_tip(tip))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 2 * INSET + 1, metrics.height() + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, self.fontMetrics().height() + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self.palette().color(QPalette.ColorRole.Link)
        if self.hasFocus():
            painter.setPen(QPen(ink, 1.5))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75), 3, 3)
        font = self.font()
        font.setUnderline(self.underMouse())
        painter.setFont(font)
        painter.setPen(ink)
        room = self.rect().adjusted(INSET, 0, -INSET, 0)
        shown = self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class PlaceLinks(QWidget):
    """The towns of a record, each with its communities, and the words of the source behind them."""

    def __init__(self, choose: Callable[[PlaceCode], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choose = choose
        self._flow = FlowLayout(self, gap=2)

    def show_places(self, detail: RecordDetail) -> None:
        """Communities that are not on the map are marked."""
        self._flow.clear()
        for number, town in enumerate(detail.towns):
            if number:
                self._word(say("desktop_records.town_mark"))
            self._link(town)
            inside = [place for place in detail.communities if place.town_code == town.code]
            for place in inside:
                self._word(say(f"desktop_records.{'inside_mark' if place is inside[0] else 'list_mark'}"))
                self._link(place)
                if place.code in detail.unlocated:
                    self._word(say("desktop_records.unlocated_mark"), "warn")
        if detail.record.place_as_written:
            written = ValueLabel(role="muted")
            written.setObjectName("place_as_written")
            written.setContentsMargins(INSET, 0, 0, 0)
            written.setText(say("desktop_records.written", text=detail.record.place_as_written))
            self._flow.addWidget(written)

    def _link(self, place: Place) -> None:
        link = Link(place.name, say("desktop_records.choose_place", name=place.name))
        link.setObjectName(f"place_{place.code}")
        link.clicked.connect(lambda _checked=False, code=place.code: self._choose(code))
        self._flow.addWidget(link)

    def _word(self, text: str, role: str = "muted") -> None:
        label = QLabel(text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", role)
        self._flow.addWidget(label)
