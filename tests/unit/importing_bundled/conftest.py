from __future__ import annotations

import csv

import pytest

from hpviewer import paths
from hpviewer.importing.bundled import Bundle, PlaceCodes, read_bundled
from hpviewer.places.place import PlaceCode


@pytest.fixture(scope="session")
def codes() -> PlaceCodes:
    with (paths.data() / "places" / "towns.csv").open(encoding="utf-8") as file:
        towns = {row["name"]: PlaceCode(row["code"]) for row in csv.DictReader(file)}
    names = {code: name for name, code in towns.items()}
    with (paths.data() / "places" / "communities.csv").open(encoding="utf-8") as file:
        communities = {
            (names[PlaceCode(row["town_code"])], row["name"]): PlaceCode(row["code"])
            for row in csv.DictReader(file)
        }
    return PlaceCodes(towns, communities)


@pytest.fixture(scope="session")
def bundle(codes: PlaceCodes) -> Bundle:
    return read_bundled(paths.data(), codes)
