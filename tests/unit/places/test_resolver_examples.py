"""Names as the issue, DOMAIN.md and the public records write them, with the places that they mean."""

from __future__ import annotations

import pytest

from hpviewer.places.place import Level
from tests.helpers.gazetteer import resolver

TOWN_THEN_COMMUNITY = {
    "文冲": ("文冲街道", "文冲社区"),
    "文沖": ("文冲街道", "文冲社区"),
    "wenchong": ("文冲街道", "文冲社区"),
    "Wen Chong": ("文冲街道", "文冲社区"),
    "wén chōng": ("文冲街道", "文冲社区"),
    "ｗｅｎｃｈｏｎｇ": ("文冲街道", "文冲社区"),
    "文充": ("文冲街道", "文冲社区"),
    "南岗": ("南岗街道", "南岗社区"),
    "长洲": ("长洲街道", "长洲社区"),
    "長洲": ("长洲街道", "长洲社区"),
    "changzhou": ("长洲街道", "长洲社区"),
    "长周": ("长洲街道", "长洲社区"),
    "萝岗": ("萝岗街道", "萝岗社区"),
    "九佛": ("九佛街道", "九佛社区"),
    "联和": ("联和街道", "联和社区"),
    "龙湖": ("龙湖街道", "龙湖社区"),
    "龍湖": ("龙湖街道", "龙湖社区"),
    "长岭": ("长岭街道", "长岭社区"),
    "changling": ("长岭街道", "长岭社区"),
    "广州黄埔文冲": ("文冲街道", "文冲社区"),
}

ONE_PLACE = {
    # towns
    "文冲街道": "文冲街道",
    "文冲街": "文冲街道",
    "文沖街道": "文冲街道",
    "文充街道": "文冲街道",
    "文冲街道办事处": "文冲街道",
    "广东省广州市黄埔区文冲街道": "文冲街道",
    "wcj": "文冲街道",
    "WCJ": "文冲街道",
    "ｗｃｊｄ": "文冲街道",
    "wenchongjie": "文冲街道",
    "永禾": "永和街道",
    "新龙": "新龙镇",
    "黄埔街": "黄埔街道",
    "东区街道": "云埔街道",
    "东区街": "云埔街道",
    "荔联街道": "云埔街道",
    "萝岗区东区街": "云埔街道",
    # communities and villages
    "文冲社区": "文冲社区",
    "文冲社区居民委员会": "文冲社区",
    "文冲社区居民委会": "文冲社区",
    "文冲居委会": "文冲社区",
    "文冲村": "文冲社区",
    "文冲村委会": "文冲社区",
    "wcxcsq": "文冲新村社区",
    "黄埔区文冲街文冲": "文冲社区",
    "文冲新村社区": "文冲新村社区",
    "文冲新村": "文冲新村社区",
    "龙湖街道何棠下村": "何棠下村",
    "何堂下村": "何棠下村",
    "何棠村": "何棠下村",
    "何棠下下村": "何棠下村",
    "龙湖街道何堂下村": "何棠下村",
    "旺村": "旺村村",
    "汤村村委会": "汤村村",
    "麦村": "麦村村",
    "佛朗村": "佛塱村",
    "红卫": "红卫村",
    "鱼珠社区": "鱼珠社区",
    "福成社区": "福成社区",
    "华沙居民委员会": "华沙社区",
    "中泰天境": "中泰天境社区",
    "镇龙村": "镇龙村",
    "镇龙社区": "镇龙社区",
    "镇龙村民委员会": "镇龙村",
    "刘村": "刘村社区",
    "黃陂": "黄陂社区",
    "黄陂村民委员会": "黄陂社区",
    "黄皮村": "黄陂社区",
    "鱼珠街道金碧社区": "金碧社区",
    "夏港街金碧": "金碧社区",
    # co-operatives
    "文冲第六股份经济合作社": "文冲社区",
    "文冲第６股份经济合作社": "文冲社区",
    "文冲股份经济联合社": "文冲社区",
    "汤村村大迳经济合作社": "汤村村",
    "黄陂社区经济联合社": "黄陂社区",
    "黄陂大氹经济合作社": "黄陂社区",
    "何棠下村经济联合社": "何棠下村",
    "何堂下村经济联合社": "何棠下村",
    "长庚村第四经济合作社": "长庚村",
    # former names
    "九龙镇汤村村": "汤村村",
    "九龙镇何棠下村": "何棠下村",
    "九龙镇旺村": "旺村村",
    "黄埔区九龙镇汤村村": "汤村村",
    "萝岗区萝岗街黄陂村": "黄陂社区",
    "萝岗区萝岗街道暹岗村": "暹岗社区",
    "白云区钟落潭镇埔心村": "埔心村",
    "增城市中新镇镇龙村": "镇龙村",
    "增城市新塘镇贤江村": "贤江社区",
    "天河区新塘街玉树村": "玉树社区",
    "黄埔区荔联街道笔岗社区": "笔岗社区",
    # inside a community
    "元贝": "水西社区",
    "水西社区元贝": "水西社区",
    "大塱村": "萝岗社区",
    "萝岗街大塱村": "萝岗社区",
    "渡头": "文冲社区",
    "西华": "茅岗社区",
    "西华片": "茅岗社区",
    "文冲片区": "文冲社区",
    "长洲村片区": "长洲社区",
    "横沙旧村改造": "横沙社区",
    # another town than today's
    "萝岗街水西村": "水西社区",
}

NOTHING = (
    *("", " ", "文", "区", "文化", "今天", "联合", "天气", "黄埔区"),
    *("萝岗区", "广州市", "白云区", "长岭居", "开源", "经济联合社", "第一经济合作社", "村民委员会", "社区"),
    *(
        "街道",
        "旧村改造",
        "城中村",
        "宏岗村",
        "九龙镇宏岗村",
        "花都区新田村",
        "白云区新田村",
        "天河区文冲",
        "幸福感",
    ),
    *("大沙西", "12345", "hello", "2023-09-29", "（）", "、", "长岭居经济联合社", "和村委会"),
)

READ_ALOUD = {
    "changzhou": "长洲社区",
    "changling": "长岭社区",
    "changping": "长平社区",
    "changgeng": "长庚村",
    "chonggang": "重岗村",
    "jiufo": "九佛街道",
    "folang": "佛塱村",
    "dalang": "萝岗社区",
    "wenchong": "文冲街道",
    "xiangang": "暹岗社区",
    "jingtou": "迳头村",
    "jingxia": "迳下村",
    "xieshan": "蟹山社区",
    "dadang": "黄陂社区",
    "puxin": "埔心村",
    "yinggang": "莺岗社区",
    "yuzhangyuan": "豫章苑社区",
    "yzy": "豫章苑社区",
    "lvteng": "绿藤社区",
    "luteng": "绿藤社区",
    "lǜ téng": "绿藤社区",
}


@pytest.mark.parametrize(("text", "names"), TOWN_THEN_COMMUNITY.items())
def test_a_shared_name_lists_the_town_first(text: str, names: tuple[str, str]) -> None:
    matches = resolver().resolve(text)
    assert tuple(match.name for match in matches) == names
    assert [match.level for match in matches] == [Level.TOWN, Level.COMMUNITY]


@pytest.mark.parametrize(("text", "name"), ONE_PLACE.items())
def test_a_plain_name_means_one_place(text: str, name: str) -> None:
    assert [match.name for match in resolver().resolve(text)] == [name]


@pytest.mark.parametrize("text", NOTHING)
def test_no_place(text: str) -> None:
    assert resolver().resolve(text) == []


@pytest.mark.parametrize(("text", "name"), READ_ALOUD.items())
def test_the_district_reads_its_names_its_own_way(text: str, name: str) -> None:
    assert name in [match.name for match in resolver().resolve(text)]


def test_one_name_in_two_towns() -> None:
    matches = resolver().resolve("金碧社区")
    assert [(match.name, match.town) for match in matches] == [
        ("金碧社区", "鱼珠街道"),
        ("金碧社区", "夏港街道"),
    ]
    assert [match.town for match in resolver().resolve("鱼珠街道金碧社区")] == ["鱼珠街道"]


def test_a_divided_town_is_all_its_successors() -> None:
    matches = resolver().resolve("九龙镇")
    assert {match.name for match in matches} == {"新龙镇", "龙湖街道", "九佛街道"}
    assert all(match.why == "曾用名，2019年前称九龙镇" for match in matches)


def test_initials_of_two_letters_list_all_places() -> None:
    matches = resolver().resolve("wc")
    assert matches[0].name == "文冲街道"
    assert {"文冲街道", "文冲社区", "文船社区"} <= {match.name for match in matches}


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("文冲街道", "正式名称"),
        ("文冲社区", "通用名称"),
        ("文冲", "简称：文冲"),
        ("文沖街道", "繁体写法；正式名称"),
        ("ｗｃｊ", "全角写法；首字母：文冲街"),
        ("wenchongjie", "拼音：文冲街"),
        ("何堂下村", "一字之差：“何堂下村”应为“何棠下村”；通用名称"),
        ("萝岗区萝岗街黄陂村", "曾用名，2007年文件写在萝岗区萝岗街名下"),
        ("白云区钟落潭镇埔心村", "曾用名，2005年前属白云区钟落潭镇"),
        ("九龙镇旺村", "九龙镇2019年前的辖区；简称：旺村"),
        ("文冲第六股份经济合作社", "经济合作社（村民小组）属该社区；简称：文冲"),
        ("渡头", "项目片区，属文冲社区（据粤府土审(02)〔2025〕175号）"),
        ("佛朗", "又写作“佛朗”"),
        ("萝岗街水西村", "现属长岭街道，不在所写的萝岗街；按村名称呼：水西村"),
    ],
)
def test_each_match_says_why(text: str, why: str) -> None:
    assert resolver().resolve(text)[0].why == why


def test_surer_forms_score_higher() -> None:
    texts = [
        "文冲社区居民委员会",
        "文冲社区",
        "文冲居委会",
        "文冲村",
        "文冲",
        "渡头",
        "wenchong",
        "wcsq",
        "文充",
    ]
    scores = [next(m for m in resolver().resolve(text) if m.name == "文冲社区").score for text in texts]
    assert scores[0] == 1
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == len(scores)


def test_a_match_keeps_what_was_written() -> None:
    assert resolver().resolve("  文沖街道 ")[0].written == "文沖街道"
