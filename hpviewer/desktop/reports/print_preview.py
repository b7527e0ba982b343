"""The report as it will be printed, page by page, with the ways out: printer or PDF file."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from hpviewer.desktop.reports.print_document import PAGE, paint_pages, pdf_bytes
from hpviewer.wording import say


class PrintPreview(QDialog):
    """Not modal; the report may change meanwhile, the preview shows what it was made from."""

    pdf_requested = Signal(object)  # QByteArray with the PDF

    print_failed = Signal()  # the printer took nothing

    def __init__(self, document: QTextDocument, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("report_preview")
        self.setWindowTitle(say("desktop_reports.print.window", title=title))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(720, 860)
        self._document = document
        document.setParent(self)
        self._title = title
        self.content: QByteArray = pdf_bytes(document, title)
        self._buffer = QBuffer(self)
        self._buffer.setData(self.content)
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self.pdf = QPdfDocument(self)
        self.pdf.load(self._buffer)
        self.pages = QPdfView(self)
        self.pages.setDocument(self.pdf)
        self.pages.setPageMode(QPdfView.PageMode.MultiPage)
        self.pages.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self.pages.setAccessibleName(say("desktop_reports.print.accessible"))
        self.print = QPushButton(say("desktop_reports.print.print"))
        self.print.setObjectName("preview_print")
        self.save = QPushButton(say("desktop_reports.print.save_pdf"))
        self.save.setObjectName("preview_save")
        self.close_button = QPushButton(say("desktop_reports.print.close"))
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(8)
        row.addWidget(self.print)
        row.addWidget(self.save)
        row.addStretch(1)
        row.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(row)
        layout.addWidget(self.pages, 1)
        self.print.clicked.connect(self._on_print)
        self.save.clicked.connect(lambda: self.pdf_requested.emit(self.content))
        self.close_button.clicked.connect(self.close)

    def print_on(self, printer: QPrinter) -> None:
        """All pages; ``print_failed`` when the printer takes none."""
        if not paint_pages(self._document, printer):
            self.print_failed.emit()

    def _on_print(self) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(PAGE)
        printer.setDocName(self._title)
        dialog = QPrintDialog(printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.print_on(printer))
        QDialog.open(dialog)  # QPrintDialog.open itself wants a slot by name
