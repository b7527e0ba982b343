"""Rich text on A4: as a PDF file, or in a print preview. Always dark on light, in its own text size."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPageLayout, QPageSize, QTextDocument
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QWidget

_MARGIN_MM = 18.0
_POINTS = 10.5
_DOTS = 96.0


def paper_document(html: str, family: str, points: float = _POINTS) -> QTextDocument:
    document = QTextDocument()
    font = QFont(family) if family else QFont()
    font.setPointSizeF(points)
    document.setDefaultFont(font)
    document.setHtml(html)
    return document


def a4_printer(margin_mm: float = _MARGIN_MM) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
    printer.setResolution(300)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    edge = QMarginsF(margin_mm, margin_mm, margin_mm, margin_mm)
    printer.setPageMargins(edge, QPageLayout.Unit.Millimeter)
    return printer


def write_pdf(document: QTextDocument, target: Path, title: str, margin_mm: float = _MARGIN_MM) -> bool:
    """Whole or not at all; False when the file cannot be written."""
    temporary = target.with_name(f".{target.name}.new.pdf")
    try:
        temporary.touch()
    except OSError:
        return False
    printer = a4_printer(margin_mm)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(temporary))
    printer.setDocName(title)
    _print(document, printer)
    try:
        if not temporary.stat().st_size:
            return False
        temporary.replace(target)
    except OSError:
        return False
    finally:
        temporary.unlink(missing_ok=True)
    return True


def show_preview(
    parent: QWidget, make: Callable[[], QTextDocument], title: str, margin_mm: float = _MARGIN_MM
) -> QPrintPreviewDialog:
    """A window of its own that blocks nothing and is gone when it is closed."""
    paper = a4_printer(margin_mm)
    dialog = QPrintPreviewDialog(paper, parent)
    dialog.setWindowTitle(title)
    dialog.setModal(False)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    document = make()
    # the dialog does not own its printer: the connection keeps it as long as the dialog lives
    dialog.paintRequested.connect(lambda printer, _kept=paper: _print(document, printer))
    dialog.resize(900, 700)
    dialog.show()
    return dialog


def _print(document: QTextDocument, printer: QPrinter) -> None:
    """Laid out for the paper at the screen's resolution, which is the one a document measures its points in."""
    screen = QGuiApplication.primaryScreen()
    per_mm = (screen.logicalDotsPerInch() if screen else _DOTS) / 25.4
    rect = printer.pageRect(QPrinter.Unit.Millimeter)
    document.setPageSize(QSizeF(rect.width() * per_mm, rect.height() * per_mm))
    document.print_(printer)
