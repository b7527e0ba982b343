"""A document cut into its narrative and the regions of tables 2, 3 and 4."""

from __future__ import annotations

from dataclasses import dataclass, field

from hpviewer.importing.annual_report.document import GridRow, Item, SourceDocument, TextLine
from hpviewer.importing.annual_report.labels import Section, is_sentence, section_of, t2_label, t3_label
from hpviewer.importing.annual_report.number_cell import looks_numeric

TABLE_SECTIONS = (Section.T2, Section.T3, Section.T4)


@dataclass(slots=True)
class Sections:
    """``narrative`` are the lines outside the tables, ``before_tables`` those before the first of them.

    ``last`` is where the document ends: a table that it ends in may be cut off.
    """

    tables: dict[Section, list[Item]] = field(default_factory=lambda: {each: [] for each in TABLE_SECTIONS})
    narrative: list[str] = field(default_factory=list)
    before_tables: list[str] = field(default_factory=list)
    last: Section = Section.NARRATIVE


def cut(document: SourceDocument) -> Sections:
    """Headings and the tables' own words decide. A sentence inside a table goes to the narrative and ends nothing:
    only the next heading does, so that a remark between two rows loses no row."""
    sections = Sections()
    here = Section.NARRATIVE
    for item in document.items:
        opened = _opens(item, here)
        if opened is not None:
            here = opened
        line = _running_text(item, here)
        if line is not None:
            if line or (sections.narrative and sections.narrative[-1]):
                sections.narrative.append(line)
        elif here in sections.tables:
            sections.tables[here].append(item)
    sections.before_tables = _before_tables(document)
    sections.last = here
    return sections


def _opens(item: Item, here: Section) -> Section | None:
    texts = (item.text,) if isinstance(item, TextLine) else item.texts
    for text in texts:
        found = section_of(text) if text else None
        if found is not None:
            return found
    if here is Section.NARRATIVE and isinstance(item, GridRow) and len(item.cells) > 1:
        return _by_row(texts)
    return None


def _by_row(texts: tuple[str, ...]) -> Section | None:
    """A table pasted without its heading: its rows say what it is."""
    if not any(looks_numeric(text) and text for text in texts[1:]):
        return None
    for text in texts[:3]:
        found = t3_label(text) if text else None
        if found is not None and found.kind == "row" and not found.fuzzy:
            return Section.T3
        found = t2_label(text) if text else None
        if found is not None and found.kind == "row" and not found.fuzzy:
            return Section.T2
    return None


def _running_text(item: Item, here: Section) -> str | None:
    """The line when it belongs to the narrative, None when it belongs to a table."""
    if isinstance(item, TextLine):
        narrative = here is Section.NARRATIVE or is_sentence(item.text)
        return item.text if narrative and not item.marked else None
    filled = [text for text in item.texts if text]
    if len(filled) == 1 and (here is Section.NARRATIVE or is_sentence(filled[0])):
        return filled[0]
    return " ".join(filled) if here is Section.NARRATIVE else None


def _before_tables(document: SourceDocument) -> list[str]:
    lines: list[str] = []
    for item in document.items:
        texts = (item.text,) if isinstance(item, TextLine) else item.texts
        if any(text and section_of(text) in TABLE_SECTIONS for text in texts):
            break
        lines += [text for text in texts if text]
    last = document.items[-1] if document.items else None
    if document.kind == "html" and isinstance(last, TextLine) and last.text:
        lines.append(last.text)
    return lines
