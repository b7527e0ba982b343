"""The scheme and the page around it: nothing but our own content gets in, nothing leads out."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtTest import QSignalSpy
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QFrame
from pytestqt.qtbot import QtBot

from hpviewer.desktop.web.page import LocalPage
from hpviewer.desktop.web.pane import Patience, WebPane
from hpviewer.desktop.web.sources import (
    MIME_TYPES,
    Deliver,
    FetchedSource,
    FolderSource,
    Mounted,
    Reply,
    Source,
    channel_script,
    is_safe,
)
from tests.helpers.map_window import NO_GRAPHICS_CARD, evaluate

pytestmark = pytest.mark.qt_log_ignore(NO_GRAPHICS_CARD)

PAGE = b"""<!DOCTYPE html><html><head><title>start</title><link rel="stylesheet" href="style.css">
<script>document.title = "inline"</script><script src="script.js"></script></head>
<body onload="document.title = 'handler'"><a id="out" href="https://example.org/">out</a></body></html>"""
FILES = {
    "index.html": PAGE,
    "style.css": b"body { background: #010203; }",
    "script.js": b"window.ran = true;",
    "data.json": b'{"value": 7}',
}


class Opened:
    def __init__(self, qtbot: QtBot, sources: Mapping[str, Source], address: str) -> None:
        self.qtbot = qtbot
        self.view = QWebEngineView()
        self.page = LocalPage(sources, self.view)
        self.view.setPage(self.page)
        self.errors: list[str] = []
        self.page.complained.connect(lambda text, error: self.errors.append(text) if error else None)
        self.blocked = QSignalSpy(self.page.guard.blocked)
        self.refused = QSignalSpy(self.page.departure_refused)
        self.view.show()
        with qtbot.waitSignal(self.page.loadFinished):
            self.page.go(address)

    def evaluate(self, script: str) -> object:
        return evaluate(self.qtbot, self.page, script)

    def fetch(self, address: str) -> object:
        """Text that the page gets, else the status or the name of the error."""
        self.page.runJavaScript(
            f"window.got = null; fetch('{address}').then((reply) => reply.ok ? reply.text() : reply.status)"
            ".catch((error) => error.name).then((got) => { window.got = got; }); 1"
        )
        self.qtbot.waitUntil(lambda: self.evaluate("window.got") is not None)
        return self.evaluate("window.got")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inner = tmp_path / "page"
    inner.mkdir()
    for name, body in FILES.items():
        (inner / name).write_bytes(body)
    (tmp_path / "secret.json").write_text('"secret"', encoding="utf-8")
    (inner / "leak.json").symlink_to(tmp_path / "secret.json")
    (inner / "notes.txt").write_text("not for pages", encoding="utf-8")
    return inner


@pytest.fixture
def opened(qtbot: QtBot, folder: Path) -> Iterator[Opened]:
    threads: list[str] = []

    def later(path: str, deliver: Deliver) -> None:
        threads.append(threading.current_thread().name)
        QTimer.singleShot(10, lambda: deliver(Reply(MIME_TYPES[".json"], f'"{path}"'.encode())))

    host = Mounted({"": FolderSource(folder), "later/": later, "qwebchannel.js": channel_script})
    made = Opened(qtbot, {"tests": host, "other": host}, "hpviewer://tests/index.html")
    yield made
    assert set(threads) <= {threading.main_thread().name}
    made.view.close()
    made.view.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(made.view))


def test_our_script_and_style_run_and_inline_ones_do_not(opened: Opened) -> None:
    assert opened.evaluate("[window.ran, document.title]") == [True, "start"]
    assert opened.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(1, 2, 3)"
    assert sum("Content Security Policy" in error for error in opened.errors) == 2


def test_a_script_injected_later_does_not_run(opened: Opened) -> None:
    opened.evaluate(
        'void (document.body.innerHTML = \'<img src=x onerror="document.title = 1"><svg onload="document.title = 2">\')'
    )
    opened.evaluate(
        "void document.head.appendChild(Object.assign(document.createElement('script'), {text: 'document.title = 3'}))"
    )
    opened.qtbot.waitUntil(lambda: len(opened.errors) >= 4)
    assert opened.evaluate("document.title") == "start"


def test_eval_is_refused(opened: Opened) -> None:
    got = opened.evaluate(
        "(() => { try { return Function('return 1')(); } catch (error) { return error.name; } })()"
    )
    assert got == "EvalError"


def test_replies_come_now_or_later(opened: Opened) -> None:
    assert opened.fetch("data.json") == '{"value": 7}'
    assert opened.fetch("later/a/b") == '"a/b"'
    assert "QWebChannel" in str(opened.fetch("qwebchannel.js"))


@pytest.mark.parametrize(
    "address",
    [
        "missing.json",
        "leak.json",
        "notes.txt",
        "%2e%2e/secret.json",
        "..%2fsecret.json",
        "a/..%5c..%5csecret.json",
    ],
)
def test_what_is_not_ours_to_serve_is_not_found(opened: Opened, address: str) -> None:
    assert opened.fetch(address) == 404


@pytest.mark.parametrize(
    "address",
    [
        "hpviewer://other/data.json",
        "https://example.org/",
        "file:///etc/hostname",
        "qrc:///qtwebchannel/qwebchannel.js",
    ],
)
def test_other_hosts_and_schemes_are_out_of_reach(opened: Opened, address: str) -> None:
    assert opened.fetch(address) == "TypeError"


def test_requests_that_the_policy_would_not_stop_are_blocked_as_well(opened: Opened) -> None:
    """A page reached without our headers: the guard of the profile is there, too."""
    opened.page.load("https://example.org/")
    opened.qtbot.waitUntil(lambda: opened.refused.count() == 1)
    opened.page.download("https://example.org/file", "x")
    opened.qtbot.waitUntil(lambda: opened.blocked.count() >= 1)


def test_links_and_scripts_cannot_lead_away(opened: Opened) -> None:
    opened.evaluate("void document.getElementById('out').click()")
    opened.qtbot.waitUntil(lambda: opened.refused.count() == 1)
    opened.evaluate("void (location.href = 'hpviewer://other/index.html')")
    opened.qtbot.waitUntil(lambda: opened.refused.count() == 2)
    assert opened.evaluate("window.open('hpviewer://tests/index.html') === null") is True
    assert opened.page.url().toString() == "hpviewer://tests/index.html"


def test_nothing_is_kept(opened: Opened) -> None:
    profile = opened.page.profile()
    assert profile.isOffTheRecord()
    assert profile.persistentCookiesPolicy() == profile.PersistentCookiesPolicy.NoPersistentCookies
    assert profile.httpCacheType() != profile.HttpCacheType.DiskHttpCache


def test_an_answer_for_a_page_that_has_gone_is_dropped(qtbot: QtBot, folder: Path) -> None:
    open_requests: list[Deliver] = []
    host = Mounted({"": FolderSource(folder), "slow/": lambda _path, deliver: open_requests.append(deliver)})
    opened = Opened(qtbot, {"tests": host}, "hpviewer://tests/index.html")
    opened.page.runJavaScript("fetch('slow/x').catch(() => 0); 1")
    qtbot.waitUntil(lambda: len(open_requests) == 1)
    opened.view.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(opened.view))
    open_requests[0](Reply(MIME_TYPES[".json"], b"1"))


class Beats(QObject):
    came = Signal()

    @Slot()
    def beat(self) -> None:
        self.came.emit()


def test_a_page_that_goes_silent_gets_a_banner_that_goes_when_it_beats_again(
    qtbot: QtBot, folder: Path
) -> None:
    (folder / "index.html").write_bytes(
        b'<!DOCTYPE html><script src="qwebchannel.js"></script><script src="beat.js"></script>'
    )
    (folder / "beat.js").write_bytes(
        b"new QWebChannel(qt.webChannelTransport, (channel) => {"
        b" setInterval(() => window.silent || channel.objects.beats.beat(), 50); });"
    )
    beats = Beats()
    host = Mounted({"": FolderSource(folder), "qwebchannel.js": channel_script})
    pane = WebPane(
        {"tests": host},
        "hpviewer://tests/index.html",
        {"beats": beats},
        "test",
        patience=Patience(20_000, 600),
    )
    beats.came.connect(pane.beat)
    pane.show()
    with qtbot.waitSignal(beats.came):
        pass
    assert not pane.is_lost
    with qtbot.waitSignal(pane.lost):
        pane.page.runJavaScript("window.silent = true")
    banner = pane.findChild(QFrame, "lostBanner")
    assert banner is not None
    assert banner.isVisible()
    assert pane.is_lost
    pane.page.runJavaScript("window.silent = false")
    qtbot.waitUntil(banner.isHidden)
    pane.deleteLater()
    qtbot.waitUntil(lambda: not shiboken6.isValid(pane))


@pytest.mark.parametrize(
    "path", ["", "/", "a//b", "../a", "a/../b", ".hidden", "a\\b", "c:x", "a/", "ä", "a b", "a\0"]
)
def test_unsafe_names(path: str) -> None:
    assert not is_safe(path)


def test_safe_names() -> None:
    assert is_safe("communities/440112006")
    assert is_safe("fonts/NotoSansSC-Regular.ttf")


def test_fetched_documents_pass_unsafe_names_to_nobody() -> None:
    asked: list[str] = []
    got: list[Reply | None] = []
    source = FetchedSource(lambda name, deliver: (asked.append(name), deliver(b"{}"))[0])
    source("../x", got.append)
    source("communities/440112006", got.append)
    assert asked == ["communities/440112006"]
    assert got == [None, Reply(MIME_TYPES[".json"], b"{}")]
