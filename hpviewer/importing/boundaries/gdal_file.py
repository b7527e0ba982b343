"""SHP, GPKG and KML through GDAL, from a copy in a temporary folder under a fixed name.

GDAL tells formats by content and has drivers that fetch or read other files (VRT, WFS, …). So the caller has checked
the content, the copy's name leaves one driver, and what opened it is compared before anything is read.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from hpviewer.importing.boundaries.dbf_text import RAW, decoded, encoding_of
from hpviewer.importing.boundaries.feature_table import FeatureTable, texts
from hpviewer.importing.boundaries.limits import (
    MOST_COLUMNS,
    MOST_FEATURES,
    MOST_LAYERS,
    MOST_VERTICES,
    refusal,
)
from hpviewer.wording import say

_DRIVERS = {
    "SHP": frozenset(("ESRI Shapefile",)),
    "GPKG": frozenset(("GPKG",)),
    "KML": frozenset(("LIBKML", "KML")),
}
FOLDER_COLUMN = "文件夹"
"""Column for the folder of a KML placemark: often the only place where the kind of an area stands."""


def read(path: Path, kind: str, name: str, layer: str | None = None, encoding: str = "") -> FeatureTable:
    """``kind`` is a key of _DRIVERS. KML: all folders; GPKG: ``layer``, or the one with most features, and a note
    about the others. ``encoding`` is what a .cpg says. InputError for everything GDAL cannot read."""
    with _quiet(name):
        import pyogrio

        layers = [str(row[0]) for row in pyogrio.list_layers(path)]
        if not layers:
            raise refusal("no_features", name=name)
        if len(layers) > MOST_LAYERS:
            raise refusal("layers", limit=MOST_LAYERS)
        if kind == "KML":
            return _joined([_layer(path, kind, name, one, encoding) for one in layers])
        if layer is not None and layer not in layers:
            raise refusal("unknown_layer", layer=layer, layers="、".join(layers))
        chosen = layer or _largest(path, layers)
        notes = (say("importing_boundaries.note.layer", layer=chosen, layers="、".join(layers)),)
        table = _layer(path, kind, name, chosen, encoding)
        return table if len(layers) == 1 or layer else _noted(table, notes)


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """GDAL's warnings (rings mended, measures dropped, dates odd) stay here: what matters of them we tell ourselves."""
    import logging

    import pyogrio
    import pyproj

    pyproj.network.set_network_enabled(False)  # type: ignore[attr-defined]
    pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": True})  # writes beside our own copy only
    log = logging.getLogger("pyogrio")
    level = log.level
    log.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    except (
        RuntimeError,
        ValueError,
        UnicodeError,
        OverflowError,
        MemoryError,
        TypeError,
        OSError,
        UnboundLocalError,  # of pyogrio 0.13 on a .prj that is read but cannot be written as WKT
    ) as problem:
        # pyogrio raises RuntimeError for what GDAL refuses, ValueError and others for what it cannot hold.
        raise refusal("damaged", name=name) from problem
    finally:
        log.setLevel(level)


def _largest(path: Path, layers: list[str]) -> str:
    import pyogrio

    def size(layer: str) -> int:
        info = pyogrio.read_info(path, layer=layer, force_feature_count=True)
        return int(info["features"]) if info["geometry_type"] else -1

    return max(layers, key=size)


def _layer(path: Path, kind: str, name: str, layer: str, encoding: str) -> FeatureTable:
    import pyogrio
    import shapely

    asked = {"encoding": RAW} if kind == "SHP" else {}
    info = pyogrio.read_info(path, layer=layer, **asked)
    if info["driver"] not in _DRIVERS[kind]:
        raise refusal("damaged", name=name)
    if len(info["fields"]) > MOST_COLUMNS:
        raise refusal("columns", limit=MOST_COLUMNS)
    if int(info["features"]) > MOST_FEATURES:
        raise refusal("features", limit=MOST_FEATURES)
    meta, _, wkb, values = pyogrio.raw.read(
        path, layer=layer, force_2d=True, max_features=MOST_FEATURES + 1, datetime_as_string=True, **asked
    )
    if wkb is None:
        raise refusal("no_polygons", name=name)
    if len(wkb) > MOST_FEATURES:
        raise refusal("features", limit=MOST_FEATURES)
    if sum(len(one) for one in wkb if one is not None) > 16 * MOST_VERTICES:
        raise refusal("vertices", limit=MOST_VERTICES)
    columns = {str(field): texts(column) for field, column in zip(meta["fields"], values, strict=True)}
    if kind == "SHP":
        columns = _as_text(columns, encoding)
    if kind == "KML":
        columns[FOLDER_COLUMN] = (layer,) * len(wkb)
    title = " ".join(map(str, (layer, info.get("layer_metadata"), info.get("dataset_metadata"))))
    geometry = shapely.from_wkb(wkb, on_invalid="ignore")
    return FeatureTable(
        kind, layer, meta["crs"], geometry, columns, tuple(range(1, len(wkb) + 1)), title[:4000]
    )


def _as_text(columns: dict[str, tuple[str, ...]], declared: str) -> dict[str, tuple[str, ...]]:
    encoding = encoding_of([*columns, *(value for values in columns.values() for value in values)], declared)
    known: dict[str, str] = {}

    def text(value: str) -> str:
        if value.isascii():
            return value
        if value not in known:
            known[value] = decoded(value, encoding).strip(" \u3000")
        return known[value]

    return {text(field): tuple(map(text, values)) for field, values in columns.items()}


def _joined(tables: list[FeatureTable]) -> FeatureTable:
    """Folders of one KML file as one table; features count on through the folders."""
    import numpy as np

    total = sum(map(len, tables))
    if total > MOST_FEATURES:
        raise refusal("features", limit=MOST_FEATURES)
    fields = dict.fromkeys(field for table in tables for field in table.columns)
    columns: dict[str, tuple[str, ...]] = {
        field: tuple(value for table in tables for value in table.columns.get(field, ("",) * len(table)))
        for field in fields
    }
    first = tables[0]
    return FeatureTable(
        first.kind,
        first.layer,
        first.crs,
        np.concatenate([table.geometry for table in tables]),
        {field: values for field, values in columns.items() if any(values)},
        tuple(range(1, total + 1)),
        " ".join(table.title for table in tables)[:4000],
    )


def _noted(table: FeatureTable, notes: tuple[str, ...]) -> FeatureTable:
    return replace(table, notes=notes)
