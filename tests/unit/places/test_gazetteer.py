from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from hpviewer import paths
from hpviewer.errors import InputError
from hpviewer.places.gazetteer import load_gazetteer
from hpviewer.places.name_entry import NameForm
from hpviewer.places.names import names_of
from hpviewer.places.normalise import normalise
from hpviewer.places.reason import reading_of
from tests.helpers.gazetteer import code_of, gazetteer


def test_the_district_of_2023() -> None:
    assert Counter(place.kind for place in gazetteer().places) == {"街道": 16, "镇": 1, "社区": 139, "村": 28}
    assert all(place.code.startswith(place.town_code) for place in gazetteer().communities)


@pytest.mark.parametrize(
    ("official", "name"),
    [
        ("文冲社区居民委员会", "文冲社区"),
        ("汤村村委会", "汤村村"),
        ("旺村村委会", "旺村村"),
        ("麦村村委会", "麦村村"),
        ("旺村村村委会", None),
        ("红卫村委会", "红卫村"),
        ("鱼珠社区居委会", "鱼珠社区"),
        ("福成居民委员会", "福成社区"),
        ("华沙居民委员会", "华沙社区"),
        ("中泰天境居民委员会", "中泰天境社区"),
    ],
)
def test_official_and_shown_names(official: str, name: str | None) -> None:
    shown = [place.name for place in gazetteer().places if place.official_name == official]
    assert shown == ([name] if name else [])


def test_only_one_name_is_shared() -> None:
    counts = Counter(place.name for place in gazetteer().places)
    assert [name for name, count in counts.items() if count > 1] == ["金碧社区"]


def test_keys_are_normal_and_not_repeated() -> None:
    entries = gazetteer().names
    assert all(entry.key == normalise(entry.key) for entry in entries)
    assert len({(entry.key, entry.code, entry.form) for entry in entries}) == len(entries)


def test_every_place_has_all_ways_to_find_it() -> None:
    for place in gazetteer().places:
        forms = {entry.form for entry in names_of(place, gazetteer().readings)}
        assert {NameForm.OFFICIAL, NameForm.PINYIN, NameForm.INITIALS} <= forms, place.name


def test_entries_of_one_town() -> None:
    (town,) = (place for place in gazetteer().towns if place.name == "文冲街道")
    keys = {(entry.key, entry.form) for entry in names_of(town, gazetteer().readings)}
    assert keys == {
        ("文冲街道", NameForm.OFFICIAL),
        ("文冲街", NameForm.SHORT),
        ("文冲街道办事处", NameForm.SHORT),
        ("文冲街道办", NameForm.SHORT),
        ("文冲街办", NameForm.SHORT),
        ("文冲", NameForm.STEM),
        ("wenchong", NameForm.PINYIN),
        ("wenchongjie", NameForm.PINYIN),
        ("wenchongjiedao", NameForm.PINYIN),
        ("wc", NameForm.INITIALS),
        ("wcj", NameForm.INITIALS),
        ("wcjd", NameForm.INITIALS),
    }


def test_former_names_carry_year_and_source() -> None:
    details = {
        e.key: e.detail for e in gazetteer().names if e.code == code_of("黄陂社区") and "萝岗" in e.key
    }
    assert details["萝岗街黄陂村"] == "written|萝岗区萝岗街|2007|穗府征〔2007〕41号"


@pytest.mark.parametrize(
    ("file", "old", "new", "sentence"),
    [
        ("towns.csv", "440112006,", "440112005,", "towns.csv 第 6 行：代码“440112005”重复"),
        ("towns.csv", "code,", "id,", "towns.csv 第 1 行：缺少“code”列"),
        (
            "communities.csv",
            ",440112001,社区",
            ",440112999,社区",
            "communities.csv 第 2 行：所属街镇“440112999”",
        ),
        ("communities.csv", "港湾北社区,", ",", "communities.csv 第 2 行：“name”列为空"),
        ("aliases.csv", "440112017205", "440112017999", "aliases.csv 第 2 行：代码“440112017999”不在"),
        ("aliases.csv", "spelling", "typo", "aliases.csv 第 2 行：“typo”不是允许的值"),
        ("history.csv", "新龙镇,", "新虎镇,", "history.csv 第 2 行：名称“新虎镇”与代码所指的“新龙镇”不符"),
        ("readings.csv", "chang zhou", "changzhou", "readings.csv 第 2 行：读音“changzhou”的音节数"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, file: str, old: str, new: str, sentence: str) -> None:
    shutil.copytree(paths.data() / "places", tmp_path / "places")
    path = tmp_path / "places" / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(InputError) as raised:
        load_gazetteer(tmp_path / "places")
    assert raised.value.message.startswith(sentence)
    assert raised.value.next_step


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"找不到地名数据文件：.*towns\.csv"):
        load_gazetteer(tmp_path)
    (tmp_path / "towns.csv").write_bytes("代码".encode("gb18030"))
    with pytest.raises(InputError, match=r"读不了地名数据文件：.*towns\.csv"):
        load_gazetteer(tmp_path)


def test_every_name_has_a_reason_in_words() -> None:
    by_code = {place.code: place for place in gazetteer().places}
    for entry in gazetteer().names:
        reading = reading_of(entry, by_code[entry.code])
        assert reading.why
        assert 0 < reading.score <= 1
