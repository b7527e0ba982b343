"""The ways out of the area: files by format, the printer, PDF. Asks where to, and tells what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QObject, QSaveFile
from PySide6.QtWidgets import QWidget

from hpviewer.desktop.reports.bringing_in import ask_where
from hpviewer.desktop.reports.message_strip import MessageStrip
from hpviewer.desktop.reports.print_document import print_document, report_title
from hpviewer.desktop.theme import Theme
from hpviewer.errors import InputError
from hpviewer.session.report_desk import ReportDesk
from hpviewer.wording import say


class ReportOutput(QObject):
    """``view`` is the parent of its dialogs."""

    def __init__(self, desk: ReportDesk, theme: Theme, message: MessageStrip, view: QWidget) -> None:
        super().__init__(view)
        self._desk = desk
        self._theme = theme
        self._message = message
        self._view = view

    def export(self, name: str) -> None:
        """``name`` as in report_header.EXPORTS."""
        sheet = self._desk.sheet
        if sheet is None:
            return
        what, _, ending = name.partition("_")
        title = report_title(sheet)
        if what == "findings":
            title = say("desktop_reports.export.findings", title=title)
        write = self._desk.export_tables if what == "tables" else self._desk.export_findings
        filters = [say(f"desktop_reports.dialog.{ending}")]
        ask_where(self._view, f"{title}.{ending}", filters, lambda file: write(file, name))

    def preview(self) -> None:
        sheet = self._desk.sheet
        if sheet is None:
            return
        from hpviewer.desktop.reports.print_preview import (  # here: QtPdf and the printer's library
            PrintPreview,
        )

        title = report_title(sheet)
        preview = PrintPreview(print_document(sheet, self._theme.family), title, self._view)
        preview.pdf_requested.connect(lambda content: self._ask_for_pdf(content, title))
        preview.print_failed.connect(self._on_print_failed)
        preview.show()

    def _ask_for_pdf(self, content: QByteArray, title: str) -> None:
        filters = [say("desktop_reports.dialog.pdf")]
        ask_where(self._view, f"{title}.pdf", filters, lambda file: self._save_pdf(file, content))

    def _save_pdf(self, path: Path, content: QByteArray) -> None:
        """The file appears whole or not at all."""
        file = QSaveFile(str(path))
        if file.open(QSaveFile.OpenModeFlag.WriteOnly) and file.write(content) >= 0 and file.commit():
            self._message.show_note(say("desktop_reports.message.written", file=path))
            return
        self._message.show_error(
            InputError(
                say("desktop_reports.print.failed", file=path), say("desktop_reports.print.failed_next")
            )
        )

    def _on_print_failed(self) -> None:
        self._message.show_error(
            InputError(say("desktop_reports.print.refused"), say("desktop_reports.print.refused_next"))
        )
