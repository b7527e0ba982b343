"""A document of articles: 第一条 to the last one, under its chapters."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from hpviewer.importing.policy_document.marks import HAN, Line, Mark, Style, lines_of, mark_of
from hpviewer.importing.policy_document.parts import end_of_clauses
from hpviewer.policies.clause import Clause
from hpviewer.wording import say

_INSIDE = re.compile(
    rf"(?<=[。；;）)])[ \u3000]*(?=第(?:[{HAN}]{{1,7}}|\d{{1,3}})条(?:之[{HAN}]{{1,2}})?[ \u3000【（])"
)
_HEADING = re.compile(r"[【〔\[（(](?P<heading>[^】〕\]）)。；]{1,30})[】〕\]）)]\s*")
_LARGEST_GAP = 5
LEAST = 2
"""Articles that make a document one of articles."""
_RANK = {Style.PART: 0, Style.CHAPTER: 1, Style.SECTION: 2}


@dataclass(frozen=True, slots=True)
class _Found:
    line: Line
    mark: Mark
    chapter: str


def articles_of(text: str, start: int, end: int) -> tuple[tuple[Clause, ...], tuple[str, ...]]:
    """Clauses and warnings; no clauses when there are fewer than LEAST articles in their order."""
    found, stops, warnings = _articles(text, start, end)
    if len(found) < LEAST:
        return (), ()
    clauses = []
    for at, one in enumerate(found):
        following = found[at + 1].line.start if at + 1 < len(found) else end
        stop = min((s for s in stops if one.line.start < s < following), default=following)
        if at + 1 == len(found):
            stop = min(stop, end_of_clauses(text, one.line.end, end))
        stop = one.line.start + len(text[one.line.start : stop].rstrip())
        heading = _HEADING.match(one.mark.rest)
        clauses.append(
            Clause(
                one.mark.written,
                heading["heading"].strip() if heading and len(one.mark.rest) > heading.end() else "",
                text[one.line.start : stop],
                one.line.start,
                stop,
                one.chapter,
            )
        )
    return tuple(clauses), tuple(warnings)


def _articles(text: str, start: int, end: int) -> tuple[list[_Found], list[int], list[str]]:
    found: list[_Found] = []
    stops: list[int] = []
    warnings: list[str] = []
    above: dict[Style, str] = {}
    last = 0
    for line in _pieces(text, start, end):
        mark = mark_of(line.text)
        if mark is None:
            continue
        if mark.style in _RANK:
            if len(line.text) <= 60 and line.text[-1] not in "。；;，,":
                above = {style: name for style, name in above.items() if _RANK[style] < _RANK[mark.style]}
                above[mark.style] = f"{mark.written} {mark.rest}".strip()
                stops.append(line.start)
            continue
        if mark.style is not Style.ARTICLE:
            continue
        is_added = "之" in mark.written and mark.number == last
        if not is_added and mark.number != last + 1:
            if mark.number == 1 and found and mark.spaced:
                warnings.append(say("importing_policies.warning.restart"))
            elif last and last < mark.number <= last + _LARGEST_GAP and mark.spaced:
                missing = "、".join(str(number) for number in range(last + 1, mark.number))
                warnings.append(say("importing_policies.warning.missing", numbers=missing))
            else:
                continue
        last = mark.number
        found.append(
            _Found(line, mark, " ".join(above[style] for style in sorted(above, key=_RANK.__getitem__)))
        )
    return found, stops, warnings


def _pieces(text: str, start: int, end: int) -> list[Line]:
    """Lines, divided where an article begins inside one: pages that lost their line breaks."""
    pieces = []
    for line in lines_of(text, start, end):
        cuts = [0, *(found.end() for found in _INSIDE.finditer(line.text)), len(line.text)]
        for low, high in pairwise(cuts):
            bare = line.text[low:high].rstrip()
            if bare:
                pieces.append(Line(line.start + low, line.start + low + len(bare), bare))
    return pieces
