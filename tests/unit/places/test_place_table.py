"""All places of a catalogue, communities in their short form: the same answers as from objects."""

from __future__ import annotations

from pathlib import Path

import pytest

from hpviewer.catalogue.reader import Reader
from hpviewer.places.place import Level, Place, PlaceCode
from hpviewer.places.place_table import BETWEEN_FIELDS, BETWEEN_PLACES, PlaceTable
from tests.helpers.catalogue import bundled_catalogue

TOWN = Place(PlaceCode("440112001"), "东镇", "东镇人民政府", Level.TOWN, "镇", PlaceCode("440112001"))


def written(*communities: tuple[str, ...]) -> str:
    return BETWEEN_PLACES.join(map(BETWEEN_FIELDS.join, communities))


def test_communities_are_read_when_their_town_is_asked_for() -> None:
    inside = written(
        ("440112001001", "甲村", "甲村委会", "村"), ("440112001002", "乙社区", "乙社区居民委员会", "社区")
    )
    table = PlaceTable([TOWN], {TOWN.code: inside})
    found = table[PlaceCode("440112001002")]
    assert (found.name, found.official_name, found.kind) == ("乙社区", "乙社区居民委员会", "社区")
    assert (found.level, found.town_code) == (Level.COMMUNITY, TOWN.code)
    assert [place.name for place in table.communities[TOWN.code]] == ["甲村", "乙社区"]
    assert list(table) == [TOWN.code, "440112001001", "440112001002"]
    assert len(table) == 3


@pytest.mark.parametrize("code", ["440112002", "440112001009", "440112002001", ""])
def test_an_unknown_code_is_no_place(code: str) -> None:
    table = PlaceTable([TOWN], {TOWN.code: written(("440112001001", "甲村", "甲村委会", "村"))})
    assert PlaceCode(code) not in table
    with pytest.raises(KeyError):
        table[PlaceCode(code)]


def test_what_no_program_of_ours_wrote_is_left_out() -> None:
    strange = written(
        ("440112001001", "甲\x1f村", "甲村委会", "村"), ("440112001002", "乙村", "乙村委会", "村")
    )
    assert list(PlaceTable([TOWN], {TOWN.code: strange})) == [TOWN.code, "440112001002"]


def test_more_towns_than_are_kept(tmp_path: Path) -> None:
    towns = [
        Place(PlaceCode(f"44{n:07}"), str(n), str(n), Level.TOWN, "镇", PlaceCode(f"44{n:07}"))
        for n in range(500)
    ]
    table = PlaceTable(towns, {town.code: written((f"{town.code}001", "村", "村", "村")) for town in towns})
    assert len(list(table.items())) == 1_000
    assert table[PlaceCode("440000000001")].name == "村"


def test_the_bundled_places_are_the_same_as_asked_one_by_one(tmp_path: Path) -> None:
    reader = Reader(bundled_catalogue(tmp_path))
    table = reader.places()
    assert len(table) == 184
    assert all(reader.names.place(code) == place for code, place in table.items())
    assert [town.code for town in table.towns] == sorted(code for code in table if len(code) == 9)
    for town in table.towns:
        assert list(table.communities.get(town.code, ())) == reader.names.communities_of(town.code)
    reader.close()
