"""The village page: what it says of a place, of what day, and what it admits not to know."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hpviewer.errors import NotFoundError
from hpviewer.places.place import PlaceCode
from hpviewer.records.deadlines import DeadlineKind
from tests.helpers.village_desk import AUTUMN, HETANGXIA, Desks, plan


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


def test_every_community_can_be_chosen(desks: Desks) -> None:
    choices = desks.projects.villages_now()
    assert len(choices) == 167
    assert len({one.place.code for one in choices}) == 167
    assert [one.place.code for one in choices] == sorted(one.place.code for one in choices)
    chosen = next(one for one in choices if one.place.code == HETANGXIA)
    assert (chosen.place.name, chosen.town, chosen.records, chosen.located) == (
        "何棠下村",
        "龙湖街道",
        2,
        True,
    )
    assert sum(not one.located for one in choices) == 28


def test_the_page_of_a_village_with_an_open_deadline(desks: Desks) -> None:
    page = desks.projects.village_now(HETANGXIA)
    assert (page.place.name, page.town, page.on) == ("何棠下村", "龙湖街道", AUTUMN)
    assert [one.record.id for one in page.records] == ["hp-2023-33", "news-plan-2018"]
    assert [one.records[0].record.id for one in page.projects] == ["hp-2023-33", "news-plan-2018"]
    assert [(one.kind, one.closes) for one in page.deadlines] == [
        (DeadlineKind.REVIEW, dt.date(2023, 12, 18)),
        (DeadlineKind.LAWSUIT, dt.date(2024, 4, 18)),
    ]
    said = "".join(page.going_on)
    assert "2 条公开记录" in said
    assert "征收土地公告（2023-09-29）" in said
    assert "2023-12-18" in said
    assert "未见不等于未办理" in said


def test_as_of_a_later_day_the_deadlines_are_over(desks: Desks) -> None:
    page = desks.projects.village_now(HETANGXIA, dt.date(2024, 4, 19))
    assert page.deadlines == ()
    assert "均已届满" in "".join(page.going_on)
    assert "2024-04-18" in "".join(page.going_on)


def test_the_last_day_still_counts(desks: Desks) -> None:
    page = desks.projects.village_now(HETANGXIA, dt.date(2024, 4, 18))
    assert [one.days_left for one in page.deadlines] == [0]


def test_as_of_an_earlier_day_later_records_were_not_known(desks: Desks) -> None:
    page = desks.projects.village_now(HETANGXIA, dt.date(2023, 9, 28))
    assert [one.record.id for one in page.records] == ["news-plan-2018"]


def test_a_village_without_records_says_that_this_proves_nothing(desks: Desks) -> None:
    page = desks.projects.village_now(desks.code("港湾北社区"))
    assert page.records == ()
    assert page.projects == ()
    assert "不等于没有公示" in page.going_on[0]
    assert len(page.going_on) == 2


def test_what_is_not_known_is_named(desks: Desks) -> None:
    unlocated = next(one for one in desks.projects.villages_now() if not one.located)
    page = desks.projects.village_now(unlocated.place.code)
    assert any("位置待补" in line for line in page.unknown)
    shabu = desks.projects.village_now(desks.code("沙步社区"))
    assert any("没有公布日期" in line for line in shabu.unknown)
    assert any("原文待核" in line for line in shabu.unknown)
    wenchong = desks.projects.village_now(desks.code("440112006003"))
    assert any("无法推算" in line for line in wenchong.unknown)
    assert "示意边界" in wenchong.notice


def test_records_that_name_only_the_town_are_pointed_out(tmp_path: Path) -> None:
    town = PlaceCode(HETANGXIA[:9])
    desks = Desks(tmp_path, added=[plan(1, towns=(town,))])
    page = desks.projects.village_now(HETANGXIA)
    assert "plan-1" not in [one.record.id for one in page.records]
    assert any("1 条记录只写到龙湖街道" in line for line in page.unknown)
    whole = desks.projects.village_now(town)
    assert "plan-1" in [one.record.id for one in whole.records]
    assert not any("只写到" in line for line in whole.unknown)


def test_deadlines_of_several_records_come_soonest_first(tmp_path: Path) -> None:
    desks = Desks(tmp_path, added=[plan(1, towns=(PlaceCode(HETANGXIA[:9]),), communities=(HETANGXIA,))])
    page = desks.projects.village_now(HETANGXIA)
    closes = [one.closes for one in page.deadlines]
    assert closes == sorted(closes)
    assert closes[0] == dt.date(2023, 11, 20)
    assert len(closes) == 5


def test_no_such_place(desks: Desks) -> None:
    with pytest.raises(NotFoundError):
        desks.projects.village_now(PlaceCode("440112999999"))


def test_the_list_is_narrowed_by_any_way_of_writing(desks: Desks) -> None:
    found: list[frozenset[PlaceCode]] = []
    for text in ("hetangxia", "何棠下", "htx", "何棠下村", "龙湖街道"):
        desks.projects.find_villages(text, found.append, lambda error: pytest.fail(str(error)))
    assert all(HETANGXIA in one for one in found)
    assert len(found[-1]) == len([o for o in desks.projects.villages_now() if o.town == "龙湖街道"])
