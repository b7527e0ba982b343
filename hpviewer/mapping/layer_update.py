"""New boundaries into the map page's layers: what is replaced is drawn anew, everything else stays as it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hpviewer.mapping.coverage import FAR_METRES, NEAR_METRES, simplified
from hpviewer.mapping.layers import (
    community_layers,
    document,
    place_region,
    polygons,
    without_shape,
)
from hpviewer.places.place import Level, Place, PlaceCode
from hpviewer.records.geometry import Shape


def updated_layers(
    layers: Mapping[str, bytes], places: Mapping[PlaceCode, Place], new: Mapping[PlaceCode, Shape]
) -> dict[str, bytes]:
    """The layers that change when these places get these shapes (EPSG:4326). ``layers`` are all present ones.

    A guessed edge goes when one of its towns is replaced; the district is the union of its towns.
    """
    documents = {name: json.loads(content) for name, content in layers.items()}
    start, everything = documents["start"], documents["communities"]
    near_towns, communities = everything.get("towns") or start["towns"], everything["communities"]
    towns = {code: shape for code, shape in new.items() if places[code].level is Level.TOWN}
    if towns:
        near_towns = _replaced(near_towns, places, towns)
        start["towns"] = _simplified(near_towns, places, FAR_METRES)
        near_towns = _simplified(near_towns, places, NEAR_METRES)
        start["guessed"] = [edge for edge in start["guessed"] if not set(edge["between"]) & set(towns)]
        start["district"]["shape"] = _union(near_towns)
    inside = {code: shape for code, shape in new.items() if places[code].level is Level.COMMUNITY}
    if inside:
        communities = _simplified(_replaced(communities, places, inside), places, NEAR_METRES)
        start["unplaced"] = without_shape(places.values(), {PlaceCode(one["code"]) for one in communities})
    if new:
        # towns of the layers, and of what is new: a town that has neither has no layer
        codes = {PlaceCode(name.partition("/")[2]) for name in documents if "/" in name}
        codes |= {places[code].town_code for code in new}
        documents |= community_layers(sorted(codes), places, near_towns, communities)
    encoded = {name: document(content) for name, content in documents.items()}
    return {name: content for name, content in encoded.items() if content != layers.get(name)}


def _simplified(
    regions: list[dict[str, Any]], places: Mapping[PlaceCode, Place], metres: float
) -> list[dict[str, Any]]:
    return [place_region(places, shape) for shape in simplified(list(map(_shape, regions)), metres)]


def _shape(region: dict[str, Any]) -> Shape:
    import shapely

    many = shapely.MultiPolygon([(polygon[0], polygon[1:]) for polygon in region["shape"]])
    west, south, east, north = region["bbox"]
    lon, lat = region["at"]
    return Shape(
        PlaceCode(region["code"]), shapely.to_wkb(many, flavor="iso"), lon, lat, (west, south, east, north)
    )


def _replaced(
    regions: list[dict[str, Any]], places: Mapping[PlaceCode, Place], new: Mapping[PlaceCode, Shape]
) -> list[dict[str, Any]]:
    by_code = {region["code"]: region for region in regions}
    by_code |= {code: place_region(places, shape) for code, shape in new.items()}
    return [by_code[code] for code in sorted(by_code)]


def _union(regions: list[dict[str, Any]]) -> list[Any]:
    import shapely
    from shapely.geometry import Polygon

    parts = [Polygon(polygon[0], polygon[1:]) for region in regions for polygon in region["shape"] if polygon]
    whole = shapely.union_all([part.buffer(0) for part in parts], grid_size=1e-5)
    return polygons(shapely.to_wkb(shapely.multipolygons([whole]) if whole.geom_type == "Polygon" else whole))
