from __future__ import annotations

import pytest

from hpviewer import paths
from hpviewer.places.gazetteer import load_gazetteer
from hpviewer.places.index import DictIndex
from hpviewer.places.place import PlaceCode
from hpviewer.places.resolver import Resolver


@pytest.fixture(scope="session")
def gazetteer_names() -> dict[PlaceCode, str]:
    return {place.code: place.name for place in load_gazetteer(paths.data() / "places").places}


@pytest.fixture(scope="session")
def resolver() -> Resolver:
    gazetteer = load_gazetteer(paths.data() / "places")
    return Resolver(DictIndex(gazetteer.names, gazetteer.places))
