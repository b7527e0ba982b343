"""Places of a record picked on the map: from the form to the map and back, with mouse and keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from hpviewer.desktop.importing.record_form import RecordForm
from hpviewer.desktop.map.picking_bar import PickingBar
from hpviewer.places.place import PlaceCode
from tests.helpers.importing_window import NOTICE
from tests.helpers.map_window import NO_GRAPHICS_CARD
from tests.helpers.whole_window import SETTLED, WholeWindow, whole_window

pytestmark = pytest.mark.qt_log_ignore(NO_GRAPHICS_CARD)
LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key
LONGHU, WENCHONG_TOWN = PlaceCode("440112018"), PlaceCode("440112006")
HETANGXIA, TANGCUN = PlaceCode("440112018211"), PlaceCode("440112018224")
RECORD = "hp-2023-33"


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[WholeWindow]:
    with whole_window(qtbot, tmp_path, size=(1024, 700)) as made:
        yield made


def edit(opened: WholeWindow) -> RecordForm:
    """The form with a record, by the button of its detail."""
    desktop, qtbot = opened.desktop, opened.qtbot
    desktop.session.select_record(RECORD, "test")
    qtbot.waitUntil(lambda: desktop.session.detail is not None, timeout=SETTLED)
    button = desktop.detail.findChild(QPushButton, "edit_record")
    assert button is not None
    qtbot.mouseClick(button, LEFT)
    qtbot.waitUntil(desktop.areas.importing.isVisible)
    form = desktop.areas.importing.form
    assert form.isVisible(), "the tab with the form is in front"
    return form


def begin(opened: WholeWindow, form: RecordForm) -> PickingBar:
    opened.qtbot.mouseClick(form.fields.places.on_map, LEFT)
    opened.qtbot.waitUntil(lambda: not opened.desktop.areas.importing.isVisible())
    opened.qtbot.waitUntil(opened.desktop.window.isActiveWindow)
    bar = opened.desktop.map_panel.findChild(PickingBar)
    assert isinstance(bar, PickingBar)
    assert bar.isVisible()
    opened.qtbot.waitUntil(lambda: opened.evaluate("map.picking.active") is True)
    opened.rest()
    return bar


def test_clicks_add_places_and_filter_nothing(opened: WholeWindow) -> None:
    qtbot, session = opened.qtbot, opened.session
    form = edit(opened)
    assert form.fields.places.communities == (HETANGXIA,)
    bar = begin(opened, form)
    cursor = "getComputedStyle(document.querySelector('path.region')).cursor"
    assert opened.evaluate(cursor) == "crosshair"
    before = session.filter
    opened.click_place(WENCHONG_TOWN)
    qtbot.waitUntil(lambda: session.picking is not None and WENCHONG_TOWN in session.picking.codes)
    assert "文冲街道" in bar.chosen.text()
    assert session.filter == before

    session.select_place(LONGHU, "cascade")  # the list of places still leads the map
    opened.settle()
    opened.rest()
    opened.click_place(TANGCUN)
    qtbot.waitUntil(lambda: session.picking is not None and TANGCUN in session.picking.codes)
    opened.click_place(HETANGXIA)  # chosen before: out again
    qtbot.waitUntil(lambda: session.picking is not None and HETANGXIA not in session.picking.codes)
    assert session.filter.place == LONGHU
    qtbot.waitUntil(lambda: opened.evaluate("document.querySelectorAll('path.picked').length") == 3)

    qtbot.mouseClick(bar.done, LEFT)
    qtbot.waitUntil(opened.desktop.areas.importing.isVisible)
    assert not bar.isVisible()
    places = form.fields.places
    assert (places.towns, places.communities) == ((LONGHU, WENCHONG_TOWN), (TANGCUN,))
    qtbot.waitUntil(lambda: opened.evaluate("document.querySelectorAll('path.picked').length") == 0)


def test_a_click_on_the_selected_place_picks_it(opened: WholeWindow) -> None:
    form = edit(opened)
    form.fields.places.show_places((), ())
    opened.session.select_place(WENCHONG_TOWN, "cascade")
    opened.settle()
    begin(opened, form)
    opened.rest()
    opened.evaluate("void map.leaflet.setZoom(11, {animate: false})")
    opened.qtbot.waitUntil(lambda: opened.evaluate("map.leaflet.getZoom()") == 11)
    inside = [place.code for place in opened.session.communities_of(WENCHONG_TOWN)]
    opened.click_place("440112006003")
    opened.qtbot.waitUntil(
        lambda: opened.session.picking is not None and bool(opened.session.picking.communities)
    )
    assert opened.session.filter.place == WENCHONG_TOWN
    assert opened.session.picking is not None
    assert set(opened.session.picking.communities) <= set(inside)


@pytest.mark.parametrize("where", ["page", "window"])
def test_escape_goes_back_without_the_places(opened: WholeWindow, where: str) -> None:
    qtbot, session = opened.qtbot, opened.session
    form = edit(opened)
    session.select_place(LONGHU, "cascade")
    opened.settle()
    begin(opened, form)
    opened.rest()
    opened.click_place(TANGCUN)
    qtbot.waitUntil(lambda: session.picking is not None and TANGCUN in session.picking.codes)
    qtbot.keyClick(opened.surface if where == "page" else opened.desktop.window, KEY.Key_Escape)
    qtbot.waitUntil(opened.desktop.areas.importing.isVisible)
    assert session.picking is None
    assert session.filter.place == LONGHU, "Esc left the picking and nothing else"
    assert form.fields.places.communities == (HETANGXIA,)
    opened.rest()
    opened.click_place(TANGCUN)
    qtbot.waitUntil(lambda: session.filter.place == TANGCUN)  # clicks filter again
    opened.settle()


def test_asking_for_the_form_again_comes_back_with_what_was_picked(opened: WholeWindow) -> None:
    form = edit(opened)
    begin(opened, form)
    opened.click_place(WENCHONG_TOWN)
    opened.qtbot.waitUntil(
        lambda: opened.session.picking is not None and WENCHONG_TOWN in opened.session.picking.codes
    )
    opened.desktop.areas.show_importing()
    assert opened.session.picking is None
    assert form.isVisible()
    assert WENCHONG_TOWN in form.fields.places.towns


def test_a_page_that_is_loaded_anew_still_picks(opened: WholeWindow) -> None:
    form = edit(opened)
    begin(opened, form)
    opened.desktop.map_panel.reload()
    opened.settle()
    opened.qtbot.waitUntil(lambda: opened.evaluate("map.picking.active") is True)
    opened.qtbot.waitUntil(lambda: opened.evaluate("document.querySelectorAll('path.picked').length") == 2)


def test_an_edited_record_is_a_batch_that_is_taken_back(opened: WholeWindow) -> None:
    qtbot, desktop = opened.qtbot, opened.desktop
    form = edit(opened)
    bar = begin(opened, form)
    opened.click_place(WENCHONG_TOWN)
    qtbot.waitUntil(lambda: opened.session.picking is not None and len(opened.session.picking.towns) == 2)
    qtbot.mouseClick(bar.done, LEFT)
    qtbot.waitUntil(desktop.areas.importing.isVisible)
    qtbot.mouseClick(form.save, LEFT)
    qtbot.waitUntil(lambda: bool(desktop.areas.importing.result.isVisible()) and not desktop.jobs.busy)
    opened.settle()
    assert desktop.queries.detail(RECORD).record.towns == (LONGHU, WENCHONG_TOWN)
    qtbot.mouseClick(desktop.areas.importing.result.undo, LEFT)
    qtbot.waitUntil(lambda: desktop.queries.detail(RECORD).record.towns == (LONGHU,))
    opened.settle()


def test_what_is_typed_is_not_lost_to_another_record(opened: WholeWindow) -> None:
    qtbot, desktop = opened.qtbot, opened.desktop
    form = edit(opened)
    title = form.fields.editors["title"].editor
    assert isinstance(title, QPlainTextEdit)
    title.setFocus()
    qtbot.keyClicks(title, "draft ")
    desktop.session.select_record("gd-2019-02-7", "test")
    qtbot.waitUntil(
        lambda: desktop.session.detail is not None and desktop.session.detail.record.id == "gd-2019-02-7",
        timeout=SETTLED,
    )
    desktop.areas.edit_record()
    assert form.fields.editors["title"].text.startswith("draft ")
    assert form.waiting.isVisible()
    qtbot.mouseClick(form.waiting.button, LEFT)
    assert not form.waiting.isVisible()
    assert form.fields.editors["title"].text == desktop.queries.detail("gd-2019-02-7").record.title


def test_a_notice_before_it_is_saved_gets_its_places_from_the_map_too(opened: WholeWindow) -> None:
    qtbot, desktop = opened.qtbot, opened.desktop
    desktop.areas.show_importing()
    files = desktop.areas.importing.files
    listed = files.notice._session.list
    listed.add_text(NOTICE.format(area="3.0000"), "test")
    qtbot.waitUntil(lambda: files.notice.isVisible() and not desktop.jobs.busy)
    before = listed.files[0].notices
    assert before is not None
    picker = files.notice.fields.places
    files.notice.area.ensureWidgetVisible(picker)
    qtbot.mouseClick(picker.on_map, LEFT)
    qtbot.waitUntil(lambda: opened.evaluate("map.picking.active") is True)
    opened.rest()
    opened.click_place(WENCHONG_TOWN)
    qtbot.waitUntil(
        lambda: opened.session.picking is not None and WENCHONG_TOWN in opened.session.picking.codes
    )
    bar = desktop.map_panel.findChild(PickingBar)
    assert isinstance(bar, PickingBar)
    qtbot.keyClick(bar.done, KEY.Key_Space)
    qtbot.waitUntil(lambda: listed.files[0].corrected != frozenset() and not desktop.jobs.busy)
    after = listed.files[0].notices
    assert after is not None
    assert after[0].towns == (*before[0].towns, WENCHONG_TOWN)
    assert desktop.areas.importing.form.fields.places.towns == (), "the form asked for nothing"
