"""Areas of projects as tiles of the map: cut to the tile, without the detail that its zoom would not show.

A tile is one of the usual square grid in Web Mercator (EPSG:3857), 256 pixels wide at its own zoom. The page shows
it up to twice as large, then it asks for the next zoom. Positions are whole numbers from the tile's north-western
corner, EXTENT for its width.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hpviewer.records.geometry import Box

if TYPE_CHECKING:
    from hpviewer.catalogue.project_areas import AreasInside

VERSION = 1
"""Of the documents' form; the page refuses another."""
LEAST_ZOOM, LAST_ZOOM = 12, 16
"""Below the first an area is a few pixels wide; the last is the map's own."""
EXTENT = 4096
MOST_AREAS = 1_000
MOST_POSITIONS = 6_000
_AROUND = 128
"""Of a tile, kept when areas are cut: their edges along the cut stay out of sight."""
_HALF_PIXEL = EXTENT // 256 // 4
"""At the end of the tile's zoom."""
_NAME = re.compile(r"(\d{1,2})/(\d{1,6})/(\d{1,6})", re.ASCII)

Ring = list[int]
"""x, y, x, y …, without the closing position."""


@dataclass(frozen=True, slots=True)
class Tile:
    zoom: int
    column: int
    row: int

    @property
    def _count(self) -> int:
        return int(2**self.zoom)

    @property
    def box(self) -> Box:
        """West, south, east, north."""
        x, y = self.column, self.row
        return self._longitude(x), self._latitude(y + 1), self._longitude(x + 1), self._latitude(y)

    @property
    def smallest(self) -> float:
        """Degrees that are a pixel wide at the end of its zoom: what is smaller is not shown."""
        return 360 / self._count / 512

    def positions(self, coordinates: Any) -> Any:
        """An array of longitudes and latitudes on the tile's own scale."""
        import numpy as np

        lon, lat = coordinates[:, 0], np.radians(np.clip(coordinates[:, 1], -85.0511, 85.0511))
        across = (lon + 180) / 360 * self._count - self.column
        down = (1 - np.arcsinh(np.tan(lat)) / math.pi) / 2 * self._count - self.row
        return np.column_stack((across, down)) * EXTENT

    def _longitude(self, column: int) -> float:
        return column / self._count * 360 - 180

    def _latitude(self, row: int) -> float:
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / self._count))))


def tile_named(name: str) -> Tile | None:
    """``zoom/column/row``; None for anything that is no tile of ours."""
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    tile = Tile(*map(int, found.groups()))
    inside = max(tile.column, tile.row) < 2**tile.zoom
    return tile if inside and LEAST_ZOOM <= tile.zoom <= LAST_ZOOM else None


def area_document(tile: Tile, inside: AreasInside) -> bytes:
    """UTF-8 JSON: ``areas`` are [fid, name, polygons of rings], the largest first, and ``left_out`` the number of
    those that found no room. A geometry that cannot be read is left out without a word."""
    shown: list[tuple[int, str, list[list[Ring]]]] = []
    room, left_out = MOST_POSITIONS, inside.left_out
    if inside.areas:
        cut = _cut(tile, [area.wkb for area in inside.areas])
        for at, polygons in cut:
            room -= sum(len(ring) // 2 for polygon in polygons for ring in polygon)
            if room < 0 and shown:
                left_out += len(inside.areas) - at
                break
            shown.append((inside.areas[at].fid, inside.areas[at].name, polygons))
    document = {"version": VERSION, "areas": shown, "left_out": left_out}
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _cut(tile: Tile, wkbs: list[bytes]) -> Iterator[tuple[int, list[list[Ring]]]]:
    """Index and polygons of each area that the tile shows a part of."""
    import numpy as np  # both here: only a map with areas needs them
    import shapely

    whole = shapely.transform(shapely.from_wkb(wkbs, on_invalid="ignore"), tile.positions)
    whole = shapely.simplify(whole, _HALF_PIXEL)
    west, north, east, south = shapely.bounds(whole).T
    with np.errstate(invalid="ignore"):
        outside = (
            (west < -_AROUND) | (north < -_AROUND) | (east > EXTENT + _AROUND) | (south > EXTENT + _AROUND)
        )
    for at in np.flatnonzero(outside):
        whole[at] = _clipped(whole[at])
    parts, of_area = shapely.get_parts(whole, return_index=True)
    parts, again = shapely.get_parts(parts, return_index=True)  # what was clipped may be of several kinds
    of_area = of_area[again]
    is_polygon = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    parts, of_area = parts[is_polygon], of_area[is_polygon]
    polygons: dict[int, list[list[Ring]]] = {}
    parts = shapely.orient_polygons(parts)  # outer rings turn one way, inner ones the other
    rings, of_part = shapely.get_rings(parts, return_index=True)
    coordinates, of_ring = shapely.get_coordinates(rings, return_index=True)
    rounded = np.rint(coordinates).astype(np.int64)
    ends = np.searchsorted(of_ring, np.arange(len(rings)), side="right")
    begun = -1
    for part, end, start in zip(of_part.tolist(), ends.tolist(), [0, *ends.tolist()[:-1]], strict=False):
        ring: Ring = rounded[start : end - 1].ravel().tolist()
        found = polygons.setdefault(int(of_area[part]), [])
        if part != begun:
            found.append([ring])
            begun = part
        else:
            found[-1].append(ring)
    yield from sorted(polygons.items())


def _clipped(area: Any) -> Any:
    import shapely

    low, high = -_AROUND, EXTENT + _AROUND
    try:
        return shapely.clip_by_rect(area, low, low, high, high)
    except shapely.GEOSException:  # edges that cross each other: the page's canvas cuts it
        return area
