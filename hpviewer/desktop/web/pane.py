"""A page of ours in the window, with a banner over it when it stops working."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWebChannel import QWebChannel
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from hpviewer.desktop.web.page import LocalPage
from hpviewer.desktop.web.sources import Source
from hpviewer.wording import say

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Patience:
    """Milliseconds without a sign of life after which a page counts as lost."""

    first: int = 30_000
    """For coming up, on a slow disk."""
    next: int = 12_000
    """Later on: a page beats every two seconds, a busy PC may skip a few."""


class WebPane(QWidget):
    """Shows ``address`` of our scheme. Its page says beat() while it lives.

    The renderer is a process of its own: it may die (memory, graphics driver) or hang. Then a banner
    says so and offers to load the page again; ``reloading`` tells the owner to send its state anew.
    """

    reloading = Signal()  # the page is loaded anew; whatever was sent to it is gone
    lost = Signal()  # the renderer died or went silent; the banner shows

    def __init__(
        self,
        sources: Mapping[str, Source],
        address: str,
        published: Mapping[str, QObject],
        name: str,
        parent: QWidget | None = None,
        patience: Patience = Patience(),
    ) -> None:
        """``published`` are the objects that the page reaches through its channel; ``name`` is for readers
        of the screen."""
        super().__init__(parent)
        self._address = address
        self._patience = patience
        self._view = QWebEngineView(self)
        self._page = LocalPage(sources, self._view)
        self._channel = QWebChannel(self._page)
        for key, item in published.items():
            self._channel.registerObject(key, item)
        self._page.setWebChannel(self._channel)
        self._view.setPage(self._page)
        self._view.setAccessibleName(name)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._view.setAcceptDrops(False)
        self.setFocusProxy(self._view)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self._view.resize(self.sizeHint())  # a page that loads while it is hidden lays itself out for this
        self._banner: _Banner | None = None
        self._watch = QTimer(self)
        self._watch.setSingleShot(True)
        self._watch.timeout.connect(self._on_silence)
        self._page.renderProcessTerminated.connect(self._on_terminated)
        self._page.go(address)
        self._watch.start(self._patience.first)

    @property
    def page(self) -> LocalPage:
        return self._page

    @property
    def view(self) -> QWebEngineView:
        return self._view

    @property
    def is_lost(self) -> bool:
        """True while the banner says that the page does not work."""
        return self._banner is not None and not self._banner.isHidden()

    def sizeHint(self) -> QSize:
        return QSize(435, 640)

    def beat(self) -> None:
        """The page lives; a banner about its silence goes away."""
        self._hide_banner()
        if self.isVisible():
            self._watch.start(self._patience.next)

    def reload(self) -> None:
        """Load the page anew, in a new renderer if the old one is gone."""
        self._hide_banner()
        self.reloading.emit()
        self._page.go(self._address)
        self._watch.start(self._patience.first)

    def complain(self, sentence: str) -> None:
        """Show the banner with another sentence: the page lives but cannot do its work."""
        self._lose(sentence)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.is_lost:
            self._watch.start(self._patience.first)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch.stop()  # timers of hidden pages slow down to once a minute

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._banner is not None:
            self._banner.place()

    def _on_terminated(self, status: QWebEnginePage.RenderProcessTerminationStatus, code: int) -> None:
        if status == QWebEnginePage.RenderProcessTerminationStatus.NormalTerminationStatus:
            return
        _log.error("renderer of %s ended: %s, code %d", self._address, status.name, code)
        self._lose(say("desktop_map.lost.ended"))

    def _on_silence(self) -> None:
        _log.error("no sign of life from %s", self._address)
        self._lose(say("desktop_map.lost.silent"))

    def _hide_banner(self) -> None:
        if self._banner is not None:
            self._banner.hide()

    def _lose(self, sentence: str) -> None:
        self._watch.stop()
        if self._banner is None:
            self._banner = _Banner(self)
            self._banner.button.clicked.connect(self.reload)
        self._banner.say(sentence)
        self.lost.emit()


class _Banner(QFrame):
    """A sentence and a button across the upper part of the pane."""

    def __init__(self, pane: QWidget) -> None:
        super().__init__(pane)
        self._pane = pane
        self.setObjectName("lostBanner")
        self.setAutoFillBackground(True)
        self.text = QLabel(self)
        self.text.setWordWrap(True)
        self.button = QPushButton(say("desktop_map.lost.reload"), self)
        self.button.setObjectName("reloadPage")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 8, 8)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button)
        self.hide()

    def say(self, sentence: str) -> None:
        self.text.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        self.raise_()
        self.place()

    def place(self) -> None:
        width = self._pane.width() - 16
        self.setGeometry(8, 56, width, max(self.heightForWidth(width), self.sizeHint().height()))
