"""Where communities are labelled on the map, for exports that place records there."""

from __future__ import annotations

import json
from collections.abc import Callable

from hpviewer.places.place import PlaceCode
from hpviewer.records.geometry import Shape


def label_shapes(map_layer: Callable[[str], bytes]) -> dict[PlaceCode, Shape]:
    """Label point and box of every community that is on the map, as the map itself shows them.

    ``wkb`` stays empty: an export of records needs no outline.
    """
    regions = json.loads(map_layer("communities"))["communities"]
    return {
        PlaceCode(one["code"]): Shape(
            PlaceCode(one["code"]), b"", one["at"][0], one["at"][1], tuple(one["bbox"])
        )
        for one in regions
    }
