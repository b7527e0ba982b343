"""What can be made of a village page on paper: print, PDF, and the answer slip as Word, PDF or print."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QToolButton, QWidget

from hpviewer.desktop.exporting.ask_file import ask_file
from hpviewer.desktop.exporting.mask_box import MaskBox
from hpviewer.desktop.theme import Theme
from hpviewer.desktop.village.page_text import Picture, village_html
from hpviewer.desktop.village.page_view import PageView
from hpviewer.desktop.village.paper import paper_document, show_preview, write_pdf
from hpviewer.desktop.village.slip_text import slip_html
from hpviewer.records.personal_values import masked_value, personal_in_value
from hpviewer.session.export_desk import ExportDesk, SlipRequest
from hpviewer.session.export_personal import counted, personal_sentence
from hpviewer.session.export_writers import Written
from hpviewer.session.slips import slip_of_village
from hpviewer.session.village import VillagePage
from hpviewer.wording import say

_PAGE_CLIP, _SLIP_CLIP = (230, 250), (260, 230)
_SLIP_POINTS = 9
_SLIP_MARGIN_MM = 12.0


class PaperActions(QWidget):
    """Buttons for the page that ``view`` shows; disabled while it shows none."""

    said = Signal(str)  # what became of a file, in a sentence

    def __init__(
        self, exports: ExportDesk, theme: Theme, view: PageView, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._exports, self._theme, self._view = exports, theme, view
        self.mask_box = MaskBox()
        self.print_button = self._button("print", self._on_print)
        self.pdf_button = self._button("pdf", self._on_pdf)
        self.slip_button = self._button("slip", None)
        self.slip_menu = QMenu(self.slip_button)
        for key, slot in (
            ("slip_word", self._on_slip_word),
            ("slip_pdf", self._on_slip_pdf),
            ("slip_print", self._on_slip_print),
        ):
            self.slip_menu.addAction(say(f"desktop_village.{key}"), slot)
        self.slip_button.setMenu(self.slip_menu)
        self.slip_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.mask_box)
        for button in (self.print_button, self.pdf_button, self.slip_button):
            row.addWidget(button)
        self.setEnabled(False)

    @property
    def first(self) -> QWidget:
        """Where Tab comes in."""
        return self.mask_box

    def look(self) -> None:
        """The view shows a page: it can be put on paper, and what personal numbers it has can be masked."""
        self.mask_box.look_at(self._view.page)
        self.setEnabled(True)

    # -- the page --------------------------------------------------------------------------------------

    def _document(self, page: VillagePage) -> QTextDocument:
        if self.mask_box.wants_masking:
            page = masked_value(page)
        html = village_html(page, _ink(), self._picture(_PAGE_CLIP))
        return paper_document(html, self._theme.family)

    def _picture(self, room: tuple[int, int]) -> Picture | None:
        clip = self._view.clip
        return Picture(clip.address, clip.width_within(*room)) if clip is not None else None

    def _on_print(self) -> None:
        page = self._view.page
        if page is not None:
            show_preview(self.window(), lambda: self._document(page), self._title(page))

    def _on_pdf(self) -> None:
        page = self._view.page
        if page is not None:
            self._ask(
                self._title(page),
                "pdf",
                lambda file: self._pdf(self._document(page), file, self._title(page)),
            )

    # -- the slip --------------------------------------------------------------------------------------

    def _on_slip_word(self) -> None:
        page = self._view.page
        if page is None:
            return
        name = say("desktop_village.slip_name", name=page.place.name)

        def write(file: Path) -> None:
            self._exports.slip(self._request(page, file), self._on_written, self._on_failed)

        self._ask(name, "docx", write)

    def _on_slip_pdf(self) -> None:
        page = self._view.page
        if page is None:
            return
        name = say("desktop_village.slip_name", name=page.place.name)

        def write(file: Path) -> None:
            self._slip_document(page, lambda document: self._pdf(document, file, name, _SLIP_MARGIN_MM))

        self._ask(name, "pdf", write)

    def _on_slip_print(self) -> None:
        page = self._view.page
        if page is None:
            return
        name = say("desktop_village.slip_name", name=page.place.name)
        self._slip_document(
            page, lambda document: show_preview(self.window(), lambda: document, name, _SLIP_MARGIN_MM)
        )

    def _slip_document(self, page: VillagePage, use: Callable[[QTextDocument], object]) -> None:
        def make(values: dict[str, Any]) -> None:
            html = slip_html(values, self._picture(_SLIP_CLIP))
            use(paper_document(html, self._theme.family, _SLIP_POINTS))

        self._exports.slip_page(self._request(page, Path()), make, self._on_failed)

    def _request(self, page: VillagePage, target: Path) -> SlipRequest:
        request = replace(slip_of_village(page, target), mask_personal=self.mask_box.wants_masking)
        clip = self._view.clip
        return request.with_extras("", "", clip.png if clip is not None else b"", None)

    # -- inside ----------------------------------------------------------------------------------------

    def _ask(self, name: str, suffix: str, use: Callable[[Path], None]) -> QFileDialog:
        label = say(f"desktop_village.file.{suffix}")
        return ask_file(self.window(), name, f"{name}.{suffix}", suffix, label, use)

    def _pdf(self, document: QTextDocument, file: Path, title: str, margin_mm: float = 18.0) -> None:
        done = write_pdf(document, file, title, margin_mm)
        if not done:
            self.said.emit(say("desktop_village.unsaved", file=file))
            return
        found = counted(personal_in_value(self._view.page))
        sentence = personal_sentence(found, masked=self.mask_box.wants_masking)
        self.said.emit(say("desktop_village.saved", file=file) + sentence)

    def _on_written(self, written: Written) -> None:
        found = personal_sentence(written.personal, masked=self.mask_box.wants_masking)
        self.said.emit(say("desktop_village.saved", file=written.path) + found)

    def _on_failed(self, error: object) -> None:
        self.said.emit(str(error))

    def _title(self, page: VillagePage) -> str:
        return say("desktop_village.page_name", name=page.place.name)

    def _button(self, key: str, slot: Callable[[], object] | None) -> QToolButton:
        button = QToolButton()
        button.setObjectName(f"village_{key}")
        button.setText(say(f"desktop_village.{key}"))
        button.setToolTip(say(f"desktop_village.{key}_tip"))
        button.setAccessibleName(say(f"desktop_village.{key}_tip"))
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if slot is not None:
            button.clicked.connect(lambda _checked=False: slot())
        return button


def _ink() -> dict[str, str]:
    """Paper is light whatever the screen is; grey and colour still read on a black-and-white printer."""
    return {
        "text": "#000000",
        "text_muted": "#444444",
        "accent": "#000000",
        "warn": "#8a3b0f",
        "ok": "#1f4f29",
        "border": "#888888",
    }
