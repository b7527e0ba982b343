"""Places named in running text, and the stretches that only look like places."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.helpers.gazetteer import code_of, resolver


def written_and_meant(text: str) -> list[tuple[str, str]]:
    return [(m.written, "/".join(match.name for match in m.matches)) for m in resolver().mentions(text)]


PLACES_AS_WRITTEN = {
    "黄埔区文冲街文冲": ["文冲社区"],
    "黄埔街下沙": ["下沙社区"],
    "黄埔区龙湖街道何棠下村": ["何棠下村"],
    "黄埔区联和街黄陂社区": ["黄陂社区"],
    "黄埔区九龙镇大涵村、汤村村、长庚村": ["大涵村", "汤村村", "长庚村"],
    "萝岗区萝岗街黄陂村": ["黄陂社区"],
    "萝岗区萝岗街暹岗村": ["暹岗社区"],
    "横沙社区": ["横沙社区"],
    "水西社区": ["水西社区"],
    "元贝村": ["水西社区"],
    "刘村社区、笔岗社区": ["刘村社区", "笔岗社区"],
    "沙步社区": ["沙步社区"],
    "庙头社区": ["庙头社区"],
    "火村社区": ["火村社区"],
    "萝岗街大塱村": ["萝岗社区"],
    "双沙社区": ["双沙社区"],
    "茅岗社区": ["茅岗社区"],
    "福山村、福洞村、镇龙村": ["福山村", "福洞村", "镇龙村"],
    "暹岗社区": ["暹岗社区"],
    "文冲社区": ["文冲社区"],
    "九龙镇何棠下村、九龙镇旺村": ["何棠下村", "旺村村"],
    "广冶生活区、文船生活区、海地社区、新港社区、梅园社区（4801厂生活2区）": [
        "广冶菠船社区",
        "文船社区",
        "海地社区",
        "新港社区",
        "梅园社区",
        "梅园社区",
    ],
    "文冲片区、长洲村片区": ["文冲社区", "长洲社区"],
}
"""place_as_written of the bundled records, with their communities."""

OWNERS = {
    "文冲股份经济联合社及其属下十四个股份经济合作社": ["文冲社区"],
    "下沙股份经济联合社": ["下沙社区"],
    "何棠下村经济联合社": ["何棠下村"],
    "黄陂社区经济联合社龙伏、大氹、黄陂经济合作社": ["黄陂社区"] * 3,
    "大涵村经济联合社、汤村村经济联合社、汤村村大迳、荔枝坑、盘一、盘二、新南经济合作社、"
    "长庚村第四经济合作社": [
        "大涵村",
        *["汤村村"] * 6,
        "长庚村",
    ],
    "黄陂村民委员会": ["黄陂社区"],
    "暹岗村": ["暹岗社区"],
}

TITLES = {
    "广州市黄埔区人民政府征收土地公告（文冲旧村改造，渡头、文元、江北片）": ["文冲社区"] * 4,
    "黄埔街下沙股份经济联合社旧村庄集体建设用地征为国有建设用地（第二批）的批复转发函": ["下沙社区"],
    "广州市黄埔区人民政府征收土地公告": [],
    "广州市2010年度第三十二批次城市建设用地征收土地公告（联和街黄陂社区）": ["黄陂社区"],
    "广东省人民政府关于中新广州知识城2016年度第五批次城镇建设用地的批复": [],
    "高新科技工业园区征地补偿安置公告（黄陂村）": ["黄陂社区"],
    "横沙城中村改造全面开拆动员": ["横沙社区"],
    "水西社区元贝旧村改造实施方案获批": ["水西社区", "水西社区"],
    "刘村与笔岗片区旧村改造首开区安置房主体完工": ["刘村社区", "笔岗社区"],
    "火村旧村改造签约率达99%": ["火村社区"],
    "大塱旧村改造房屋全部拆除": ["萝岗社区"],
    "双沙城市更新项目复建区摇珠分房": ["双沙社区"],
    "茅岗路以西城中村改造西华片拆迁公告": ["茅岗社区"],
    "新龙新城安置区（福山、福洞村）动工": ["福山村", "福洞村"],
    "全面改造计划：何棠下村、旺村": ["何棠下村", "旺村村"],
    "2017年部分旧改（微改造）项目": [],
}


@pytest.mark.parametrize(("text", "names"), (PLACES_AS_WRITTEN | OWNERS | TITLES).items())
def test_the_bundled_records_resolve_to_their_communities(text: str, names: list[str]) -> None:
    assert [meant for _, meant in written_and_meant(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "长岭居",
        "黄埔区长岭居国际社区",
        "经济联合",
        "股份经济联合社",
        "广州市黄埔区人民政府",
        "黄埔区、广州开发区",
        "文冲地铁站以东、南岗河以西、永和大道以北",
        "东至丰乐中路，南至黄埔东路，西至大沙东路",
        "花都区新田村",
        "白云区太和镇黄田村",
        "增城区新田村",
        "东莞市长平社区",
        "花都区新田村、黄田村",
        "青年和妇女，石化企业",
        "茂名石化改造项目",
    ],
)
def test_what_only_looks_like_a_place(text: str) -> None:
    assert resolver().mentions(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("文冲新村社区居民", [("文冲新村社区", "文冲新村社区")]),
        ("经研究，黄埔区文冲街文冲村的土地", [("黄埔区文冲街文冲村", "文冲社区")]),
        ("位于黄埔区文冲，面积", [("黄埔区文冲", "文冲街道/文冲社区")]),
        ("文沖街道、魚珠街道", [("文沖街道", "文冲街道"), ("魚珠街道", "鱼珠街道")]),
        ("黄埔区 龙湖街道 何棠下村", [("黄埔区 龙湖街道 何棠下村", "何棠下村")]),
        ("龙湖街道何堂下村", [("龙湖街道何堂下村", "何棠下村")]),
        ("鱼珠街道茅岗社区、金碧社区", [("鱼珠街道茅岗社区", "茅岗社区"), ("金碧社区", "金碧社区")]),
        ("九楼村和大坦村经济联合社", [("九楼村", "九楼村"), ("大坦村经济联合社", "大坦村")]),
        ("九佛街道红卫村及龙湖街道何棠下，", [("九佛街道红卫村", "红卫村"), ("龙湖街道何棠下", "何棠下村")]),
        ("文冲街石化路", [("文冲街", "文冲街道")]),
        ("萝岗街道办事处长平社区", [("萝岗街道办事处长平社区", "长平社区")]),
        ("黄埔區九龍鎮湯村村", [("黄埔區九龍鎮湯村村", "汤村村")]),
        ("金碧社区", [("金碧社区", "金碧社区/金碧社区")]),
        ("白云区钟落潭镇埔心村", [("白云区钟落潭镇埔心村", "埔心村")]),
        (
            "黄陂社区、暹岗社区、文冲",
            [("黄陂社区", "黄陂社区"), ("暹岗社区", "暹岗社区"), ("文冲", "文冲社区")],
        ),
        ("九龙镇人民政府", [("九龙镇", "九佛街道/龙湖街道/新龙镇")]),
        ("文冲第六股份经济合作社代表", [("文冲第六股份经济合作社", "文冲社区")]),
    ],
)
def test_what_a_stretch_of_text_means(text: str, found: list[tuple[str, str]]) -> None:
    assert written_and_meant(text) == found


def test_the_town_holds_for_the_list_that_follows() -> None:
    mentions = resolver().mentions("位于夏港街金碧社区、青年社区。另有金碧社区")
    assert [[match.town for match in m.matches] for m in mentions] == [
        ["夏港街道"],
        ["夏港街道"],
        ["鱼珠街道", "夏港街道"],
    ]


def test_positions_are_those_of_the_text_itself() -> None:
    text = "ＡＢ①㎡ 征收　黃陂 社區 及\n何棠下村㎡"
    mentions = resolver().mentions(text)
    assert [(text[m.start : m.end], m.written) for m in mentions] == [("黃陂 社區",) * 2, ("何棠下村",) * 2]
    assert [m.matches[0].code for m in mentions] == [code_of("黄陂社区"), code_of("何棠下村")]


def test_mentions_never_overlap() -> None:
    text = "黄埔区文冲街文冲（渡头、文元、江北片）旧村改造，" * 20
    mentions = resolver().mentions(text)
    assert len(mentions) == 80
    assert all(left.end <= right.start for left, right in pairwise(mentions))
