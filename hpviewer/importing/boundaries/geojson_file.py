"""GeoJSON: read by msgspec and GEOS.

GDAL's reader would follow a ``crs`` that is a link to the network (OGRGeoJSONReadSpatialReference), and it knows
neither GB18030 nor UTF-16.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

from hpviewer.importing.boundaries.feature_table import FeatureTable, texts
from hpviewer.importing.boundaries.limits import MOST_COLUMNS, MOST_FEATURES, MOST_VERTICES, refusal
from hpviewer.importing.document_text.charset import decode

_GEOMETRIES = frozenset(
    ("Polygon", "MultiPolygon", "GeometryCollection", "Point", "MultiPoint", "LineString", "MultiLineString")
)
_EPSG = re.compile(r"EPSG:(?:[\d.]*:)?(\d{4,6})$", re.IGNORECASE)
_RFC7946 = "EPSG:4326"
_MOST_COLLECTIONS = 20


class _Feature(msgspec.Struct):
    type: str = ""
    properties: dict[str, Any] | None = None
    geometry: msgspec.Raw = msgspec.Raw(b"null")
    id: str | int | float | None = None


class _Document(msgspec.Struct):
    type: str = ""
    features: list[_Feature] | None = None
    properties: dict[str, Any] | None = None
    geometry: msgspec.Raw = msgspec.Raw(b"null")
    crs: Any = None
    name: Any = None
    title: Any = None
    description: Any = None
    metadata: Any = None


def looks_like_json(data: bytes) -> bool:
    head = data[:64].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head[:1] == b"{"


def read(data: bytes, name: str) -> FeatureTable:
    """A FeatureCollection, a Feature or a bare geometry; InputError for anything else."""
    import numpy as np
    import shapely

    document, data = _document(data, name)
    if document.type == "FeatureCollection" and document.features is not None:
        features = document.features
    elif document.type == "Feature":
        features = [_Feature("Feature", document.properties, document.geometry)]
    elif document.type in _GEOMETRIES:
        features = [_Feature("Feature", None, msgspec.Raw(data))]
    else:
        raise refusal("not_geojson", name=name)
    if len(features) > MOST_FEATURES:
        raise refusal("features", limit=MOST_FEATURES)
    # Every vertex has two commas or so: what GEOS would build is known before it does.
    if sum(bytes(feature.geometry).count(b",") for feature in features) > 3 * MOST_VERTICES:
        raise refusal("vertices", limit=MOST_VERTICES)
    raw = np.array([_geometry(feature.geometry) for feature in features], dtype=object)
    geometry = shapely.from_geojson(raw, on_invalid="ignore") if len(raw) else raw
    return FeatureTable(
        "GeoJSON",
        document.name if isinstance(document.name, str) else "",
        _declared(document.crs),
        shapely.force_2d(geometry) if len(raw) else geometry,
        _columns(features, name),
        tuple(range(1, len(features) + 1)),
        " ".join(map(str, (document.name, document.title, document.description, document.metadata)))[:4000],
    )


def _document(data: bytes, name: str) -> tuple[_Document, bytes]:
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    try:
        return msgspec.json.decode(data, type=_Document), data
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    # Not UTF-8, or no JSON at all.
    data = decode(data)[0].lstrip("\ufeff").encode("utf-8", errors="replace")
    try:
        return msgspec.json.decode(data, type=_Document), data
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as problem:
        raise refusal("not_geojson", name=name) from problem


def _geometry(raw: msgspec.Raw) -> str | None:
    """The geometry's own text. GEOS follows collections in collections by recursion: twenty are enough for anybody."""
    text = bytes(raw)
    if text == b"null" or (text.count(b"Collection") > _MOST_COLLECTIONS):
        return None
    return text.decode("utf-8", errors="replace")


def _columns(features: list[_Feature], name: str) -> dict[str, tuple[str, ...]]:
    order: dict[str, None] = {}
    for feature in features:
        if feature.properties:
            order.update(dict.fromkeys(feature.properties))
            if len(order) > MOST_COLUMNS:
                raise refusal("columns", limit=MOST_COLUMNS)
    columns = {
        column: texts((feature.properties or {}).get(column) for feature in features) for column in order
    }
    if "id" not in columns and any(feature.id is not None for feature in features):
        columns["id"] = texts(feature.id for feature in features)
    return columns


def _declared(crs: Any) -> str | None:
    """RFC 7946 has no ``crs`` member: without one it is WGS 84. A named one of 2008 counts; a link is not followed."""
    if crs is None:
        return _RFC7946
    named = crs.get("properties", {}) if isinstance(crs, dict) else {}
    text = str(named.get("name", "") or named.get("code", "")) if isinstance(named, dict) else ""
    if "CRS84" in text:
        return _RFC7946
    found = _EPSG.search(text) or re.fullmatch(r"(\d{4,6})", text)
    return f"EPSG:{found[1]}" if found else None
