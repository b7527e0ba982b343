"""A file from an unknown hand -> its features. The kind is told by content; everything is read from a copy.

The copy lies in a temporary folder under names of our own (``boundary.shp``), so that no name inside an archive is
ever a path, and so that nothing is written beside the user's file (SQLite's journal, a missing .shx).
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

from hpviewer.errors import InputError
from hpviewer.importing import bounded_zip
from hpviewer.importing.boundaries import gdal_file, geojson_file
from hpviewer.importing.boundaries.feature_table import FeatureTable
from hpviewer.importing.boundaries.limits import CONTAINER, LARGEST_FILE, LARGEST_KML, refusal
from hpviewer.importing.document_text.charset import decode

SUFFIXES = (".geojson", ".json", ".zip", ".shp", ".gpkg", ".kml", ".kmz")

_SHP_MAGIC = b"\x00\x00\x27\x0a"
_PARTS = (".shx", ".dbf", ".prj", ".cpg")
_PLAIN_VIEWS = re.compile(
    rb"[\"'`\[]?(?:st_geometry_columns|st_spatial_ref_sys|spatial_ref_sys|geometry_columns)\b"
)
_MODULE = re.compile(rb"using[\s\"'`\[]*(?:rtree|rtree_i32|fts[345])\b")
_STYLE = re.compile(r"<styleUrl>[^<]*</styleUrl>|<href>[^<]*</href>", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_features(source: Path, layer: str | None = None) -> FeatureTable:
    """InputError, with what to do next, for anything that is no readable boundary file of a kind in SUFFIXES."""
    data = _bounded(source)
    with tempfile.TemporaryDirectory(prefix="hpviewer-boundaries-") as folder:
        if data.startswith(b"PK\x03\x04"):
            try:
                return _from_archive(source, data, Path(folder), layer)
            except (NotImplementedError, zipfile.BadZipFile, KeyError, ValueError, OSError) as problem:
                # zipfile's, for versions and directories that are none.
                raise refusal("damaged", name=source.name) from problem
        if data.startswith(_SHP_MAGIC):
            beside = {
                part: _bounded(found) for part in _PARTS if (found := _sibling(source, part)) is not None
            }
            return _shapefile(data, beside, source.stem, Path(folder))
        return _single(data, source.name, Path(folder), layer)


def _bounded(source: Path) -> bytes:
    try:
        if not source.exists():
            raise refusal("missing", name=source.name)
        if not source.is_file():
            raise refusal("not_a_file", name=source.name)
        if source.stat().st_size > LARGEST_FILE:
            raise refusal("file_size", limit=LARGEST_FILE // 1024 // 1024)
        with source.open("rb") as file:
            return file.read(LARGEST_FILE)
    except InputError:
        raise
    except (OSError, ValueError) as problem:
        raise refusal("unreadable", name=source.name) from problem


def _sibling(source: Path, suffix: str) -> Path | None:
    """``a.dbf`` or ``A.DBF`` beside ``a.shp``: file systems differ in whether case counts."""
    for name in (source.stem + suffix, source.stem + suffix.upper()):
        found = source.with_name(name)
        if found.is_file():
            return found
    return None


def _single(data: bytes, name: str, folder: Path, layer: str | None) -> FeatureTable:
    if data.startswith(b"SQLite format 3\0"):
        return _geopackage(data, name, folder, layer)
    if geojson_file.looks_like_json(data):
        return geojson_file.read(data, name)
    head = data[:4096].replace(b"\0", b"")
    if b"<kml" in head or b":kml" in head:
        return _kml(data, name, folder)
    if Path(name).suffix.lower() in (".dbf", ".shx", ".prj", ".cpg"):
        raise refusal("parts", name=name)
    raise refusal("unknown_kind", name=name)


def _from_archive(source: Path, data: bytes, folder: Path, layer: str | None) -> FeatureTable:
    bounded_zip.inspect(data, CONTAINER)
    names = [name for name in _names(data) if not name.startswith("__MACOSX/") and not name.endswith("/")]
    lower = {name.lower(): name for name in names}
    shapefiles = [name for name in names if name.lower().endswith(".shp")]
    if shapefiles:
        chosen = _chosen(shapefiles, layer)
        stem = chosen[:-4].lower()
        beside = {part: _member(data, lower[stem + part]) for part in _PARTS if stem + part in lower}
        return _shapefile(_member(data, chosen), beside, _shown(chosen)[:-4], folder)
    for suffix in (".kml", ".gpkg", ".geojson", ".json"):
        for name in names:
            if name.lower().endswith(suffix):
                return _single(_member(data, name), _shown(name), folder, layer)
    raise refusal("nothing_inside", name=source.name)


def _names(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.namelist()


def _member(data: bytes, name: str) -> bytes:
    return bounded_zip.read_member(data, name, CONTAINER)


def _shown(name: str) -> str:
    """The last part of a member's name; Windows wrote it in GBK, which zipfile reads as cp437."""
    last = re.split(r"[\\/]", name)[-1]
    try:
        return last.encode("cp437").decode("gb18030") if not last.isascii() else last
    except UnicodeError:
        return last


def _chosen(shapefiles: list[str], layer: str | None) -> str:
    """A zip of several shapefiles holds several subjects: which one is meant is not guessed."""
    if layer is None and len(shapefiles) == 1:
        return shapefiles[0]
    layers = "、".join(_shown(name)[:-4] for name in shapefiles)
    if layer is None:
        raise refusal("several_layers", layers=layers)
    for name in shapefiles:
        if _shown(name)[:-4] == layer:
            return name
    raise refusal("unknown_layer", layer=layer, layers=layers)


def _shapefile(data: bytes, beside: dict[str, bytes], stem: str, folder: Path) -> FeatureTable:
    if not data.startswith(_SHP_MAGIC):
        raise refusal("damaged", name=stem)
    path = folder / "boundary.shp"
    path.write_bytes(data)
    for suffix in (".shx", ".dbf", ".prj"):
        if suffix in beside:
            path.with_suffix(suffix).write_bytes(beside[suffix])
    declared = beside.get(".cpg", b"")[:40].decode("ascii", errors="replace")
    table = gdal_file.read(path, "SHP", stem, None, declared)
    return replace(table, layer=stem)


def _geopackage(data: bytes, name: str, folder: Path, layer: str | None) -> FeatureTable:
    """Tables only: a view can run for ever or call functions of GDAL that open other files."""
    for statement in _statements(data):
        words = statement.split(None, 5)
        if b"view" in words[1:5] and not _is_plain_view(statement):
            raise refusal("views", name=name)
        if b"virtual" in words[1:3] and not _MODULE.search(statement):
            raise refusal("views", name=name)
    path = folder / "boundary.gpkg"
    path.write_bytes(data)
    return gdal_file.read(path, "GPKG", name, layer)


def _statements(data: bytes) -> list[bytes]:
    """The first 300 bytes of everything in the file that begins with CREATE, in small letters."""
    found = []
    piece = 8 * 1024 * 1024
    for start in range(0, len(data), piece):
        low = data[start : start + piece + 300].lower()
        at = low.find(b"create")
        while 0 <= at < piece:
            found.append(re.sub(rb"/\*.*?\*/|--[^\n]*\n", b" ", low[at : at + 300]))
            at = low.find(b"create", at + 6)
    return found


def _is_plain_view(statement: bytes) -> bool:
    """Views that the standard of 2014 asked for; GDAL's GPKG driver does not read them."""
    after = re.split(rb"\bview\b\s*(?:if\s+not\s+exists\s+)?", statement, maxsplit=1)[-1]
    return bool(_PLAIN_VIEWS.match(after))


def _kml(data: bytes, name: str, folder: Path) -> FeatureTable:
    """As UTF-8 (the parser knows no GB18030), without entities, and without addresses of styles and other files."""
    if len(data) > LARGEST_KML:
        raise refusal("file_size", limit=LARGEST_KML // 1024 // 1024)
    text, _ = decode(data)
    text = _DECLARATION.sub("", text.lstrip("\ufeff"))
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise refusal("external", name=name)
    path = folder / "boundary.kml"
    body = '<?xml version="1.0" encoding="UTF-8"?>\n' + _STYLE.sub("", text)
    path.write_bytes(body.encode("utf-8", errors="replace"))
    return gdal_file.read(path, "KML", name)
