"""The record keeper's page: files to be brought in, earlier imports, a record by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from hpviewer.desktop.dropped_files import files_of
from hpviewer.desktop.importing.batch_panel import BatchPanel
from hpviewer.desktop.importing.file_dialogs import ask_open, ask_save
from hpviewer.desktop.importing.file_text import counts
from hpviewer.desktop.importing.files_page import AskOpen, AskSave, FilesPage
from hpviewer.desktop.importing.record_form import RecordForm
from hpviewer.desktop.importing.result_bar import ResultBar
from hpviewer.desktop.theme import Theme
from hpviewer.places.place import PlaceCode
from hpviewer.records.record import Record
from hpviewer.session.import_events import (
    ChangesWritten,
    ImportFailed,
    ImportSaved,
    ImportUndone,
    RejectedWritten,
    WorkChanged,
)
from hpviewer.session.import_session import ImportSession
from hpviewer.session.session import Session
from hpviewer.wording import say

_FILES, _BATCHES, _FORM = range(3)


class ImportView(QWidget):
    """Files are dropped anywhere on it. Nothing is saved before the button says so."""

    report_saved = Signal(int)  # year of an annual report that is in the catalogue now

    def __init__(
        self,
        import_session: ImportSession,
        session: Session,
        theme: Theme,
        parent: QWidget | None = None,
        asks: tuple[AskOpen, AskSave] = (ask_open, ask_save),
    ) -> None:
        super().__init__(parent)
        self._session = import_session
        self._places = session
        self._started = False
        self.setObjectName("importView")
        self.setAccessibleName(say("desktop_importing.view.name"))
        self.setAcceptDrops(True)
        self.files = FilesPage(import_session, session, self._name_of, theme, asks)
        self.files.wanted.connect(lambda: self.tabs.setCurrentIndex(_FILES))
        self.files.nothing_pasted.connect(self._on_nothing_pasted)
        self.batches = BatchPanel(import_session, self._name_of, theme)
        self.form = RecordForm(import_session, session, self._name_of, theme)
        self.result = ResultBar(theme)
        self.result.undo_requested.connect(lambda batch: self._session.undo(batch, "result"))
        self._compose()
        self._bind_keys()
        import_session.subscribe(WorkChanged, self._on_work_changed)
        import_session.subscribe(ImportSaved, self._on_saved)
        import_session.subscribe(ImportUndone, self._on_undone)
        import_session.subscribe(RejectedWritten, self._on_rejected_written)
        import_session.subscribe(ChangesWritten, self._on_changes_written)
        import_session.subscribe(ImportFailed, self._on_failed)

    def edit_record(self, record: Record) -> None:
        """Show the form with a record of the catalogue in it."""
        self.form.edit(record)
        self.tabs.setCurrentIndex(_FORM)

    def bring_files(self, paths: Sequence[Path]) -> None:
        """Put dropped files on the list and show it."""
        self.tabs.setCurrentIndex(_FILES)
        if paths:
            self._session.list.add_files(paths, "drop")

    # -- composition -----------------------------------------------------------------------------------

    def _compose(self) -> None:
        self.tabs = QTabWidget()
        self.tabs.setObjectName("importTabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(say("desktop_importing.view.tabs"))
        for key, page in (("files", self.files), ("batches", self.batches), ("form", self.form)):
            self.tabs.addTab(page, say(f"desktop_importing.view.{key}"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.result)

    def _bind_keys(self) -> None:
        for keys, slot in (
            (QKeySequence.StandardKey.Open, self.files.choose_files),
            ("Ctrl+Shift+V", self.files.paste_clipboard),
            ("Ctrl+Return", self._on_save_key),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(slot)

    def _name_of(self, code: PlaceCode) -> str:
        try:
            return self._places.place(code).name
        except KeyError:
            return code

    # -- gestures --------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._started:
            self._started = True
            self._session.start()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if files_of(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.bring_files(files_of(event.mimeData()))

    def _on_save_key(self) -> None:
        if self.tabs.currentIndex() == _FILES:
            self.files.save_files()

    # -- events ----------------------------------------------------------------------------------------

    def _on_nothing_pasted(self) -> None:
        self.result.show_result(say("desktop_importing.view.nothing_to_paste"), warn=True)

    def _on_work_changed(self, event: WorkChanged) -> None:
        if event.cancelled:
            self.result.show_result(say("desktop_importing.result.cancelled"), warn=True)

    def _on_saved(self, event: ImportSaved) -> None:
        parts = counts(event)
        listed = say("desktop_importing.list_mark").join(parts)
        if event.batch:
            text = say("desktop_importing.result.saved", batch=event.batch, counts=listed)
        else:
            text = say("desktop_importing.result.nothing_new")
        for year in event.reports if event.batch else ():
            text += say("desktop_importing.result.report", year=year)
            self.report_saved.emit(year)
        if event.left_out and event.cause == "files":
            text += say("desktop_importing.result.left_out", count=event.left_out)
        if event.still_in_history:
            text += say("session_personal.still_in_history", count=event.still_in_history)
        self.result.show_result(text, batch=event.batch)

    def _on_undone(self, event: ImportUndone) -> None:
        parts = [
            say(f"desktop_importing.result.{key}", count=count)
            for key, count in (("removed", event.removed), ("restored", event.restored))
            if count
        ]
        listed = say("desktop_importing.list_mark").join(parts)
        key = "undone" if parts else "undone_items"
        self.result.show_result(
            say(f"desktop_importing.result.{key}", batch=event.batch.number, counts=listed)
        )

    def _on_rejected_written(self, event: RejectedWritten) -> None:
        text = say("desktop_importing.result.rejected", rows=event.rows, file=event.path)
        self.result.show_result(text + "".join(event.notes))

    def _on_changes_written(self, event: ChangesWritten) -> None:
        text = say("desktop_importing.result.changes", rows=event.rows, file=event.path)
        self.result.show_result(text + "".join(event.notes))

    def _on_failed(self, event: ImportFailed) -> None:
        self.result.show_result(str(event.error), warn=True)
