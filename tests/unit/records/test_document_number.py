from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpviewer.records.document_number import DocumentNumber, find_numbers


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("穗埔府征〔2023〕33号", "穗埔府征〔2023〕33号"),
        ("穗埔府征[2023]33号", "穗埔府征〔2023〕33号"),
        ("穗埔府征【２０２３】 33 号", "穗埔府征〔2023〕33号"),
        ("粤府土审（02）〔2025〕175号", "粤府土审(02)〔2025〕175号"),
        ("粤府土审〔02〕〔2023〕156号", "粤府土审(02)〔2023〕156号"),
        ("粤府土审（授）〔2022〕42号", "粤府土审(授)〔2022〕42号"),
        ("粤国土资（建）字［2015］499号", "粤国土资(建)字〔2015〕499号"),
        ("穗规划资源（用地）批〔2024〕142 号", "穗规划资源(用地)批〔2024〕142号"),
        ("穗府(增)征〔2020〕24号", "穗府(增)征〔2020〕24号"),
    ],
)
def test_one_number_in_any_writing(written: str, canonical: str) -> None:
    assert str(DocumentNumber.parse(written)) == canonical


def test_lost_bracket_is_kept_and_told() -> None:
    number = DocumentNumber.parse("粤府土审（02）〔20202号")
    assert number.damaged
    assert str(number) == "粤府土审(02)〔20202号"


@pytest.mark.parametrize("text", ["", "33号", "〔2023〕33号", "穗府征〔2023〕号", "2023年第3号"])
def test_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        DocumentNumber.parse(text)


def test_numbers_in_a_sentence() -> None:
    text = "广东省国土资源厅以粤国土资(建)字〔2005〕282号文件同意,见征收土地公告穗府征〔2006〕1号及《批复》(粤府土审(02)〔2019〕7号)"  # noqa: E501
    found = list(find_numbers(text))
    assert [str(one.number) for one in found] == [
        "粤国土资(建)字〔2005〕282号",
        "穗府征〔2006〕1号",
        "粤府土审(02)〔2019〕7号",
    ]
    assert [text[one.start : one.end] for one in found] == [str(one.number) for one in found]


def test_which_numbers_approve_land() -> None:
    assert DocumentNumber.parse("粤府土审(02)〔2019〕7号").is_approval
    assert DocumentNumber.parse("国土资函〔2011〕340号").is_approval
    assert not DocumentNumber.parse("穗埔府征〔2023〕33号").is_approval
    assert not DocumentNumber.parse("粤府〔2019〕16号").is_approval


@given(
    st.integers(1990, 2029),
    st.integers(1, 99999),
    st.sampled_from(["〔〕", "[]", "【】", "（）", "［］", "()"]),
)
def test_canonical_form_reads_as_itself(year: int, serial: int, brackets: str) -> None:
    number = DocumentNumber.parse(f"穗埔府预征{brackets[0]}{year}{brackets[1]}{serial}号")
    assert DocumentNumber.parse(str(number)) == number == DocumentNumber("穗埔府预征", year, str(serial))
