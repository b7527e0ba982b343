"""`catalogue check`: is the file whole, and does what it says of itself hold?"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import apsw

from hpviewer.catalogue.connection import open_reader, sentences
from hpviewer.catalogue.geopackage import APPLICATION_ID
from hpviewer.catalogue.schema import read_meta
from hpviewer.wording import say


@dataclass(frozen=True, slots=True)
class CheckResult:
    """``problems`` are short texts naming what is wrong; none means the check passed."""

    name: str
    title: str
    problems: tuple[str, ...]


def check_catalogue(path: Path) -> list[CheckResult]:
    """Every check, in order. CatalogueError when the file cannot be opened at all."""
    connection = open_reader(path)
    try:
        with sentences(path):
            read_meta(connection)
            return [
                CheckResult(name, say(f"catalogue.check.{name}"), _problems(connection, check))
                for name, check in _CHECKS.items()
            ]
    finally:
        connection.close()


def _problems(connection: apsw.Connection, check: Callable[[apsw.Connection], list[str]]) -> tuple[str, ...]:
    try:
        return tuple(check(connection))
    except apsw.SQLError as error:  # a table or column is missing
        return (str(error),)


def _integrity(connection: apsw.Connection) -> list[str]:
    found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check(20)")]
    broken = [f"foreign key: {row}" for row in connection.execute("PRAGMA foreign_key_check")]
    return [line for line in found if line != "ok"] + broken


def _geopackage(connection: apsw.Connection) -> list[str]:
    problems = []
    if connection.pragma("application_id") != APPLICATION_ID:
        problems.append("application_id")
    missing = connection.execute(
        "SELECT table_name FROM gpkg_contents WHERE table_name NOT IN (SELECT name FROM sqlite_schema)"
    )
    return problems + [f"{name}: no table" for (name,) in missing]


def _places(connection: apsw.Connection) -> list[str]:
    return _each(
        connection,
        "SELECT code || ': no boundary' FROM towns WHERE geom IS NULL",
        "SELECT code || ': label without boundary' FROM communities WHERE (geom IS NULL) <> (label_lon IS NULL)",
        "SELECT code || ': not in its town' FROM communities WHERE substr(code, 1, 9) <> town_code",
        "SELECT code || ': no name' FROM (SELECT code FROM towns UNION ALL SELECT code FROM communities)"
        " WHERE code NOT IN (SELECT code FROM place_names)",
        "SELECT DISTINCT code || ': name of no place' FROM place_names WHERE code NOT IN"
        " (SELECT code FROM towns UNION ALL SELECT code FROM communities)",
    )


def _records(connection: apsw.Connection) -> list[str]:
    return _each(
        connection,
        "SELECT r.id || ': place ' || p.code FROM record_places p JOIN records r ON r.fid = p.record"
        " WHERE p.code NOT IN (SELECT code FROM towns UNION ALL SELECT code FROM communities)",
        "SELECT r.id || ': community without its town' FROM record_places p JOIN records r ON r.fid = p.record"
        " WHERE length(p.code) = 12 AND NOT EXISTS (SELECT 1 FROM record_places t WHERE t.record = p.record"
        " AND t.code = substr(p.code, 1, 9))",
        "SELECT id || ': year' FROM records WHERE year IS NOT CAST(nullif(substr(published, 1, 4), '') AS INTEGER)",
    )


def _text(connection: apsw.Connection) -> list[str]:
    return _each(
        connection,
        "SELECT id || ': not in the text index' FROM records WHERE fid NOT IN (SELECT rowid FROM records_text)",
        "SELECT rowid || ': text of no record' FROM records_text WHERE rowid NOT IN (SELECT fid FROM records)",
    )


def _layers(connection: apsw.Connection) -> list[str]:
    return _each(
        connection,
        "SELECT name || ': not JSON' FROM map_layers WHERE NOT json_valid(CAST(content AS TEXT))",
        "SELECT 'start: missing' WHERE NOT EXISTS (SELECT 1 FROM map_layers WHERE name = 'start')",
    )


def _each(connection: apsw.Connection, *questions: str) -> list[str]:
    return [str(row[0]) for sql in questions for row in connection.execute(sql)]


_CHECKS: dict[str, Callable[[apsw.Connection], list[str]]] = {
    "integrity": _integrity,
    "geopackage": _geopackage,
    "places": _places,
    "records": _records,
    "text": _text,
    "layers": _layers,
}
