from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.importing.notice.dates import find_dates, find_ranges
from hpviewer.importing.notice.folded_text import fold
from hpviewer.importing.notice.land_table import read_land_tables
from hpviewer.importing.notice.land_use import flat, read_groups
from hpviewer.importing.notice.reading import read_notice_text
from hpviewer.importing.notice.sheet import Sheet
from hpviewer.importing.notice.site import bounds_of
from hpviewer.importing.notice.stage import stage_of
from hpviewer.records.kind import Kind
from hpviewer.records.owner_list import expand


@pytest.mark.parametrize(
    ("shown", "folded"),
    [
        ("區(qū)政府", "区政府"),
        ("規(guī)劃(huà)", "规划"),
        ("面积(ha)", "面积(ha)"),
        ("批複，，同意,、使用", "批复，同意、使用"),
        ("１２．３４公頃", "12.34公顷"),
        ("1,234.5亩", "1234.5亩"),
        ("2024 年 1 月 5 日", "2024年1月5日"),
        ("1.2 3.4", "1.2 3.4"),
        ("<span>甲</span>&nbsp;乙", "甲乙"),
        ("穗府［2020］1号【2】", "穗府〔2020〕1号〔2〕"),
        ("a—b–c～d", "a-b-c-d"),
    ],
)
def test_folding(shown: str, folded: str) -> None:
    assert fold(shown).text == folded


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="區政府(qū)，,、 \n<b>１2年。—〔[", max_size=60))
def test_positions_lead_back(shown: str) -> None:
    found = fold(shown)
    assert len(found.origin) == len(found.text) + 1
    assert list(found.origin) == sorted(found.origin)
    for at in range(len(found.text)):
        start, end = found.span(at, at + 1)
        assert end == start + 1 <= len(shown)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2025年9月28日", "2025-09-28"),
        ("二〇〇七年八月九日", "2007-08-09"),
        ("二OO四年十二月三十一日", "2004-12-31"),
        ("二零一九年十月二十日", "2019-10-20"),
        ("2023.9.28", "2023-09-28"),
        ("2023-9-28", "2023-09-28"),
        ("2017年8月", "2017-08"),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert [str(found.date) for found in find_dates(fold(text).text)] == [date]


@pytest.mark.parametrize("text", ["2023年2月30日", "电话2023.1.2.3", "1234年1月1日", "2019年度"])
def test_no_dates(text: str) -> None:
    assert find_dates(text) == []


@pytest.mark.parametrize(
    "text",
    ["2023年10月7日—2023年10月18日", "2023年10月7日至10月18日", "2023年10月7日~18日", "2023.10.7-2023.10.18", "2023年10月7日起至2023年10月18日止",  # noqa: E501
     "二○二三年十月七日至二○二三年十月十八日", "2023-10-7至2023-10-18"],
)  # fmt: skip
def test_ranges(text: str) -> None:
    (found,) = find_ranges(fold(text).text)
    assert (str(found.first.date), str(found.last.date)) == ("2023-10-07", "2023-10-18")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("汤村村大迳、荔枝坑、盘一经济合作社", ["汤村村大迳经济合作社", "汤村村荔枝坑经济合作社", "汤村村盘一经济合作社"]),
        ("广州市黄埔区文冲街文冲第十八、第十九股份经济合作社", ["文冲第十八股份经济合作社", "文冲第十九股份经济合作社"]),
        ("黄埔区九龙镇大涵村经济联合社，汤村村经济联合社，长庚村第四经济合作社", ["大涵村经济联合社", "汤村村经济联合社", "长庚村第四经济合作社"]),  # noqa: E501
        ("均和村、大坦村经济联合社", ["均和村经济联合社", "大坦村经济联合社"]),
        ("均和村、大坦村", ["均和村", "大坦村"]),
        ("联和街道联和社区经济联合社和玉树社区经济联合社", ["联和社区经济联合社", "玉树社区经济联合社"]),
        ("萝岗街黄陂村民委员会、暹岗村民委员会", ["黄陂村民委员会", "暹岗村民委员会"]),
        ("水西社区经济联合社、第一、第三经济合作社及长平社区山塘经济合作社",
         ["水西社区经济联合社", "水西社区第一经济合作社", "水西社区第三经济合作社", "长平社区山塘经济合作社"]),
        ("新龙镇镇龙村第一、二、三经济合作社", ["镇龙村第一经济合作社", "镇龙村第二经济合作社", "镇龙村第三经济合作社"]),
        ("文冲股份经济联合社、文冲股份经济联合社", ["文冲股份经济联合社"]),
    ],
)  # fmt: skip
def test_owner_lists(text: str, names: list[str]) -> None:
    assert [owner.name for owner in expand(text)] == names


def test_land_classes_nest() -> None:
    sheet = Sheet(
        "农用地26.1638公顷（耕地11.2777公顷（水田1.2777公顷、旱地10公顷）、园地14.8861公顷），建设用地2.3245公顷。补充耕地9.9999公顷。"
    )
    (group,) = read_groups(sheet)
    assert [one.name for one in group.classes] == ["农用地", "建设用地"]
    farm = group.classes[0]
    assert [part.name for part in farm.parts] == ["耕地", "园地"]
    assert [part.name for part in farm.parts[0].parts] == ["水田", "旱地"]


def test_table_with_lost_merged_cells_and_unit_above() -> None:
    text = "面积单位：平方米\n权属单位 | 总面积 | 农用地 | | 建设用地\n | | 耕地 | 园地 |\n甲村经济联合社 | 20000 | 5000 | 10000 | 5000\n合计 | 20000 | 5000 | 10000 | 5000"  # noqa: E501
    (table,) = read_land_tables(Sheet(text))
    assert flat(table.group.classes) == {"耕地": 0.5, "园地": 1.0, "建设用地": 0.5}
    assert table.total is not None
    assert table.total.hectares == 2.0


def test_bounds() -> None:
    assert dict(bounds_of("东至乌涌，南至黄埔东路，西至丰乐中路，北至大沙地东路")) == {
        "东": "乌涌", "南": "黄埔东路", "西": "丰乐中路", "北": "大沙地东路",
    }  # fmt: skip
    assert dict(bounds_of("改革一路以东、美玉三路以南")) == {"西": "改革一路", "北": "美玉三路"}
    assert bounds_of("黄埔区联和街黄陂社区") == ()


@pytest.mark.parametrize(
    ("title", "year", "kind"),
    [
        ("广州市黄埔区人民政府征收土地预公告", 2024, Kind.PRE_NOTICE),
        ("拟征收土地现状调查结果公示", 2024, Kind.SURVEY),
        ("征地补偿安置公告", 2023, Kind.COMPENSATION_NOTICE),
        ("征地补偿安置公告", 2009, Kind.COMPENSATION_PLAN),
        ("征地补偿安置方案公告", 2012, Kind.COMPENSATION_PLAN),
        ("征用土地公告", 2004, Kind.NOTICE),
        ("关于转发《广东省人民政府关于某批次城镇建设用地的批复》的函", 2024, Kind.APPROVAL),
        ("某某旧村庄集体建设用地征为国有建设用地（第二批）的批复转发函", 2025, Kind.APPROVAL),
        ("某某旧村改造项目实施方案公示", 2022, Kind.SCHEME_DRAFT),
        ("关于某某旧村改造项目实施方案的批复", 2022, Kind.SCHEME_APPROVAL),
        ("广州市黄埔区人民政府征收土地公告（文冲旧村改造）", 2025, Kind.NOTICE),
        ("某某旧村改造片区策划方案公示", 2019, Kind.AREA_PLAN),
    ],
)
def test_stage_by_title(title: str, year: int, kind: Kind) -> None:
    assert stage_of([title], "", "", "", year) is kind


def test_several_notices_in_one_file_only_when_divided() -> None:
    one = "征收土地公告\n穗埔府征〔2024〕1号\n将甲村经济联合社属下的集体土地1.0000公顷征收为国有土地。现将有关事项公告如下，请互相转告。"  # noqa: E501
    two = one.replace("1号", "2号")
    assert len(read_notice_text(f"{one}\n=========\n{two}", None).notices) == 2
    assert len(read_notice_text(f"{one}\n\n{two}", None).notices) == 1
    reading = read_notice_text(f"{one}\n=========\n{two}", None)
    for read in reading.notices:
        for source in read.sources_of("doc_number"):
            assert reading.document.text[source.start : source.end] == source.written
    assert [read.record.doc_number for read in reading.notices] == [
        "穗埔府征〔2024〕1号",
        "穗埔府征〔2024〕2号",
    ]


def test_page_date_and_later_upload() -> None:
    text = "征收土地公告\n穗府征〔2006〕9号\n征收甲村集体土地1.0000公顷。"
    same = read_notice_text(text, None, metadata={"PubDate": "2006-08-01"}).notices[0].record
    assert str(same.published) == "2006-08-01"
    later = read_notice_text(text, None, metadata={"PubDate": "2019-08-01"}).notices[0].record
    assert str(later.published) == "2006"
    assert any("2019-08-01" in flag for flag in later.flags)
