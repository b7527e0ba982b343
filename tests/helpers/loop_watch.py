"""How long the Qt event loop is kept from its events, and what every thread was doing meanwhile."""

from __future__ import annotations

import faulthandler
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

_SCHEDSTAT = Path("/proc/thread-self/schedstat")
_BEAT_MS = 4
_LOOK_S = 0.03
"""Of silence after which the watch looks where the threads are."""


@dataclass(frozen=True)
class Gap:
    """Milliseconds between two beats of a step, and, for a long one, the calls under way (innermost first).

    ``queued`` of them the thread could have run but found no processor free: other programs, or our own processes.
    Known on Linux only, 0 elsewhere.
    """

    milliseconds: float
    queued: float
    during: str
    where: str


class LoopWatch(QObject):
    """Beats on the event loop while it is entered.

    With ``look`` long gaps say where the threads were. That is faulthandler's work, whose thread needs no lock of the
    interpreter: it also sees whoever keeps that lock from the loop, but may end the process while it looks at frames
    that change, so it is for finding causes only. Other programs on the processors delay beats, too; then the
    threads are seen waiting.
    """

    def __init__(self, look: bool = False) -> None:
        super().__init__()
        self._looks = look
        self.gaps: list[Gap] = []
        self.step = ""
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_BEAT_MS)
        self._timer.timeout.connect(self._beat)
        self._last = 0.0
        self._queued = 0.0
        self._seen = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115  # till __exit__

    def __enter__(self) -> LoopWatch:
        self._last, self._queued = time.perf_counter(), _queued()
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.stop()
        faulthandler.cancel_dump_traceback_later()
        self._seen.close()

    def longest(self, step: str) -> float:
        """Milliseconds; 0 when nothing beat during the step."""
        return max((gap.milliseconds for gap in self.gaps if gap.during == step), default=0.0)

    def kept_busy(self, milliseconds: float) -> list[Gap]:
        """Gaps in which the window had a processor, or waited for itself, for longer than this."""
        return [gap for gap in self.gaps if gap.milliseconds - gap.queued > milliseconds]

    def _beat(self) -> None:
        now = time.perf_counter()
        gap = now - self._last
        queued = _queued() if gap > _LOOK_S else self._queued
        self.gaps.append(
            Gap(gap * 1000, queued - self._queued, self.step, self._look() if gap > _LOOK_S else "")
        )
        if self._looks:
            faulthandler.dump_traceback_later(_LOOK_S, file=self._seen)
        self._last, self._queued = time.perf_counter(), _queued()

    def _look(self) -> str:
        self._seen.seek(0)
        found = self._seen.read()
        self._seen.seek(0)
        self._seen.truncate()
        return found


def _queued() -> float:
    """Milliseconds that this thread has waited for a processor so far (proc(5), schedstat)."""
    try:
        return int(_SCHEDSTAT.read_text().split()[1]) / 1e6
    except OSError:
        return 0.0
