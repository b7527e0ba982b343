"""Policies and contact on the village page: derived from what is at hand, each with its reason or source."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from hpviewer.catalogue.items import Item, ItemKind
from hpviewer.catalogue.policy_rows import StoredPolicy, encoded
from hpviewer.catalogue.writer import Writer
from hpviewer.places.place import PlaceCode
from hpviewer.policies.clause import Clause
from hpviewer.policies.policy import Policy
from hpviewer.records.contact import contact_note, contact_of
from hpviewer.records.partial_date import PartialDate
from hpviewer.session.village import VillagePage
from tests.helpers.village_desk import HETANGXIA, Desks, plan

DAY = dt.date(2026, 1, 15)
LONGHU = PlaceCode(HETANGXIA[:9])


def policy(id: str, title: str, *clauses: str, expires: str = "2030-12-31") -> Item:
    whole = Policy(
        id=id,
        title=title,
        effective=PartialDate.parse("2025-01-01"),
        expires=PartialDate.parse(expires) if expires else None,
    )
    parts = tuple(
        Clause(f"第{number}条", "", text, 0, len(text))
        for number, text in zip("一二三四", clauses, strict=False)
    )
    return Item(ItemKind.POLICY, id, encoded(StoredPolicy(whole, parts)))


def page(desks: Desks, *items: Item, on: dt.date = DAY, name: str = "何棠下村") -> VillagePage:
    if items:
        with Writer(desks.queries.path) as writer:
            writer.save((), "test", items=items)
    return desks.projects.village_now(desks.code(name), on)


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


def test_each_policy_is_listed_with_the_word_and_the_place_of_it(desks: Desks) -> None:
    found = page(
        desks,
        policy("a", "某区数据要素若干措施", "第一条 总则", "第二条 龙湖街道设立服务站"),
        policy("b", "某区征收土地工作指引", "第一条 总则"),
        policy("c", "某区统计办法", "第一条 总则"),
    ).policies
    reasons = {one.policy.id: one.reason for one in found.items}
    assert reasons["a"] == "写明“龙湖街道”（第二条）"
    assert reasons["b"] == "涉及“征收土地”"
    assert "c" not in reasons
    assert found.items[0].policy.id == "a"  # what names the place comes first
    assert next(one for one in found.items if one.policy.id == "a").text == "第二条 龙湖街道设立服务站"


def test_a_policy_past_its_last_day_is_counted_but_not_listed(desks: Desks) -> None:
    item = policy("old", "某区征地补偿办法", expires="2026-01-14")
    assert "old" in {one.policy.id for one in page(desks, item, on=dt.date(2026, 1, 14)).policies.items}
    found = page(desks).policies
    assert "old" not in {one.policy.id for one in found.items}
    assert "1 份" in found.note


def test_of_a_policy_without_dates_the_status_says_so(desks: Desks) -> None:
    (one,) = [
        each
        for each in page(desks, policy("x", "某区征地补偿办法", expires="")).policies.items
        if each.policy.id == "x"
    ]
    assert one.status.value == "有效期未见"


def test_where_nothing_is_found_the_page_says_what_was_looked_for(desks: Desks) -> None:
    found = page(desks, name="青年社区").policies
    assert found.items == ()
    assert "青年社区" in found.note
    assert "9 份" in found.note


def test_contact_is_the_newest_of_the_village_else_of_its_town(tmp_path: Path) -> None:
    here = (PlaceCode(HETANGXIA),)
    note = contact_note(["李明"], ["020-82390000"], ["街道办事处三楼"])
    desks = Desks(
        tmp_path,
        added=[
            plan(1, towns=(LONGHU,), communities=here, note="联系电话：020-1111111"),
            plan(2, towns=(LONGHU,), communities=here, note=note, published=PartialDate(2025, 12, 1)),
            plan(3, towns=(LONGHU,), note="联系电话：020-2222222", published=PartialDate(2026, 1, 2)),
        ],
    )
    contact = page(desks).contact
    assert contact.text == "联系人：李明；联系电话：020-82390000；办理地点：街道办事处三楼"
    assert (contact.record_id, contact.date) == ("plan-2", "2025-12-01")
    assert "较早" not in contact.sentence
    assert "较早" in page(desks, on=dt.date(2027, 6, 1)).contact.sentence
    neighbour = page(desks, name="汤村村").contact
    assert neighbour.record_id == "plan-3"


def test_without_any_the_page_says_so(desks: Desks) -> None:
    contact = page(desks).contact
    assert contact.text == contact.record_id == ""
    assert "龙湖街道" in contact.sentence


def test_a_note_is_read_back_and_mobile_numbers_are_not_kept() -> None:
    note = contact_note(["李明"], ["13800138000", "86-139 0013 9000", "12345"])
    assert note == "联系人：李明；联系电话：12345"
    assert contact_of(plan(1, note=f"原网址待核；{note}")) == note
    assert contact_of(plan(1, note="咨询电话: 020-8，13 楼。其他说明")) == "咨询电话: 020-8，13 楼"
    assert contact_of(plan(1, note="公告日期未见，年份据批复")) == contact_note([], []) == ""
