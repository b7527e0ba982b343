"""The scheme ``hpviewer:``: pages, scripts and layers of the window, and nothing else.

``hpviewer://map/layer/start`` asks the source of host ``map`` for ``layer/start``. Each host is an
origin of its own; a page can fetch only from its own host (Content-Security-Policy below).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping

from PySide6.QtCore import QBuffer, QByteArray, QFile, QIODevice, QObject
from PySide6.QtWebEngineCore import QWebEngineUrlRequestJob, QWebEngineUrlScheme, QWebEngineUrlSchemeHandler

from hpviewer.desktop.web.sources import Reply, Source

NAME = "hpviewer"

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
"""No inline script, no inline style, no eval, nothing from another host. Styles that scripts set
through the CSSOM (Leaflet, ECharts) are not inline in the sense of the policy."""

# Lists, whatever the stub says: it is a QMultiMap, and PySide 6.9 takes a bare QByteArray for the list of
# values, one header per letter, which leaves the page without a policy. A test looks at the effect.
_HEADERS = {
    QByteArray(name): [QByteArray(value)]
    for name, value in (
        (b"Content-Security-Policy", POLICY.encode()),
        (b"X-Content-Type-Options", b"nosniff"),
        (b"Referrer-Policy", b"no-referrer"),
        (b"Cache-Control", b"no-store"),
    )
}
_log = logging.getLogger(__name__)


def register_scheme() -> None:
    """Make the scheme known to QtWebEngine. Must run before QApplication is made; again does nothing."""
    if QWebEngineUrlScheme.schemeByName(NAME.encode()).name() == NAME.encode():
        return
    scheme = QWebEngineUrlScheme(NAME.encode())
    scheme.setSyntax(QWebEngineUrlScheme.Syntax.Host)
    flag = QWebEngineUrlScheme.Flag
    scheme.setFlags(flag.SecureScheme | flag.CorsEnabled | flag.FetchApiAllowed)
    QWebEngineUrlScheme.registerScheme(scheme)


class SchemeHandler(QWebEngineUrlSchemeHandler):
    """Answers requests of the pages from one source per host; what no source knows is not found.

    QtWebEngine calls it on the UI thread (Qt 6.9, a test asserts it), so a source that has to read
    something answers later; a page that is gone by then is not answered.
    """

    def __init__(self, sources: Mapping[str, Source], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sources = dict(sources)

    def requestStarted(self, job: QWebEngineUrlRequestJob) -> None:
        url = job.requestUrl()
        source = self._sources.get(url.host())
        if source is None or bytes(job.requestMethod().data()) not in (b"GET", b"HEAD"):
            job.fail(QWebEngineUrlRequestJob.Error.RequestDenied)
            return
        answer = _Answer(job)
        source(url.path().lstrip("/"), answer.give)


class _Answer:
    """One open request; gives its reply once, unless the page went away before."""

    def __init__(self, job: QWebEngineUrlRequestJob) -> None:
        self._job: QWebEngineUrlRequestJob | None = job
        self._url = job.requestUrl().toString()
        job.destroyed.connect(self._on_destroyed)

    def _on_destroyed(self) -> None:
        self._job = None

    def give(self, reply: Reply | None) -> None:
        job, self._job = self._job, None
        if job is None:
            return
        device = _device(reply, job) if reply is not None else None
        if reply is None or device is None:
            _log.warning("not found: %s", self._url)
            job.fail(QWebEngineUrlRequestJob.Error.UrlNotFound)
            return
        job.setAdditionalResponseHeaders(_HEADERS)  # type: ignore[arg-type]
        job.reply(QByteArray(reply.mime.encode()), device)


def _device(reply: Reply, job: QWebEngineUrlRequestJob) -> QIODevice | None:
    """What QtWebEngine reads from on its own thread; the job owns it and takes it along when it ends."""
    if reply.file is not None:
        file = QFile(str(reply.file), job)
        return file if file.open(QIODevice.OpenModeFlag.ReadOnly) else None
    buffer = QBuffer(job)
    buffer.setData(QByteArray(reply.body))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    return buffer
