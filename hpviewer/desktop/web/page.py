"""A page of the window and its surroundings: no network, no disk, no windows of its own."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtWebEngineCore import (
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from hpviewer.desktop.web.scheme import NAME, SchemeHandler
from hpviewer.desktop.web.sources import Source

_log = logging.getLogger(__name__)


class RequestGuard(QWebEngineUrlRequestInterceptor):
    """Lets requests of our scheme through and blocks all others, even where the policy would have."""

    requested = Signal(str)  # address of each request, let through or not
    blocked = Signal(str)  # address of a request that is not ours

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        url = info.requestUrl()
        ours = url.scheme() == NAME
        if not ours:
            info.block(True)
            _log.error("blocked a request of the page to %s", url.toString())
        self.requested.emit(url.toString())
        if not ours:
            self.blocked.emit(url.toString())


class LocalPage(QWebEnginePage):
    """A page of the scheme ``hpviewer:``. Stays where it was put: links and scripts cannot lead it away.

    ``parent`` is the view that will show it. Qt deletes the children of a view in the order in which they
    came, and a page has to go before its profile: hence the profile joins the view after the page.
    """

    complained = Signal(str, bool)  # a console message with its place; True for an error
    departure_refused = Signal(str)  # the address the page was meant to leave for

    def __init__(self, sources: Mapping[str, Source], parent: QObject) -> None:
        # Without a storage name the profile is off the record: no cookies, no cache, nothing on disk.
        profile = QWebEngineProfile()
        super().__init__(profile, parent)
        profile.setParent(parent)
        self.guard = RequestGuard(profile)
        self._handler = SchemeHandler(sources, profile)
        profile.setUrlRequestInterceptor(self.guard)
        profile.installUrlSchemeHandler(NAME.encode(), self._handler)
        _restrict(self.settings())
        self._home = QUrl()

    def go(self, address: str) -> None:
        """Load a page of ours and let it stay there; again loads it anew."""
        self._home = QUrl(address)
        self.load(self._home)

    def acceptNavigationRequest(
        self, url: QUrl | str, type: QWebEnginePage.NavigationType, isMainFrame: bool
    ) -> bool:
        target = QUrl(url)
        if isMainFrame and target == self._home:
            return True
        _log.error("refused to leave for %s", target.toString())
        self.departure_refused.emit(target.toString())
        return False

    def createWindow(self, type: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        return None  # type: ignore[return-value]  # Qt: a null page opens nothing

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        error = level == QWebEnginePage.JavaScriptConsoleMessageLevel.ErrorMessageLevel
        text = f"{sourceID}:{lineNumber}: {message}"
        _log.log(logging.ERROR if error else logging.INFO, "console: %s", text)
        self.complained.emit(text, error)


def _restrict(settings: QWebEngineSettings) -> None:
    attribute = QWebEngineSettings.WebAttribute
    for off in (
        attribute.PluginsEnabled,
        attribute.PdfViewerEnabled,
        attribute.JavascriptCanOpenWindows,
        attribute.JavascriptCanAccessClipboard,
        attribute.LocalStorageEnabled,
        attribute.LocalContentCanAccessRemoteUrls,
        attribute.LocalContentCanAccessFileUrls,
        attribute.HyperlinkAuditingEnabled,
        attribute.FullScreenSupportEnabled,
        attribute.ScreenCaptureEnabled,
        attribute.WebGLEnabled,
        attribute.DnsPrefetchEnabled,
        attribute.NavigateOnDropEnabled,
        attribute.AutoLoadIconsForPage,
        attribute.ErrorPageEnabled,
    ):
        settings.setAttribute(off, False)
