from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.records.owners import parse_owners


@pytest.mark.parametrize(
    ("written", "owners"),
    [
        ("", ()),
        ("何棠下村经济联合社", ("何棠下村经济联合社",)),
        (
            "汤村村大迳、荔枝坑、盘一、盘二、新南经济合作社",
            (
                "汤村村大迳经济合作社",
                "汤村村荔枝坑经济合作社",
                "汤村村盘一经济合作社",
                "汤村村盘二经济合作社",
                "汤村村新南经济合作社",
            ),
        ),
        (
            "大涵村经济联合社、汤村村大迳、盘一经济合作社、长庚村第四经济合作社",
            ("大涵村经济联合社", "汤村村大迳经济合作社", "汤村村盘一经济合作社", "长庚村第四经济合作社"),
        ),
        (
            "黄陂社区经济联合社龙伏、大氹、黄陂经济合作社",
            (
                "黄陂社区经济联合社龙伏经济合作社",
                "黄陂社区经济联合社大氹经济合作社",
                "黄陂社区经济联合社黄陂经济合作社",
            ),
        ),
        # numbers share their village, also that of the owner before them; towns in front stay
        (
            "文冲街文冲第十八、第十九股份经济合作社",
            ("文冲街文冲第十八股份经济合作社", "文冲街文冲第十九股份经济合作社"),
        ),
        (
            "镇龙村第一、二、三经济合作社",
            ("镇龙村第一经济合作社", "镇龙村第二经济合作社", "镇龙村第三经济合作社"),
        ),
        (
            "水西社区经济联合社、第一、第三经济合作社",
            ("水西社区经济联合社", "水西社区第一经济合作社", "水西社区第三经济合作社"),
        ),
        # a complete name stays, whatever stands before it
        ("汤村村大迳经济合作社、荔枝坑经济合作社", ("汤村村大迳经济合作社", "荔枝坑经济合作社")),
        # nothing to share: no co-operative ends the run, or no prefix begins it
        ("大迳、荔枝坑", ("大迳", "荔枝坑")),
        ("新村口、下围经济合作社", ("新村口经济合作社", "下围经济合作社")),
        ("龙伏、黄陂村民委员会", ("龙伏", "黄陂村民委员会")),
        ("暹岗村、黄陂村", ("暹岗村", "黄陂村")),
        # a list repeated in full counts once; brackets hold their separators
        ("暹岗村，暹岗村", ("暹岗村",)),
        ("文冲经济合作社（第一、第二）", ("文冲经济合作社（第一、第二）",)),
        (
            "文冲股份经济联合社及其属下十四个股份经济合作社",
            ("文冲股份经济联合社及其属下十四个股份经济合作社",),
        ),
    ],
)
def test_owners(written: str, owners: tuple[str, ...]) -> None:
    assert parse_owners(written) == owners


@settings(max_examples=80, deadline=None)
@given(st.text("汤村大迳盘一社区经济联合社、，（）", max_size=30))
def test_every_word_written_stays(text: str) -> None:
    owners = "".join(parse_owners(text))
    words = (
        word.strip() for word in text.replace("，", "、").replace("（", "、").replace("）", "、").split("、")
    )
    assert all(word in owners or len(word) > 8 for word in words)


@settings(max_examples=80, deadline=None)
@given(st.text("汤村大迳第一二社区经济合作联、，（）", max_size=30))
def test_a_list_that_is_written_out_reads_the_same(text: str) -> None:
    owners = parse_owners(text)
    if all(owner.endswith(("社", "村", "区")) for owner in owners):
        assert parse_owners("、".join(owners)) == owners
