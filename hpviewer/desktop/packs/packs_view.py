"""数据包: taking one in, and making one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from hpviewer.desktop.packs.pack_page import PackPage
from hpviewer.desktop.packs.unpack_page import UnpackPage
from hpviewer.desktop.theme import Theme
from hpviewer.session.pack_desk import SUFFIX
from hpviewer.session.pack_session import PackSession
from hpviewer.session.session import Session
from hpviewer.wording import say


class PacksView(QWidget):
    """A pack can be dropped on it."""

    def __init__(
        self, packs: PackSession, session: Session, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("packsView")
        self.setWindowTitle(say("desktop_packs.name"))
        self.setAccessibleName(say("desktop_packs.name"))
        self.setAcceptDrops(True)
        self.incoming = UnpackPage(packs, session, theme)
        self.outgoing = PackPage(packs, session, theme)
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.setAccessibleName(say("desktop_packs.name"))
        self.tabs.addTab(self.incoming, say("desktop_packs.tab.unpack"))
        self.tabs.addTab(self.outgoing, say("desktop_packs.tab.pack"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.tabs)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        file = _dropped(event)
        if file is not None:
            event.acceptProposedAction()
            self.look(file)

    def look(self, file: Path) -> None:
        """Show what a pack would change."""
        self.tabs.setCurrentWidget(self.incoming)
        self.incoming.look(file)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.outgoing.cancel()
        super().closeEvent(event)


def _dropped(event: QDropEvent) -> Path | None:
    urls = event.mimeData().urls()
    if len(urls) == 1 and urls[0].isLocalFile() and urls[0].toLocalFile().lower().endswith(SUFFIX):
        return Path(urls[0].toLocalFile())
    return None
