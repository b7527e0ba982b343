"""Files that bring no records: waiting, not usable, an annual report, a policy, boundaries; with what they hold."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QCheckBox, QFormLayout, QLabel, QSplitter, QWidget

from hpviewer.desktop.importing.change_text import NameOf
from hpviewer.desktop.importing.items_view import ItemsView
from hpviewer.desktop.importing.plain_preview import PlainPreview
from hpviewer.desktop.importing.quiet_combo import QuietCombo
from hpviewer.desktop.theme import Theme
from hpviewer.session.boundary_choices import as_choices, crs_choices, offset_codes
from hpviewer.session.import_file import ImportFile
from hpviewer.session.import_session import ImportSession
from hpviewer.wording import say

_CAUSE = "other"
_WORDS_LEAST, _LIST_LEAST = 96, 160
"""Pixels."""


class OtherPreview(PlainPreview):
    """Of a boundary file one can say what it does not say itself, and take only the shapes that are good.

    Words above, the list of boundaries or policies below; the line between them can be moved.
    """

    def __init__(
        self, session: ImportSession, name_of: NameOf, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._session = session
        self._key = -1
        self.only_good = QCheckBox(say("desktop_importing.boundaries.only_good"))
        self.only_good.setObjectName("onlyGoodShapes")
        self.only_good.clicked.connect(self._on_only_good)
        self.crs = QuietCombo(
            (("", say("desktop_importing.boundaries.crs_of_file")), *crs_choices()),
            say("desktop_importing.boundaries.crs"),
        )
        self.offset = QuietCombo(
            [(code, say(f"desktop_importing.boundaries.offset_{code or 'open'}")) for code in offset_codes()],
            say("desktop_importing.boundaries.offset"),
        )
        self.questions = QWidget()
        form = QFormLayout(self.questions)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        for key, combo in (("crs", self.crs), ("offset", self.offset)):
            combo.setMinimumContentsLength(24)
            combo.activated.connect(self._on_answered)
            label = QLabel(say(f"desktop_importing.boundaries.{key}"))
            label.setProperty("role", "muted")
            label.setBuddy(combo)
            form.addRow(label, combo)
        self.controls.addWidget(self.only_good)
        self.controls.addWidget(self.questions)
        self.items = ItemsView(name_of, theme)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.words)
        self.split.addWidget(self.items)
        self.words.setMinimumHeight(_WORDS_LEAST)
        self.items.setMinimumHeight(_LIST_LEAST)
        self.outer.addWidget(self.split)

    def show_words(self, title: str, text: str, next_step: str = "", warnings: tuple[str, ...] = ()) -> None:
        super().show_words(title, text, next_step, warnings)
        self.only_good.hide()
        self.questions.hide()
        self.items.hide()

    def show_file(self, file: ImportFile) -> None:
        fresh, self._key = file.key != self._key, file.key
        super().show_file(file)
        preview = file.preview
        if preview is None:
            return
        listed = () if file.report is not None else preview.items
        self.items.show_items(listed)
        self.items.setVisible(bool(listed))
        self.only_good.setVisible(bool(preview.rejected))
        self.only_good.setEnabled(bool(preview.items))
        self.only_good.setChecked(file.only_good)
        if file.is_boundary:
            self.questions.show()
            crs, offset = as_choices(file.answers)
            self.crs.show_code(crs)
            self.offset.show_code(offset)
            if preview.error is not None:
                self.next.setText(say("desktop_importing.boundaries.answer"))
                self.next.show()

        if fresh:
            QTimer.singleShot(0, self, self._divide)  # once the words are laid out

    def _divide(self) -> None:
        """Each what it needs; where that is too much, half to the list."""
        content = self.words.widget()
        height = self.split.height() - self.split.handleWidth()
        needed = max(
            content.heightForWidth(self.words.viewport().width()), content.minimumSizeHint().height()
        )
        words = min(needed, height - min(max(self.items.needed_height(), _LIST_LEAST), height // 2))
        self.split.setSizes([words, height - words])

    def _on_only_good(self, checked: bool) -> None:
        self._session.list.want_good_rows(self._key, checked, _CAUSE)

    def _on_answered(self, _index: int) -> None:
        self._session.list.answer(self._key, self.crs.code, self.offset.code, _CAUSE)
