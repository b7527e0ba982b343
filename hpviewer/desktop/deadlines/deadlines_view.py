"""What can still be done, until when: as of today or a chosen date, what closes soonest first."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from PySide6.QtCore import QDate, QModelIndex, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDateEdit,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.deadlines.deadline_model import COLUMNS, DeadlineModel
from hpviewer.desktop.exporting.ask_file import ask_file
from hpviewer.desktop.exporting.mask_box import MaskBox
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.desktop.theme import Theme
from hpviewer.errors import HpviewerError
from hpviewer.session.deadline_list import DeadlineList
from hpviewer.session.export_desk import ExportDesk
from hpviewer.session.export_personal import personal_sentence
from hpviewer.session.export_writers import Written
from hpviewer.session.project_desk import ProjectDesk
from hpviewer.session.session import Session
from hpviewer.wording import say

CAUSE = "deadlines"
_UNKNOWN_SHOWN = 200

_PLACE_EM = 9


class DeadlinesView(QWidget):
    """Choosing a line selects its record in the session; Enter or a double click asks to show it."""

    record_requested = Signal(str)  # id of the record, selected in the session
    count_changed = Signal(int)  # open deadlines as of the date shown

    def __init__(
        self,
        desk: ProjectDesk,
        session: Session,
        theme: Theme,
        parent: QWidget | None = None,
        *,
        exports: ExportDesk,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("deadlinesView")
        self.setAccessibleName(say("desktop_deadlines.name"))
        self.setWindowTitle(say("desktop_deadlines.name"))
        self._desk, self._session, self._exports = desk, session, exports
        self._found: DeadlineList | None = None
        self._stale = True
        self._today = True
        self.date = QDateEdit()
        self.date.setObjectName("deadlineDate")
        self.date.setDisplayFormat("yyyy-MM-dd")
        self.date.setCalendarPopup(True)
        self.date.setAccessibleName(say("desktop_deadlines.date"))
        self.date.setDate(_qdate(desk.today()))
        self.date.dateChanged.connect(self._on_date_changed)
        self.today = QPushButton(say("desktop_deadlines.today"))
        self.today.setAutoDefault(False)
        self.today.clicked.connect(self._on_today)
        self.ics = QPushButton(say("desktop_deadlines.ics"))
        self.ics.setToolTip(say("desktop_deadlines.ics_tip"))
        self.ics.setAccessibleDescription(say("desktop_deadlines.ics_tip"))
        self.ics.setAutoDefault(False)
        self.ics.setEnabled(False)
        self.ics.clicked.connect(self._on_ics)
        self.mask_box = MaskBox()
        self.summary = ValueLabel()
        self.summary.setObjectName("deadlineSummary")
        self.model = DeadlineModel(theme, self)
        self.table = QTableView()
        self._set_up_table()
        self.sentence = ValueLabel(role="muted")
        self.sentence.setObjectName("deadlineSentence")
        self.unknown_label = QLabel()
        self.unknown_label.setProperty("role", "muted")
        self.unknown = QPlainTextEdit()
        self.unknown.setObjectName("deadlineUnknown")
        self.unknown.setReadOnly(True)
        self.unknown.setTabChangesFocus(True)
        self.unknown.setAccessibleName(say("desktop_deadlines.unknown_name"))
        self._compose()
        theme.changed.connect(self.table.viewport().update)
        end = desk.subscribe(self._on_outdated)
        self.destroyed.connect(lambda: end())

    # -- composition -----------------------------------------------------------------------------------

    def _set_up_table(self) -> None:
        self.table.setObjectName("deadlineTable")
        self.table.setAccessibleName(say("desktop_deadlines.name"))
        self.table.setModel(self.model)
        self.table.setStyleSheet("QTableView::item { padding: 0 8px; }")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 12)
        header = self.table.horizontalHeader()
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        for at, name in enumerate(COLUMNS):
            mode = (
                QHeaderView.ResizeMode.Stretch if name == "title" else QHeaderView.ResizeMode.ResizeToContents
            )
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Interactive if name == "place" else mode)
            if name == "place":  # a record of ten communities must not push the title out
                header.resizeSection(at, self.fontMetrics().height() * _PLACE_EM)
        self.table.selectionModel().currentRowChanged.connect(self._on_row_changed)
        self.table.activated.connect(self._on_activated)

    def _compose(self) -> None:
        label = QLabel(say("desktop_deadlines.as_of"))
        label.setBuddy(self.date)
        head = QHBoxLayout()
        head.setSpacing(8)
        for widget in (label, self.date, self.today):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.mask_box)
        head.addWidget(self.ics)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.sentence)
        layout.addWidget(self.unknown_label)
        layout.addWidget(self.unknown, 1)

    # -- asking ----------------------------------------------------------------------------------------

    @property
    def on(self) -> dt.date:
        """The date that the list is for."""
        day = self.date.date()
        return dt.date(day.year(), day.month(), day.day())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._today:
            self.date.setDate(_qdate(self._desk.today()))
        if self._stale:
            self._ask()

    def _on_outdated(self) -> None:
        self._stale = True
        if self.isVisible():
            self._ask()

    def _ask(self) -> None:
        self._stale = False
        self._desk.deadlines(self.on, self._show, self._fail)

    def _on_date_changed(self, _: QDate) -> None:
        self._today = self.on == self._desk.today()
        self._stale = True
        if self.isVisible():
            self._ask()

    def _on_today(self) -> None:
        self.date.setDate(_qdate(self._desk.today()))

    # -- showing ---------------------------------------------------------------------------------------

    def _show(self, found: DeadlineList) -> None:
        self._found = found
        count = len(found.items)
        self.model.set_items(found.items)
        date = found.data_date
        summary = say("desktop_deadlines.summary", on=found.on, count=count, date=date)
        self.summary.setText(summary if count else say("desktop_deadlines.empty", on=found.on, date=date))
        self.table.setVisible(bool(count))
        self.ics.setEnabled(bool(count))
        self.mask_box.look_at(tuple(one.deadline for one in found.items))
        self.sentence.setVisible(bool(count))
        self.sentence.setText(say("desktop_deadlines.choose") if count else "")
        lines = [
            say("desktop_deadlines.unknown_line", title=one.detail.record.title, reason=one.sentence)
            for one in found.unknown[:_UNKNOWN_SHOWN]
        ]
        self.unknown.setPlainText("\n".join(lines))
        self.unknown_label.setText(say("desktop_deadlines.unknown", count=len(found.unknown)))
        for widget in (self.unknown, self.unknown_label):
            widget.setVisible(bool(lines))
        self.count_changed.emit(count)

    def _fail(self, error: HpviewerError) -> None:
        self.summary.setText(str(error))

    # -- gestures --------------------------------------------------------------------------------------

    def _on_row_changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        item = self.model.item(current)
        if item is None:
            return
        article = item.deadline.article
        basis = say("desktop_deadlines.article", article=article) if article else ""
        self.sentence.setText(f"{item.deadline.sentence}{basis}")
        self._session.select_record(item.deadline.record_id, CAUSE)

    def _on_activated(self, index: QModelIndex) -> None:
        item = self.model.item(index)
        if item is not None:
            self.record_requested.emit(item.deadline.record_id)

    def _on_ics(self) -> QFileDialog | None:
        found = self._found
        if found is None:
            return None

        def write(file: Path) -> None:
            items, mask = [one.deadline for one in found.items], self.mask_box.wants_masking
            self._exports.ics(
                file,
                items,
                lambda written: self._on_written(written, mask),
                lambda error: self.sentence.setText(str(error)),
                mask_personal=mask,
            )

        name = say("desktop_deadlines.file_name", on=found.on)
        return ask_file(
            self.window(),
            say("desktop_deadlines.ics"),
            f"{name}.ics",
            "ics",
            say("desktop_deadlines.file_kind"),
            write,
        )

    def _on_written(self, written: Written, masked: bool) -> None:
        sentence = say("desktop_deadlines.written", file=written.path, count=written.records)
        self.sentence.setText(sentence + personal_sentence(written.personal, masked=masked))


def _qdate(day: dt.date) -> QDate:
    return QDate(day.year, day.month, day.day)
