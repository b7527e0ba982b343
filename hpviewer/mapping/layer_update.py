"""New boundaries into the map page's layers: what is replaced is drawn anew, everything else stays as it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from hpviewer.mapping.layers import document, place_region, polygons, without_shape
from hpviewer.places.place import Level, Place, PlaceCode
from hpviewer.records.geometry import Shape


def updated_layers(
    layers: Mapping[str, bytes], places: Mapping[PlaceCode, Place], new: Mapping[PlaceCode, Shape]
) -> dict[str, bytes]:
    """The layers that change when these places get these shapes (EPSG:4326). ``layers`` are all present ones.

    A guessed edge goes when one of its towns is replaced; the district is the union of its towns.
    """
    documents = {name: json.loads(content) for name, content in layers.items()}
    start = documents["start"]
    towns = {code: shape for code, shape in new.items() if places[code].level is Level.TOWN}
    if towns:
        start["towns"] = _replaced(start["towns"], places, towns)
        start["guessed"] = [edge for edge in start["guessed"] if not set(edge["between"]) & set(towns)]
        start["district"]["shape"] = _union(start["towns"])
    communities = {code: shape for code, shape in new.items() if places[code].level is Level.COMMUNITY}
    if communities:
        everything = documents["communities"]
        everything["communities"] = _replaced(everything["communities"], places, communities)
        for town in {places[code].town_code for code in communities}:
            of_town = documents.setdefault(f"communities/{town}", {"communities": []})
            of_town["communities"] = [
                region
                for region in everything["communities"]
                if places[PlaceCode(region["code"])].town_code == town
            ]
        placed = {PlaceCode(region["code"]) for region in everything["communities"]}
        start["unplaced"] = without_shape(places.values(), placed)
    encoded = {name: document(content) for name, content in documents.items()}
    return {name: content for name, content in encoded.items() if content != layers.get(name)}


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
