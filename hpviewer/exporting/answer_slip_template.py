"""Makes resources/templates/answer_slip.docx. Run after a change here or of the wording:

    python -m hpviewer.exporting.answer_slip_template

The file is kept, not built, so that a user can open it in Word, change it and put an own one in its place. The
marks that a template can use are those of `answer_slip.context`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hpviewer import paths
from hpviewer.exporting.word_parts import HEI, SONG, a4_document, set_font, set_spacing
from hpviewer.wording import say

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell

RECORD_WIDTHS = (1.2, 2.1, 3.0, 8.1, 3.2)
"""Columns of the list of records in centimetres, in all the 17.6 between the margins."""
STAGES_WIDTH, MAP_WIDTH = 10.2, 7.4
_SMALL, _BODY = "SlipText", "SlipBody"
_SMALL_LINE, _BODY_LINE = 11.5, 14
"""Points. Exact, so that the page holds as much in any font: without 宋体 another one steps in, with taller lines."""


def bundled_template() -> Path:
    return paths.resources() / "templates" / "answer_slip.docx"


def write_answer_slip_template(target: Path) -> None:
    """One A4 page with the marks of docxtpl; see the module for how it is used."""
    document = _empty_page()
    document.add_paragraph(say("exporting.slip.title"), style="Title")
    _facts(document)
    _section(document, say("exporting.slip.found"), "{{ found }}")
    _records(document)
    _stages_and_map(document)
    _closing(document)
    target.parent.mkdir(parents=True, exist_ok=True)
    document.save(str(target))


def _empty_page() -> Document:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    document = a4_document(say("exporting.slip.title"), side_cm=1.7, top_cm=1.4)
    styles = document.styles
    set_font(styles["Normal"], SONG, 10.5)
    set_spacing(styles["Normal"], 2, 2)
    set_font(styles["Title"], HEI, 18, bold=True)
    set_spacing(styles["Title"], 0, 6)
    styles["Title"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    set_font(styles["Heading 1"], HEI, 11, bold=True)
    set_spacing(styles["Heading 1"], 8, 2)
    for name, points, line, around in ((_BODY, 10.5, _BODY_LINE, 2), (_SMALL, 9, _SMALL_LINE, 1)):
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = styles["Normal"]
        set_font(style, SONG, points)
        set_spacing(style, around, around)
        style.paragraph_format.line_spacing = Pt(line)
    styles["Title"].paragraph_format.line_spacing = Pt(24)
    styles["Heading 1"].paragraph_format.line_spacing = Pt(15)
    return document


def _facts(document: Document) -> None:
    table = _table(document, 2, (2.4, 6.4, 2.4, 6.4))
    first, second = table.rows
    cells = ("exporting.slip.asked_on", "{{ asked_on }}", "exporting.slip.office", "{{ office }}")
    for cell, text in zip(first.cells, cells, strict=True):
        _body(cell, say(text) if text.startswith("exporting.") else text)
    _body(second.cells[0], say("exporting.slip.question"))
    _body(second.cells[1].merge(second.cells[3]), "{{ question }}")


def _records(document: Document) -> None:
    headings = (
        say("exporting.slip.number"),
        say("exporting.slip.date"),
        say("exporting.slip.kind"),
        say("exporting.slip.record_title"),
        say("exporting.slip.source"),
    )
    table = _table(document, 4, RECORD_WIDTHS)
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        _small(cell, heading, bold=True)
    _small(table.rows[1].cells[0], "{%tr for record in records %}")
    marks = ("record.number", "record.date", "record.kind", "record.title", "record.source")
    for cell, mark in zip(table.rows[2].cells, marks, strict=True):
        _small(cell, f"{{{{ {mark} }}}}")
    _small(table.rows[3].cells[0], "{%tr endfor %}")


def _stages_and_map(document: Document) -> None:
    document.add_paragraph(style=_SMALL)  # Word joins tables that nothing parts
    table = _table(document, 1, (STAGES_WIDTH, MAP_WIDTH))
    left, right = table.rows[0].cells
    _lines(left, say("exporting.slip.stages"), "stages")
    _lines(left, say("exporting.slip.deadlines"), "deadlines")
    _small(right, say("exporting.slip.map"), bold=True)
    right.add_paragraph("{{ map }}")  # not in a style of exact lines, which would cut the picture


def _closing(document: Document) -> None:
    from docx.shared import Pt

    _section(document, say("exporting.slip.notes"), "{{ statement }}{{ notice }}")
    table = _table(document, 2, (2.8, 6.0, 2.8, 6.0))
    rows = (
        (say("exporting.slip.asker"), "", say("exporting.slip.clerk"), ""),
        (say("exporting.slip.signed_on"), "blank_day", say("exporting.slip.signed_on"), "blank_day"),
    )
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            _body(cell, say("exporting.slip.day") if text == "blank_day" else text)
    last = document.add_paragraph(style=_SMALL)  # else Word adds one of its own, as high as a line
    last.paragraph_format.line_spacing = Pt(1)


def _section(document: Document, heading: str, text: str) -> None:
    document.add_paragraph(heading, style="Heading 1")
    document.add_paragraph(text, style=_SMALL)


def _lines(cell: _Cell, heading: str, name: str) -> None:
    """A bold heading and a paragraph for each line of the list ``name``."""
    if cell.paragraphs[0].text:
        cell.add_paragraph(style=_SMALL)
    _small(cell, heading, bold=True)
    for text in (f"{{%p for line in {name} %}}", "{{ line }}", "{%p endfor %}"):
        cell.add_paragraph(text, style=_SMALL)


def _body(cell: _Cell, text: str) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.style = _BODY
    paragraph.add_run(text)


def _small(cell: _Cell, text: str, *, bold: bool = False) -> None:
    paragraph = cell.paragraphs[-1]
    paragraph.style = _SMALL
    paragraph.add_run(text).bold = bold or None


def _table(document: Document, rows: int, widths: Sequence[float]) -> Table:
    """Fixed widths in centimetres, a line around each cell."""
    from docx.shared import Cm

    table: Table = document.add_table(rows, len(widths), style="Table Grid")
    table.autofit = False
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    return table


if __name__ == "__main__":
    write_answer_slip_template(bundled_template())
