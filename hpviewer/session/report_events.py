"""What happened at the report desk. Facts in the past tense, sent after the change, once per real change.

``cause`` names the gesture's view (``chooser``, ``findings``, ``drop``, ``start`` …).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hpviewer.catalogue.report_store import StoredYear
from hpviewer.errors import HpviewerError
from hpviewer.reports.comparison import Comparison
from hpviewer.session.report_sheet import ReportSheet

__all__ = [
    "DeskEvent",
    "DeskFailed",
    "FileWritten",
    "FindingsChanged",
    "ReportOpened",
    "ReportSaved",
    "StoredYear",
    "YearsCompared",
    "YearsListed",
]


@dataclass(frozen=True, slots=True)
class YearsListed:
    """The years in the catalogue, newest first."""

    years: tuple[StoredYear, ...]
    cause: str


@dataclass(frozen=True, slots=True)
class ReportOpened:
    """Another report lies on the desk, read and checked."""

    sheet: ReportSheet
    cause: str


@dataclass(frozen=True, slots=True)
class FindingsChanged:
    """The same report, checked anew: a finding was dismissed or taken back, or the report was saved."""

    sheet: ReportSheet
    cause: str


@dataclass(frozen=True, slots=True)
class ReportSaved:
    """The report of this year is in the catalogue now."""

    year: int
    cause: str


@dataclass(frozen=True, slots=True)
class YearsCompared:
    """Two years of the catalogue side by side; the earlier one is ``before``."""

    comparison: Comparison
    cause: str


@dataclass(frozen=True, slots=True)
class FileWritten:
    """An export is complete; ``notes`` say what differs from the data."""

    path: Path
    notes: tuple[str, ...]
    cause: str


@dataclass(frozen=True, slots=True)
class DeskFailed:
    """Reading, writing or saving failed for a reason a person can act on; what lay on the desk still lies there."""

    error: HpviewerError
    cause: str


DeskEvent = (
    YearsListed | ReportOpened | FindingsChanged | ReportSaved | YearsCompared | FileWritten | DeskFailed
)
