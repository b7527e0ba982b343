"""The long work of an import: one at a time, cancelled by the user, its outcome told apart."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from hpviewer.session.executor import Cancel, Outcome, settle
from hpviewer.session.import_events import ImportEvent, ImportFailed, Work, WorkChanged

T = TypeVar("T")


class Stop:
    """Set by the user from the session's thread, asked by the worker."""

    def __init__(self) -> None:
        self._event = threading.Event()

    def set(self) -> None:
        self._event.set()

    def wanted(self, cancel: Cancel) -> Callable[[], bool]:
        return lambda: not self._event.is_set() and cancel.wanted()


class WorkState:
    """``send`` takes the events. ``ended`` is called after each work, when the next may begin."""

    def __init__(self, send: Callable[[ImportEvent], None]) -> None:
        self.send = send
        self.work: Work | None = None
        self.stop = Stop()
        self.ended: Callable[[], None] = lambda: None

    def begin(self, work: Work) -> Stop:
        self.stop = Stop()
        self.work = work
        self.send(WorkChanged(work))
        return self.stop

    def end(self, *, cancelled: bool = False) -> None:
        self.work = None
        self.send(WorkChanged(None, cancelled))
        self.ended()

    def settle(self, deliver: Callable[[T], None], cause: str) -> Callable[[Outcome[T]], None]:
        """For the Executor: a value goes to ``deliver``, an expected failure out as ImportFailed."""

        return settle(deliver, lambda error: self.send(ImportFailed(error, cause)))
