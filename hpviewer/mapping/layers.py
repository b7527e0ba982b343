"""The layers of the map page as JSON documents, kept in the catalogue and fetched by the page.

- ``start``: all that the first paint needs: towns, district outline, water, metro, guessed edges;
- ``communities``: the communities of all towns that have a shape, and the towns as a near view shows them;
- ``communities/<town code>``: those of one town, and that town.

Coordinates are [longitude, latitude] in EPSG:4326 with five decimals (about a metre here). Rounding is
by vertex, so neighbours that share their vertices before still share them after: no gaps, no overlaps. Towns in
``start`` have the detail of a far view, all others that of a near one (mapping.coverage).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from hpviewer.mapping.coverage import FAR_METRES, NEAR_METRES, simplified
from hpviewer.places.place import Level, Place, PlaceCode
from hpviewer.records.geometry import GuessedEdge, MetroLine, MetroStation, Position, Shape, Water

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

VERSION = 1
"""Of the documents' form; the page refuses another. Towns among the communities came later: older documents have none,
and the page then shows those of ``start`` at every zoom."""

_DECIMALS = 5
_SHORT_ENDINGS = (("街道", "街"), ("社区", ""))

Point = list[float]
Ring = list[Point]


def build_layers(
    places: Mapping[PlaceCode, Place],
    district: Shape,
    towns: Sequence[Shape],
    communities: Sequence[Shape],
    guessed_edges: Sequence[GuessedEdge],
    water: Sequence[Water],
    metro_lines: Sequence[MetroLine],
    stations: Sequence[MetroStation],
) -> dict[str, bytes]:
    """UTF-8 JSON by layer name. KeyError when a shape's code is not among the places."""
    start: dict[str, Any] = {
        "district": _region(district.code, "", "", district),
        "towns": [place_region(places, shape) for shape in simplified(_by_code(towns), FAR_METRES)],
        "guessed": [
            {"between": [edge.town, edge.other], "paths": _paths(edge.wkb)} for edge in guessed_edges
        ],
        "water": [{"name": body.name, "shape": polygons(body.wkb)} for body in water],
        "metro": [
            {"name": line.name, "paths": [_rounded(path) for path in line.paths]} for line in metro_lines
        ],
        "stations": [
            {"name": stop.name, "at": _point(stop.lon, stop.lat), "lines": list(stop.lines)}
            for stop in stations
        ],
        "unplaced": without_shape(places.values(), {shape.code for shape in communities}),
    }
    near_towns = [place_region(places, shape) for shape in simplified(_by_code(towns), NEAR_METRES)]
    near = [place_region(places, shape) for shape in simplified(_by_code(communities), NEAR_METRES)]
    codes = [code for code, place in places.items() if place.level is Level.TOWN]
    layers = {"start": start, **community_layers(codes, places, near_towns, near)}
    return {name: document(content) for name, content in layers.items()}


def community_layers(
    codes: Iterable[PlaceCode],
    places: Mapping[PlaceCode, Place],
    towns: list[dict[str, Any]],
    communities: list[dict[str, Any]],
) -> dict[str, dict[str, Any]]:
    """The layers of these towns and the one of all, from regions in the order of codes."""
    layers: dict[str, dict[str, Any]] = {
        f"communities/{code}": {"communities": [], "towns": []} for code in codes
    }
    for region in towns:
        layers[f"communities/{region['code']}"]["towns"].append(region)
    for region in communities:
        town = places[region["code"]].town_code
        layers[f"communities/{town}"]["communities"].append(region)
    everything = [region for layer in layers.values() for region in layer["communities"]]
    return {"communities": {"communities": everything, "towns": towns}, **layers}


def short_name(name: str) -> str:
    """As written on the map, where room is scarce: 文冲街道 → 文冲街, 文冲社区 → 文冲, 汤村村 stays."""
    for ending, short in _SHORT_ENDINGS:
        if name.endswith(ending) and len(name) > len(ending):
            return name.removesuffix(ending) + short
    return name


def document(content: Mapping[str, Any]) -> bytes:
    """One layer as the page fetches it: UTF-8 JSON with the version of its form."""
    text = json.dumps({"version": VERSION, **content}, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8")


def _by_code(shapes: Iterable[Shape]) -> list[Shape]:
    return sorted(shapes, key=lambda shape: shape.code)


def without_shape(places: Iterable[Place], placed: Collection[PlaceCode]) -> dict[PlaceCode, list[PlaceCode]]:
    """Communities without a shape (位置待补) by town: their records cannot be shown below town level."""
    missing: dict[PlaceCode, list[PlaceCode]] = {}
    for place in sorted(places, key=lambda place: place.code):
        if place.level is Level.COMMUNITY and place.code not in placed:
            missing.setdefault(place.town_code, []).append(place.code)
    return missing


def place_region(places: Mapping[PlaceCode, Place], shape: Shape) -> dict[str, Any]:
    """A town or community as the page draws it: code, name, label and its place, box, polygons."""
    name = places[shape.code].name
    return _region(shape.code, name, short_name(name), shape)


def _region(code: PlaceCode, name: str, label: str, shape: Shape) -> dict[str, Any]:
    west, south, east, north = shape.bbox
    return {
        "code": code,
        "name": name,
        "label": label,
        "at": _point(shape.label_lon, shape.label_lat),
        "bbox": [*_point(west, south), *_point(east, north)],
        "shape": polygons(shape.wkb),
    }


def _point(lon: float, lat: float) -> Point:
    return [round(lon, _DECIMALS), round(lat, _DECIMALS)]


def _rounded(positions: Iterable[Position]) -> Ring:
    """Rounded, without the repeated points that rounding can make."""
    result: Ring = []
    for lon, lat in positions:
        point = _point(lon, lat)
        if not result or result[-1] != point:
            result.append(point)
    return result


def polygons(wkb: bytes) -> list[list[Ring]]:
    """Polygons of rings, outer ring first; the closing point is left out, as Leaflet wants it."""
    found = []
    for polygon in _parts(wkb):
        rings = [_rounded(ring.coords)[:-1] for ring in (polygon.exterior, *polygon.interiors)]
        if len(rings[0]) >= 3:
            found.append([ring for ring in rings if len(ring) >= 3])
    return found


def _paths(wkb: bytes) -> list[Ring]:
    return [path for path in (_rounded(line.coords) for line in _parts(wkb)) if len(path) >= 2]


def _parts(wkb: bytes) -> Iterator[BaseGeometry]:
    import shapely  # here: the window never needs it, only building a catalogue does

    yield from shapely.get_parts(shapely.from_wkb(wkb))
