"""The figures that ship with the program (data/reports): 2023 complete, headlines of 2020 to 2022."""

from __future__ import annotations

import json
from pathlib import Path

from hpviewer import paths
from hpviewer.reports.report import Headlines, Report
from hpviewer.reports.stored import headlines_from_store, report_from_store


def shipped_reports(folder: Path | None = None) -> tuple[Report, ...]:
    """Complete reports, earliest first. Their narrative is empty: figures ship, sentences do not."""
    folder = folder or paths.data() / "reports"
    return tuple(report_from_store(_json(path)) for path in sorted(folder.glob("report_*.json")))


def shipped_headlines(folder: Path | None = None) -> tuple[Headlines, ...]:
    """Years of which only single figures are known, earliest first."""
    folder = folder or paths.data() / "reports"
    return tuple(headlines_from_store(_json(path)) for path in sorted(folder.glob("headlines_*.json")))


def shipped_year(year: int, folder: Path | None = None) -> Report | Headlines | None:
    """The report of a year, else its headlines, else None."""
    everything: list[Report | Headlines] = [
        *shipped_reports(folder),
        *shipped_headlines(folder),
    ]
    return next((each for each in everything if each.year == year), None)


def _json(path: Path) -> dict[str, object]:
    loaded: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return loaded
