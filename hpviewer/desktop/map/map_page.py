"""The web side of the map: starts before anything else of the window is there, and waits for it."""

from __future__ import annotations

from collections.abc import Callable

from hpviewer.desktop.map.bridge import MapBridge
from hpviewer.desktop.web.pane import WebPane
from hpviewer.desktop.web.sources import Fetch, FetchedSource, Mounted, Source
from hpviewer.wording import say

HOME = "hpviewer://map/index.html"


class MapPage:
    """The pane that shows the page, and the bridge to it. Messages to the page wait until it is ready."""

    def __init__(self, source: Source) -> None:
        self.bridge = MapBridge()
        served = Mounted({"first/": FetchedSource(self._give_waiting), "": source})
        self.pane = WebPane({"map": served}, HOME, {"map": self.bridge}, say("desktop_map.map.name"))

    def tell_boundaries(self, schematic: bool, review_number: str) -> None:
        """The notice about the boundaries, in a corner of the map. It takes room: told before the first picture, it
        does not move it."""
        self.bridge.send(
            "facts",
            notice=say("desktop_map.boundary.schematic") if schematic else "",
            review=say("desktop_map.boundary.review", number=review_number) if review_number else "",
        )

    def _give_waiting(self, _name: str, deliver: Callable[[bytes | None], None]) -> None:
        self.bridge.give_waiting(deliver)


class AwaitedFetch:
    """Takes requests for layers before there is a session to ask, and passes them on then.

    ``first`` is the content of the layer ``start`` where it is at hand: the page gets it at once, the first time.
    """

    def __init__(self, first: bytes | None = None) -> None:
        self._first = first
        self._fetch: Fetch | None = None
        self._waiting: list[tuple[str, Callable[[bytes | None], None]]] = []

    def __call__(self, name: str, deliver: Callable[[bytes | None], None]) -> None:
        if name == "start" and self._first is not None:
            first, self._first = self._first, None
            deliver(first)
        elif self._fetch is None:
            self._waiting.append((name, deliver))
        else:
            self._fetch(name, deliver)

    def found(self, fetch: Fetch) -> None:
        """From now on ask this; what waited is asked at once."""
        self._fetch = fetch
        waiting, self._waiting = self._waiting, []
        for name, deliver in waiting:
            fetch(name, deliver)
