"""Areas of projects inside a box, found through the R-tree: what a tile of the map shows."""

from __future__ import annotations

from dataclasses import dataclass

import apsw

from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.geopackage import geometry_parts
from hpviewer.catalogue.spatial_index import has_spatial_index
from hpviewer.records.geometry import Box

# CROSS JOIN holds the order: the R-tree first, whatever the planner thinks of its size. Its boxes are rounded
# outwards to single precision, so nothing is missed. Projects without an area of their own are points in it.
INSIDE = """
SELECT p.fid, p.name, p.geom, count(*) OVER ()
FROM rtree_projects_geom t CROSS JOIN projects p ON p.fid = t.id
WHERE t.minx <= ?3 AND t.maxx >= ?1 AND t.miny <= ?4 AND t.maxy >= ?2 AND max(t.maxx - t.minx, t.maxy - t.miny) >= ?5
  AND p.location_basis = 'area'
ORDER BY (t.maxx - t.minx) * (t.maxy - t.miny) DESC, p.fid LIMIT ?6
"""


@dataclass(frozen=True, slots=True)
class ProjectArea:
    """``wkb`` is a Polygon or MultiPolygon in EPSG:4326. ``fid`` holds until the catalogue is next written to."""

    fid: int
    name: str
    wkb: bytes


@dataclass(frozen=True, slots=True)
class AreasInside:
    """The largest areas, largest first, and how many more there are."""

    areas: tuple[ProjectArea, ...]
    left_out: int


def areas_inside(connection: apsw.Connection, box: Box, least: float, most: int) -> AreasInside:
    """Areas whose box meets ``box``, at most so many, none smaller than ``least`` (degrees)."""
    if not has_spatial_index(connection, "projects"):  # no area has come into this file yet
        return AreasInside((), 0)
    rows = fetch(connection, INSIDE, (*box, least, most))
    areas = tuple(ProjectArea(fid, name, geometry_parts(geom)[0]) for fid, name, geom, _ in rows)
    return AreasInside(areas, rows[0][3] - len(rows) if rows else 0)


def project_name(connection: apsw.Connection, fid: int) -> str | None:
    """The project of an area that a tile has shown; None when it is gone."""
    rows = fetch(connection, "SELECT name FROM projects WHERE fid = ?", (fid,))
    return rows[0][0] if rows else None
