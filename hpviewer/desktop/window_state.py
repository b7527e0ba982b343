"""Where the window stood and how it was divided, kept between runs."""

from __future__ import annotations

import logging
import os
import zlib
from pathlib import Path
from typing import Protocol

from hpviewer import paths

_log = logging.getLogger(__name__)
_HEAD = b"hpviewer-window 2 "


class WindowState(Protocol):
    """Keeps some bytes that only the window understands."""

    def load(self) -> bytes | None:
        """What was saved last; None when there is nothing that can be used."""

    def save(self, state: bytes) -> None: ...


class FileWindowState:
    """In one file below the user's configuration folder.

    Written beside and renamed, so a power cut leaves the old or the new one. A file that is not whole is set aside
    as ``window.state.damaged`` and the window opens as on the first day. Not being able to write is logged only:
    a window that cannot remember its size is no reason to bother anyone.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or paths.user_config() / "window.state"

    def load(self) -> bytes | None:
        try:
            content = self._file.read_bytes()
        except OSError:
            return None
        head, _, state = content.partition(b"\n")
        if head == _HEAD + _digest(state):
            return state
        _log.warning("window state %s is damaged, setting it aside", self._file)
        try:
            os.replace(self._file, self._file.with_name(self._file.name + ".damaged"))
        except OSError:
            _log.exception("could not set %s aside", self._file)
        return None

    def save(self, state: bytes) -> None:
        beside = self._file.with_name(self._file.name + ".new")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("wb") as out:
                out.write(_HEAD + _digest(state) + b"\n" + state)
                out.flush()
                os.fsync(out.fileno())
            os.replace(beside, self._file)
        except OSError:
            _log.exception("could not save %s", self._file)


def _digest(state: bytes) -> bytes:
    # against damage, not against anybody; hashlib would load OpenSSL on the way of the start
    return b"%08x" % zlib.crc32(state)
