"""Reading an annual disclosure report from docx, html, xlsx, txt or pasted text."""

from hpviewer.importing.annual_report.read import (
    ReadingNote,
    ReadReport,
    read_report,
    read_report_text,
)

__all__ = ["ReadReport", "ReadingNote", "read_report", "read_report_text"]
