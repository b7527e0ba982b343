"""A tick that masks personal numbers in what is written, there only while there are any."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QCheckBox, QWidget

from hpviewer.records.personal_values import personal_in_value
from hpviewer.session.export_personal import counted, counts_in_words
from hpviewer.wording import say


class MaskBox(QCheckBox):
    """Hidden until a value with personal numbers is shown to it. It stays ticked from one value to the next."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("maskPersonal")
        self.hide()

    def look_at(self, value: Any) -> None:
        """``value``: what would be written, of any kind."""
        counts = counted(personal_in_value(value))
        if counts:
            tip = say("desktop_exporting.mask_box_tip", counts=counts_in_words(counts))
            self.setText(say("desktop_exporting.mask_box"))
            self.setToolTip(f"{tip}\n{say('desktop_exporting.mask_tip')}")
            self.setAccessibleDescription(tip)
        self.setVisible(bool(counts))

    @property
    def wants_masking(self) -> bool:
        return self.isChecked()
