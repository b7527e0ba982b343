"""A notice before it is saved: its text, and beside it what was understood, to be compared and corrected."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from hpviewer.desktop.importing.change_text import NameOf, field_label
from hpviewer.desktop.importing.changes_view import ChangesView
from hpviewer.desktop.importing.flag_list import FlagList
from hpviewer.desktop.importing.quiet_combo import QuietCombo
from hpviewer.desktop.importing.record_fields import PLACES, RecordFields
from hpviewer.desktop.importing.source_text import SourceText
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.desktop.theme import Theme
from hpviewer.session.import_file import ImportFile
from hpviewer.session.import_session import ImportSession
from hpviewer.session.notice_fields import FURTHER_FIELDS, NoticeField
from hpviewer.session.session import Session
from hpviewer.wording import say

_CAUSE = "notice"


class NoticePreview(QWidget):
    """The field under the mouse or the keyboard is marked in the text; a click in the text finds its field."""

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
        self._key = -1
        self._number = 0
        self._fields: dict[str, NoticeField] = {}
        self.text = SourceText(theme)
        self.text.place_chosen.connect(self._on_place_chosen)
        self.which = QuietCombo((), say("desktop_importing.notice.which"))
        self.which.activated.connect(self._on_which_chosen)
        self.flags = FlagList(theme)
        self.flags.dismissed.connect(self._on_flag_dismissed)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QFrame()
        content.setObjectName("filterContent")
        form = QFormLayout()
        self.fields = RecordFields(form, session.questions, places, name_of, theme, _CAUSE, self)
        self.fields.committed.connect(self._on_committed)
        self.fields.entered.connect(self._on_entered)
        self.fields.places_picked.connect(self._on_places_picked)
        self.further: dict[str, ValueLabel] = {}
        self._further_title = QLabel(say("desktop_importing.notice.further"))
        self._further_title.setProperty("role", "small")
        self._further_title.setWordWrap(True)
        form.addRow(self._further_title)
        self._form = form
        for field in FURTHER_FIELDS:
            label = QLabel(field_label(field))
            label.setProperty("role", "muted")
            value = ValueLabel()
            self.further[field] = value
            form.addRow(label, value)
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 8, 16, 16)
        column.setSpacing(8)
        column.addWidget(self.which)
        column.addWidget(self.flags)
        column.addLayout(form)
        column.addStretch(1)
        content.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.area.setWidget(content)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.text)
        self.split.addWidget(self.area)
        self.split.setSizes([500, 500])
        self.text.setMinimumWidth(200)
        self.area.setMinimumWidth(280)
        self.changes = ChangesView(name_of, theme)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.setAccessibleName(say("desktop_importing.notice.tabs"))
        self.tabs.addTab(self.split, say("desktop_importing.notice.tab_fields"))
        self.tabs.addTab(self.changes, say("desktop_importing.notice.tab_changes"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)

    def show_file(self, file: ImportFile) -> None:
        """Also after a correction: what is being typed stays."""
        records = file.notices
        if not records or file.preview is None:
            return
        fresh = file.key != self._key
        if fresh:
            self._key, self._number = file.key, 0
        self._number = min(self._number, len(records) - 1)
        self._show_which(file)
        self._show_notice(file, fresh=fresh)
        self.changes.show_changes(file.preview.changes)

    # -- inside: showing -------------------------------------------------------------------------------

    def _show_which(self, file: ImportFile) -> None:
        records = file.notices or ()
        labels = [
            say("desktop_importing.notice.one_of", number=at + 1, count=len(records), title=record.title)
            for at, record in enumerate(records)
        ]
        if labels != [self.which.itemText(at) for at in range(self.which.count())]:
            self.which.clear()
            self.which.addItems(labels)
        self.which.setCurrentIndex(self._number)
        self.which.setVisible(len(records) > 1)

    def _show_notice(self, file: ImportFile, *, fresh: bool) -> None:
        records, preview = file.notices or (), file.preview
        record = records[self._number]
        self._fields = {field.name: field for field in file.notice_fields(self._number)}
        spans = sorted({span for field in self._fields.values() for span in field.spans})
        self.text.show_text(file.text, spans)
        for name, editor in self.fields.editors.items():
            editor.show_text(self._fields[name].text, force=fresh)
            editor.show_message(self._fields[name].problem)
            self.fields.labels[name].setToolTip(self._origin(name))
            editor.editor.setToolTip(self._origin(name))
        self.fields.places.show_places(record.towns, record.communities)
        any_further = False
        for name, value in self.further.items():
            field = self._fields.get(name)
            value.setText(field.text if field is not None else "")
            self._form.setRowVisible(value, field is not None)
            any_further = any_further or field is not None
        self._further_title.setVisible(any_further)
        warnings = preview.warnings if preview is not None else ()
        self.flags.show_flags(record.flags, (*file.personal(self._number), *warnings))

    def _origin(self, name: str) -> str:
        return say(f"desktop_importing.origin.{self._fields[name].origin or 'none'}")

    # -- inside: gestures --------------------------------------------------------------------------------

    def _on_which_chosen(self, number: int) -> None:
        self._number = number
        file = self._session.list.file(self._key)
        if file is not None and file.notices:
            self._show_notice(file, fresh=True)
            self.text.light(self._fields["title"].spans)

    def _on_entered(self, name: str) -> None:
        field = self._fields.get(name)
        if field is not None:
            self.fields.light(name)
            self.text.light(field.spans)

    def _on_place_chosen(self, position: int) -> None:
        """The field with the shortest words around this place gets the keyboard."""
        hits = [
            (end - start, name)
            for name, field in self._fields.items()
            for start, end in field.spans
            if start <= position <= end
        ]
        if not hits:
            return
        _, name = min(hits, key=lambda hit: hit[0])
        target: QWidget | None = self.fields.places if name == PLACES else self.fields.editors.get(name)
        if target is None:
            target = self.further[name]
        else:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        self.area.ensureWidgetVisible(target, 0, 24)
        self._on_entered(name)

    def _on_committed(self, name: str, text: str) -> None:
        self._session.list.correct_field(self._key, self._number, name, text, _CAUSE)

    def _on_places_picked(self) -> None:
        places = self.fields.places
        self._session.list.correct_places(self._key, self._number, places.towns, places.communities, _CAUSE)

    def _on_flag_dismissed(self, flag: str) -> None:
        self._session.list.dismiss_flag(self._key, self._number, flag, _CAUSE)
