"""A report laid out for paper: tables as the form, then the findings. For the printer, for PDF, for the preview."""

from __future__ import annotations

import html

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextDocument,
)

from hpviewer.reports.finding import Severity
from hpviewer.reports.form import TABLES
from hpviewer.reports.form_layout import FormCell, FormCellKind, form_layout
from hpviewer.session.report_equations import figure
from hpviewer.session.report_sheet import ReportSheet
from hpviewer.wording import say

PAGE = QPageLayout(
    QPageSize(QPageSize.PageSizeId.A4),
    QPageLayout.Orientation.Portrait,
    QMarginsF(15, 14, 15, 14),
    QPageLayout.Unit.Millimeter,
)

_FOOT = 28.0
"""Screen pixels at the foot of a page for its number."""
_WIDTHS = {"t2": (28, 24, 24, 24), "t3": (5, 13, 26, *(8,) * 7), "t4": (6.6,) * 15}
"""Per cent of the page's width."""
_STYLE = """
body { color: #000000; }
h1 { font-size: 13pt; }
h2 { font-size: 11pt; margin-top: 12px; }
td { font-size: 8pt; padding: 2px; }
p { font-size: 9pt; }
"""


def print_document(sheet: ReportSheet, family: str) -> QTextDocument:
    """On white whatever the window's colours are."""
    document = QTextDocument()
    font = QFont(family) if family else QFont()
    font.setPointSizeF(9)
    document.setDefaultFont(font)
    document.setDefaultStyleSheet(_STYLE)
    document.setDocumentMargin(0)
    document.setHtml("".join(_parts(sheet)))
    return document


def pdf_bytes(document: QTextDocument, title: str) -> QByteArray:
    """The document as PDF on A4."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator("hpviewer")
    writer.setResolution(300)
    writer.setPageLayout(PAGE)
    paint_pages(document, writer)
    del writer  # writes the end of the file
    buffer.close()
    return content


def paint_pages(document: QTextDocument, device: QPagedPaintDevice) -> bool:
    """All pages onto a printer or into a PDF, each with its number at the foot. False when the printer refuses."""
    painter = QPainter()
    if not painter.begin(device):
        return False
    screen = (
        QGuiApplication.primaryScreen().logicalDotsPerInch()
    )  # what the document's points are laid out for
    scale = device.logicalDpiX() / screen
    width, height = device.width() / scale, device.height() / scale
    document.setPageSize(QSizeF(width, height - _FOOT))
    painter.scale(scale, scale)
    for page in range(document.pageCount()):
        if page:
            device.newPage()
        painter.save()
        painter.translate(0, -page * (height - _FOOT))
        look = QAbstractTextDocumentLayout.PaintContext()
        look.palette.setColor(QPalette.ColorRole.Text, Qt.GlobalColor.black)  # type: ignore[attr-defined]
        look.clip = QRectF(0, page * (height - _FOOT), width, height - _FOOT)  # type: ignore[attr-defined]
        painter.setClipRect(look.clip)  # type: ignore[attr-defined]  # PySide's stubs leave these fields out
        document.documentLayout().draw(painter, look)
        painter.restore()
        painter.setFont(document.defaultFont())
        painter.setPen(Qt.GlobalColor.black)
        number = say("desktop_reports.print.page", page=page + 1, pages=document.pageCount())
        foot = QRectF(0, height - _FOOT, width, _FOOT)
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom), number)
    return painter.end()


def report_title(sheet: ReportSheet) -> str:
    body = sheet.body or say("desktop_reports.chooser.no_body")
    if sheet.year is None:
        return say("desktop_reports.title_without_year", body=body)
    return say("desktop_reports.title", body=body, year=sheet.year)


def _parts(sheet: ReportSheet) -> list[str]:
    parts = [f"<h1 align='center'>{html.escape(report_title(sheet))}</h1>"]
    for table in TABLES:
        layout = form_layout(table, sheet.format)
        heading = say("desktop_reports.print.heading", number=table[1], title=layout.title)
        rows = "".join(
            f"<tr>{''.join(_cell(cell, table, sheet) for cell in row)}</tr>" for row in layout.rows
        )
        parts.append(f"<h2>{html.escape(heading)}</h2>")
        parts.append(
            "<table width='100%' border='1' cellspacing='0' cellpadding='2' "
            f"style='border-collapse:collapse; border-style:solid; border-color:#555555'>{rows}</table>"
        )
    parts.append(f"<h2>{html.escape(say('desktop_reports.print.findings'))}</h2>")
    found = [
        say("desktop_reports.print.finding", number=number, rule=each.rule, message=each.message)
        for number, each in enumerate(sheet.unproven, start=1)
        if each.severity is not Severity.NOTE or len(sheet.unproven) < 20
    ]
    found += [
        say("desktop_reports.print.dismissed", rule=each.rule, message=each.message, reason=dismissal.reason)
        for each, dismissal in sheet.dismissed
    ]
    found = found or [say("desktop_reports.findings.clean")]
    parts += [f"<p>{html.escape(sentence)}</p>" for sentence in found]
    return parts


def _cell(cell: FormCell, table: str, sheet: ReportSheet) -> str:
    spans = f"rowspan='{cell.rowspan}' colspan='{cell.colspan}'"
    if cell.colspan == 1:
        spans += f" width='{_WIDTHS[table][cell.column]}%'"
    if cell.kind is not FormCellKind.VALUE:
        align = "center" if cell.kind is FormCellKind.HEADER else "left"
        return f"<td {spans} align='{align}' valign='middle' bgcolor='#f2f4f6'>{html.escape(cell.text)}</td>"
    value = sheet.cell(cell.name)
    text = ""
    if value is not None and not value.blank:
        text = value.written if value.value is None else figure(value.value)
    text = html.escape(text)
    if cell.name in sheet.failing_cells():
        text = f"<b><u>{text}</u></b>"
    return f"<td {spans} align='right' valign='middle'>{text}</td>"
