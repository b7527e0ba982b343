"""A record entered or edited by hand, with the checks of an import."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.importing.change_text import NameOf
from hpviewer.desktop.importing.record_fields import RecordFields
from hpviewer.desktop.importing.waiting_record import WaitingRecord
from hpviewer.desktop.theme import Theme
from hpviewer.records.kind import Kind
from hpviewer.records.personal_data import find_personal
from hpviewer.records.record import Record
from hpviewer.session.import_events import ImportSaved, WorkChanged
from hpviewer.session.import_session import ImportSession
from hpviewer.session.record_entry import FIELDS, written
from hpviewer.session.session import Session
from hpviewer.wording import say

_CAUSE = "form"
_WIDEST = 760
_BLANK = Record(id="", column=Kind.NOTICE.column, kind=Kind.NOTICE, title="")
"""Its kind is not shown: a form starts without one."""


class RecordForm(QWidget):
    """Saves as a batch of its own, that can be taken back like any import. Ctrl+S saves."""

    def __init__(
        self,
        session: ImportSession,
        places: Session,
        name_of: NameOf,
        theme: Theme,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._base: Record | None = None
        self._shown: object = None
        self.setObjectName("filterPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.about = QLabel()
        self.about.setProperty("role", "muted")
        self.about.setTextFormat(Qt.TextFormat.PlainText)
        self.about.setWordWrap(True)
        form = QFormLayout()
        self.fields = RecordFields(
            form, session.questions, places, name_of, theme, _CAUSE, self, required=("title", "kind")
        )
        self.fields.committed.connect(self._on_committed)
        self.fields.entered.connect(self.fields.light)
        self.problem = QLabel()
        self.problem.setObjectName("formProblem")
        self.problem.setProperty("role", "warn")
        self.problem.setTextFormat(Qt.TextFormat.PlainText)
        self.mask_box = QCheckBox(say("desktop_importing.view.mask"))
        self.mask_box.setObjectName("maskPersonal")
        self.save = QPushButton(say("desktop_importing.form.save"))
        self.save.setObjectName("saveRecord")
        self.save.setProperty("role", "primary")
        self.save.clicked.connect(self._on_save)
        self.clear = QPushButton(say("desktop_importing.form.clear"))
        self.clear.clicked.connect(self.start_new)
        content = QWidget()
        content.setMaximumWidth(_WIDEST)
        ground = QFrame()
        ground.setObjectName("filterContent")
        beside = QHBoxLayout(ground)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addWidget(content, 1)
        beside.addStretch(0)
        column = QVBoxLayout(content)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addLayout(form)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(ground)
        self._area = area
        buttons = QFrame()
        buttons.setObjectName("importActions")
        bar = QHBoxLayout(buttons)
        bar.setContentsMargins(24, 8, 24, 8)
        bar.setSpacing(12)
        bar.addWidget(self.problem, 1)
        bar.addWidget(self.mask_box)
        bar.addWidget(self.clear)
        bar.addWidget(self.save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.waiting = WaitingRecord()
        self.waiting.draft_given_up.connect(self._go_on)
        layout.addWidget(self.waiting)
        layout.addWidget(area, 1)
        layout.addWidget(buttons)
        shortcut = QShortcut(QKeySequence("Ctrl+S"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._on_save)
        session.subscribe(WorkChanged, lambda event: self.save.setEnabled(event.work is None))
        session.subscribe(ImportSaved, self._on_saved)
        self.start_new()

    def start_new(self) -> None:
        """An empty form for a new record."""
        self.waiting.take()
        self._base = None
        self._show(_BLANK, new=True)

    def edit(self, record: Record) -> None:
        """A record of the catalogue, to be changed. What is typed and not saved stays; the record then waits."""
        if self._content() == self._shown:
            self.waiting.take()
            self._base = record
            self._show(record, new=False)
        elif self._base is None or self._base.id != record.id:
            self.waiting.wait(record)

    # -- inside ----------------------------------------------------------------------------------------

    def _show(self, record: Record, *, new: bool) -> None:
        key = "new" if new else "edit"
        self.title.setText(say(f"desktop_importing.form.title_{key}"))
        self.about.setText(say(f"desktop_importing.form.about_{key}"))
        for field in FIELDS:
            editor = self.fields.editors[field]
            editor.show_text("" if new and field == "kind" else written(record, field), force=True)
            editor.show_message("")
        self.fields.places.show_places(record.towns, record.communities)
        self.problem.clear()
        self.mask_box.setChecked(False)
        self.mask_box.hide()
        self._shown = self._content()
        self._area.ensureVisible(0, 0)

    def _content(self) -> object:
        places = self.fields.places
        return self.fields.texts(), places.towns, places.communities

    def _go_on(self) -> None:
        """To the record that waits, or to an empty form."""
        record = self.waiting.take()
        self.start_new()
        if record is not None:
            self.edit(record)
        self.fields.editors["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_committed(self, field: str, text: str) -> None:
        checked = self._session.questions.check(field, text)
        self.fields.editors[field].show_message((checked.problem if text.strip() else "") or checked.warning)
        if find_personal(text):
            self.mask_box.show()

    def _on_save(self) -> None:
        places = self.fields.places
        entry = self._session.questions.enter(
            self.fields.texts(), places.towns, places.communities, self._base
        )
        for field, editor in self.fields.editors.items():
            editor.show_message(entry.problems.get(field) or entry.warnings.get(field, ""))
        if entry.record is None:
            self.problem.setText(say("desktop_importing.form.problems", count=len(entry.problems)))
            first = self.fields.editors[next(field for field in FIELDS if field in entry.problems)]
            first.setFocus(Qt.FocusReason.OtherFocusReason)
            self._area.ensureWidgetVisible(first)
            return
        self.problem.clear()
        self._session.save_entry(entry, _CAUSE, mask_personal=self.mask_box.isChecked())

    def _on_saved(self, event: ImportSaved) -> None:
        if event.cause == _CAUSE and event.batch:
            self._go_on()
