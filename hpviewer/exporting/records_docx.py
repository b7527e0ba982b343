"""The directory list 征拆信息公开便民目录清单: a printable catalogue by town, community, project and record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from hpviewer.errors import InputError
from hpviewer.exporting.about import ExportAbout
from hpviewer.exporting.atomic_file import replacing
from hpviewer.exporting.clean_text import TextCleaner
from hpviewer.exporting.directory_tree import Projects, TownBranch, directory_tree
from hpviewer.exporting.filter_words import filter_in_words
from hpviewer.exporting.word_parts import (
    HEI,
    SONG,
    a4_document,
    add_bookmark,
    add_contents,
    add_page_numbers,
    set_font,
    set_spacing,
)
from hpviewer.exporting.written import Written
from hpviewer.records.results import RecordDetail
from hpviewer.wording import say

if TYPE_CHECKING:
    from docx.document import Document

MOST_ROWS = 10_000
"""About 500 pages, 350 MB while it is made. Word takes minutes to lay out more, and nobody prints it."""

_CELL_STYLE = "DirectoryCell"
_WIDTHS = (1.2, 2.3, 3.2, 7.3, 3.0)
"""Centimetres, in all the 17 that two margins of 2 leave of A4."""
_TWIPS_PER_CM = 567


def write_directory_docx(target: Path, details: Iterable[RecordDetail], about: ExportAbout) -> Written:
    """Headings 1 to 3 are towns, communities and projects; a table below each project lists its records.

    InputError for more lines than can be printed, and when the file cannot be written.
    """
    kept = tuple(_counted(details))
    tree = directory_tree(kept, about.filter, about.places)
    lines = sum(len(records) for town in tree for p in town.communities.values() for records in p.values())
    if lines > MOST_ROWS:
        raise _too_many(lines)
    clean = TextCleaner()
    document = _empty_document()
    outline = list(_outline(tree, clean))
    _write_front(document, [heading for heading, _ in outline], about, len(kept), lines > len(kept), clean)
    for heading, projects in outline:
        paragraph = document.add_heading(heading.text, heading.level)
        add_bookmark(paragraph, heading.bookmark, heading.number)
        _write_projects(document, projects, clean)
    if tree:
        document.add_paragraph()  # a body may not end with a table
    with replacing(target) as file:
        document.save(file)
    return Written(target, len(kept), clean.notes)


def _counted(details: Iterable[RecordDetail]) -> Iterator[RecordDetail]:
    """Stops a catalogue of a million records before all of it is held."""
    for number, detail in enumerate(details, start=1):
        if number > MOST_ROWS:
            raise _too_many(number - 1)
        yield detail


def _too_many(lines: int) -> InputError:
    return InputError(
        say("exporting.directory.too_many", count=lines, most=MOST_ROWS),
        say("exporting.directory.too_many_next"),
    )


def _empty_document() -> Document:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm

    document = a4_document(say("exporting.directory.title"), side_cm=2, top_cm=2)
    styles = document.styles
    set_font(styles["Normal"], SONG, 10.5)
    set_spacing(styles["Normal"], 0, 4, 1.15)
    for name, points, before, after in (
        ("Title", 20, 0, 8),
        ("Heading 1", 15, 18, 6),
        ("Heading 2", 13, 12, 4),
    ):
        set_font(styles[name], HEI, points, bold=True)
        set_spacing(styles[name], before, after)
    set_font(styles["Heading 3"], HEI, 11)
    set_spacing(styles["Heading 3"], 8, 3)
    for level in (1, 2):
        style = styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        style.paragraph_format.left_indent = Cm(0.8 * (level - 1))
        set_spacing(style, 4 if level == 1 else 0, 0)
    cell = styles.add_style(_CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = styles["Normal"]
    set_font(cell, SONG, 9)
    set_spacing(cell, 1, 1)
    add_page_numbers(document)
    return document


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    text: str
    number: int

    @property
    def bookmark(self) -> str:
        """Named as Word names what its own tables of contents lead to."""
        return f"_Toc{self.number:08d}"


def _write_front(
    document: Document,
    headings: Sequence[_Heading],
    about: ExportAbout,
    records: int,
    repeated: bool,
    clean: TextCleaner,
) -> None:
    from docx.enum.text import WD_BREAK

    document.add_paragraph(say("exporting.directory.title"), style="Title")
    document.add_paragraph(say("exporting.directory.summary", count=records, date=about.data_date))
    words = clean(filter_in_words(about.filter, about.places.__getitem__))
    document.add_paragraph(say("exporting.directory.filter", filter=words))
    document.add_paragraph(
        say("exporting.about.empty_cells") + "：" + say("exporting.about.empty_cells_mean")
    )
    if repeated:
        document.add_paragraph(say("exporting.directory.repeated"))
    if not headings:
        document.add_paragraph(say("exporting.directory.empty"))
        return
    entries = [(heading.level, heading.text, heading.bookmark) for heading in headings]
    contents = document.add_paragraph(say("exporting.directory.contents"))
    contents.runs[0].bold = True
    add_contents(document, entries, levels=2)
    document.add_paragraph(say("exporting.directory.contents_hint"))
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)


def _outline(tree: Sequence[TownBranch], clean: TextCleaner) -> Iterator[tuple[_Heading, Projects]]:
    """Headings of towns, with no projects, and of communities, in the order of the document."""
    numbers = count(1)
    for branch in tree:
        name = clean(branch.town.name) if branch.town else say("exporting.directory.no_town")
        town = say("exporting.directory.town", name=name, count=branch.records)
        yield _Heading(1, town, next(numbers)), {}
        for community, projects in branch.communities.items():
            text = clean(community.name) if community else say("exporting.directory.no_community")
            yield _Heading(2, text, next(numbers)), projects


def _write_projects(document: Document, projects: Projects, clean: TextCleaner) -> None:
    lines = count(1)
    for project, details in projects.items():
        document.add_heading(clean(project) or say("exporting.directory.no_project"), 3)
        rows = [_row(_headings(), heading=True)]
        rows += [_row((str(next(lines)), *_cells(detail, clean))) for detail in details]
        _add_table(document, rows)


def _headings() -> tuple[str, ...]:
    return (
        say("exporting.directory.number"),
        say("exporting.field.published"),
        say("exporting.field.kind"),
        say("exporting.directory.title_and_number"),
        say("exporting.field.source_kind"),
    )


def _cells(detail: RecordDetail, clean: TextCleaner) -> tuple[str, ...]:
    record = detail.record
    title = clean(record.title)
    if record.doc_number:
        title = say("exporting.directory.with_number", title=title, number=clean(record.doc_number))
    source = [record.source_kind.value, clean(record.source_name)]
    return (
        str(record.published or say("exporting.undated")),
        record.kind.value,
        title,
        "\n".join(line for line in source if line),
    )


def _row(cells: Sequence[str], *, heading: bool = False) -> str:
    """As markup: python-docx copies a row element by element, ten times slower."""
    repeated = "<w:tblHeader/>" if heading else ""
    bold = "<w:rPr><w:b/></w:rPr>" if heading else ""
    columns = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{round(width * _TWIPS_PER_CM)}" w:type="dxa"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{_CELL_STYLE}"/></w:pPr><w:r>{bold}{_lines(text)}</w:r></w:p></w:tc>'
        for text, width in zip(cells, _WIDTHS, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{columns}</w:tr>"


def _lines(text: str) -> str:
    texts = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return "<w:br/>".join(texts)


def _add_table(document: Document, rows: Sequence[str]) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    grid = "".join(f'<w:gridCol w:w="{round(width * _TWIPS_PER_CM)}"/>' for width in _WIDTHS)
    style = document.styles["Table Grid"].style_id
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )
    document.element.body.insert_element_before(table, "w:sectPr")
