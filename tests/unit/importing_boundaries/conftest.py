from __future__ import annotations

from collections.abc import Callable

import pytest

from hpviewer.importing.boundaries.reader import read_boundaries
from hpviewer.importing.boundaries.reading import BoundaryReading
from tests.helpers.boundary_files import known_shapes
from tests.helpers.gazetteer import index, resolver

Read = Callable[..., BoundaryReading]


@pytest.fixture(scope="session")
def read() -> Read:
    """read_boundaries with the bundled gazetteer and the schematic shapes as the known ones."""

    def reading(source: object, **options: object) -> BoundaryReading:
        options.setdefault("known", known_shapes())
        known = options.pop("known")
        return read_boundaries(source, resolver(), index(), known, **options)  # type: ignore[arg-type]

    return reading
