"""Everything of the data/ folder except the places, read in one go."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from hpviewer.importing.bundled.basemap import read_metro_lines, read_stations, read_water
from hpviewer.importing.bundled.boundary_rows import read_community_points, read_guesses
from hpviewer.importing.bundled.dataset_file import read_dataset
from hpviewer.importing.bundled.policy_rows import read_policies
from hpviewer.importing.bundled.record_rows import PlaceCodes, read_records
from hpviewer.importing.bundled.schematic_shapes import build_shapes
from hpviewer.importing.bundled.town_grid import read_town_grid
from hpviewer.places.place import PlaceCode
from hpviewer.policies.policy import Policy
from hpviewer.records.dataset import Dataset
from hpviewer.records.geometry import CommunityPoint, GuessedEdge, MetroLine, MetroStation, Shape, Water
from hpviewer.records.record import Record

DISTRICT = PlaceCode("440112")


@dataclass(frozen=True, slots=True)
class Bundle:
    """The bundled facts. ``community_points`` has every community, ``community_shapes`` the located ones."""

    dataset: Dataset
    records: tuple[Record, ...]
    policies: tuple[Policy, ...]
    district: Shape
    town_shapes: tuple[Shape, ...]
    community_shapes: tuple[Shape, ...]
    guessed_edges: tuple[GuessedEdge, ...]
    community_points: tuple[CommunityPoint, ...]
    water: tuple[Water, ...]
    metro_lines: tuple[MetroLine, ...]
    stations: tuple[MetroStation, ...]

    @property
    def without_location(self) -> tuple[PlaceCode, ...]:
        """Communities that have no cell on the map: 位置待补."""
        return tuple(point.code for point in self.community_points if point.at is None)


def read_bundled(folder: Path, codes: PlaceCodes) -> Bundle:
    """Reads and builds everything, in about a second. Raises InputError as the readers of each file do."""
    boundaries, basemap = folder / "boundaries", folder / "basemap"
    points = read_community_points(boundaries / "community_points.csv")
    stations = read_stations(basemap / "metro_stations.csv")
    shapes = build_shapes(
        read_town_grid(boundaries / "town_rows.csv"),
        points,
        read_guesses(boundaries / "guesses.csv"),
        DISTRICT,
    )
    return Bundle(
        dataset=read_dataset(folder / "dataset.toml"),
        records=tuple(read_records(folder / "records.csv", codes)),
        policies=tuple(read_policies(folder / "policies.csv")),
        district=shapes.district,
        town_shapes=shapes.towns,
        community_shapes=shapes.communities,
        guessed_edges=shapes.guessed_edges,
        community_points=tuple(points),
        water=tuple(read_water(basemap / "water.geojson")),
        metro_lines=tuple(read_metro_lines(basemap / "metro_lines.csv", stations)),
        stations=tuple(stations),
    )
