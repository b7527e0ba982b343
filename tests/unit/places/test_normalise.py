from __future__ import annotations

import pytest

from hpviewer.places.flat_text import FlatText
from hpviewer.places.normalise import Spelling, normalise, spelling


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("文沖街道", "文冲街道"),
        ("龍湖、黃陂（蘿崗）", "龙湖黄陂萝岗"),
        ("ＷＣ　Ｊ", "wcj"),
        ("（４８０１）厂", "4801厂"),
        ("Wén Chōng", "wenchong"),
        ("lǜ téng", "luteng"),
        ("佛塱", "佛塱"),
        ("乌涌 文冲", "乌涌文冲"),
        ("…— ", ""),
        ("", ""),
    ],
)
def test_key(text: str, key: str) -> None:
    assert normalise(text) == key


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("文冲", Spelling.PLAIN),
        ("wc", Spelling.PLAIN),
        ("文冲（渡头）", Spelling.PLAIN),
        ("文沖", Spelling.TRADITIONAL),
        ("ｗｃ", Spelling.FULL_WIDTH),
        ("文沖６", Spelling.TRADITIONAL),
    ],
)
def test_spelling(text: str, kind: Spelling) -> None:
    assert spelling(text) is kind


def test_flat_text_leads_back() -> None:
    text = "A ㎡ 文 沖\n街"
    flat = FlatText(text)
    assert flat.characters == "a m2 文冲\n街"
    assert [text[flat.original(at)] for at in range(len(flat.characters))] == list("A ㎡㎡ 文沖\n街")
