"""data/basemap/: water, metro lines and stations, for orientation only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from hpviewer.errors import InputError
from hpviewer.importing.bundled.boundary_rows import read_position
from hpviewer.importing.bundled.rows import CellError, Row, read_rows
from hpviewer.records.geometry import MetroLine, MetroStation, Position, Water
from hpviewer.wording import say

STATION_COLUMNS = ("name", "lon", "lat", "lines", "inside_district")
LINE_COLUMNS = ("name", "full_name", "stations")

_YES_NO = {"yes": True, "no": False}


def read_stations(path: Path) -> list[MetroStation]:
    """Each station once, whatever the number of its lines."""
    return read_rows(path, STATION_COLUMNS, _station, key=lambda station: station.name)


def _station(row: Row) -> MetroStation:
    lon, lat = read_position(row)
    inside = row.required("inside_district")
    if inside not in _YES_NO:
        raise CellError("inside_district", inside, say("importing_bundled.not_yes_no"))
    return MetroStation(row.required("name"), lon, lat, row.names("lines"), _YES_NO[inside])


def read_metro_lines(path: Path, stations: list[MetroStation]) -> list[MetroLine]:
    """Lines as paths through their stations (names with 、); ； stands where the link is not known."""
    positions = {station.name: (station.lon, station.lat) for station in stations}
    return read_rows(path, LINE_COLUMNS, lambda row: _line(row, positions), key=lambda line: line.name)


def _line(row: Row, positions: Mapping[str, Position]) -> MetroLine:
    paths = []
    for part in row.required("stations").split("；"):
        names = [name.strip() for name in part.split("、")]
        for name in names:
            if name not in positions:
                raise CellError("stations", name, say("importing_bundled.unknown_station"))
        paths.append(tuple(positions[name] for name in names))
    return MetroLine(row.required("name"), row.required("full_name"), tuple(paths))


def read_water(path: Path) -> list[Water]:
    """Named areas of a GeoJSON file in longitude and latitude. InputError when it cannot be read as one."""
    import shapely
    from shapely.geometry import shape

    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        areas = [(str(one["properties"]["name"]), shape(one["geometry"])) for one in features]
    except OSError:
        raise InputError(
            say("importing_bundled.unreadable", file=path.name), say("importing_bundled.restore", path=path)
        ) from None
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError):
        raise InputError(
            say("importing_bundled.not_json", file=path.name), say("importing_bundled.fix_json")
        ) from None
    return [
        Water(name, shapely.to_wkb(shapely.MultiPolygon(getattr(area, "geoms", [area])), byte_order=1))
        for name, area in areas
    ]
