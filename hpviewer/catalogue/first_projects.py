"""The projects of a file that is written whole: what refresh_projects does name by name, in two questions."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

import apsw

from hpviewer.catalogue.geopackage import geometry_blob, multi_point
from hpviewer.catalogue.search_text import indexed

_MEMBERS = (
    "SELECT project, column_name, area_ha FROM records WHERE project > '' ORDER BY project, published, fid"
)
_PLACES = (
    "SELECT DISTINCT r.project, p.code FROM records r JOIN record_places p ON p.record = r.fid"
    " WHERE r.project > '' ORDER BY r.project, length(p.code) DESC, p.code"
)
_INSERT = (
    "INSERT INTO projects (fid, geom, name, column_name, place_codes, location_basis, area_ha)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_BATCH = 1_000


def fill_projects(connection: apsw.Connection) -> None:
    """One row for each project that a record names; the table is empty before."""
    rows: list[tuple[object, ...]] = []
    for row in _projects(connection):
        rows.append(row)
        if len(rows) == _BATCH:
            _insert(connection, rows)
            rows.clear()
    _insert(connection, rows)


def _insert(connection: apsw.Connection, rows: list[tuple[object, ...]]) -> None:
    connection.executemany(_INSERT, rows)
    connection.executemany(
        "INSERT INTO projects_text (rowid, name) VALUES (?, ?)",
        [(row[0], indexed(str(row[2]))) for row in rows],
    )


def _projects(connection: apsw.Connection) -> Iterator[tuple[object, ...]]:
    points = {
        code: (lon, lat)
        for code, lon, lat in connection.execute(
            "SELECT code, label_lon, label_lat FROM communities WHERE label_lon IS NOT NULL"
        )
    }
    by_name = itemgetter(0)
    # every project has members, not every one has places
    places = groupby(connection.execute(_PLACES), by_name)
    placed, codes = _next(places)
    for number, (name, members) in enumerate(groupby(connection.execute(_MEMBERS), by_name), 1):
        rows = list(members)
        here: list[str] = []
        if placed == name:
            here = codes
            placed, codes = _next(places)
        known = [points[code] for code in here if code in points]
        areas = [area for _, _, area in rows if area is not None]
        yield (
            number,
            geometry_blob(multi_point(known), None) if known else None,
            name,
            rows[0][1],
            " ".join(here),
            "community" if known else "",
            max(areas, default=None),
        )


def _next(places: Iterator[tuple[str, Iterator[tuple[str, str]]]]) -> tuple[str, list[str]]:
    name, rows = next(places, ("", iter(())))
    return name, [code for _, code in rows]
