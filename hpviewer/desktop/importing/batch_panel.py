"""Earlier imports: when, from what, how many records; what each changed; taking one back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListView,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.exporting.ask_file import ask_file
from hpviewer.desktop.importing.change_text import NameOf
from hpviewer.desktop.importing.changes_view import ChangesView
from hpviewer.desktop.importing.plain_preview import PlainPreview
from hpviewer.desktop.importing.two_line_delegate import TwoLineDelegate
from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.desktop.theme import Theme
from hpviewer.records.change import RecordChange
from hpviewer.session.batch_words import source_words
from hpviewer.session.change_log import ChangedItem
from hpviewer.session.import_events import Batch, BatchesListed, WorkChanged
from hpviewer.session.import_session import ImportSession
from hpviewer.wording import say

_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_ROLE = Qt.ItemDataRole
BATCH_ROLE = Qt.ItemDataRole.UserRole + 1


class BatchModel(QAbstractListModel):
    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batches: tuple[Batch, ...] = ()

    def show_batches(self, batches: tuple[Batch, ...]) -> None:
        self.beginResetModel()
        self._batches = batches
        self.endResetModel()

    def rowCount(self, parent: _Index = _NONE) -> int:
        return 0 if parent.isValid() else len(self._batches)

    def data(self, index: _Index, role: int = _ROLE.DisplayRole) -> object:
        if not index.isValid():
            return None
        batch = self._batches[index.row()]
        if role == _ROLE.DisplayRole:
            return source_words(batch.source)
        if role in (_ROLE.AccessibleTextRole, _ROLE.ToolTipRole):
            text = say(
                "desktop_importing.batch.spoken", source=source_words(batch.source), status=_status(batch)
            )
            return plain_tip(text) if role == _ROLE.ToolTipRole else text
        return batch if role == BATCH_ROLE else None


def _status(batch: Batch) -> str:
    key = "undone" if batch.undone else "line"
    return say(
        f"desktop_importing.batch.{key}",
        number=batch.number,
        started=batch.started[:16],
        records=batch.records,
        undone=batch.undone[:16],
    )


class BatchPanel(QWidget):
    """Taking a batch back is asked for once more in place: an edit by hand has no file to bring in again."""

    def __init__(
        self, session: ImportSession, name_of: NameOf, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: int | None = None
        self.batches = BatchModel(self)
        self.list = QListView()
        self.list.setObjectName("importBatches")
        self.list.setAccessibleName(say("desktop_importing.batch.list"))
        self.list.setModel(self.batches)
        self.list.setItemDelegate(TwoLineDelegate(self.list, theme, self._lines))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumWidth(220)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_current())
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.undo = QPushButton(say("desktop_importing.batch.undo"))
        self.undo.setObjectName("undoBatch")
        self.undo.clicked.connect(self._on_undo_clicked)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(12)
        self.export_menu = QMenu(self)
        for which in ("one", "since", "all"):
            action = self.export_menu.addAction(say(f"desktop_importing.batch.export_{which}"))
            action.triggered.connect(lambda _checked=False, which=which: self._export(which))
        self.export_menu.addSeparator()
        self.mask_action = self.export_menu.addAction(say("desktop_importing.batch.export_mask"))
        self.mask_action.setCheckable(True)
        self.export = QPushButton(say("desktop_importing.batch.export"))
        self.export.setObjectName("exportChanges")
        self.export.setToolTip(say("desktop_importing.batch.export_tip"))
        self.export.setMenu(self.export_menu)
        # Fusion puts the arrow into the lower corner
        self.export.setStyleSheet(
            "QPushButton { padding-right: 24px; }"
            "QPushButton::menu-indicator { subcontrol-position: center right; right: 8px; }"
        )
        head.addWidget(self.title, 1)
        head.addWidget(self.export)
        head.addWidget(self.undo)
        self.question = QFrame()
        self.question.setObjectName("messageBar")
        self._asked = QLabel()
        self._asked.setWordWrap(True)
        self.confirm = QPushButton(say("desktop_importing.batch.confirm"))
        self.confirm.setObjectName("confirmUndo")
        self.confirm.clicked.connect(self._on_confirmed)
        self.keep = QPushButton(say("desktop_importing.batch.keep"))
        self.keep.clicked.connect(self._on_kept)
        row = QHBoxLayout(self.question)
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self._asked, 1)
        row.addWidget(self.confirm)
        row.addWidget(self.keep)
        self.question.hide()
        self.changes = ChangesView(name_of, theme)
        detail = QWidget()
        column = QVBoxLayout(detail)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.question)
        column.addWidget(self.changes, 1)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(detail)
        split.setSizes([300, 700])
        self.empty = PlainPreview(theme)
        self.empty.show_words(say("desktop_importing.batch.empty"), say("desktop_importing.batch.empty_next"))
        self._pages = QStackedWidget()
        self._pages.addWidget(self.empty)
        self._pages.addWidget(split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)
        session.subscribe(BatchesListed, lambda event: self._show_batches(event.batches))
        session.subscribe(WorkChanged, lambda _: self._enable())
        self._show_batches(session.batches)

    @property
    def current(self) -> Batch | None:
        batch = self.list.currentIndex().data(BATCH_ROLE)
        return batch if isinstance(batch, Batch) else None

    def choose(self, number: int) -> None:
        for row in range(self.batches.rowCount()):
            if self.batches.index(row).data(BATCH_ROLE).number == number:
                self.list.setCurrentIndex(self.batches.index(row))

    # -- export ----------------------------------------------------------------------------------------

    def _export(self, which: str) -> QFileDialog | None:
        """``one`` batch, all ``since`` it, or ``all``: field by field into a file that is asked for."""
        batch = self.current
        if batch is None:
            return None
        numbers = [each.number for each in self._session.batches]
        if which == "one":
            numbers = [batch.number]
            name = say("desktop_importing.batch.export_name", number=batch.number)
        elif which == "since":
            numbers = [number for number in numbers if number >= batch.number]
            name = say("desktop_importing.batch.export_name_since", number=batch.number)
        else:
            name = say("desktop_importing.batch.export_name_all")
        mask = self.mask_action.isChecked()

        def write(target: Path) -> None:
            self._session.write_changes(numbers, target, "batches", mask_personal=mask)

        return ask_file(
            self.window(),
            say("desktop_importing.batch.export"),
            f"{name}.xlsx",
            "xlsx",
            say("desktop_importing.batch.xlsx"),
            write,
            {"csv": say("desktop_importing.batch.csv")},
        )

    # -- inside ----------------------------------------------------------------------------------------

    def _show_batches(self, batches: tuple[Batch, ...]) -> None:
        before = self.current
        self.batches.show_batches(batches)
        self._pages.setCurrentIndex(1 if batches else 0)
        if batches:
            self.list.setCurrentIndex(self.batches.index(0))
            if before is not None:
                self.choose(before.number)
        self._show_current()

    def _show_current(self) -> None:
        batch = self.current
        self.question.hide()
        self._enable()
        if batch is None:
            self.title.clear()
            self.changes.show_changes(())
            self._shown = None
            return
        self.title.setText(
            say("desktop_importing.batch.spoken", source=source_words(batch.source), status=_status(batch))
        )
        if batch.number != self._shown:
            self._shown = batch.number
            self.changes.show_changes(())
            number = batch.number
            self._session.questions.changes_of(number, lambda changes: self._on_changes(number, changes))

    def _on_changes(self, number: int, changes: tuple[RecordChange | ChangedItem, ...]) -> None:
        if number == self._shown:
            self.changes.show_changes(changes)

    def _enable(self) -> None:
        batch = self.current
        self.undo.setEnabled(batch is not None and not batch.undone and self._session.work is None)

    def _on_undo_clicked(self) -> None:
        batch = self.current
        if batch is not None:
            self._asked.setText(
                say("desktop_importing.batch.ask", number=batch.number, records=batch.records)
            )
            self.question.show()
            self.keep.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_confirmed(self) -> None:
        batch = self.current
        self.question.hide()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        if batch is not None:
            self._session.undo(batch.number, "batches")

    def _on_kept(self) -> None:
        self.question.hide()
        self.undo.setFocus(Qt.FocusReason.OtherFocusReason)

    @staticmethod
    def _lines(index: _Index) -> tuple[str, str, str]:
        batch = index.data(BATCH_ROLE)
        return source_words(batch.source), _status(batch), "text_faint" if batch.undone else "text_muted"
