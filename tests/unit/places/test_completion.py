"""Suggestions while a name is being typed, and the index they come from."""

from __future__ import annotations

import pytest

from hpviewer.errors import NotFoundError
from hpviewer.places.place import PlaceCode
from tests.helpers.gazetteer import code_of, gazetteer, index, resolver


def completed(text: str, limit: int = 8) -> list[str]:
    return [match.name for match in resolver().complete(text, limit)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("文冲", ["文冲街道", "文冲社区", "文冲新村社区"]),
        ("文沖", ["文冲街道", "文冲社区", "文冲新村社区"]),
        ("wcj", ["文冲街道"]),
        ("何棠", ["何棠下村"]),
        ("hetangx", ["何棠下村"]),
        ("龙湖街道何", ["何棠下村"]),
        ("九龙镇汤", ["汤村村"]),
        ("何堂下村", ["何棠下村"]),
        ("文冲第六股份经济合作社", ["文冲社区"]),
        ("", []),
        ("qqq", []),
        ("的", []),
    ],
)
def test_suggestions(text: str, names: list[str]) -> None:
    assert completed(text) == names


def test_a_district_may_stand_before() -> None:
    assert completed("黄埔区文")[0] == "文冲街道"


def test_every_typed_beginning_keeps_the_place_in_reach() -> None:
    for place in gazetteer().places:
        for length in range(1, len(place.name) + 1):
            found = [match.code for match in resolver().complete(place.name[:length], 200)]
            assert place.code in found, place.name[:length]


def test_at_most_the_limit_and_no_place_twice() -> None:
    for limit in (1, 5, 8):
        codes = [match.code for match in resolver().complete("h", limit)]
        assert len(codes) == len(set(codes)) == limit


def test_prefixed_gives_one_entry_for_each_place_shortest_first() -> None:
    entries = index().prefixed("文冲", 10)
    assert [(entry.key, entry.code) for entry in entries][:2] == [
        ("文冲", code_of("文冲街道")),
        ("文冲", code_of("文冲社区")),
    ]
    assert len({entry.code for entry in entries}) == len(entries)
    assert index().prefixed("文冲", 1) == entries[:1]


def test_similar_holds_every_neighbour() -> None:
    for slip in ("何堂下村", "何棠村", "何棠下下村", "何下棠村"):
        assert "何棠下村" in {entry.key for entry in index().similar(slip)}


def test_places_by_code() -> None:
    town = PlaceCode(code_of("文冲街道"))
    assert index().place(town).name == "文冲街道"
    assert [place.name for place in index().communities_of(town)][:3] == ["石化社区", "海安社区", "文冲社区"]
    assert index().communities_of(PlaceCode("999999999")) == []
    with pytest.raises(NotFoundError, match="999999999"):
        index().place(PlaceCode("999999999"))
