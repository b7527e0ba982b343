"""A page with a few sentences: an annual report, a file that cannot be used, nothing chosen yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from hpviewer.desktop.importing.flag_list import FlagList
from hpviewer.desktop.records.value_label import ValueLabel
from hpviewer.desktop.theme import Theme
from hpviewer.session.import_file import ImportFile
from hpviewer.wording import say


def scrolled(content: QWidget) -> QScrollArea:
    """As wide as the page, scrolled when it is higher: a file may have many warnings."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


class PlainPreview(QWidget):
    """With ``controls`` below the words: what a page adds to them."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("filterPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = QLabel()
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setProperty("role", "title")
        self.title.setWordWrap(True)
        self.text = ValueLabel()
        self.next = ValueLabel(role="muted")
        self.notes = FlagList(theme)
        content = QFrame()
        content.setObjectName("filterContent")
        area = scrolled(content)
        self.words = area
        self.outer = QVBoxLayout(self)
        self.outer.setContentsMargins(0, 0, 0, 0)
        self.outer.setSpacing(0)
        self.outer.addWidget(area)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(12)
        for widget in (self.title, self.text, self.next, self.notes):
            layout.addWidget(widget)
        self.controls = QVBoxLayout()
        self.controls.setSpacing(8)
        layout.insertLayout(layout.indexOf(self.notes), self.controls)
        layout.addStretch(1)

    def show_words(self, title: str, text: str, next_step: str = "", warnings: tuple[str, ...] = ()) -> None:
        self.title.setText(title)
        self.text.setText(text)
        self.next.setText(next_step)
        self.next.setVisible(bool(next_step))
        self.notes.show_flags((), warnings)

    def show_file(self, file: ImportFile) -> None:
        """A file that is waiting, that cannot be used, or an annual report."""
        preview = file.preview
        if preview is None:
            self.show_words(file.name, say("desktop_importing.file.waiting"))
        elif preview.error is not None:
            self.show_words(file.name, preview.error.message, preview.error.next_step)
        elif file.report is not None:
            report = file.report
            cells = report.known_cells()
            filled = sum(1 for cell in cells.values() if not cell.blank)
            absent = say("desktop_importing.absent")
            text = say(
                "desktop_importing.report.text",
                body=report.body or absent,
                year=report.year or absent,
                cells=len(cells),
                filled=filled,
            )
            warnings = file.personal() + preview.warnings
            self.show_words(file.name, text, say("desktop_importing.report.next"), warnings)
        else:
            problems = tuple(
                say(
                    "desktop_importing.boundaries.rejected",
                    row=one.row,
                    field=one.field,
                    value=one.value,
                    problem=one.problem,
                )
                for one in preview.rejected
            )
            text = say(f"desktop_importing.{preview.kind}.text", count=len(preview.items))
            notes = problems + file.personal() + preview.warnings
            self.show_words(file.name, text, say(f"desktop_importing.{preview.kind}.next"), notes)
