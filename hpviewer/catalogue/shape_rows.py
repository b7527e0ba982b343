"""Boundaries of places and areas of projects as rows, and what follows when they change."""

from __future__ import annotations

import apsw
import msgspec

from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.geopackage import geometry_blob, geometry_parts
from hpviewer.catalogue.spatial_index import add_spatial_index, has_spatial_index
from hpviewer.places.place import PlaceCode
from hpviewer.records.geometry import Box, Shape


class StoredShape(msgspec.Struct, frozen=True):
    """A boundary with where it comes from; ``source`` is a file's name, or ``schematic``."""

    shape: Shape | None
    schematic: bool
    source: str


class StoredArea(msgspec.Struct, frozen=True):
    """``wkb`` as stored; ``basis`` is "area" for an area that was brought in, "community" for label points."""

    wkb: bytes | None
    bbox: Box | None
    basis: str
    area_ha: float | None


def encoded(value: StoredShape | StoredArea) -> bytes:
    return msgspec.json.encode(value)


def read_shape(connection: apsw.Connection, code: str) -> bytes | None:
    rows = fetch(
        connection,
        f"SELECT geom, label_lon, label_lat, schematic, boundary_source FROM {_table(code)} WHERE code = ?",
        (code,),
    )
    if not rows:
        return None
    geom, lon, lat, schematic, source = rows[0]
    shape = None
    if geom is not None:
        wkb, box = geometry_parts(geom)
        assert box is not None
        shape = Shape(PlaceCode(code), wkb, lon, lat, box)
    return encoded(StoredShape(shape, bool(schematic), source))


def write_shape(connection: apsw.Connection, code: str, value: bytes | None) -> None:
    """A place always has its row: None is no value here."""
    assert value is not None
    stored = msgspec.json.decode(value, type=StoredShape)
    shape = stored.shape
    connection.execute(
        f"UPDATE {_table(code)} SET geom = ?, label_lon = ?, label_lat = ?, schematic = ?, boundary_source = ?"
        " WHERE code = ?",
        (
            geometry_blob(shape.wkb, shape.bbox) if shape else None,
            shape.label_lon if shape else None,
            shape.label_lat if shape else None,
            int(stored.schematic),
            stored.source,
            code,
        ),
    )


def read_project_area(connection: apsw.Connection, name: str) -> bytes | None:
    rows = fetch(connection, "SELECT geom, location_basis, area_ha FROM projects WHERE name = ?", (name,))
    if not rows:
        return None
    geom, basis, area = rows[0]
    wkb, box = geometry_parts(geom) if geom is not None else (None, None)
    return encoded(StoredArea(wkb, box, basis, area))


def write_project_area(connection: apsw.Connection, name: str, value: bytes | None) -> None:
    """For a project that records name; an area of no project changes nothing, and neither does None: what an undo
    finds where an older program kept the area of a project that no record named."""
    if value is None:
        return
    stored = msgspec.json.decode(value, type=StoredArea)
    if not has_spatial_index(connection, "projects"):  # a file from before there was one
        add_spatial_index(connection, "projects")
    connection.execute(
        "UPDATE projects SET geom = ?, location_basis = ?, area_ha = ? WHERE name = ?",
        (
            geometry_blob(stored.wkb, stored.bbox) if stored.wkb is not None else None,
            stored.basis,
            stored.area_ha,
            name,
        ),
    )


def all_shapes(connection: apsw.Connection) -> dict[PlaceCode, Shape]:
    """Every boundary in the catalogue, by code."""
    rows = fetch(
        connection,
        "SELECT code, geom, label_lon, label_lat FROM towns WHERE geom IS NOT NULL"
        " UNION ALL SELECT code, geom, label_lon, label_lat FROM communities WHERE geom IS NOT NULL",
    )
    shapes = {}
    for code, geom, lon, lat in rows:
        wkb, box = geometry_parts(geom)
        assert box is not None
        shapes[PlaceCode(code)] = Shape(PlaceCode(code), wkb, lon, lat, box)
    return shapes


def follow(connection: apsw.Connection) -> None:
    """What depends on positions: which records are not on the map, and the layers' extents."""
    connection.execute(
        "UPDATE records SET unlocated = NOT EXISTS (SELECT 1 FROM record_places p WHERE p.record = records.fid"
        " AND length(p.code) = 12) OR EXISTS (SELECT 1 FROM record_places p JOIN communities c ON c.code = p.code"
        " WHERE p.record = records.fid AND c.label_lon IS NULL)"
    )


def _table(code: str) -> str:
    return "towns" if len(code) == 9 else "communities"
