"""The first page of the import: the list of files, the preview of one, and the button that saves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.dropped_files import files_of
from hpviewer.desktop.importing.change_text import NameOf
from hpviewer.desktop.importing.file_dialogs import ask_open, ask_save
from hpviewer.desktop.importing.file_list import FileListView
from hpviewer.desktop.importing.file_text import counts
from hpviewer.desktop.importing.ledger_preview import LedgerPreview
from hpviewer.desktop.importing.notice_preview import NoticePreview
from hpviewer.desktop.importing.other_preview import OtherPreview
from hpviewer.desktop.importing.quiet_combo import QuietCombo
from hpviewer.desktop.theme import Theme
from hpviewer.session.import_events import FilesChanged, Work, WorkChanged
from hpviewer.session.import_file import Figures, ImportFile
from hpviewer.session.import_preview import ImportKind
from hpviewer.session.import_session import ImportSession
from hpviewer.session.ledger_columns import SheetHead
from hpviewer.session.session import Session
from hpviewer.wording import say

_TICK_MS = 100

AskOpen = Callable[[QWidget], list[Path]]
AskSave = Callable[[QWidget, str], Path | None]


class FilesPage(QWidget):
    """``asks``: the dialogs for files to open and for a file to write."""

    wanted = Signal()  # a gesture of this page was made by a key while another one was shown
    nothing_pasted = Signal()  # the clipboard holds neither files nor text

    def __init__(
        self,
        session: ImportSession,
        places: Session,
        name_of: NameOf,
        theme: Theme,
        asks: tuple[AskOpen, AskSave] = (ask_open, ask_save),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._ask_open, self._ask_save = asks
        self.list = FileListView(session.list, theme)
        self.notice = NoticePreview(session, places, name_of, theme)
        self.ledger = LedgerPreview(session, name_of, theme)
        self.plain = OtherPreview(session, name_of, theme)
        self._compose()
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_progress)
        self.list.file_chosen.connect(lambda _: self._show_file())
        self.ledger.save_rejected_requested.connect(self._on_save_rejected)
        session.subscribe(FilesChanged, self._on_files_changed)
        session.subscribe(WorkChanged, self._on_work_changed)
        self._on_files_changed(FilesChanged((), "start"))
        self._show_progress()

    # -- gestures --------------------------------------------------------------------------------------

    def choose_files(self) -> None:
        self.wanted.emit()
        self._session.list.add_files(self._ask_open(self), "files")

    def paste_clipboard(self) -> None:
        """Files that were copied, else text."""
        data = QGuiApplication.clipboard().mimeData()
        self.wanted.emit()
        paths = files_of(data)
        if paths:
            self._session.list.add_files(paths, "paste")
        elif data.text().strip():
            self._session.list.add_text(data.text(), "paste")
        else:
            self.nothing_pasted.emit()

    def save_files(self) -> None:
        if self.save.isEnabled():
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

    # -- composition -----------------------------------------------------------------------------------

    def _compose(self) -> None:
        self.open = QPushButton(say("desktop_importing.view.open"))
        self.open.setObjectName("chooseFiles")
        self.open.clicked.connect(self.choose_files)
        self.paste = QPushButton(say("desktop_importing.view.paste"))
        self.paste.setObjectName("pasteText")
        self.paste.setToolTip(say("desktop_importing.view.paste_tip"))
        self.paste.clicked.connect(self.paste_clipboard)
        self.remove = QPushButton(say("desktop_importing.view.remove"))
        self.remove.setObjectName("removeFiles")
        self.remove.setToolTip(say("desktop_importing.view.remove_tip"))
        self.remove.clicked.connect(self.list.remove_marked)
        self.kind = QuietCombo(
            (
                ("", say("desktop_importing.view.kind_auto")),
                *((kind.value, say(f"desktop_importing.kind.{kind.value}")) for kind in ImportKind),
            ),
            say("desktop_importing.view.kind"),
        )
        self.kind.setObjectName("fileKind")
        self.kind.setMinimumContentsLength(6)
        self.kind.setToolTip(say("desktop_importing.view.kind_tip"))
        self.kind.activated.connect(
            lambda _: self._session.list.say_kind(self.list.marked(), self.kind.code, "files")
        )
        self._kind_label = QLabel(say("desktop_importing.view.kind"))
        self._kind_label.setProperty("role", "muted")
        self._kind_label.setBuddy(self.kind)
        self.summary = QLabel()
        self.summary.setObjectName("importSummary")
        self.summary.setWordWrap(True)
        self.summary.setTextFormat(Qt.TextFormat.PlainText)
        self.summary.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.save = QPushButton(say("desktop_importing.view.save"))
        self.save.setObjectName("saveImport")
        self.save.setProperty("role", "primary")
        self.save.clicked.connect(self.save_files)
        self.mask_box = QCheckBox(say("desktop_importing.view.mask"))
        self.mask_box.setObjectName("maskPersonal")
        self.mask_box.setToolTip(say("desktop_importing.view.mask_tip"))
        self.mask_box.clicked.connect(lambda checked: self._session.list.mask_personal(checked, "files"))
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
        head.addWidget(self._kind_label)
        head.addWidget(self.kind)
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
        foot.addWidget(self.mask_box)
        foot.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(split, 1)
        column.addWidget(actions)

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
        self.notice.setEnabled(event.work is not Work.SAVING)
        self._summarise()

    # -- showing -----------------------------------------------------------------------------------------

    def _current(self) -> ImportFile | None:
        key = self.list.current
        return None if key is None else self._session.list.file(key)

    def _show_file(self) -> None:
        file = self._current()
        self.kind.show_code("" if file is None or file.kind is None else file.kind.value)
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
            page: NoticePreview | LedgerPreview | OtherPreview = self.notice
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
        for control in (self.remove, self.kind, self._kind_label):
            control.setEnabled(bool(files))
        found = any(note.kept for file in files if file.preview for note in file.preview.personal)
        self.mask_box.setVisible(found or self._session.list.masks_personal)
        self.mask_box.setChecked(self._session.list.masks_personal)
        self.save.setEnabled(bool(ready) and self._session.work is None)
