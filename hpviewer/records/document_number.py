"""Document numbers of Chinese offices: 穗埔府征〔2023〕33号, 粤府土审(02)〔2025〕175号, 粤国土资(建)字〔2015〕499号.

A number is an office's own word (代字), a year in brackets and a serial. Sources vary the brackets
(〔〕 [] 【】 （） ［］), their width and the spaces; two numbers are the same when their canonical forms are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_OPEN = "〔\\[【［(（〖﹝"
_CLOSE = "〕\\]】］)）〗﹞"
_CANONICAL = re.compile(
    rf"(?P<word>[一-鿿〇][一-鿿〇 ]{{0,30}}(?:[{_OPEN}]\s*[\w]{{1,6}}?\s*[{_CLOSE}] *[一-鿿 ]{{0,6}}){{0,2}})"
    rf"[{_OPEN}]\s*(?P<year>(?:19|20)\d{{2}})(?:\s*年)?\s*"
    rf"(?:(?P<closed>[{_CLOSE}])\s*(?:第\s*)?(?P<serial>\d{{1,5}}(?:-\d{{1,3}})?)|(?P<glued>\d{{1,5}}))\s*号"
)
_APPROVAL_WORD = re.compile(
    r"^(?:粤府土审|粤府土|粤国土资\(建\)|粤国土资|粤自然资|粤建用|国土资函|自然资函|国函|粤府函|穗府土审|穗府土)"
    r"|批$|^穗(?:国土规划|规划资源)(?:函|建用|审)"
)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """``word`` is the office's word with inner brackets as ASCII ones: 粤府土审(02).

    ``damaged`` means that the closing bracket of the year is lost in the source (〔20202号): year and serial
    cannot be told apart for certain, so ``str`` keeps the source's digits.
    """

    word: str
    year: int
    serial: str
    damaged: bool = False

    def __str__(self) -> str:
        return f"{self.word}〔{self.year}{'' if self.damaged else '〕'}{self.serial}号"

    @property
    def is_approval(self) -> bool:
        """Whether the word is one of those that land is approved under (粤府土审, 粤国土资, 国土资函, …批)."""
        return bool(_APPROVAL_WORD.search(self.word))

    @classmethod
    def parse(cls, text: str) -> DocumentNumber:
        """The whole text is one number, in any bracket and width; ValueError otherwise."""
        plain = unicodedata.normalize("NFKC", text).strip()
        found = _CANONICAL.fullmatch(plain)
        if not found:
            raise ValueError(text)
        return _number(found)


def _number(found: re.Match[str]) -> DocumentNumber:
    word = re.sub(r"\s+", "", found["word"])
    word = re.sub(rf"[{_OPEN}]", "(", word)
    word = re.sub(rf"[{_CLOSE}]", ")", word)
    serial = found["serial"] or found["glued"]
    return DocumentNumber(word, int(found["year"]), serial, damaged=found["closed"] is None)


@dataclass(frozen=True, slots=True)
class NumberInText:
    number: DocumentNumber
    start: int
    end: int


_STARTS = re.compile(r"穗|粤|国土资|国函|自然资|国务院|埔府|黄府|黄埔府|萝府|知识城|增府|花府|番府|开府")
_LEAVE = (
    "以",
    "依据",
    "根据",
    "公告",
    "批复",
    "公示",
    "方案",
    "通知",
    "决定",
    "请示",
    "文号",
    "编号",
    "通告",
    "的函",
)


def find_numbers(text: str) -> Iterator[NumberInText]:
    """All numbers of a text, left to right, without words that merely stand before one (以, 公告, 根据).

    The text is expected in half-width form; positions are those of the text given.
    """
    for found in _CANONICAL.finditer(text):
        word = found["word"]
        at = _word_start(word)
        number = _number(found)
        trimmed = re.sub(r"\s+", "", word[at:]).translate(_ASCII_BRACKETS)
        if not trimmed:
            continue
        yield NumberInText(
            DocumentNumber(trimmed, number.year, number.serial, number.damaged),
            found.start() + at,
            found.end(),
        )


_ASCII_BRACKETS = str.maketrans(
    {**dict.fromkeys("〔[【［（〖﹝", "("), **dict.fromkeys("〕]】］）〗﹞", ")")}
)


def _word_start(word: str) -> int:
    """Where the office's word begins in a run of characters that a sentence may lead into."""
    low = 0
    for leave in _LEAVE:
        low = max(low, word.rfind(leave) + len(leave) if leave in word else 0)
    starts = [found.start() for found in _STARTS.finditer(word, low)]
    if starts:
        return starts[0] if len(word) - starts[0] <= 16 else starts[-1]
    while low < len(word) and word[low] in "以据按经和与及、的见由为号文":
        low += 1
    return low
