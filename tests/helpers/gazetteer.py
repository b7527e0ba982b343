"""The bundled gazetteer and an index over it, built once for all tests of a run."""

from __future__ import annotations

from functools import lru_cache

from hpviewer import paths
from hpviewer.places.gazetteer import Gazetteer, load_gazetteer
from hpviewer.places.index import DictIndex
from hpviewer.places.resolver import Resolver


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    return load_gazetteer(paths.data() / "places")


@lru_cache(maxsize=1)
def index() -> DictIndex:
    return DictIndex(gazetteer().names, gazetteer().places)


def resolver() -> Resolver:
    return Resolver(index())


def code_of(name: str) -> str:
    """The code of the only place that the window shows under this name."""
    (place,) = (place for place in gazetteer().places if place.name == name)
    return place.code
