"""A report's tables and findings as files, in the format that the name's ending asks for."""

from __future__ import annotations

from pathlib import Path

from hpviewer.errors import InputError
from hpviewer.exporting.written import Written
from hpviewer.session.report_sheet import ReportSheet
from hpviewer.wording import say

TABLE_ENDINGS = (".xlsx", ".docx")
FINDING_ENDINGS = (".xlsx", ".csv")


def write_tables(path: Path, sheet: ReportSheet) -> tuple[Path, tuple[str, ...]]:
    """Path and notes on what differs. InputError for another ending, and when the file cannot be written."""
    ending = _ending(path, TABLE_ENDINGS)
    if ending == ".xlsx":
        from hpviewer.exporting.report_xlsx import write_report_xlsx

        return _told(write_report_xlsx(path, sheet.figures, sheet.failing_cells()))
    from hpviewer.exporting.report_docx import write_report_docx

    return _told(write_report_docx(path, sheet.figures, sheet.failing_cells()))


def write_findings(path: Path, sheet: ReportSheet) -> tuple[Path, tuple[str, ...]]:
    """Open findings first, then the dismissed ones with their reason. InputError as ``write_tables``."""
    ending = _ending(path, FINDING_ENDINGS)
    if ending == ".xlsx":
        from hpviewer.exporting.findings_xlsx import write_findings_xlsx

        return _told(write_findings_xlsx(path, sheet.figures, sheet.unproven, sheet.dismissed))
    from hpviewer.exporting.findings_csv import write_findings_csv

    return _told(write_findings_csv(path, sheet.figures, sheet.unproven, sheet.dismissed))


def _ending(path: Path, allowed: tuple[str, ...]) -> str:
    ending = path.suffix.lower()
    if ending not in allowed:
        listed = say("session_reports.list_mark").join(allowed)
        raise InputError(
            say("session_reports.bad_ending", file=path.name),
            say("session_reports.bad_ending_next", listed=listed),
        )
    return ending


def _told(written: Written) -> tuple[Path, tuple[str, ...]]:
    return written.path, written.notes
