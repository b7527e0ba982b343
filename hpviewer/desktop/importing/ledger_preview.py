"""A ledger before it is saved: what its rows would change, rows that cannot be used, how columns were read."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.importing.change_text import NameOf
from hpviewer.desktop.importing.changes_view import ChangesView
from hpviewer.desktop.importing.flag_list import FlagList
from hpviewer.desktop.importing.mapping_table import MappingTable
from hpviewer.desktop.importing.plain_preview import scrolled
from hpviewer.desktop.importing.rejected_table import RejectedTable
from hpviewer.desktop.theme import Theme
from hpviewer.session.import_file import ImportFile
from hpviewer.session.import_session import ImportSession
from hpviewer.wording import say

_CAUSE = "ledger"
_CHANGES, _REJECTED, _MAPPING, _NOTES = range(4)


class LedgerPreview(QWidget):
    """Opens at the rejected rows when there are some, at the mapping when the file could not be read."""

    save_rejected_requested = Signal()  # the shown file's rejected rows, as a workbook

    def __init__(
        self, session: ImportSession, name_of: NameOf, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._key = -1
        self._shown_changes: object = None
        self.changes = ChangesView(name_of, theme)
        self.rejected = RejectedTable()
        self.mapping = MappingTable(session)
        self.only_good = QCheckBox(say("desktop_importing.rejected.only_good"))
        self.only_good.setObjectName("onlyGood")
        self.only_good.clicked.connect(self._on_only_good)
        self.save_rejected = QPushButton(say("desktop_importing.rejected.save"))
        self.save_rejected.setObjectName("saveRejected")
        self.save_rejected.clicked.connect(self.save_rejected_requested)
        hint = QLabel(say("desktop_importing.rejected.hint"))
        hint.setProperty("role", "small")
        hint.setWordWrap(True)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(12)
        bar.addWidget(self.only_good)
        bar.addStretch(1)
        bar.addWidget(self.save_rejected)
        below = QVBoxLayout()
        below.setContentsMargins(12, 0, 12, 8)
        below.addWidget(hint)
        rejected = QWidget()
        column = QVBoxLayout(rejected)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.rejected, 1)
        column.addLayout(below)
        self.notes = FlagList(theme)
        notes = QFrame()
        notes.setObjectName("filterContent")
        lines = QVBoxLayout(notes)
        lines.setContentsMargins(12, 12, 12, 12)
        lines.addWidget(self.notes)
        lines.addStretch(1)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(say("desktop_importing.ledger.tabs"))
        for page in (self.changes, rejected, self.mapping, scrolled(notes)):
            self.tabs.addTab(page, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self.error = FlagList(theme)
        self.error.setContentsMargins(12, 8, 12, 4)
        layout.setSpacing(0)
        layout.addWidget(self.error)
        layout.addWidget(self.tabs, 1)

    def show_file(self, file: ImportFile) -> None:
        preview = file.preview
        if preview is None:
            return
        fresh, self._key = file.key != self._key, file.key
        if self._shown_changes is not preview.changes:
            self._shown_changes = preview.changes
            self.changes.show_changes(preview.changes)
        self.rejected.rejected.show_rejected(preview.rejected)
        self.only_good.setChecked(file.only_good)
        self.only_good.setEnabled(bool(preview.records and preview.rejected))
        self.save_rejected.setEnabled(bool(preview.rejected))
        self.mapping.show_file(file)
        self.error.show_flags((), (preview.error.message,) if preview.error is not None else ())
        self.notes.show_flags((), (*file.personal(), *preview.warnings))
        notes = len(preview.personal) + len(preview.warnings)
        counts = (len(preview.changes), file.figures.rejected_rows, None, notes)
        for at, (key, count) in enumerate(
            zip(("changes", "rejected", "mapping", "notes"), counts, strict=True)
        ):
            text = say(f"desktop_importing.ledger.{key}")
            self.tabs.setTabText(
                at, text if count is None else say("desktop_importing.ledger.counted", text=text, count=count)
            )
        self.tabs.setTabVisible(_CHANGES, preview.error is None)
        self.tabs.setTabVisible(_REJECTED, bool(preview.rejected))
        self.tabs.setTabVisible(_NOTES, bool(notes))
        if fresh:
            first = _MAPPING if preview.error is not None else (_REJECTED if preview.rejected else _CHANGES)
            self.tabs.setCurrentIndex(first)

    def _on_only_good(self, checked: bool) -> None:
        self._session.list.want_good_rows(self._key, checked, _CAUSE)
