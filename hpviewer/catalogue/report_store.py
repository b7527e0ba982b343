"""Annual reports in the catalogue: one per year, complete or as headline figures, and dismissed findings."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import apsw

from hpviewer.catalogue.connection import fetch, open_reader, open_writer, sentences, transaction
from hpviewer.catalogue.schema import set_meta
from hpviewer.errors import InputError
from hpviewer.reports.finding import Dismissal
from hpviewer.reports.report import Headlines, Report
from hpviewer.reports.stored import (
    headlines_from_store,
    headlines_to_store,
    report_from_store,
    report_to_store,
)
from hpviewer.wording import say


@dataclass(frozen=True, slots=True)
class StoredYear:
    """``source`` is the file's name, empty for figures that came with the program."""

    year: int
    body: str
    complete: bool
    source: str


class ReportStore:
    """Opens the catalogue anew for each call: reports are read and written by the handful."""

    def __init__(self, path: Path, now: Callable[[], dt.datetime] = dt.datetime.now) -> None:
        self.path = path
        self._now = now

    def years(self) -> list[StoredYear]:
        """Newest first."""
        rows = self._read("SELECT year, body, complete, source FROM reports ORDER BY year DESC")
        return [StoredYear(year, body, bool(complete), source) for year, body, complete, source in rows]

    def year(self, year: int) -> Report | Headlines | None:
        rows = self._read("SELECT complete, content FROM reports WHERE year = ?", (year,))
        if not rows:
            return None
        complete, content = rows[0]
        stored = json.loads(content)
        return report_from_store(stored) if complete else headlines_from_store(stored)

    def save(self, report: Report, source: str) -> None:
        """In place of what is known of its year. InputError for a report that does not say its year."""
        if report.year is None:
            raise InputError(
                say("catalogue.report.no_year", file=source), say("catalogue.report.no_year_next")
            )

        def write(connection: apsw.Connection) -> None:
            write_year(connection, report, source)

        self._write(write)

    def dismissals(self) -> list[Dismissal]:
        return [
            Dismissal(*row) for row in self._read("SELECT key, reason FROM report_dismissals ORDER BY fid")
        ]

    def dismiss(self, dismissal: Dismissal) -> None:
        """Keep the decision, whichever file the report is read from again."""
        moment = self._now().isoformat(sep=" ", timespec="seconds")
        self._write(
            lambda connection: connection.execute(
                "INSERT OR REPLACE INTO report_dismissals (key, reason, made) VALUES (?, ?, ?)",
                (dismissal.key, dismissal.reason, moment),
            )
        )

    def take_back(self, key: str) -> None:
        """Show a dismissed finding again."""
        self._write(
            lambda connection: connection.execute("DELETE FROM report_dismissals WHERE key = ?", (key,))
        )

    def _read(self, sql: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        connection = open_reader(self.path)
        try:
            with sentences(self.path):
                return fetch(connection, sql, values)
        finally:
            connection.close()

    def _write(self, change: Callable[[apsw.Connection], object]) -> None:
        connection = open_writer(self.path)
        try:
            with sentences(self.path), transaction(connection):
                change(connection)
                set_meta(connection, "changed", "1")
        finally:
            connection.close()


def write_year(connection: apsw.Connection, report: Report | Headlines, source: str) -> None:
    """Inside the caller's transaction."""
    complete = isinstance(report, Report)
    stored = report_to_store(report) if isinstance(report, Report) else headlines_to_store(report)
    connection.execute(
        "INSERT OR REPLACE INTO reports (year, body, complete, source, content) VALUES (?, ?, ?, ?, ?)",
        (report.year, report.body, int(complete), source, json.dumps(stored, ensure_ascii=False)),
    )


def read_year_text(connection: apsw.Connection, year: str) -> bytes | None:
    """The stored report of a year as one JSON document, for the history of changes."""
    rows = fetch(
        connection, "SELECT body, complete, source, content FROM reports WHERE year = ?", (int(year),)
    )
    if not rows:
        return None
    body, complete, source, content = rows[0]
    document = {"body": body, "complete": complete, "source": source, "content": content}
    return json.dumps(document, ensure_ascii=False).encode()


def write_year_text(connection: apsw.Connection, year: str, value: bytes | None) -> None:
    """What read_year_text gave, put back; None takes the year away."""
    connection.execute("DELETE FROM reports WHERE year = ?", (int(year),))
    if value is not None:
        stored = json.loads(value)
        connection.execute(
            "INSERT INTO reports (year, body, complete, source, content) VALUES (?, ?, ?, ?, ?)",
            (int(year), stored["body"], stored["complete"], stored["source"], stored["content"]),
        )


def year_text(report: Report, source: str) -> bytes:
    """A report as read_year_text would give it once stored."""
    document = {
        "body": report.body,
        "complete": 1,
        "source": source,
        "content": json.dumps(report_to_store(report), ensure_ascii=False),
    }
    return json.dumps(document, ensure_ascii=False).encode()
