"""The three tables of a report as a Word document, laid out as the official form with its merged cells."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from hpviewer.exporting.atomic_file import replacing
from hpviewer.exporting.clean_text import TextCleaner
from hpviewer.exporting.report_cells import Figures, cell_of, cell_text, report_title, table_heading
from hpviewer.exporting.word_parts import HEI, SONG, a4_document, add_page_numbers, set_font, set_spacing
from hpviewer.exporting.written import Written
from hpviewer.reports.finding import Severity
from hpviewer.reports.form import TABLES
from hpviewer.reports.form_layout import FormCell, FormCellKind, FormLayout, form_layout
from hpviewer.wording import say

if TYPE_CHECKING:
    from docx.document import Document

_CELL_STYLE = "ReportCell"
_TWIPS = 567
"""In a centimetre."""
_WIDTHS = {
    "t2": (4.4, 4.2, 4.2, 4.2),
    "t3": (1.0, 2.2, 4.2, *(1.37,) * 7),
    "t4": (1.133,) * 15,
}
"""Centimetres, in all the 17 that two margins of 2 leave of A4."""
_EMPHASIS = {
    Severity.ERROR: '<w:b/><w:u w:val="double"/>',
    Severity.QUESTION: '<w:i/><w:u w:val="wave"/>',
}
"""Not colour alone, and nothing that would change the figure when the file is read again."""
_FILL = {Severity.ERROR: "FBE3D6", Severity.QUESTION: "FDF3D8"}


def write_report_docx(target: Path, figures: Figures, marks: Mapping[str, Severity] | None = None) -> Written:
    """The tables one below the other on A4; ``marks`` are shaded and underlined, which a legend explains.

    The file reads back as the same figures. ``records`` of the result counts cells with a figure. InputError when
    the file cannot be written.
    """
    clean = TextCleaner(longest=None)
    document = _empty(report_title(figures))
    document.add_paragraph(clean(report_title(figures)), style="Title")
    written = 0
    for table in TABLES:
        layout = form_layout(table, figures.format)
        document.add_heading(table_heading(table, layout.title), 1)
        written += sum(bool(cell_text(cell_of(figures, cell.name))) for cell in layout.value_cells())
        _add_table(document, layout, figures, marks or {}, clean)
    if marks:
        document.add_paragraph(say("exporting_reports.legend"))
    with replacing(target) as file:
        document.save(file)
    return Written(target, written, clean.notes)


def _empty(title: str) -> Document:
    from docx.enum.style import WD_STYLE_TYPE

    document = a4_document(title, side_cm=2, top_cm=2)
    styles = document.styles
    set_font(styles["Normal"], SONG, 10.5)
    set_font(styles["Title"], HEI, 16, bold=True)
    set_spacing(styles["Title"], 0, 8)
    set_font(styles["Heading 1"], HEI, 12, bold=True)
    set_spacing(styles["Heading 1"], 14, 6)
    cell = styles.add_style(_CELL_STYLE, WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = styles["Normal"]
    set_font(cell, SONG, 9)
    set_spacing(cell, 1, 1)
    add_page_numbers(document)
    return document


def _add_table(
    document: Document,
    layout: FormLayout,
    figures: Figures,
    marks: Mapping[str, Severity],
    clean: TextCleaner,
) -> None:
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    widths = [round(width * _TWIPS) for width in _WIDTHS[layout.table]]
    begins = {(cell.row, cell.column): cell for row in layout.rows for cell in row}
    covered = {
        (cell.row + down, cell.column): cell for cell in begins.values() for down in range(1, cell.rowspan)
    }
    heads = _header_rows(layout)
    rows = []
    for number in range(len(layout.rows)):
        parts, column = [], 0
        while column < layout.columns:
            cell = begins.get((number, column)) or covered[(number, column)]
            parts.append(
                _cell(cell, number, sum(widths[column : column + cell.colspan]), figures, marks, clean)
            )
            column += cell.colspan
        repeated = "<w:tblHeader/>" if layout.table == "t3" and number < heads else ""
        rows.append(f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(parts)}</w:tr>")
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    style = document.styles["Table Grid"].style_id
    table = parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{"".join(rows)}</w:tbl>'
    )
    document.element.body.insert_element_before(table, "w:sectPr")


def _header_rows(layout: FormLayout) -> int:
    return next(
        number
        for number, row in enumerate(layout.rows)
        if any(cell.kind is FormCellKind.VALUE for cell in row)
    )


def _cell(
    cell: FormCell,
    row: int,
    width: int,
    figures: Figures,
    marks: Mapping[str, Severity],
    clean: TextCleaner,
) -> str:
    span = f'<w:gridSpan w:val="{cell.colspan}"/>' if cell.colspan > 1 else ""
    first = row == cell.row
    merge = ("" if cell.rowspan == 1 else '<w:vMerge w:val="restart"/>') if first else "<w:vMerge/>"
    mark = marks.get(cell.name) if cell.name else None
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{_FILL[mark]}"/>' if mark else ""
    text = ""
    if first:
        text = cell.text if cell.kind is not FormCellKind.VALUE else cell_text(cell_of(figures, cell.name))
    where = {FormCellKind.HEADER: "center", FormCellKind.LABEL: "left", FormCellKind.VALUE: "right"}[
        cell.kind
    ]
    bold = "<w:b/>" if cell.kind is FormCellKind.HEADER else ""
    look = f"<w:rPr>{_EMPHASIS[mark] if mark else bold}</w:rPr>"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{_CELL_STYLE}"/><w:jc w:val="{where}"/></w:pPr>'
        f'<w:r>{look}<w:t xml:space="preserve">{escape(clean(text))}</w:t></w:r></w:p></w:tc>'
    )
