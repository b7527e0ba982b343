"""The R-tree of a feature table, as GeoPackage's extension ``gpkg_rtree_index`` has it: QGIS and GDAL use it, too.

Its triggers call ST_MinX and the like, which SQLite does not have: every program that writes geometry brings them,
ours with `teach_geometry`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import lru_cache

import apsw

from hpviewer.catalogue.geopackage import geometry_parts
from hpviewer.records.geometry import Box

_EXTENSIONS = """
CREATE TABLE IF NOT EXISTS gpkg_extensions (
  table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
"""
_BOUNDS = "ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)"
_FULL = "({row}.geom NOTNULL AND NOT ST_IsEmpty({row}.geom))"
_NEW, _OLD = _FULL.format(row="NEW"), _FULL.format(row="OLD")
# the names and conditions of GeoPackage 1.4, annex F.3; they also hold for files of 1.3
INDEX = f"""
CREATE VIRTUAL TABLE rtree_{{0}}_geom USING rtree(id, minx, maxx, miny, maxy);
CREATE TRIGGER rtree_{{0}}_geom_insert AFTER INSERT ON {{0}} WHEN {_NEW} BEGIN
  INSERT OR REPLACE INTO rtree_{{0}}_geom VALUES (NEW.fid, {_BOUNDS}); END;
CREATE TRIGGER rtree_{{0}}_geom_update6 AFTER UPDATE OF geom ON {{0}} WHEN OLD.fid = NEW.fid AND {_NEW} AND {_OLD} BEGIN
  UPDATE rtree_{{0}}_geom SET (minx, maxx, miny, maxy) = ({_BOUNDS}) WHERE id = NEW.fid; END;
CREATE TRIGGER rtree_{{0}}_geom_update7 AFTER UPDATE OF geom ON {{0}} WHEN OLD.fid = NEW.fid AND {_NEW} AND NOT {_OLD} BEGIN
  INSERT OR REPLACE INTO rtree_{{0}}_geom VALUES (NEW.fid, {_BOUNDS}); END;
CREATE TRIGGER rtree_{{0}}_geom_update2 AFTER UPDATE OF geom ON {{0}} WHEN OLD.fid = NEW.fid AND NOT {_NEW} BEGIN
  DELETE FROM rtree_{{0}}_geom WHERE id = OLD.fid; END;
CREATE TRIGGER rtree_{{0}}_geom_update5 AFTER UPDATE ON {{0}} WHEN OLD.fid <> NEW.fid AND {_NEW} BEGIN
  DELETE FROM rtree_{{0}}_geom WHERE id = OLD.fid;
  INSERT OR REPLACE INTO rtree_{{0}}_geom VALUES (NEW.fid, {_BOUNDS}); END;
CREATE TRIGGER rtree_{{0}}_geom_update4 AFTER UPDATE ON {{0}} WHEN OLD.fid <> NEW.fid AND NOT {_NEW} BEGIN
  DELETE FROM rtree_{{0}}_geom WHERE id IN (OLD.fid, NEW.fid); END;
CREATE TRIGGER rtree_{{0}}_geom_delete AFTER DELETE ON {{0}} WHEN OLD.geom NOT NULL BEGIN
  DELETE FROM rtree_{{0}}_geom WHERE id = OLD.fid; END;
"""
_DIMENSIONS = (2, 3, 3, 4)
"""Numbers of a position, by the thousands of its WKB type: plain, Z, M, ZM."""
_POINT, _LINE, _POLYGON = 1, 2, 3


def add_spatial_index(connection: apsw.Connection, table: str) -> None:
    """For what the table holds and, by triggers, for what it will hold. Inside the caller's transaction."""
    connection.execute(_EXTENSIONS)
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index',"
        " 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        (table,),
    )
    connection.execute(INDEX.format(table))
    rows = connection.execute(f"SELECT fid, geom FROM {table} WHERE geom NOTNULL").fetchall()
    boxes = ((fid, box_of(geom)) for fid, geom in rows)
    connection.executemany(
        f"INSERT INTO rtree_{table}_geom VALUES (?, ?, ?, ?, ?)",
        ((fid, box[0], box[2], box[1], box[3]) for fid, box in boxes if box),
    )


def has_spatial_index(connection: apsw.Connection, table: str) -> bool:
    sought = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?"
    return bool(connection.execute(sought, (f"rtree_{table}_geom",)).fetchall())


def teach_geometry(connection: apsw.Connection) -> None:
    """The functions that the triggers call, on a connection that writes."""

    def bound(at: int) -> object:
        def read(blob: object) -> float | None:
            box = box_of(blob)
            return box[at] if box else None

        return read

    def is_empty(blob: object) -> int:
        return box_of(blob) is None

    functions = {
        "ST_IsEmpty": is_empty, "ST_MinX": bound(0), "ST_MinY": bound(1), "ST_MaxX": bound(2), "ST_MaxY": bound(3),
    }  # fmt: skip
    for name, function in functions.items():
        # innocuous: with trusted_schema off a trigger may call nothing else
        connection.create_scalar_function(
            name,
            function,  # type: ignore[arg-type]
            1,
            deterministic=True,
            flags=apsw.SQLITE_INNOCUOUS,
        )


@lru_cache(maxsize=1)
def box_of(blob: object) -> Box | None:
    """The box of a GeoPackage geometry: from its envelope, else from its positions; None where there is none.

    The last one is kept: the triggers ask five times for each geometry.
    """
    if not isinstance(blob, bytes) or len(blob) < 8 or blob[:2] != b"GP" or blob[3] & 0b1_0000:
        return None
    try:
        wkb, box = geometry_parts(blob)
        if box:
            return box
        places = list(_positions(wkb))
    except (struct.error, IndexError):  # cut off, or a kind of curve
        return None
    lons, lats = [lon for lon, lat in places if lon == lon], [lat for lon, lat in places if lat == lat]
    return (min(lons), min(lats), max(lons), max(lats)) if lons and lats else None


def _positions(wkb: bytes) -> Iterator[tuple[float, float]]:
    """Every position of a geometry (WKB, either byte order); nested kinds follow one another in the bytes."""
    at, parts = 0, 1
    while parts:
        order = "<" if wkb[at] else ">"
        (kind,) = struct.unpack_from(f"{order}I", wkb, at + 1)
        numbers, kind = _DIMENSIONS[kind // 1000], kind % 1000
        at, parts = at + 5, parts - 1
        if kind == _POINT:
            yield struct.unpack_from(f"{order}2d", wkb, at)
            at += 8 * numbers
            continue
        (count,) = struct.unpack_from(f"{order}I", wkb, at)
        at += 4
        if kind > _POLYGON:
            parts += count
            continue
        for _ in range(count if kind == _POLYGON else 1):
            length = count
            if kind == _POLYGON:
                (length,) = struct.unpack_from(f"{order}I", wkb, at)
                at += 4
            for _ in range(length):
                yield struct.unpack_from(f"{order}2d", wkb, at)
                at += 8 * numbers
