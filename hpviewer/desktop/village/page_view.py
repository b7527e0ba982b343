"""The village page on the screen: reads like a document, its links are followed with the mouse or Tab and Enter."""

from __future__ import annotations

from urllib.parse import unquote

from PySide6.QtCore import QTimer, QUrl, Signal
from PySide6.QtGui import QFont, QPixmap, QResizeEvent
from PySide6.QtWidgets import QTextBrowser, QWidget

from hpviewer.desktop.theme import Theme
from hpviewer.desktop.village.map_clip import MapClip
from hpviewer.desktop.village.page_text import PROJECT, QUESTION, RECORD, Picture, village_html
from hpviewer.session.village import VillagePage
from hpviewer.wording import say

_CLIP_SHARE = 0.36
_CLIP_MOST = 320
_BESIDE_EM = 34


class PageView(QTextBrowser):
    """Its text names no file: the map's picture is put into the document, everything else is escaped."""

    record_chosen = Signal(str)  # id of a record
    project_chosen = Signal(str)  # id of a record of the project
    question_chosen = Signal(str)  # a question to the policy documents

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._page: VillagePage | None = None
        self._clip: MapClip | None = None
        self._clip_width = 0
        self.setObjectName("villagePage")
        self.setAccessibleName(say("desktop_village.page"))
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.document().setDocumentMargin(16)
        self.anchorClicked.connect(self._on_anchor_clicked)
        theme.changed.connect(self._show)

    @property
    def page(self) -> VillagePage | None:
        return self._page

    @property
    def clip(self) -> MapClip | None:
        """The picture of the map as shown on the page."""
        return self._clip

    def show_page(self, page: VillagePage) -> None:
        other = self._page is None or self._page.place != page.place
        self._page = page
        if other:
            self._clip = None
        self._show()
        if other:
            self.verticalScrollBar().setValue(0)

    def show_sentence(self, text: str) -> None:
        """In place of a page."""
        self._page, self._clip = None, None
        self.setPlainText(text)

    def show_clip(self, picture: QPixmap | None) -> None:
        self._clip = None if picture is None or picture.isNull() else MapClip(picture)
        self._show()

    def enlarge(self, font: QFont) -> None:
        """Show the page in this font."""
        self.setFont(font)
        self.document().setDefaultFont(font)
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._clip is not None and self._wanted_width() != self._clip_width:
            QTimer.singleShot(0, self, self._fit)  # setHtml() itself resizes: not inside it

    def _fit(self) -> None:
        if self._clip is not None and self._wanted_width() != self._clip_width:
            self._show()

    def _beside(self) -> bool:
        """Whether the text keeps a readable line at the left of the map."""
        return self.viewport().width() > self.fontMetrics().height() * _BESIDE_EM

    def _wanted_width(self) -> int:
        if self._clip is None:
            return 0
        share = _CLIP_SHARE if self._beside() else 1.0
        return self._clip.width_within((self.viewport().width() - 32) * share, _CLIP_MOST)

    def _show(self) -> None:
        if self._page is None:
            return
        at = self.verticalScrollBar().value()
        self._clip_width = self._wanted_width()
        picture = Picture(self._clip.address, self._clip_width, self._beside()) if self._clip else None
        self.setHtml(village_html(self._page, self._theme.tokens(), picture))
        self.verticalScrollBar().setValue(at)

    def _on_anchor_clicked(self, url: QUrl) -> None:
        text = unquote(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        if text.startswith(RECORD):
            self.record_chosen.emit(text.removeprefix(RECORD))
        elif text.startswith(PROJECT):
            self.project_chosen.emit(text.removeprefix(PROJECT))
        elif text.startswith(QUESTION):
            self.question_chosen.emit(text.removeprefix(QUESTION))
