"""What the export dialog says of personal numbers before anything is written, with a tick to mask them."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.records.filter import RecordFilter
from hpviewer.session.export_desk import LOOKED_THROUGH, ExportDesk
from hpviewer.session.export_personal import PersonalByField, counts_in_words, counts_shown
from hpviewer.session.session import Session
from hpviewer.wording import say


class PersonalNotice(QWidget):
    """Hidden while there is nothing to say. Looks through the records once for each filter, in the background."""

    def __init__(self, exports: ExportDesk, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._exports, self._session = exports, session
        self._looked_at: tuple[RecordFilter, object] | None = None
        self._found: PersonalByField = {}
        self._shown: frozenset[str] = frozenset()
        self.text = ValueLabel(role="warn")
        self.text.setObjectName("personalFound")
        self.mask_box = QCheckBox(say("desktop_exporting.mask"))
        self.mask_box.setObjectName("exportMask")
        self.mask_box.setToolTip(say("desktop_exporting.mask_tip"))
        self.mask_box.setAccessibleDescription(say("desktop_exporting.mask_tip"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.text)
        column.addWidget(self.mask_box)
        self.hide()

    @property
    def wants_masking(self) -> bool:
        """Also while the records are still being looked through."""
        return self.mask_box.isChecked()

    def look(self) -> None:
        """The filter or the catalogue may be another one than at the last look."""
        asked = (self._session.filter, self._session.results)
        if self._looked_at is not None and self._looked_at == asked:
            return
        self._looked_at = asked

        def deliver(found: PersonalByField) -> None:
            if self._looked_at == asked:
                self._found = found
                self.show_for(self._shown)

        self._exports.personal(asked[0], self._session.sort, deliver, lambda _: None)

    def show_for(self, shown: frozenset[str]) -> None:
        """``shown``: keys of the fields that would be written."""
        self._shown = shown
        counts = counts_shown(self._found, shown)
        if counts:
            total = self._session.results.total if self._session.results else 0
            words = counts_in_words(counts)
            self.text.setText(
                say("desktop_exporting.personal_first", most=f"{LOOKED_THROUGH:,}", counts=words)
                if total > LOOKED_THROUGH
                else say("desktop_exporting.personal", counts=words)
            )
        self.setVisible(bool(counts))
