"""A document without articles: divided by the numbers it has (一、 and （一） below it), else by paragraphs.

The second level divides only where the first one is a heading; where it is a sentence that leads into a list
(符合以下条件：), the list stays with its sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from hpviewer.importing.policy_document.marks import Line, Mark, Style, heading_like, lines_of, mark_of
from hpviewer.importing.policy_document.parts import end_of_clauses, is_authority, is_date
from hpviewer.policies.clause import Clause

_DIVIDING = (Style.PART, Style.CHAPTER, Style.SECTION, Style.HAN, Style.PAREN, Style.ARABIC, Style.QUESTION)
_LEADER = re.compile(r"[.·…\s]*\d{0,3}$")
_SHORT_HEADING = re.compile(r"(?P<heading>[^。；;：:\n]{2,30})。")
_RULE = re.compile(r"^[本自各]|施行|实施之日|有效期|应当|不得|可以")
"""A short first sentence that rules something is no heading."""


@dataclass(slots=True)
class _Section:
    line: Line
    mark: Mark
    lines: list[Line] = field(default_factory=list)


def sections_of(text: str, start: int, end: int) -> tuple[Clause, ...]:
    """() when nothing is numbered."""
    lines = lines_of(text, start, end)
    top = _top_style(lines)
    if top is None:
        return ()
    sections = _without_contents(_divided(lines, top))
    if not sections:
        return ()
    last = sections[-1]
    cut = end_of_clauses(text, last.line.end, end)
    last.lines = [line for line in last.lines if line.start < cut]
    return tuple(clause for section in sections for clause in _clauses(text, section))


def paragraphs_of(text: str, start: int, end: int) -> tuple[Clause, ...]:
    """Every paragraph that is a sentence; titles, addressees and closing lines are none."""
    cut = end_of_clauses(text, start, end)
    return tuple(
        Clause("", "", line.text, line.start, line.end)
        for line in lines_of(text, start, cut)
        if re.search(r"[。；;！？]", line.text) and not is_date(line.text) and not is_authority(line.text)
    )


def _top_style(lines: list[Line]) -> Style | None:
    """The first kind of number that counts from one to two at least."""
    counts: dict[Style, int] = {}
    order: list[Style] = []
    for line in lines:
        mark = mark_of(line.text)
        if mark is None or mark.style not in _DIVIDING:
            continue
        if mark.style is Style.QUESTION:
            counts[mark.style] = counts.get(mark.style, 0) + 1
        elif mark.number == 1:
            counts.setdefault(mark.style, 1)
        elif counts.get(mark.style) == mark.number - 1:
            counts[mark.style] = mark.number
        if mark.style in counts and mark.style not in order:
            order.append(mark.style)
    return next((style for style in order if counts[style] >= 2), None)


def _divided(lines: list[Line], style: Style) -> list[_Section]:
    """Sections whose numbers follow each other; a number out of its order is text."""
    sections: list[_Section] = []
    last = 0
    for line in lines:
        mark = mark_of(line.text)
        if mark and mark.style is style and (style is Style.QUESTION or mark.number in (last + 1, 1)):
            sections.append(_Section(line, mark))
            last = mark.number
        elif sections:
            sections[-1].lines.append(line)
    return sections


def _without_contents(sections: list[_Section]) -> list[_Section]:
    """Without the table of contents: headings with nothing below that come again later."""

    def key(section: _Section) -> str:
        return re.sub(r"\s", "", _LEADER.sub("", section.line.text))

    later: set[str] = set()
    kept = []
    for section in reversed(sections):
        is_repeated = key(section) in later
        later.add(key(section))
        only_headings = all(
            _LEADER.sub("", line.text) != line.text or mark_of(line.text) for line in section.lines
        )
        if not (is_repeated and (not section.lines or only_headings)):
            kept.append(section)
    return kept[::-1]


def _clauses(text: str, section: _Section) -> list[Clause]:
    if not section.lines:
        return [_clause(text, section, "")]
    below = _below(section)
    if not below:
        return [_clause(text, section, "")]
    chapter = _name(section)
    clauses = []
    intro = [line for line in section.lines if line.start < below[0].line.start]
    if intro:
        section.lines = intro
        clauses.append(_clause(text, section, ""))
    return [*clauses, *(_clause(text, part, chapter) for part in below)]


def _below(section: _Section) -> list[_Section]:
    """The parts of a section under a heading: of the first kind of number in it that counts at least to two."""
    if not heading_like(section.mark.rest) or section.mark.style is Style.QUESTION:
        return []
    style = _top_style(section.lines) or _continued(section.lines)
    if style is None or style is section.mark.style:
        return []
    first = next(at for at, line in enumerate(section.lines) if _is(line, style))
    if first and section.lines[first - 1].text[-1] in "：:":
        return []
    parts = _divided_from(section.lines, style)
    return parts if len(parts) > 1 else []


def _continued(lines: list[Line]) -> Style | None:
    """Numbers that go on from the section before (measures 1 to 30 under five headings)."""
    marks = [
        mark for line in lines if (mark := mark_of(line.text)) and mark.style in (Style.PAREN, Style.ARABIC)
    ]
    return marks[0].style if len(marks) > 1 and marks[1].number == marks[0].number + 1 else None


def _is(line: Line, style: Style) -> bool:
    mark = mark_of(line.text)
    return mark is not None and mark.style is style


def _divided_from(lines: list[Line], style: Style) -> list[_Section]:
    parts: list[_Section] = []
    for line in lines:
        mark = mark_of(line.text)
        if mark and mark.style is style and (not parts or mark.number == parts[-1].mark.number + 1):
            parts.append(_Section(line, mark))
        elif parts:
            parts[-1].lines.append(line)
    return parts


def _name(section: _Section) -> str:
    joint = "、" if section.mark.style is Style.HAN else " "
    return f"{section.mark.written}{joint}{section.mark.rest}".strip()


def _clause(text: str, section: _Section, chapter: str) -> Clause:
    start = section.line.start
    end = section.lines[-1].end if section.lines else section.line.end
    rest = section.mark.rest
    heading = ""
    if section.mark.style is Style.QUESTION or (section.lines and heading_like(rest)):
        heading = rest
    elif (found := _SHORT_HEADING.match(rest)) and found.end() < len(rest) and not _RULE.search(found[0]):
        heading = found["heading"]
    return Clause(section.mark.written, heading, text[start:end], start, end, chapter)
