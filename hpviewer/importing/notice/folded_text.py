"""The text as the field readers see it: one writing for everything, with the way back to the text shown.

Folded are: Traditional characters, full-width forms, brackets, dashes, spaces, pinyin put in behind
characters (区(qū)), stray tags, doubled commas, hard line breaks inside a sentence. Every character of the
folded text knows the position it came from, so a field's span always refers to the text the user sees.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from hpviewer.importing.document_text.reflow import width

_TAG = re.compile(
    r"</?[A-Za-z!][^<>\n]{0,200}>|&(?:nbsp|ensp|emsp|ldquo|rdquo|middot|amp|lt|gt|quot|#\d{1,6});?"
)
_PINYIN = re.compile(r"(?<=[㐀-鿿A-Z])[(（]\s*(?P<syllable>[a-zü-ǜāáǎàēéěèīíǐìōóǒòūúǔùńňǹḿ]{1,7})\s*[)）]")
_TONES = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ")
_UNIT_LIKE = frozenset({"ha", "hm", "km", "m", "mu", "cm"})
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?:\D|$))(?<=\d[,，])")
_LIST_MARK = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)|附件|附[:：])"
)
_ENDS = "。；;：:！!？?】》|〕"
_PUNCTUATION = "，、。;:"


@dataclass(frozen=True, slots=True)
class FoldedText:
    """``origin[i]`` is the position in ``shown`` of character i of ``text``; one more entry closes the list.

    ``gaps`` holds the positions of ``text`` in front of which spaces were dropped.
    """

    shown: str
    text: str
    origin: tuple[int, ...]
    gaps: frozenset[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the shown text that a span of the folded text came from; empty spans stay empty."""
        if end <= start:
            at = self.origin[min(start, len(self.text))]
            return at, at
        return self.origin[start], self.origin[end - 1] + 1

    def written(self, start: int, end: int) -> str:
        first, last = self.span(start, end)
        return self.shown[first:last]


@lru_cache(maxsize=1)
def _folding() -> dict[int, str]:
    """Character -> its one writing. '' drops it. Built once: 30 ms."""
    import opencc

    table: dict[int, str] = {}
    for code in range(0xFF01, 0xFF5F):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            table[code] = plain
    han = [chr(code) for code in range(0x4E00, 0xA000)]
    simple = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    if len(simple) == len(han):
        table.update({ord(a): b for a, b in zip(han, simple, strict=True) if a != b and len(b) == 1})
    for group, plain in (
        (",﹐，‚", "，"),
        ("；﹔;", ";"),
        ("：﹕∶︰:", ":"),
        ("（﹙(〈＜⟨﹤", "("),
        ("）﹚)〉＞⟩﹥", ")"),
        ("〔[【［〖﹝", "〔"),
        ("〕]】］〗﹞", "〕"),
        ("—–―－‐‑−~～∼〜-─━﹣", "-"),
        ("○◯〇", "〇"),
        ("．", "."),
        ("｜|│┃", "|"),
        ("﹑､", "、"),
        ("｡", "。"),
    ):
        table.update(dict.fromkeys(map(ord, group), plain))
    drop = "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff\u00ad\r\x0b\x00"
    table.update(dict.fromkeys(map(ord, drop), ""))
    return table


def _soft_breaks(shown: str) -> frozenset[int]:
    """Positions of line breaks that a fixed line width put inside sentences (PDF, plain text).

    Only when a good part of the lines is as long as the longest: paragraphs of a web page never are.
    """
    lines = shown.split("\n")
    widths = [width(line.rstrip()) for line in lines if line.strip()]
    if len(widths) < 4 or "|" in shown:
        return frozenset()
    longest = max(widths)
    full = [line for line in lines if width(line.rstrip()) >= longest - 2]
    broken = [line for line in full if line.rstrip()[-1:] not in _ENDS]
    if not 16 <= longest <= 70 or len(broken) < 2 or len(broken) < len(full) * 0.5:
        return frozenset()
    soft, at = [], 0
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        at += len(line)
        whole = line.rstrip()
        if (
            width(whole) >= longest - 2
            and whole[-1:] not in _ENDS
            and following.strip()
            and not _LIST_MARK.match(following)
        ):
            soft.append(at)
        at += 1
    return frozenset(soft)


def fold(shown: str) -> FoldedText:
    """Linear in the length of the text. ``shown`` is kept as it is."""
    skipped = bytearray(len(shown) + 1)
    for found in _TAG.finditer(shown):
        skipped[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    syllables = list(_PINYIN.finditer(shown))
    annotated = any(not _TONES.isdisjoint(found["syllable"]) for found in syllables)
    for found in syllables:
        syllable = found["syllable"]
        if not _TONES.isdisjoint(syllable) or (annotated and syllable not in _UNIT_LIKE):
            skipped[found.start() : found.end()] = b"\1" * (found.end() - found.start())
    for found in _THOUSANDS.finditer(shown):
        skipped[found.start()] = 1
    soft = _soft_breaks(shown)
    folding = _folding()
    text: list[str] = []
    origin: list[int] = []
    gaps: set[int] = set()
    gap = False
    for at, char in enumerate(shown):
        if skipped[at]:
            continue
        plain = folding.get(ord(char), char)
        if plain == "\n":
            if at in soft:
                continue
            if text and text[-1] != "\n":
                text.append("\n")
                origin.append(at)
            gap = False
            continue
        if not plain:
            continue
        if plain.isspace():
            gap = True
            continue
        last = text[-1] if text else "\n"
        if gap:
            if last.isascii() and last.isalnum() and plain.isascii() and plain.isalnum():
                text.append(" ")
                origin.append(at - 1)
            gaps.add(len(text))
            gap = False
        if plain in _PUNCTUATION and last in _PUNCTUATION:
            # Doubled commas: the stronger sign stays, a comma gives way to anything.
            if plain == last or plain == "，":
                continue
            if last == "，":
                text[-1], origin[-1] = plain, at
                continue
        text.append(plain)
        origin.append(at)
    origin.append(len(shown))
    return FoldedText(shown, "".join(text), tuple(origin), frozenset(gaps))
