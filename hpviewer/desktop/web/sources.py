"""Where the scheme takes its replies from: folders, the catalogue (through a job), Qt's own resource."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from PySide6.QtCore import QFile, QIODevice

MIME_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ttf": "font/ttf",
    ".woff2": "font/woff2",
}
"""By ending, and nothing else is served: a page needs no other kind of file."""

JSON = MIME_TYPES[".json"]
_SAFE_PART = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


@dataclass(frozen=True, slots=True)
class Reply:
    """Content of one address: ``body``, or ``file``, which QtWebEngine reads on its own thread."""

    mime: str
    body: bytes = b""
    file: Path | None = None


Deliver = Callable[[Reply | None], None]
"""Takes the reply, or None for "not found"; to be called once, on the UI thread, now or later."""

Source = Callable[[str, Deliver], None]
"""Answers the path below a host (no leading slash) through its second argument."""

Fetch = Callable[[str, Callable[[bytes | None], None]], None]
"""A read job: ``fetch(name, deliver)`` reads away from the UI thread and delivers back on it."""


def is_safe(path: str) -> bool:
    """True for plain relative names: no empty, hidden or ``..`` part, nothing a file system may interpret."""
    return all(_SAFE_PART.fullmatch(part) for part in path.split("/"))


class FolderSource:
    """Files of known types below one folder; links that lead out of it count as not found."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def __call__(self, path: str, deliver: Deliver) -> None:
        mime = MIME_TYPES.get(PurePosixPath(path).suffix)
        if mime is None or not is_safe(path):
            deliver(None)
            return
        file = (self._folder / path).resolve()
        inside = file.is_relative_to(self._folder) and file.is_file()
        deliver(Reply(mime, file=file) if inside else None)


class FetchedSource:
    """Documents that a job reads, such as the layers in the catalogue."""

    def __init__(self, fetch: Fetch, mime: str = JSON) -> None:
        self._fetch = fetch
        self._mime = mime

    def __call__(self, path: str, deliver: Deliver) -> None:
        if not is_safe(path):
            deliver(None)
            return
        self._fetch(path, lambda body: deliver(None if body is None else Reply(self._mime, body)))


class Mounted:
    """Several sources below one host, by the longest matching prefix (``vendor/`` …; ``""`` is the rest)."""

    def __init__(self, mounts: Mapping[str, Source]) -> None:
        self._mounts = sorted(mounts.items(), key=lambda mount: -len(mount[0]))

    def __call__(self, path: str, deliver: Deliver) -> None:
        for prefix, source in self._mounts:
            if path.startswith(prefix):
                source(path.removeprefix(prefix), deliver)
                return
        deliver(None)


def channel_script(path: str, deliver: Deliver) -> None:
    """Source of ``qwebchannel.js``, from Qt's own resource: a page of our scheme cannot load ``qrc:``."""
    file = QFile(":/qtwebchannel/qwebchannel.js")
    if path or not file.open(QIODevice.OpenModeFlag.ReadOnly):
        deliver(None)
        return
    body = bytes(file.readAll().data())
    file.close()
    deliver(Reply(MIME_TYPES[".js"], body))
