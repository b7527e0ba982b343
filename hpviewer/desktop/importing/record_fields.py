"""The editors of a record's fields in one column: the same for a notice's preview and for a form."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFormLayout, QLabel, QWidget

from hpviewer.desktop.importing.change_text import NameOf, field_label
from hpviewer.desktop.importing.field_editor import FieldEditor
from hpviewer.desktop.importing.place_picker import PlacePicker
from hpviewer.desktop.theme import Theme
from hpviewer.records.column import SourceKind
from hpviewer.records.kind import Kind
from hpviewer.session.import_questions import ImportQuestions
from hpviewer.session.record_entry import FIELDS, LONG_FIELDS
from hpviewer.session.session import Session
from hpviewer.wording import say

PLACES = "places"
_PLACES_BEFORE = "place_as_written"
_WITH_HINT = frozenset(
    ("published", "approved", "notice_from", "notice_to", "area_ha", "land_classes", "owners", "doc_number")
)


class RecordFields(QObject):
    """Puts its rows into a form layout. ``required`` fields are marked; ``purpose`` names the view to the map."""

    committed = Signal(str, str)  # field, text
    entered = Signal(str)  # field that the keyboard or the mouse is at
    places_picked = Signal()

    def __init__(
        self,
        form: QFormLayout,
        questions: ImportQuestions,
        session: Session,
        name_of: NameOf,
        theme: Theme,
        purpose: str,
        parent: QWidget,
        required: Iterable[str] = (),
    ) -> None:
        super().__init__(parent)
        needed = frozenset(required)
        self.labels: dict[str, QLabel] = {}
        self.editors: dict[str, FieldEditor] = {}
        self.places = PlacePicker(questions, session, name_of, theme, purpose)
        self.places.entered.connect(self.entered)
        self.places.picked.connect(self.places_picked)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        for field in FIELDS:
            if field == _PLACES_BEFORE:
                form.addRow(self._label(PLACES, self.places), self.places)
            editor = FieldEditor(
                field,
                field_label(field),
                long=field in LONG_FIELDS,
                choices=_choices(field),
                hint=say(f"desktop_importing.hint.{field}") if field in _WITH_HINT else "",
            )
            editor.committed.connect(self.committed)
            editor.entered.connect(self.entered)
            self.editors[field] = editor
            form.addRow(self._label(field, editor, field in needed), editor)

    def texts(self) -> dict[str, str]:
        return {field: editor.text for field, editor in self.editors.items()}

    def light(self, field: str) -> None:
        """Mark the label of the field that is spoken of."""
        for name, label in self.labels.items():
            role = "key" if name == field else "muted"
            if label.property("role") != role:
                label.setProperty("role", role)
                label.style().unpolish(label)
                label.style().polish(label)

    def _label(self, field: str, buddy: QWidget, needed: bool = False) -> QLabel:
        text = field_label(field)
        label = QLabel(say("desktop_importing.form.required", label=text) if needed else text)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", "muted")
        label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        label.setContentsMargins(0, 6, 0, 0)
        label.setBuddy(buddy)
        self.labels[field] = label
        return label


def _choices(field: str) -> list[tuple[str, str]] | None:
    if field == "kind":
        return [
            ("", say("desktop_importing.form.choose")),
            *(
                (kind.value, say("desktop_importing.form.kind", column=kind.column, kind=kind))
                for kind in Kind
            ),
        ]
    if field == "source_kind":
        return [(kind.value, kind.value) for kind in SourceKind if kind is not SourceKind.SIMULATED]
    return None
