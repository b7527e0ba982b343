"""Areas of projects on the map: shown or not, remembered; a click on one filters by its project.

Made after the first picture: a start without areas pays nothing for it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject

from hpviewer.desktop.map.bridge import MapBridge
from hpviewer.desktop.web.pane import WebPane
from hpviewer.desktop.window_state import WindowState
from hpviewer.session.session import Session

CAUSE = "map"
_ON = b"areas"


class AreaSwitch(QObject):
    """``state`` keeps whether they are shown from one run to the next."""

    def __init__(
        self, session: Session, bridge: MapBridge, pane: WebPane, state: WindowState, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._bridge, self._state = session, bridge, state
        self._on = state.load() == _ON
        bridge.areas_switched.connect(self._on_switched)
        bridge.area_clicked.connect(self._on_area_clicked)
        pane.reloading.connect(self._tell)
        self._tell()

    @property
    def is_on(self) -> bool:
        return self._on

    def _tell(self) -> None:
        if self._on:  # the page begins without
            self._bridge.send("areas", on=True)

    def _on_switched(self, on: bool) -> None:
        self._on = on
        self._state.save(_ON if on else b"")

    def _on_area_clicked(self, fid: int) -> None:
        self._session.select_project_area(fid, CAUSE)
