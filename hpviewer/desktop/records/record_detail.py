"""The detail of the selected record: every field that its source gives, and where it comes from."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.records import record_text
from hpviewer.desktop.records.land_bar import LandBar
from hpviewer.desktop.records.links import INSET, Link, PlaceLinks
from hpviewer.desktop.records.owners_field import OwnersField
from hpviewer.desktop.records.source_field import CopyButton, SourceField
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.desktop.theme import Theme
from hpviewer.places.place import PlaceCode
from hpviewer.records.results import RecordDetail as Detail
from hpviewer.session.events import RecordSelected, ResultsLoaded
from hpviewer.session.session import Session
from hpviewer.wording import say

_CAUSE = "detail"
_FILL = Qt.AlignmentFlag(0)
_KEYS = ("published", "approval", "land_classes", "issuer", "data_date")


class RecordDetail(QStackedWidget):
    """Shows Session.detail; without one, a sentence that says how to get there."""

    edit_requested = Signal()  # open the form with the selected record
    shown = Signal()  # another record's fields are on the screen

    def __init__(self, session: Session, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("record_detail")
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.setAccessibleName(say("desktop_records.detail.accessible"))
        self._session = session
        self._detail: Detail | None = None
        self._stale = False
        self._hint = self._make_hint()
        self._scroll = QScrollArea()
        self._scroll.setObjectName("record_detail_scroll")
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setAccessibleName(say("desktop_records.detail.accessible"))
        self._labels: dict[str, QLabel] = {}
        self._fields: dict[str, QWidget] = {}
        self._scroll.setWidget(self._make_body(theme))
        self.addWidget(self._hint)
        self.addWidget(self._scroll)
        session.subscribe(RecordSelected, self._on_record_selected)
        session.subscribe(ResultsLoaded, self._on_results_loaded)
        self._show(session.detail)

    def focus_text(self) -> None:
        """Enter in the table leads here; arrows and PageDown scroll."""
        self._scroll.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # -- making -----------------------------------------------------------------------------------------

    def _make_hint(self) -> QLabel:
        hint = QLabel()
        hint.setObjectName("record_detail_hint")
        hint.setTextFormat(Qt.TextFormat.PlainText)
        hint.setWordWrap(True)
        hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setContentsMargins(24, 24, 24, 24)
        hint.setProperty("role", "muted")
        return hint

    def _make_body(self, theme: Theme) -> QWidget:
        self._title = ValueLabel(role="title")
        self._title.setObjectName("record_title")
        self._number = ValueLabel(role="muted")
        self._copy = CopyButton(say("desktop_records.copy_text"), say("desktop_records.copy_text_tip"))
        self._copy.setObjectName("copy_record")
        self._copy.clicked.connect(self._on_copy_clicked)
        self._edit = QPushButton(say("desktop_records.edit"))
        self._edit.setObjectName("edit_record")
        self._edit.setProperty("role", "link")
        self._edit.setFlat(True)
        self._edit.setAutoDefault(False)
        self._edit.setCursor(Qt.CursorShape.PointingHandCursor)
        self._edit.setToolTip(say("desktop_records.edit_tip"))
        self._edit.setAccessibleName(say("desktop_records.edit_tip"))
        self._edit.clicked.connect(self.edit_requested)
        self._project = Link()
        self._project.setObjectName("project_link")
        self._project.clicked.connect(self._on_project_clicked)
        self._places = PlaceLinks(self._on_place_chosen)
        self._land = LandBar(theme)
        self._owners = OwnersField()
        self._source = SourceField(theme)

        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        self._grid.setColumnMinimumWidth(0, self._label_width())
        for key in ("column", "published"):
            self._add(key)
        self._add("project", self._project, Qt.AlignmentFlag.AlignLeft)
        for key in ("approval", "notice_period", "location"):
            self._add(key)
        self._add("place", self._places)
        self._add("area")
        self._add("land_classes", self._land)
        self._add("owners", self._owners)
        for key in ("issuer", "note"):
            self._add(key)
        self._add("flags", ValueLabel(role="warn"))
        self._add("source", self._source)
        self._add("data_date")

        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._title, 1)
        for button in (self._edit, self._copy):
            head.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        body = QWidget()
        body.setObjectName("record_detail_body")
        body.setBackgroundRole(QPalette.ColorRole.Base)
        body.setAutoFillBackground(True)
        layout = QVBoxLayout(body)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(2)
        layout.addLayout(head)
        layout.addWidget(self._number)
        layout.addSpacing(12)
        layout.addLayout(self._grid)
        layout.addStretch(1)
        return body

    def _label_width(self) -> int:
        """Of the widest label, shown or not, so that values stand in one place for every record."""
        return max(self.fontMetrics().horizontalAdvance(say(f"desktop_records.field.{key}")) for key in _KEYS)

    def _add(self, key: str, field: QWidget | None = None, align: Qt.AlignmentFlag = _FILL) -> None:
        field = field or ValueLabel()
        if isinstance(field, ValueLabel):
            field.setContentsMargins(INSET, 0, 0, 0)
        label = QLabel(say(f"desktop_records.field.{key}"))
        label.setProperty("role", "muted")
        label.setBuddy(field)
        row = self._grid.rowCount()
        self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(field, row, 1, align)
        self._labels[key], self._fields[key] = label, field

    # -- showing ----------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._show(self._session.detail)

    def _on_record_selected(self, event: RecordSelected) -> None:
        if self.isVisible():
            self._show(event.detail)
        else:
            self._stale = True  # behind another tab: drawn when it comes to the front

    def _on_results_loaded(self, event: ResultsLoaded) -> None:
        key = "none_selected" if event.results.total else "none_found"
        self._hint.setText(say(f"desktop_records.detail.{key}"))

    def _show(self, detail: Detail | None) -> None:
        self._detail = detail
        self._stale = False
        if detail is None:
            results = self._session.results
            key = "none_found" if results is not None and not results.total else "none_selected"
            self._hint.setText(say(f"desktop_records.detail.{key}"))
            self.setCurrentWidget(self._hint)
            return
        record = detail.record
        self._title.setText(record.title)
        self._number.setText(record.doc_number)
        self._number.setVisible(bool(record.doc_number))
        self._text("column", f"{record.column} · {record.kind}")
        self._text("published", str(record.published or say("desktop_records.undated")))
        self._project.show_text(record.project, say("desktop_records.choose_project", name=record.project))
        self._set_shown("project", bool(record.project))
        self._text("approval", record_text.approval(record))
        self._text("notice_period", record_text.notice_period(record))
        self._text("location", record.location)
        self._places.show_places(detail)
        self._set_shown("place", bool(detail.towns or record.place_as_written))
        self._text("area", record_text.area(record))
        self._land.show_classes(record.land_classes)
        self._set_shown("land_classes", bool(record.land_classes))
        self._owners.show_owners(record.owners)
        self._set_shown("owners", bool(record.owners))
        self._text("issuer", record.issuer)
        self._text("note", record.note)
        self._text("flags", "\n".join(record.flags))
        self._source.show_source(record)
        self._text("data_date", self._data_date())
        self.setCurrentWidget(self._scroll)
        self._scroll.verticalScrollBar().setValue(0)
        self.shown.emit()

    def _text(self, key: str, text: str) -> None:
        field = self._fields[key]
        assert isinstance(field, ValueLabel)
        field.setText(text)
        self._set_shown(key, bool(text))

    def _set_shown(self, key: str, shown: bool) -> None:
        self._labels[key].setVisible(shown)
        self._fields[key].setVisible(shown)

    def _data_date(self) -> str:
        info = self._session.info
        return info.data_date if info is not None else ""

    # -- gestures ---------------------------------------------------------------------------------------

    def _on_copy_clicked(self) -> None:
        if self._detail is not None:
            self._copy.copy(record_text.plain_text(self._detail, self._data_date()))

    def _on_project_clicked(self) -> None:
        if self._detail is not None:
            self._session.set_filter(
                replace(self._session.filter, project=self._detail.record.project), _CAUSE
            )

    def _on_place_chosen(self, code: PlaceCode) -> None:
        self._session.select_place(code, _CAUSE)
