"""Text on its way into the index: many at once are as one by one, and beginnings of words are found."""

from __future__ import annotations

import re

import apsw
from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.catalogue.code_units import characters_in, set_apart
from hpviewer.catalogue.search_text import all_indexed, indexed, phrase

TEXTS = st.lists(
    st.text(max_size=30)
    | st.text("广州市黄埔区東溝文冲（）〔〕２０２３号ＡＢab12 、_\x1e|é㎡ﬁ", max_size=20),
    min_size=1,
    max_size=6,
)


@settings(max_examples=300, deadline=None)
@given(texts=TEXTS)
def test_many_at_once_are_as_one_by_one(texts: list[str]) -> None:
    assert [text.split() for text in all_indexed(texts)] == [indexed(text).split() for text in texts]


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=60) | st.text("东a1z9𠮷 😀\x1e", max_size=30))
def test_long_text_is_set_apart_as_short_text_is(text: str) -> None:
    assert characters_in(text) == set(text)
    assert set_apart(text).split() == re.findall(r"[0-9]+|[a-z]+|[^\s0-9a-z]", text)


def test_an_import_s_worth_of_text_is_as_one_by_one() -> None:
    texts = ["广州市黄埔区東溝文冲（旧改）〔２０２３〕33号km2", "𠮷村 😀", "", "é㎡ﬁ 2023-09-28"] * 700
    assert [text.split() for text in all_indexed(texts)] == [indexed(text).split() for text in texts]


def test_a_beginning_of_any_length_finds_the_word() -> None:
    connection = apsw.Connection(":memory:")
    connection.execute("CREATE VIRTUAL TABLE t USING fts5(a, prefix='2 3')")
    for fid, text in enumerate(["穗府〔2023〕33号", "2号地块", "km2 wenchong", "7"], 1):
        connection.execute("INSERT INTO t (rowid, a) VALUES (?, ?)", (fid, indexed(text)))

    def found(text: str) -> list[int]:
        rows = connection.execute("SELECT rowid FROM t WHERE t MATCH ? ORDER BY rowid", (phrase(text),))
        return [fid for (fid,) in rows]

    assert found("2") == [1, 2, 3]
    assert found("府2") == found("府202") == found("府〔2023") == [1]
    assert found("7") == [4]
    assert found("w") == found("wen") == found("2w") == [3]
    assert found("3") == [1]
