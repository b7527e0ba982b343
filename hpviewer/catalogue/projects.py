"""The projects table follows the records: one row for each project that a record names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Any

import apsw
import msgspec

from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.geopackage import geometry_blob, multi_point
from hpviewer.catalogue.search_text import all_indexed
from hpviewer.records.geometry import Position

# one question for all: asked project by project, those of a large ledger took longer than its records
_NAMED = "(SELECT value AS name FROM json_each(?))"
_ALL = "(SELECT DISTINCT project AS name FROM records WHERE project > '')"
_PROJECTS = (
    "SELECT n.name,"
    " (SELECT json_array(min(column_name), max(column_name), max(area_ha)) FROM records WHERE project = n.name),"
    " (SELECT group_concat(DISTINCT p.code) FROM records r CROSS JOIN record_places p ON p.record = r.fid"
    " WHERE r.project = n.name)"
    " FROM {names} n ORDER BY n.name"
)
_FIRST = "SELECT column_name FROM records WHERE project = ? ORDER BY published, fid LIMIT 1"
_STORED = "SELECT p.fid, p.name, p.geom, p.location_basis FROM json_each(?) j CROSS JOIN projects p ON p.name = j.value"
_INSERT = (
    "INSERT INTO projects (fid, geom, name, column_name, place_codes, location_basis, area_ha)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
_BATCH = 1_000


def fill_projects(connection: apsw.Connection) -> None:
    """One row for each project that a record names; the table is empty before."""
    _insert(connection, _rows(connection, connection.execute(_PROJECTS.format(names=_ALL)), {}))


def refresh_projects(connection: apsw.Connection, names: Iterable[str]) -> None:
    """Write the rows of these projects anew, inside the caller's transaction; one without records goes.

    A project is placed at the label points of its communities, which says where to look, not where it lies.
    """
    wanted = (msgspec.json.encode(list(names)).decode(),)
    stored = fetch(connection, _STORED, wanted)
    # an area that was brought in outlives the records' own positions
    surveyed = {name: geom for _, name, geom, basis in stored if basis == "area"}
    gone = [(fid,) for fid, *_ in stored]
    connection.executemany("DELETE FROM projects_text WHERE rowid = ?", gone)
    connection.executemany("DELETE FROM projects WHERE fid = ?", gone)
    found = fetch(connection, _PROJECTS.format(names=_NAMED), wanted)
    _insert(connection, _rows(connection, found, surveyed))


def _rows(
    connection: apsw.Connection,
    projects: Iterable[tuple[Any, ...]],
    surveyed: Mapping[str, bytes],
) -> Iterator[tuple[object, ...]]:
    points: dict[str, Position] = {
        code: (lon, lat)
        for code, lon, lat in fetch(
            connection, "SELECT code, label_lon, label_lat FROM communities WHERE label_lon IS NOT NULL"
        )
    }
    last = int(fetch(connection, "SELECT coalesce(max(fid), 0) FROM projects")[0][0])
    for name, about, places in projects:
        column, other, area = msgspec.json.decode(about)
        if column is None:  # no record names it any more
            continue
        if column != other:
            column = fetch(connection, _FIRST, (name,))[0][0]
        last += 1
        codes = sorted(places.split(",") if places else (), key=lambda code: (-len(code), code))
        known = [points[code] for code in codes if code in points]
        geometry = geometry_blob(multi_point(known), None) if known else None
        basis = "community" if known else ""
        if name in surveyed:
            geometry, basis = surveyed[name], "area"
        yield last, geometry, name, column, " ".join(codes), basis, area


def _insert(connection: apsw.Connection, rows: Iterator[tuple[object, ...]]) -> None:
    while batch := list(islice(rows, _BATCH)):
        connection.executemany(_INSERT, batch)
        connection.executemany(
            "INSERT INTO projects_text (rowid, name) VALUES (?, ?)",
            zip((row[0] for row in batch), all_indexed([str(row[2]) for row in batch]), strict=True),
        )
