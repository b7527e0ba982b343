"""The line between map page and window: one slot per message of the page, one signal of messages to it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

_CODE = re.compile(r"\d{9}(\d{3})?")
_WHAT_IS_DRAWN = "state"


class MapBridge(QObject):
    """Published to the page as ``map``. All arguments are JSON objects; what does not fit is dropped.

    Messages to the page wait until it fetches them (``give_waiting``) or says that it is ready. Each kind of message
    describes a whole (all counts, all colours), so of several that wait, the newest of each kind is enough. Each has
    a number, by which the page knows what is older.
    """

    message = Signal(str)  # to the page: {"type": …, …}
    became_ready = Signal()  # the page listens now
    painted = Signal(int)  # the page has drawn the state of this number
    shown = Signal(int)  # that drawing has left the page for the window
    place_clicked = Signal(str)  # code of a town or community
    went_up = Signal()  # a click on the selected place
    escaped = Signal()  # Esc
    inside_asked = Signal(list)  # codes of towns whose communities the page wants to count
    area_clicked = Signal(int)  # fid of the project whose area it is
    areas_switched = Signal(bool)  # areas of projects are shown from now on, or no more
    hovered = Signal(str)  # code of the place under the mouse, empty for none
    failed = Signal(str)  # the page could not show its layers; a text for the log
    beat = Signal()  # sign of life, every two seconds

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ready = False
        self._waiting: dict[str, str] = {}
        self._wanting: Callable[[bytes], None] | None = None
        self._number = 0

    @property
    def is_ready(self) -> bool:
        """What is sent now reaches the page; before, a newer message of its kind may take its place."""
        return self._ready

    def send(self, kind: str, **content: Any) -> None:
        """Send a message, now or when the page is ready."""
        self._number += 1
        text = json.dumps({"type": kind, "number": self._number, **content}, ensure_ascii=False)
        if self._ready:
            self.message.emit(text)
            return
        self._waiting[kind] = text
        if self._wanting is not None and kind == _WHAT_IS_DRAWN:
            self._give(self._wanting)

    def give_waiting(self, deliver: Callable[[bytes], None]) -> None:
        """Deliver the messages that wait, as a JSON list, once something to draw is among them.

        For a page that comes up: a request of its own takes one way, its channel four until it is ready.
        """
        if self._ready or _WHAT_IS_DRAWN in self._waiting:
            self._give(deliver)
        else:
            self._wanting = deliver

    def _give(self, deliver: Callable[[bytes], None]) -> None:
        waiting, self._waiting, self._wanting = self._waiting, {}, None
        deliver(f"[{','.join(waiting.values())}]".encode())

    def reset(self) -> None:
        """The page is gone or loads anew: wait for it again."""
        self._ready = False
        self._waiting.clear()
        self._wanting = None

    @Slot(str)
    def tell_ready(self, _content: str) -> None:
        self._ready = True
        if self._wanting is not None:
            self._give(self._wanting)
        waiting, self._waiting = self._waiting, {}
        for text in waiting.values():
            self.message.emit(text)
        self.became_ready.emit()

    @Slot(str)
    def tell_painted(self, content: str) -> None:
        number = _field(content, "seq")
        if isinstance(number, int):
            self.painted.emit(number)

    @Slot(str)
    def tell_shown(self, content: str) -> None:
        number = _field(content, "seq")
        if isinstance(number, int):
            self.shown.emit(number)

    @Slot(str)
    def tell_place_clicked(self, content: str) -> None:
        code = _field(content, "code")
        if isinstance(code, str) and _CODE.fullmatch(code):
            self.place_clicked.emit(code)

    @Slot(str)
    def tell_went_up(self, _content: str) -> None:
        self.went_up.emit()

    @Slot(str)
    def tell_escaped(self, _content: str) -> None:
        self.escaped.emit()

    @Slot(str)
    def tell_inside(self, content: str) -> None:
        towns = _field(content, "towns")
        if isinstance(towns, list):
            self.inside_asked.emit(
                [code for code in towns if isinstance(code, str) and _CODE.fullmatch(code)]
            )

    @Slot(str)
    def tell_area_clicked(self, content: str) -> None:
        fid = _field(content, "area")
        if isinstance(fid, int) and not isinstance(fid, bool) and 0 < fid < 2**31:
            self.area_clicked.emit(fid)

    @Slot(str)
    def tell_areas_switched(self, content: str) -> None:
        self.areas_switched.emit(_field(content, "on") is True)

    @Slot(str)
    def tell_hovered(self, content: str) -> None:
        code = _field(content, "code")
        self.hovered.emit(code if isinstance(code, str) and _CODE.fullmatch(code) else "")

    @Slot(str)
    def tell_failed(self, content: str) -> None:
        self.failed.emit(str(_field(content, "message")))

    @Slot(str)
    def tell_heartbeat(self, _content: str) -> None:
        self.beat.emit()


def _field(content: str, name: str) -> object:
    try:
        value = json.loads(content)
    except ValueError:
        return None
    return value.get(name) if isinstance(value, dict) else None
