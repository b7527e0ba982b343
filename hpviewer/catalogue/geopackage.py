"""What makes an SQLite file a GeoPackage (OGC 12-128r18, version 1.3), written through apsw.

Only what this catalogue needs: the core tables, registration of layers, and the geometry blob.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import apsw

APPLICATION_ID = 0x47504B47  # "GPKG"
GEOPACKAGE_VERSION = 10300
WGS84 = 4326
_ENVELOPE_BYTES = (0, 32, 48, 48, 64)
"""None, x and y, with z, with m, with both."""

_CORE = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""

_WGS84_WKT = (
    'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
    'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
    'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
)


def make_geopackage(connection: apsw.Connection) -> None:
    """Core tables and the file's marks; coordinates are WGS 84 (equal to CGCS2000 for display)."""
    connection.pragma("application_id", APPLICATION_ID)
    connection.pragma("user_version", GEOPACKAGE_VERSION)
    connection.execute(_CORE)
    connection.executemany(
        "INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)",
        [
            ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", None),
            ("Undefined geographic SRS", 0, "NONE", 0, "undefined", None),
            ("WGS 84 geodetic", WGS84, "EPSG", WGS84, _WGS84_WKT, "longitude, latitude"),
        ],
    )


def register_features(
    connection: apsw.Connection, table: str, geometry_type: str, description: str, changed: str
) -> None:
    """Make a table with column ``geom`` a layer. ``changed`` is an ISO moment, given so that builds repeat."""
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)"
        " VALUES (?, 'features', ?, ?, ?, ?)",
        (table, table, description, changed, WGS84),
    )
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", (table, geometry_type, WGS84)
    )


def register_attributes(connection: apsw.Connection, table: str, description: str, changed: str) -> None:
    """Make a table without geometry visible to QGIS and ogrinfo."""
    connection.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)"
        " VALUES (?, 'attributes', ?, ?, ?)",
        (table, table, description, changed),
    )


def set_extent(
    connection: apsw.Connection, table: str, boxes: Sequence[tuple[float, float, float, float]]
) -> None:
    """The layer's bounding box (min lon, min lat, max lon, max lat) from those of its features."""
    if not boxes:
        return
    west, south, east, north = zip(*boxes, strict=True)
    connection.execute(
        "UPDATE gpkg_contents SET min_x=?, min_y=?, max_x=?, max_y=? WHERE table_name=?",
        (min(west), min(south), max(east), max(north), table),
    )


def geometry_blob(wkb: bytes, box: tuple[float, float, float, float] | None) -> bytes:
    """GeoPackage binary: magic, version 0, flags (little endian, envelope), SRS, envelope, then the WKB.

    ``box`` is min lon, min lat, max lon, max lat; the envelope's order is min x, max x, min y, max y.
    """
    flags = 0b0000_0001 | ((1 << 1) if box else 0)
    header = struct.pack("<2sBBi", b"GP", 0, flags, WGS84)
    if box:
        header += struct.pack("<4d", box[0], box[2], box[1], box[3])
    return header + wkb


def geometry_parts(blob: bytes) -> tuple[bytes, tuple[float, float, float, float] | None]:
    """The WKB of a GeoPackage geometry, and its box (min lon, min lat, max lon, max lat) where it names one."""
    order = "<" if blob[3] & 1 else ">"
    envelope = blob[3] >> 1 & 0b111
    body = blob[8 + _ENVELOPE_BYTES[envelope] :]
    if not envelope:
        return body, None
    west, east, south, north = struct.unpack_from(f"{order}4d", blob, 8)
    return body, (west, south, east, north)


def point(lon: float, lat: float) -> bytes:
    """A point as WKB."""
    return struct.pack("<BI2d", 1, 1, lon, lat)


def multi_point(points: Sequence[tuple[float, float]]) -> bytes:
    """Points (longitude, latitude) as WKB: a Point for one, else a MultiPoint."""
    if len(points) == 1:
        return point(*points[0])
    return struct.pack("<BII", 1, 4, len(points)) + b"".join(point(lon, lat) for lon, lat in points)


def multi_line(paths: Sequence[Sequence[tuple[float, float]]]) -> bytes:
    """Lines of (longitude, latitude) as a MultiLineString in WKB."""

    def line(path: Sequence[tuple[float, float]]) -> bytes:
        return struct.pack("<BII", 1, 2, len(path)) + b"".join(struct.pack("<2d", *at) for at in path)

    return struct.pack("<BII", 1, 5, len(paths)) + b"".join(map(line, paths))
