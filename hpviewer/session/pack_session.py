"""Data packs for a window: the desk's work away from the thread, its outcome back on it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from hpviewer.catalogue.former import Former
from hpviewer.errors import HpviewerError
from hpviewer.session.executor import Executor, settle
from hpviewer.session.pack_desk import Mine, PackDesk, Packed, PackPreview, Unpacked

Failed = Callable[[HpviewerError], None]


class PackSession:
    """``reload`` is Session.reload: called with a cause after the catalogue changed. Cancelled work says nothing."""

    def __init__(self, desk: PackDesk, executor: Executor, reload: Callable[[str], None]) -> None:
        self._desk, self._executor, self._reload = desk, executor, reload

    def pack(
        self,
        target: Path,
        note: str,
        key: Path | None,
        stopped: threading.Event,
        deliver: Callable[[Packed], None],
        failed: Failed,
    ) -> None:
        """``stopped`` set from the window ends it; nothing is then left behind."""
        self._executor.read(
            "pack",
            lambda cancel: self._desk.pack(
                target, note, key, lambda: cancel.wanted() and not stopped.is_set()
            ),
            settle(deliver, failed),
        )

    def preview(self, path: Path, deliver: Callable[[PackPreview], None], failed: Failed) -> None:
        """A newer request overtakes an older one."""
        self._executor.read(
            "pack-preview",
            lambda cancel: self._desk.preview(path, wanted=cancel.wanted),
            settle(deliver, failed),
        )

    def unpack(
        self,
        preview: PackPreview,
        mine: Mine,
        cause: str,
        deliver: Callable[[Unpacked], None],
        failed: Failed,
    ) -> None:
        """Take what was shown; another pack under the same name is refused."""

        def done(value: Unpacked) -> None:
            deliver(value)
            if value.batch or value.former:
                self._reload(cause)

        self._executor.write(
            lambda cancel: self._desk.unpack(preview.path, mine, wanted=cancel.wanted, digest=preview.digest),
            settle(done, failed),
        )

    def former(self, deliver: Callable[[Former | None], None], failed: Failed) -> None:
        """The catalogue that a pack took the place of, if there is one."""
        self._executor.read("pack-former", lambda _: self._desk.former(), settle(deliver, failed))

    def undo(self, cause: str, deliver: Callable[[Former], None], failed: Failed) -> None:
        def done(value: Former) -> None:
            deliver(value)
            self._reload(cause)

        self._executor.write(lambda _: self._desk.undo(), settle(done, failed))
