"""Boundary files of every kind, written from the bundled schematic shapes: names, codes, systems and offsets as asked."""

from __future__ import annotations

import io
import json
import warnings
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyproj
import shapely

from hpviewer import paths
from hpviewer.importing.bundled.boundary_rows import read_community_points, read_guesses
from hpviewer.importing.bundled.bundle import DISTRICT
from hpviewer.importing.bundled.schematic_shapes import SchematicShapes, build_shapes
from hpviewer.importing.bundled.town_grid import read_town_grid
from hpviewer.places.place import PlaceCode
from hpviewer.records.geometry import Shape
from tests.helpers.gazetteer import gazetteer


@lru_cache(maxsize=1)
def schematic() -> SchematicShapes:
    folder = paths.data() / "boundaries"
    return build_shapes(
        read_town_grid(folder / "town_rows.csv"),
        read_community_points(folder / "community_points.csv"),
        read_guesses(folder / "guesses.csv"),
        DISTRICT,
    )


@lru_cache(maxsize=1)
def known_shapes() -> Mapping[PlaceCode, Shape]:
    found = schematic()
    return {shape.code: shape for shape in (*found.towns, *found.communities)}


def polygons(shapes: Sequence[Shape]) -> np.ndarray:
    return shapely.from_wkb(np.array([shape.wkb for shape in shapes], dtype=object))


def names(shapes: Sequence[Shape]) -> list[str]:
    by_code = {place.code: place.name for place in gazetteer().places}
    return [by_code[shape.code] for shape in shapes]


def towns() -> tuple[np.ndarray, dict[str, list[Any]]]:
    """Geometry in degrees and the columns 名称 and 代码 of all towns."""
    shapes = schematic().towns
    return polygons(shapes), {"名称": names(shapes), "代码": [shape.code for shape in shapes]}


def communities() -> tuple[np.ndarray, dict[str, list[Any]]]:
    shapes = schematic().communities
    return polygons(shapes), {"村社区": names(shapes), "代码": [shape.code for shape in shapes]}


def projected(geometry: np.ndarray, crs: str, swapped: bool = False) -> np.ndarray:
    to = pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True)

    def moved(xy: np.ndarray) -> np.ndarray:
        x, y = to.transform(xy[:, 0], xy[:, 1]) if crs not in ("EPSG:4326", "EPSG:4490") else xy.T
        return np.column_stack((y, x) if swapped else (x, y))

    return shapely.transform(geometry, moved)


def moved(geometry: np.ndarray, step: Callable[[np.ndarray, np.ndarray], Any]) -> np.ndarray:
    return shapely.transform(geometry, lambda xy: np.column_stack(step(xy[:, 0], xy[:, 1])))


def write_geojson(
    path: Path,
    geometry: np.ndarray,
    columns: Mapping[str, Sequence[Any]],
    crs: Any = None,
    encoding: str = "utf-8",
) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": {name: values[at] for name, values in columns.items()},
            "geometry": json.loads(shapely.to_geojson(one)) if one is not None else None,
        }
        for at, one in enumerate(geometry)
    ]
    document: dict[str, Any] = {"type": "FeatureCollection", "features": features}
    if crs is not None:
        document["crs"] = crs
    path.write_bytes(json.dumps(document, ensure_ascii=False).encode(encoding))
    return path


def write_gdal(
    path: Path,
    driver: str,
    geometry: np.ndarray,
    columns: Mapping[str, Sequence[Any]],
    crs: str | None,
    kind: str = "MultiPolygon",
    **options: Any,
) -> Path:
    multi = np.array([
        shapely.multipolygons([one]) if one.geom_type == "Polygon" and kind == "MultiPolygon" else one
        for one in geometry
    ], dtype=object)  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pyogrio.raw.write(
            path,
            shapely.to_wkb(multi),
            [np.array(list(values), dtype=object) for values in columns.values()],
            list(columns),
            geometry_type="Polygon" if driver == "ESRI Shapefile" else kind,
            crs=crs,
            driver=driver,
            **options,
        )
    return path


def zipped(path: Path, parts: Sequence[Path], names: Sequence[str] | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for at, part in enumerate(parts):
            archive.write(part, names[at] if names else part.name)
    return path


def zip_of(members: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return packed.getvalue()


def shapefile(
    folder: Path,
    geometry: np.ndarray,
    columns: Mapping[str, Sequence[Any]],
    crs: str | None,
    encoding: str = "UTF-8",
) -> list[Path]:
    """The .shp first."""
    path = write_gdal(folder / "layer.shp", "ESRI Shapefile", geometry, columns, crs, encoding=encoding)
    return [path, *sorted(other for other in folder.glob("layer.*") if other != path)]
