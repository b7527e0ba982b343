"""The map in the middle of the window: shows the session's counts and place, turns gestures into filters."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QColor, QResizeEvent
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from hpviewer.desktop.map.bridge import MapBridge
from hpviewer.desktop.map.map_counts import MapCounts
from hpviewer.desktop.map.map_page import MapPage
from hpviewer.desktop.theme import Theme
from hpviewer.desktop.web.page import LocalPage
from hpviewer.desktop.web.pane import WebPane
from hpviewer.places.place import PlaceCode
from hpviewer.records.results import Results
from hpviewer.session.events import (
    CatalogueOpened,
    FilterChanged,
    PickingChanged,
    ResultsLoaded,
)
from hpviewer.session.session import Session
from hpviewer.wording import say

if TYPE_CHECKING:
    from hpviewer.desktop.map.picking_bar import PickingBar

CAUSE = "map"
_MARGIN = 12
_LOADING_SHOWS_AFTER = 600
"""Milliseconds: a map that comes sooner should not flicker."""
_log = logging.getLogger(__name__)


_Box = tuple[int, int, int, int]
_MOST_INSIDE = 60
"""Towns whose communities are counted for the page while the map is moved about, before it begins anew."""


class MapPanel(QWidget):
    """Shows ``page``, which may have been loading for a while.

    Each state that is sent to the page has a number; ``painted`` brings it back when it is on the screen.
    """

    painted = Signal(int)  # the page has drawn the state of this number
    shown = Signal(int)  # and that drawing has reached the window
    hovered = Signal(str)  # code of the place under the mouse, empty for none

    def __init__(self, session: Session, theme: Theme, page: MapPage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("mapPanel")
        self._session = session
        self._theme = theme
        self._sent = 0
        self._painted = 0
        self._shown = 0
        self._geography = 0
        self._move = "jump"
        self._sent_results: Results | None = None
        self._counted: MapCounts | None = None  # what the page has been told
        self._inside: tuple[PlaceCode, ...] = ()  # towns whose communities the page wants to count
        self._place = session.filter.place
        self._last: tuple[object, ...] = ()  # what of the last state makes the picture, besides counts
        self._reserved_last: tuple[_Box, ...] = ()
        self._picking_bar: PickingBar | None = None
        self._opened = session.info is not None
        self._bridge, self._pane = page.bridge, page.pane
        self._tell_boundaries = page.tell_boundaries
        self._bridge.setParent(self)
        self.setFocusProxy(self._pane)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._pane, 1)
        self.unlocated_button = QPushButton(self._pane)  # over the page, whatever else the panel shows
        self.unlocated_button.setObjectName("unlocatedButton")
        self.unlocated_button.setCheckable(True)
        self.unlocated_button.setToolTip(say("desktop_map.unlocated.tip"))
        self.unlocated_button.clicked.connect(self._on_unlocated_clicked)
        self.unlocated_button.hide()
        self.loading = QLabel(say("desktop_map.map.loading"), self._pane)
        self.loading.setProperty("role", "muted")
        self.loading.hide()
        QTimer.singleShot(_LOADING_SHOWS_AFTER, self, self._show_loading)
        self._listen()
        self._send_look()
        if session.info is not None:
            self._send_facts()
        if session.results is not None:
            self._send_state()

    # -- for the window, snapshots and tests -------------------------------------------------------------

    @property
    def sent(self) -> int:
        """Number of the newest state; the page has drawn it when painted() has brought it."""
        return self._sent

    def is_current(self) -> bool:
        """True when the page has drawn the results of the session's present filter."""
        return self._painted == self._sent and self._sent_all()

    def is_shown(self) -> bool:
        """As is_current(), and the drawing has reached the window: now a picture of it can be taken.

        About three frames later; on a busy PC the difference was more than 100 ms.
        """
        return self._shown == self._sent and self._sent_all()

    def _sent_all(self) -> bool:
        results = self._session.results
        newest = results is not None and results.filter == self._session.filter
        return newest and results is self._sent_results and not self._pane.is_lost

    def reload(self) -> None:
        """Load the page anew; fill and selection come back."""
        self._pane.reload()

    @property
    def page(self) -> LocalPage:
        return self._pane.page

    @property
    def view(self) -> QWebEngineView:
        return self._pane.view

    @property
    def bridge(self) -> MapBridge:
        return self._bridge

    @property
    def pane(self) -> WebPane:
        return self._pane

    # -- events of the session -----------------------------------------------------------------------------

    def _listen(self) -> None:
        self._bridge.painted.connect(self._on_painted)
        self._bridge.shown.connect(self._on_shown)
        self._bridge.place_clicked.connect(self._on_place_clicked)
        self._bridge.inside_asked.connect(self._on_inside_asked)
        self._bridge.went_up.connect(self._on_went_up)
        self._bridge.escaped.connect(self._on_escaped)
        self._bridge.hovered.connect(self.hovered)
        self._bridge.failed.connect(self._on_failed)
        self._bridge.beat.connect(self._pane.beat)
        self._pane.reloading.connect(self._on_reloading)
        self._pane.lost.connect(self.loading.hide)
        self._theme.changed.connect(self._send_look)
        unsubscribe = [
            self._session.subscribe(CatalogueOpened, self._on_catalogue_opened),
            self._session.subscribe(FilterChanged, self._on_filter_changed),
            self._session.subscribe(ResultsLoaded, self._on_results_loaded),
            self._session.subscribe(PickingChanged, self._on_picking_changed),
        ]
        self.destroyed.connect(lambda: [end() for end in unsubscribe])

    def _on_catalogue_opened(self, _event: CatalogueOpened) -> None:
        self._send_facts()
        self._name_view()
        if self._opened:
            self._geography += 1  # the layers may have changed: the page fetches them again
            self._send_state()
        self._opened = True

    def _on_filter_changed(self, event: FilterChanged) -> None:
        """Of the views this one is told first: its page draws while the others change."""
        if event.filter.place == self._place:
            self._show_unlocated()
            return
        self._place = event.filter.place
        # A click on the map leaves the map where it is, or the second click would hit something else.
        if event.cause != CAUSE:
            self._move = "glide" if self._painted else "jump"
        self._send_state()

    def _on_results_loaded(self, _event: ResultsLoaded) -> None:
        self._send_state()

    def _on_picking_changed(self, event: PickingChanged) -> None:
        bar, picking = self._made_picking_bar(), event.picking
        began = picking is not None and bar.isHidden()
        bar.setVisible(picking is not None)
        if picking is not None:
            bar.show_names([self._place_name(code) for code in picking.codes])
        self._send_picking()
        if began:
            self._pane.view.setFocus(Qt.FocusReason.OtherFocusReason)  # Esc and the arrows work at once

    # -- gestures --------------------------------------------------------------------------------------------

    def _on_place_clicked(self, code: str) -> None:
        if self._session.picking is not None:
            self._session.pick_place(PlaceCode(code), CAUSE)
        else:
            self._session.select_place(PlaceCode(code), CAUSE)

    def _on_went_up(self) -> None:
        place = self._session.filter.place
        if self._session.picking is None:
            self._session.go_up(CAUSE)
        elif place is not None:
            self._session.pick_place(place, CAUSE)

    def _on_escaped(self) -> None:
        self._session.go_up("keys")  # not as the map's own: the view follows to the larger place

    def _on_unlocated_clicked(self, checked: bool) -> None:
        self._session.set_filter(replace(self._session.filter, unlocated=checked), CAUSE)

    # -- to the page -------------------------------------------------------------------------------------------

    def _send_state(self) -> None:
        """Nothing is sent where the page would draw the same again: a sort, or the results of a click on a place, whose
        counts were there with the click."""
        results = self._session.results
        self._show_unlocated()
        if results is None:
            return
        filter, reserved = self._session.filter, self._reserved()
        counts = MapCounts.of(results.facets, filter.place, self._inside, self._session)
        known = self._bridge.is_ready and self._counted is not None and self._counted.hold(counts)
        last = (filter.place, filter.project, self._geography)
        self._sent_results = results
        self._name_view()
        if known and last == self._last and self._move == "stay" and {*reserved} <= {*self._reserved_last}:
            return
        self._sent += 1
        if not known:
            self._counted = counts
        self._last, self._reserved_last = last, reserved
        self._bridge.send(
            "state",
            seq=self._sent,
            geography=self._geography,
            counts=None if known else counts.numbers(self._session),
            inside=counts.inside,
            spread=counts.spread,
            selected=filter.place,
            project=filter.project,
            move=self._move,
            reserved=reserved,
        )
        self._move = "stay"

    def _on_inside_asked(self, towns: list[PlaceCode]) -> None:
        known = self._inside if len(self._inside) < _MOST_INSIDE else ()
        self._inside = tuple(dict.fromkeys((*known, *towns)))
        self._send_state()

    def _send_picking(self) -> None:
        picking = self._session.picking
        self._bridge.send("picking", active=picking is not None, codes=picking.codes if picking else ())

    def _send_facts(self) -> None:
        info = self._session.info
        if info is None:
            return
        self._tell_boundaries(info.schematic, info.review_number)

    def _send_look(self) -> None:
        self.page.setBackgroundColor(QColor(self._theme.token("surface")))
        self._bridge.send("look", dark=self._theme.dark, colors=self._theme.tokens())

    def _on_painted(self, number: int) -> None:
        self._painted = max(self._painted, number)
        self.loading.hide()
        self.painted.emit(number)

    def _on_shown(self, number: int) -> None:
        self._shown = max(self._shown, number)
        self.shown.emit(number)

    def _on_failed(self, reason: str) -> None:
        _log.error("map page: %s", reason)
        self._pane.complain(say("desktop_map.lost.failed"))

    def _on_reloading(self) -> None:
        self._bridge.reset()
        self._painted = self._shown = 0
        self._counted, self._inside, self._last = None, (), ()
        self._move = "jump"
        self._send_look()
        self._send_facts()
        self._send_picking()
        self._send_state()

    # -- native parts --------------------------------------------------------------------------------------------

    def _show_loading(self) -> None:
        self.loading.setVisible(self._painted == 0 and not self._pane.is_lost)
        self._place_loading()

    def _place_loading(self) -> None:
        self.loading.adjustSize()
        room = self._pane.size() - self.loading.size()
        self.loading.move(room.width() // 2, room.height() // 2)

    def _show_unlocated(self) -> None:
        """The button that counts records without a position; pressed while only these are shown."""
        results = self._session.results
        count = results.unlocated if results is not None else 0
        active = self._session.filter.unlocated
        state = "active" if active else "button"
        button = self.unlocated_button
        button.setText(say(f"desktop_map.unlocated.{state}", count=count))
        button.setAccessibleName(
            say(f"desktop_map.unlocated.{'name_active' if active else 'name'}", count=count)
        )
        button.setChecked(active)
        button.setVisible(active or count > 0)
        button.adjustSize()
        self._place_button()

    def _made_picking_bar(self) -> PickingBar:
        if self._picking_bar is None:
            from hpviewer.desktop.map.picking_bar import PickingBar

            self._picking_bar = PickingBar()
            self._picking_bar.hide()
            self._picking_bar.finished.connect(lambda: self._session.end_picking(CAUSE, keep=True))
            self._picking_bar.cancelled.connect(lambda: self._session.end_picking(CAUSE, keep=False))
            self._column.insertWidget(0, self._picking_bar)
        return self._picking_bar

    def _place_name(self, code: PlaceCode) -> str:
        try:
            return self._session.place(code).name
        except KeyError:  # of a record that names a place which the catalogue no longer has
            return code

    def _place_button(self) -> None:
        self.unlocated_button.move(self.width() - self.unlocated_button.width() - _MARGIN, _MARGIN)
        self.unlocated_button.raise_()

    def _reserved(self) -> tuple[_Box, ...]:
        """Boxes of native parts above the page, left, top, right, bottom: no label goes below them. The largest that it
        has been: with every other number the button is a little wider or narrower, and all labels would be placed anew.
        """
        if self.unlocated_button.isHidden():
            return ()
        box = self.unlocated_button.geometry()
        left = min([box.left(), *(before[0] for before in self._reserved_last if before[2] == box.right())])
        return ((left, box.top(), box.right(), box.bottom()),)

    def _name_view(self) -> None:
        """For readers of the screen, which do not see the page's colours."""
        code = self._session.filter.place
        results = self._session.results
        name = say("desktop_map.map.name")
        if code is not None and results is not None and self._session.info is not None:
            facets = results.facets
            count = facets.community.get(code, 0) if len(code) > 9 else facets.town.get(code, 0)
            place = self._session.place(code).name
            name = say("desktop_map.map.name_with_place", place=place, count=count)
        self.view.setAccessibleName(name)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_button()
        self._place_loading()
