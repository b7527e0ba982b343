"""Any official name, shortened in any documented way, leads home; text without a place leads nowhere."""

from __future__ import annotations

from itertools import pairwise

import opencc
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hpviewer.places.names import stem_of
from hpviewer.places.place import Level, Place
from hpviewer.places.slip import NOT_PLACES
from tests.helpers.gazetteer import gazetteer, resolver

TOWNS = {town.code: town for town in gazetteer().towns}
TO_TRADITIONAL = opencc.OpenCC("s2t")
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}

places = st.sampled_from(gazetteer().places)
communities = st.sampled_from(gazetteer().communities)


def plain_forms(place: Place) -> list[str]:
    """Forms that tell the level."""
    stem = stem_of(place.name)
    if place.level is Level.TOWN:
        return [place.name, stem + ("街" if place.kind == "街道" else "镇")]
    forms = [place.name, place.official_name, stem + "股份经济联合社", stem + "第六股份经济合作社"]
    if place.kind == "社区":
        forms += [stem + suffix for suffix in ("社区居民委员会", "居委会", "居民委员会", "社区经济联合社")]
        # 镇龙社区 and 镇龙村 stand side by side: there the village name is the village's.
        if not stem.endswith("村") and all(other.name != stem + "村" for other in gazetteer().places):
            forms += [stem + suffix for suffix in ("村", "村委会", "村民委员会")]
    else:
        forms += [place.name + "民委员会", place.name + "经济联合社"]
    return forms


def prefixed_forms(place: Place) -> list[str]:
    town = TOWNS[place.town_code]
    short = town.name.replace("街道", "街")
    names = [place.name, stem_of(place.name)]
    return [
        lead + t + name
        for lead in ("", "黄埔区", "广州市黄埔区")
        for t in (town.name, short)
        for name in names
    ]


def is_shared(place: Place) -> bool:
    stem = stem_of(place.name)
    return sum(stem_of(other.name) == stem for other in gazetteer().communities) > 1


@given(places, st.data())
@settings(max_examples=300, deadline=None)
def test_a_plain_form_means_its_place_alone(place: Place, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(plain_forms(place)))
    codes = [match.code for match in resolver().resolve(form)]
    assert place.code in codes
    if not is_shared(place):
        assert codes == [place.code]


@given(communities, st.data())
@settings(max_examples=300, deadline=None)
def test_the_town_before_it_settles_which(place: Place, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(prefixed_forms(place)))
    matches = resolver().resolve(form)
    assert place.code in [match.code for match in matches]
    assert {match.town for match in matches} == {TOWNS[place.town_code].name}


@given(places, st.data())
@settings(max_examples=300, deadline=None)
def test_another_writing_means_the_same(place: Place, data: st.DataObject) -> None:
    form = data.draw(st.sampled_from([*plain_forms(place), stem_of(place.name)]))
    expected = [match.code for match in resolver().resolve(form)]
    assert place.code in expected
    for other in (
        TO_TRADITIONAL.convert(form),
        f"　{form} ",
        f"（{form}）".translate(FULL_WIDTH),
        " ".join(form),
    ):
        assert [match.code for match in resolver().resolve(other)] == expected


@given(places, st.sampled_from(["{}", "{} ", "ＵＰＰＥＲ"]), st.data())
@settings(max_examples=200, deadline=None)
def test_pinyin_and_initials_lead_home(place: Place, style: str, data: st.DataObject) -> None:
    syllables = gazetteer().readings.syllables(data.draw(st.sampled_from([place.name, stem_of(place.name)])))
    for text in ("".join(syllables), " ".join(syllables), "".join(s[0] for s in syllables)):
        typed = text.upper().translate(FULL_WIDTH) if style == "ＵＰＰＥＲ" else style.format(text)
        assert place.code in [match.code for match in resolver().resolve(typed)]


@given(communities.filter(lambda place: len(stem_of(place.name)) >= 3), st.data())
@settings(max_examples=200, deadline=None)
def test_one_slip_is_forgiven_in_a_long_name(place: Place, data: st.DataObject) -> None:
    stem = stem_of(place.name)
    at = data.draw(st.integers(0, len(stem) - 1))
    kind = data.draw(st.sampled_from(["wrong", "added", "lost"]))
    middle = {"wrong": "龘", "added": "龘" + stem[at], "lost": ""}[kind]
    slipped = stem[:at] + middle + stem[at + 1 :] + place.name.removeprefix(stem)
    assume(slipped.removesuffix("社区").removesuffix("村") not in NOT_PLACES)
    exact = {other.name for other in gazetteer().places} | {stem_of(o.name) for o in gazetteer().places}
    assume(not any(slipped.startswith(name) for name in exact if len(name) > 1))
    assert place.code in [match.code for match in resolver().resolve(slipped)]


WORDS = """
今天 明天 天气 很好 我们 他们 可以 文化 教育 联合 经济 发展 社区 街道 村委会 村民
居民 公告 通知 土地 征收 补偿 安置 批复 方案 面积 公顷 建设 用地 农用地 林地 政府
人民 广东省 广州市 黄埔区 萝岗区 附近 位于 以东 以南 公路 地铁 项目 旧村 改造 城市 更新
的 和 与 及 、 ， 。 （ ） 2023 年 9 月 经济合作社 股份 第一
旧村改造 城中村 片区 长江 永远 开始 电影 音乐 学校 医院 银行 停车 收费 咨询 电话 长岭居
经济联合社 福利 国家
"""
ENGLISH = """
the quick notice about land in our town is hello world query map window open file data pdf html xyz
"""
NUMBERS = "0 12 2023 440112 3.14 # / -"

sentences = st.lists(st.sampled_from(WORDS.split()), min_size=1, max_size=12).map("".join)
latin = st.lists(st.sampled_from(f"{ENGLISH} {NUMBERS}".split()), min_size=1, max_size=4).map(" ".join)


@given(st.one_of(sentences, latin))
@settings(max_examples=400, deadline=None)
def test_text_without_a_place_means_nothing(text: str) -> None:
    assert resolver().resolve(text) == []
    assert resolver().mentions(text) == []


@given(st.text(max_size=80))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read_without_a_crash(text: str) -> None:
    resolver().resolve(text)
    resolver().complete(text, 8)
    for mention in resolver().mentions(text):
        assert text[mention.start : mention.end] == mention.written


pieces = st.one_of(
    places.flatmap(lambda place: st.sampled_from([*plain_forms(place), stem_of(place.name)])),
    st.sampled_from(WORDS.split()),
    st.sampled_from(["、", "和", "，", "\n", " ", "白云区", "九龙镇", "村", "街", "经济合作社"]),
)


@given(st.lists(pieces, max_size=14).map("".join))
@settings(max_examples=300, deadline=None)
def test_mentions_stand_in_order_apart_and_mean_something(text: str) -> None:
    mentions = resolver().mentions(text)
    assert all(left.end <= right.start for left, right in pairwise(mentions))
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.written
        assert mention.matches


@given(places, st.lists(st.sampled_from(WORDS.split()), max_size=5).map("".join))
@settings(max_examples=200, deadline=None)
def test_a_full_name_is_found_in_any_sentence(place: Place, before: str) -> None:
    mentions = resolver().mentions(f"{before}，{place.name}。")
    assert [place.code in [match.code for match in m.matches] for m in mentions] == [True]
