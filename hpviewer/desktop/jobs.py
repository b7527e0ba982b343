"""The one place where work leaves the UI thread and comes home again."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from hpviewer.errors import CancelledError
from hpviewer.session.executor import Cancel, Outcome

T = TypeVar("T")

_READERS = 3
_LOCK_S = 0.0001
"""A table that paints itself takes and leaves the interpreter's lock for every cell; beside a query that computes it
would wait 5 ms each time, the interpreter's own setting, and a picture half a second."""


class _Token:
    """Says whether a job is still wanted; set from the UI thread, asked from the worker."""

    def __init__(self) -> None:
        self._stopped = threading.Event()

    def stop(self) -> None:
        self._stopped.set()

    def wanted(self) -> bool:
        return not self._stopped.is_set()


class JobRunner(QObject):
    """Executor of the window: a small pool for queries, one worker for changes, one queued signal home.

    A newer query of a lane stops the older one, whose outcome is dropped even if it was already on its way.
    """

    _finished = Signal(object)  # a function to call on the UI thread
    idle = Signal()  # nothing is under way any more

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_LOCK_S)
        self._readers = ThreadPoolExecutor(_READERS, thread_name_prefix="hpviewer-read")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="hpviewer-write")
        self._lanes: dict[str, _Token] = {}
        self._running: set[_Token] = set()
        self._closed = False
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)

    def read(self, lane: str, work: Callable[[Cancel], T], done: Callable[[Outcome[T]], None]) -> None:
        older = self._lanes.get(lane)
        if older is not None:
            older.stop()
        token = self._lanes[lane] = _Token()
        self._start(self._readers, token, work, done)

    def write(self, work: Callable[[Cancel], T], done: Callable[[Outcome[T]], None]) -> None:
        self._start(self._writer, _Token(), work, done)

    @property
    def busy(self) -> bool:
        return bool(self._running)

    def close(self) -> None:
        """Stop what can be stopped and wait for the rest; no outcome is delivered after this.

        What is asked for later is dropped: a page on its way out may still want a layer.
        """
        self._closed = True
        for token in self._running:
            token.stop()
        self._readers.shutdown(wait=True, cancel_futures=True)
        self._writer.shutdown(wait=True, cancel_futures=True)
        self._running.clear()

    def _start(
        self,
        pool: ThreadPoolExecutor,
        token: _Token,
        work: Callable[[Cancel], T],
        done: Callable[[Outcome[T]], None],
    ) -> None:
        if self._closed:
            return
        self._running.add(token)

        def run() -> None:
            try:
                if not token.wanted():
                    raise CancelledError("")
                outcome = Outcome(value=work(token))
            except BaseException as error:
                outcome = Outcome(error=error)
            self._finished.emit(lambda: self._deliver(token, outcome, done))

        pool.submit(run)

    def _deliver(self, token: _Token, outcome: Outcome[T], done: Callable[[Outcome[T]], None]) -> None:
        if token not in self._running:  # closed meanwhile
            return
        self._running.discard(token)
        try:
            if token.wanted():
                done(outcome)
        finally:
            if not self._running:
                self.idle.emit()

    @Slot(object)
    def _on_finished(self, deliver: Callable[[], None]) -> None:
        deliver()
