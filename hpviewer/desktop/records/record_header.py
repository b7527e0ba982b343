"""The header of the records table: sorts, and keeps order, width and visibility of the columns."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QPoint, QPointF, QRect, QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCursor, QPainter, QPolygonF
from PySide6.QtWidgets import QHeaderView, QMenu, QWidget

from hpviewer.desktop.records.header_state import HeaderState
from hpviewer.desktop.records.record_columns import COLUMNS, PAD, STRETCHED
from hpviewer.desktop.theme import Theme
from hpviewer.records.results import Sort
from hpviewer.wording import say

_VERSION = b"1:"  # of COLUMNS: a layout saved for other columns does not fit
_SETTLE_MS = 400
_ARROW = 8
_NARROW, _WIDE = 500, 722  # px of the table in the smallest window and at 1366
_ARROW_GAP = 4


class RecordHeader(QHeaderView):
    sort_requested = Signal(int, Qt.SortOrder)  # column, order

    def __init__(self, state: HeaderState, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._state = state
        self._theme = theme
        self._own_layout = False  # the user has set widths or order: they stay as they are
        self._laying_out = False
        self._settled = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settled.timeout.connect(self._on_settled)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setSortIndicatorShown(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(48)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(say("desktop_records.header.accessible"))
        self.customContextMenuRequested.connect(self._on_menu_requested)
        theme.changed.connect(self._on_theme_changed)

    def prepare(self) -> None:
        """Call once the model is set: widths as saved, or as they start."""
        saved = self._state.load()
        if (
            saved is None
            or not saved.startswith(_VERSION)
            or not self.restoreState(QByteArray(saved.removeprefix(_VERSION)))
        ):
            self._lay_out()
        else:
            self._own_layout = True
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setSectionResizeMode(STRETCHED, QHeaderView.ResizeMode.Stretch)
        self.setStretchLastSection(False)
        self.sectionResized.connect(self._on_section_resized)
        self.sectionMoved.connect(self._on_layout_changed)
        self.sortIndicatorChanged.connect(self.sort_requested)

    def shown_columns(self) -> tuple[str, ...]:
        """Keys of the columns that are shown, from left to right: an export follows them."""
        places = sorted(range(self.count()), key=self.visualIndex)
        return tuple(COLUMNS[place].key.value for place in places if not self.isSectionHidden(place))

    def show_sort(self, sort: Sort) -> None:
        """Point the arrow at the session's sort, without asking for it again."""
        column = next(place for place, column in enumerate(COLUMNS) if column.key is sort.key)
        order = Qt.SortOrder.DescendingOrder if sort.descending else Qt.SortOrder.AscendingOrder
        with QSignalBlocker(self):
            self.setSortIndicator(column, order)
        self.viewport().update()

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        """Title in line with the cells below, and an arrow behind the title that the table is sorted by.

        Fusion draws its own arrow above the title, and none at all once a style sheet colours the header.
        """
        color = self._theme.color
        here = self.mapFromGlobal(QCursor.pos())
        hovered = self.underMouse() and self.logicalIndexAt(here) == logicalIndex
        column = COLUMNS[logicalIndex]
        sorted_by = self.sortIndicatorSection() == logicalIndex
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(rect, color("hover" if hovered else "surface_alt"))
        painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, color("border"))
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(color("text" if hovered or sorted_by else "text_muted"))
        room = rect.adjusted(PAD, 0, -PAD, 0)
        if sorted_by:
            room.setRight(room.right() - _ARROW - _ARROW_GAP)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(column.title, Qt.TextElideMode.ElideRight, room.width())
        align = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(room, align | Qt.AlignmentFlag.AlignVCenter, shown)
        if sorted_by:
            left = room.right() + 1 if column.right else room.left() + metrics.horizontalAdvance(shown)
            self._paint_arrow(painter, left + _ARROW_GAP, rect.center().y())
        painter.restore()

    def _paint_arrow(self, painter: QPainter, left: float, middle: float) -> None:
        down = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
        base, tip = (middle - 2, middle + 3) if down else (middle + 3, middle - 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("accent"))
        painter.drawPolygon(
            QPolygonF([QPointF(left, base), QPointF(left + _ARROW, base), QPointF(left + _ARROW / 2, tip)])
        )

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.fontMetrics().height() + 13)

    def menu(self) -> QMenu:
        """Columns to show or hide, and the way back to the first layout. The title always shows."""
        menu = QMenu(self)
        for place, column in enumerate(COLUMNS):
            if place == STRETCHED:
                continue
            action = QAction(column.title, menu, checkable=True, checked=not self.isSectionHidden(place))
            action.setObjectName(f"show_column_{column.key}")
            action.setData(place)
            action.toggled.connect(self._on_column_toggled)
            menu.addAction(action)
        menu.addSeparator()
        menu.addAction(say("desktop_records.header.reset"), self._on_reset)
        return menu

    def fit(self, room: int) -> None:
        """Give way to the title in a narrow window; once the user has set a width, nothing moves by itself."""
        if self._own_layout:
            return
        # larger text takes wider columns, as long as the title keeps some room
        fixed = sum(
            column.narrow
            for place, column in enumerate(COLUMNS)
            if column.shown_at_first and place != STRETCHED
        )
        scale = max(1.0, min(self._theme.text_scale, (room - COLUMNS[STRETCHED].narrow) / fixed))
        share = (room / scale - _NARROW) / (_WIDE - _NARROW)
        share = max(0.0, min(1.0, share))
        self._laying_out = True
        for place, column in enumerate(COLUMNS):
            if place != STRETCHED:
                width = column.narrow + share * (column.width - column.narrow)
                self.resizeSection(place, round(scale * width))
        self._laying_out = False

    def _on_theme_changed(self) -> None:
        self.fit(self.viewport().width())

    def _lay_out(self) -> None:
        self._own_layout = False
        self._laying_out = True
        for place, column in enumerate(COLUMNS):
            self.setSectionHidden(place, not column.shown_at_first)
            self.moveSection(self.visualIndex(place), place)
            self.resizeSection(place, column.width)
        self._laying_out = False
        self.fit(self.width())

    def _on_menu_requested(self, where: QPoint) -> None:
        menu = self.menu()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(where))

    def _on_column_toggled(self, shown: bool) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        place = int(action.data())
        self._laying_out = True
        self.setSectionHidden(place, not shown)
        self._laying_out = False
        self._own_layout = True
        if shown and self.sectionSize(place) < self.minimumSectionSize():
            self.resizeSection(place, COLUMNS[place].width)
        self._settled.start()

    def _on_reset(self) -> None:
        self._lay_out()
        self._settled.start()

    def _on_layout_changed(self, _section: int, _old: int, _new: int) -> None:
        if not self._laying_out:
            self._own_layout = True
            self._settled.start()  # a drag sends one signal per pixel

    def _on_section_resized(self, section: int, old: int, new: int) -> None:
        if section != STRETCHED:  # which moves with the window
            self._on_layout_changed(section, old, new)

    def _on_settled(self) -> None:
        """An empty value means: as the program lays them out."""
        self._state.save(_VERSION + bytes(self.saveState().data()) if self._own_layout else b"")
