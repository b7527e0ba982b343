"""Picking places on the map: a mode of the session, told by events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hpviewer.places.place import PlaceCode
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.events import Event, FilterChanged, PickingChanged, PlaceSelected, PlacesPicked
from hpviewer.session.executor import ImmediateExecutor
from hpviewer.session.place_picking import PlacePicking
from hpviewer.session.session import Session
from tests.helpers.catalogue import bundled_catalogue

LONGHU, WENCHONG_TOWN = PlaceCode("440112018"), PlaceCode("440112006")
TANGCUN, HETANGXIA = PlaceCode("440112018224"), PlaceCode("440112018211")


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    queries = CatalogueQueries(bundled_catalogue(tmp_path))
    session = Session(queries, ImmediateExecutor())
    session.open()
    yield session
    queries.close()


@pytest.fixture
def log(session: Session) -> list[Event]:
    events: list[Event] = []
    for kind in (FilterChanged, PlaceSelected, PickingChanged, PlacesPicked):
        session.subscribe(kind, events.append)
    return events


def test_a_community_brings_its_town_and_towns_stand_first() -> None:
    picking = PlacePicking("form", (WENCHONG_TOWN,)).adding(TANGCUN).adding(HETANGXIA)
    assert picking.codes == (WENCHONG_TOWN, LONGHU, TANGCUN, HETANGXIA)
    assert picking.towns == (WENCHONG_TOWN, LONGHU)
    assert picking.communities == (TANGCUN, HETANGXIA)
    assert picking.adding(TANGCUN) == picking


def test_a_town_takes_its_communities_along_and_a_community_leaves_its_town() -> None:
    picking = PlacePicking("form").adding(TANGCUN).adding(WENCHONG_TOWN)
    assert picking.without(TANGCUN).codes == (LONGHU, WENCHONG_TOWN)
    assert picking.without(LONGHU).codes == (WENCHONG_TOWN,)
    assert picking.toggled(TANGCUN).toggled(TANGCUN) == picking


def test_picking_filters_nothing_and_ends_with_what_was_picked(session: Session, log: list[Event]) -> None:
    session.begin_picking(PlacePicking("form", (WENCHONG_TOWN,)), "form")
    session.pick_place(TANGCUN, "map")
    session.pick_place(WENCHONG_TOWN, "map")
    picked = PlacePicking("form", (LONGHU, TANGCUN))
    assert session.picking == picked
    session.end_picking("map", keep=True)
    assert log[-2:] == [PlacesPicked(picked, "map"), PickingChanged(None, "map")]
    assert [type(event) for event in log[:-2]] == [PickingChanged] * 3
    assert session.picking is None


def test_going_up_leaves_the_picking_first_and_keeps_nothing(session: Session, log: list[Event]) -> None:
    session.select_place(LONGHU, "map")
    session.begin_picking(PlacePicking("form"), "form")
    session.pick_place(TANGCUN, "map")
    log.clear()
    session.go_up("keys")
    assert log == [PickingChanged(None, "keys")]
    assert session.filter.place == LONGHU
    session.go_up("keys")
    assert session.filter.place is None


def test_outside_of_picking_nothing_is_picked(session: Session, log: list[Event]) -> None:
    session.pick_place(TANGCUN, "map")
    session.end_picking("map", keep=True)
    assert log == []
