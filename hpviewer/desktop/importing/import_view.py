"""The record keeper's page: files to be brought in, earlier imports, a record by hand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.importing.batch_panel import BatchPanel
from hpviewer.desktop.importing.file_list import FileListView
from hpviewer.desktop.importing.file_text import counts
from hpviewer.desktop.importing.ledger_preview import LedgerPreview
from hpviewer.desktop.importing.notice_preview import NoticePreview
from hpviewer.desktop.importing.plain_preview import PlainPreview
from hpviewer.desktop.importing.record_form import RecordForm
from hpviewer.desktop.importing.result_bar import ResultBar
from hpviewer.desktop.theme import Theme
from hpviewer.places.place import PlaceCode
from hpviewer.records.record import Record
from hpviewer.session.import_events import (
    FilesChanged,
    ImportFailed,
    ImportSaved,
    ImportUndone,
    RejectedWritten,
    Work,
    WorkChanged,
)
from hpviewer.session.import_file import Figures, ImportFile
from hpviewer.session.import_preview import ImportKind
from hpviewer.session.import_reading import ENDINGS
from hpviewer.session.import_session import ImportSession
from hpviewer.session.ledger_columns import SheetHead
from hpviewer.session.session import Session
from hpviewer.wording import say

_FILES, _BATCHES, _FORM = range(3)
_TICK_MS = 100


class ImportView(QWidget):
    """Files are dropped anywhere on it. Nothing is saved before the button says so."""

    report_saved = Signal(int)  # year of an annual report that is in the catalogue now

    def __init__(
        self,
        import_session: ImportSession,
        session: Session,
        theme: Theme,
        parent: QWidget | None = None,
        ask_open: Callable[[QWidget], list[Path]] | None = None,
        ask_save: Callable[[QWidget, str], Path | None] | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = import_session
        self._places = session
        self._ask_open = ask_open or _ask_open
        self._ask_save = ask_save or _ask_save
        self._started = False
        self.setObjectName("importView")
        self.setAccessibleName(say("desktop_importing.view.name"))
        self.setAcceptDrops(True)
        self.list = FileListView(import_session.list, theme)
        self.notice = NoticePreview(import_session, self._name_of, theme)
        self.ledger = LedgerPreview(import_session, self._name_of, theme)
        self.plain = PlainPreview(theme)
        self.batches = BatchPanel(import_session, self._name_of, theme)
        self.form = RecordForm(import_session, self._name_of, theme)
        self.result = ResultBar(theme)
        self._compose()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_progress)
        self.list.file_chosen.connect(lambda _: self._show_file())
        self.ledger.save_rejected_requested.connect(self._on_save_rejected)
        self.result.undo_requested.connect(lambda batch: self._session.undo(batch, "result"))
        self._bind_keys()
        import_session.subscribe(FilesChanged, self._on_files_changed)
        import_session.subscribe(WorkChanged, self._on_work_changed)
        import_session.subscribe(ImportSaved, self._on_saved)
        import_session.subscribe(ImportUndone, self._on_undone)
        import_session.subscribe(RejectedWritten, self._on_rejected_written)
        import_session.subscribe(ImportFailed, self._on_failed)
        self._on_files_changed(FilesChanged((), "start"))
        self._show_progress()

    def edit_record(self, record: Record) -> None:
        """Show the form with a record of the catalogue in it."""
        self.form.edit(record)
        self.tabs.setCurrentIndex(_FORM)

    # -- composition -----------------------------------------------------------------------------------

    def _compose(self) -> None:
        self.open = QPushButton(say("desktop_importing.view.open"))
        self.open.setObjectName("chooseFiles")
        self.open.clicked.connect(self._on_open)
        self.paste = QPushButton(say("desktop_importing.view.paste"))
        self.paste.setObjectName("pasteText")
        self.paste.setToolTip(say("desktop_importing.view.paste_tip"))
        self.paste.clicked.connect(self._on_paste)
        self.remove = QPushButton(say("desktop_importing.view.remove"))
        self.remove.setObjectName("removeFiles")
        self.remove.setToolTip(say("desktop_importing.view.remove_tip"))
        self.remove.clicked.connect(self.list.remove_marked)
        self.summary = QLabel()
        self.summary.setObjectName("importSummary")
        self.summary.setWordWrap(True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.save = QPushButton(say("desktop_importing.view.save"))
        self.save.setObjectName("saveImport")
        self.save.setProperty("role", "primary")
        self.save.clicked.connect(self._on_save)
        self.progress = QProgressBar()
        self.progress.setAccessibleName(say("desktop_importing.view.progress"))
        self.progress.setFixedHeight(16)
        self.progress.setMaximumWidth(260)
        self.cancel = QPushButton(say("desktop_importing.view.cancel"))
        self.cancel.setObjectName("cancelImport")
        self.cancel.clicked.connect(self._session.cancel)

        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 16, 8)
        head.setSpacing(8)
        for button in (self.open, self.paste, self.remove):
            head.addWidget(button)
        head.addStretch(1)
        self.previews = QStackedWidget()
        pages: tuple[QWidget, ...] = (self.plain, self.notice, self.ledger)
        for page in pages:
            self.previews.addWidget(page)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.setChildrenCollapsible(False)
        split.addWidget(self.list)
        split.addWidget(self.previews)
        self.list.setMinimumWidth(200)
        split.setStretchFactor(0, 0)
        split.setStretchFactor(1, 1)
        split.setSizes([264, 900])
        actions = QFrame()
        actions.setObjectName("importActions")
        foot = QHBoxLayout(actions)
        foot.setContentsMargins(16, 8, 16, 8)
        foot.setSpacing(12)
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.progress)
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        files = QWidget()
        column = QVBoxLayout(files)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(split, 1)
        column.addWidget(actions)
        self.tabs = QTabWidget()
        self.tabs.setObjectName("importTabs")
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(say("desktop_importing.view.tabs"))
        for key, page in (("files", files), ("batches", self.batches), ("form", self.form)):
            self.tabs.addTab(page, say(f"desktop_importing.view.{key}"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.tabs, 1)
        layout.addWidget(self.result)

    def _bind_keys(self) -> None:
        for keys, slot in (
            (QKeySequence.StandardKey.Open, self._on_open),
            ("Ctrl+Shift+V", self._on_paste),
            ("Ctrl+Return", self._on_save),
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
        if _dropped(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.tabs.setCurrentIndex(_FILES)
        paths = _dropped(event.mimeData())
        if paths:
            self._session.list.add_files(paths, "drop")

    def _on_open(self) -> None:
        self.tabs.setCurrentIndex(_FILES)
        self._session.list.add_files(self._ask_open(self), "files")

    def _on_paste(self) -> None:
        """Files that were copied, else text."""
        data = QGuiApplication.clipboard().mimeData()
        self.tabs.setCurrentIndex(_FILES)
        paths = _dropped(data)
        if paths:
            self._session.list.add_files(paths, "paste")
        elif data.text().strip():
            self._session.list.add_text(data.text(), "paste")
        else:
            self.result.show_result(say("desktop_importing.view.nothing_to_paste"), warn=True)

    def _on_save(self) -> None:
        if self.save.isEnabled() and self.tabs.currentIndex() == _FILES:
            self._leave_field()
            self._session.save("files")

    def _leave_field(self) -> None:
        """What is being typed counts, too."""
        for editor in self.notice.fields.editors.values():
            editor.commit()

    def _on_save_rejected(self) -> None:
        file = self._current()
        if file is None:
            return
        name = say("desktop_importing.rejected.file_name", name=file.path.stem)
        target = self._ask_save(self, str(file.path.with_name(name)))
        if target is not None:
            self._session.write_rejected(file.key, target, "ledger")

    # -- events ----------------------------------------------------------------------------------------

    def _on_files_changed(self, event: FilesChanged) -> None:
        self.list.on_files_changed(event)
        if not event.keys or self.list.current in event.keys or self.list.current is None:
            self._show_file()
        self._summarise()

    def _on_work_changed(self, event: WorkChanged) -> None:
        busy = event.work is not None
        (self._tick.start if busy else self._tick.stop)()
        self._show_progress()
        if event.cancelled:
            self.result.show_result(say("desktop_importing.result.cancelled"), warn=True)
        self.notice.setEnabled(event.work is not Work.SAVING)
        self._summarise()

    def _on_saved(self, event: ImportSaved) -> None:
        parts = counts(event)
        listed = say("desktop_importing.list_mark").join(parts)
        if event.batch:
            text = say("desktop_importing.result.saved", batch=event.batch, counts=listed)
        elif event.reports and not parts:
            text = ""
        else:
            text = say("desktop_importing.result.nothing_new")
        for year in event.reports:
            text += say("desktop_importing.result.report", year=year)
            self.report_saved.emit(year)
        if event.left_out and event.cause == "files":
            text += say("desktop_importing.result.left_out", count=event.left_out)
        self.result.show_result(text, batch=event.batch)

    def _on_undone(self, event: ImportUndone) -> None:
        parts = [
            say(f"desktop_importing.result.{key}", count=count)
            for key, count in (("removed", event.removed), ("restored", event.restored))
            if count
        ]
        listed = say("desktop_importing.list_mark").join(parts)
        self.result.show_result(
            say("desktop_importing.result.undone", batch=event.batch.number, counts=listed)
        )

    def _on_rejected_written(self, event: RejectedWritten) -> None:
        text = say("desktop_importing.result.rejected", rows=event.rows, file=event.path)
        self.result.show_result(text + "".join(event.notes))

    def _on_failed(self, event: ImportFailed) -> None:
        self.result.show_result(str(event.error), warn=True)

    # -- showing -----------------------------------------------------------------------------------------

    def _current(self) -> ImportFile | None:
        key = self.list.current
        return None if key is None else self._session.list.file(key)

    def _show_file(self) -> None:
        file = self._current()
        if file is None:
            self.plain.show_words(
                say("desktop_importing.view.empty"),
                say("desktop_importing.view.empty_text"),
                say("desktop_importing.view.empty_next"),
            )
            self.previews.setCurrentWidget(self.plain)
            return
        preview = file.preview
        if preview is None and file.mapping is not None:
            return  # a ledger that is read anew with another mapping stays in view
        if preview is not None and file.notices:
            page: NoticePreview | LedgerPreview | PlainPreview = self.notice
        elif preview is not None and preview.kind is ImportKind.RECORDS and preview.error is None:
            page = self.ledger
        elif file.mapping is not None:
            page = self.ledger  # corrected so that it cannot be read: to be corrected further
        else:
            page = self.plain
            if preview is not None and file.is_table:
                self._session.questions.sheet_heads(file.key, self._on_heads)
        page.show_file(file)
        self.previews.setCurrentWidget(page)

    def _on_heads(self, key: int, heads: tuple[SheetHead, ...]) -> None:
        """A table that was not understood, but can be opened: a person can say what its columns mean."""
        file = self._current()
        if heads and file is not None and file.key == key and file.preview is not None:
            self.ledger.show_file(file)
            self.previews.setCurrentWidget(self.ledger)

    def _show_progress(self) -> None:
        work, progress = self._session.work, self._session.list.progress
        self.progress.setVisible(work is not None)
        self.cancel.setVisible(work in (Work.READING, Work.SAVING))
        if work is Work.READING:
            self.progress.setRange(0, progress.total)
            self.progress.setValue(progress.done)
            self.progress.setFormat(
                say("desktop_importing.view.reading", done=progress.done, total=progress.total)
            )
        elif work is not None:
            self.progress.setRange(0, 0)

    def _summarise(self) -> None:
        files = self._session.list.files
        ready = [file for file in files if file.savable]
        words = counts(sum((file.figures for file in ready), Figures()))
        if not files:
            text = ""
        elif not ready:
            text = say("desktop_importing.view.none_ready", count=len(files))
        else:
            listed = say("desktop_importing.list_mark").join(words)
            key = "ready" if words else "ready_report"
            text = say(f"desktop_importing.view.{key}", ready=len(ready), count=len(files), counts=listed)
        self.summary.setText(text)
        self.list.setVisible(bool(files))
        self.remove.setEnabled(bool(files))
        self.save.setEnabled(bool(ready) and self._session.work is None)


def _dropped(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def _ask_open(parent: QWidget) -> list[Path]:
    patterns = " ".join(f"*{ending}" for ending in ENDINGS)
    chosen, _ = QFileDialog.getOpenFileNames(
        parent,
        say("desktop_importing.view.open_title"),
        "",
        say("desktop_importing.view.filter", patterns=patterns),
    )
    return [Path(name) for name in chosen]


def _ask_save(parent: QWidget, proposed: str) -> Path | None:
    chosen, _ = QFileDialog.getSaveFileName(
        parent,
        say("desktop_importing.rejected.save_title"),
        proposed,
        say("desktop_importing.view.xlsx_filter"),
    )
    return Path(chosen) if chosen else None
