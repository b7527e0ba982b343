"""The projects table follows the records: one row for each project that a record names."""

from __future__ import annotations

from collections.abc import Iterable

import apsw

from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.geopackage import geometry_blob, multi_point
from hpviewer.catalogue.search_text import indexed

_MEMBERS = "SELECT column_name, area_ha FROM records WHERE project = ? ORDER BY published, fid"
_PLACES = (
    "SELECT DISTINCT p.code, c.label_lon, c.label_lat FROM records r JOIN record_places p ON p.record = r.fid"
    " LEFT JOIN communities c ON c.code = p.code WHERE r.project = ? ORDER BY length(p.code) DESC, p.code"
)


def refresh_projects(connection: apsw.Connection, names: Iterable[str]) -> None:
    """Write the rows of these projects anew, inside the caller's transaction; one without records goes.

    A project is placed at the label points of its communities, which says where to look, not where it lies.
    """
    for name in sorted(names):
        row = connection.execute(
            "SELECT fid, geom, location_basis FROM projects WHERE name = ?", (name,)
        ).fetchone()
        surveyed = row is not None and row[2] == "area"  # brought in: outlives the records' own positions
        if row:
            connection.execute("DELETE FROM projects_text WHERE rowid = ?", row[:1])
            connection.execute("DELETE FROM projects WHERE fid = ?", row[:1])
        members = fetch(connection, _MEMBERS, (name,))
        if not members:
            continue
        places = fetch(connection, _PLACES, (name,))
        points = [(lon, lat) for _, lon, lat in places if lon is not None]
        areas = [area for _, area in members if area is not None]
        connection.execute(
            "INSERT INTO projects (geom, name, column_name, place_codes, location_basis, area_ha)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                row[1] if row and surveyed else geometry_blob(multi_point(points), None) if points else None,
                name,
                members[0][0],
                " ".join(code for code, _, _ in places),
                "area" if surveyed else "community" if points else "",
                max(areas) if areas else None,
            ),
        )
        fid = connection.last_insert_rowid()
        connection.execute("INSERT INTO projects_text (rowid, name) VALUES (?, ?)", (fid, indexed(name)))
