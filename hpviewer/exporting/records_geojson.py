"""Records as GeoJSON (RFC 7946): longitude, latitude in WGS 84, positions schematic and said to be so."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hpviewer.exporting.about import ExportAbout
from hpviewer.exporting.atomic_file import replacing
from hpviewer.exporting.clean_text import TextCleaner
from hpviewer.exporting.filter_words import filter_in_words, sort_in_words
from hpviewer.exporting.record_fields import FIELDS, FieldValue, RecordField
from hpviewer.exporting.written import Written
from hpviewer.places.place import PlaceCode
from hpviewer.records.geometry import Shape
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import LandClass
from hpviewer.records.results import RecordDetail
from hpviewer.wording import say

_DECIMALS = 6
"""A tenth of a metre, finer than any position known (RFC 7946, 11.2)."""


def write_records_geojson(
    target: Path,
    details: Iterable[RecordDetail],
    about: ExportAbout,
    shapes: Mapping[PlaceCode, Shape],
    fields: Sequence[RecordField] = FIELDS,
) -> Written:
    """One feature for each record, in the order given: a MultiPoint of the label points of its communities.

    Geometry is null where no community is named or none has a position; the names of those without one stand in
    ``unlocated``. Properties have the keys of `find --json`, numbers as numbers, lists as lists, what is not
    known as null. What the collection shows stands in members of its own behind the features.
    InputError when the file cannot be written.
    """
    clean = TextCleaner(None)
    count = 0
    with replacing(target) as file:
        file.write(b'{"type":"FeatureCollection","features":[')
        for detail in details:
            feature = _feature(detail, shapes, fields, clean)
            file.write((b",\n" if count else b"\n") + _json(feature))
            count += 1
        file.write(b"\n]," + _json(_about(about, count, fields))[1:])
    return Written(target, count, clean.notes)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def _feature(
    detail: RecordDetail,
    shapes: Mapping[PlaceCode, Shape],
    fields: Sequence[RecordField],
    clean: TextCleaner,
) -> dict[str, Any]:
    placed = [shape for place in detail.communities if (shape := shapes.get(place.code))]
    points = [[round(shape.label_lon, _DECIMALS), round(shape.label_lat, _DECIMALS)] for shape in placed]
    properties = {field.key: _typed(field.value(detail), clean) for field in fields}
    if "communities" in properties:  # the window lets towns stand in; data does not
        properties["communities"] = [clean(place.name) for place in detail.communities]
    properties["unlocated"] = [clean(place.name) for place in detail.communities if place.code not in shapes]
    return {
        "type": "Feature",
        "id": clean(detail.record.id),
        "geometry": {"type": "MultiPoint", "coordinates": points} if points else None,
        "properties": properties,
    }


def _typed(value: FieldValue, clean: TextCleaner) -> Any:
    if isinstance(value, str):
        return clean(value) or None
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, tuple):
        return [_class(one, clean) if isinstance(one, LandClass) else clean(one) for one in value]
    return value if value is None or math.isfinite(value) else None


def _class(one: LandClass, clean: TextCleaner) -> dict[str, Any]:
    plain: dict[str, Any] = {"name": clean(one.name), "hectares": one.hectares}
    return plain | ({"parts": [_class(part, clean) for part in one.parts]} if one.parts else {})


def _about(about: ExportAbout, count: int, fields: Sequence[RecordField]) -> dict[str, Any]:
    """Foreign members (RFC 7946, 6.1): programs that do not know them pass them over."""
    clean = TextCleaner(None)
    return {
        "notice": say("exporting.geojson.positions") + about.notice,
        "filter": clean(filter_in_words(about.filter, about.places.__getitem__)),
        "sort": sort_in_words(about.sort),
        "total": count,
        "data_date": about.data_date,
        "headings": {field.key: field.heading for field in fields},
    }
