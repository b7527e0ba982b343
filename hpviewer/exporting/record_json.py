"""Records and results as the JSON that scripts rely on (DESIGN.md, "Commands"): keys are stable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hpviewer.places.place import Match, Place, PlaceCode
from hpviewer.records.record import LandClass
from hpviewer.records.results import Facets, RecordDetail, Results
from hpviewer.wording import say


def record_item(detail: RecordDetail) -> dict[str, Any]:
    """A record as `find` prints it: dates as far as the source gives them, areas in hectares."""
    record = detail.record
    return {
        "id": record.id,
        "title": record.title,
        "kind": record.kind.value,
        "column": record.column.value,
        "published": str(record.published or ""),
        "doc_number": record.doc_number,
        "approval_number": record.approval_number,
        "area_ha": record.area_ha,
        "project": record.project,
        "towns": [place.name for place in detail.towns],
        "communities": [place.name for place in detail.communities],
        "place_as_written": record.place_as_written,
        "source_kind": record.source_kind.value,
        "source_url": record.source_url,
    }


def imported_item(detail: RecordDetail) -> dict[str, Any]:
    """A record as `import` prints it: what `find` prints and the fields of a notice."""
    record = detail.record
    return record_item(detail) | {
        "approved": str(record.approved or ""),
        "notice_from": str(record.notice_from or ""),
        "notice_to": str(record.notice_to or ""),
        "location": record.location,
        "land_classes": dict(_flat(record.land_classes)),
        "owners": list(record.owners),
        "issuer": record.issuer,
        "flags": list(record.flags),
    }


def find_document(
    query: str,
    results: Results,
    details: Iterable[RecordDetail],
    place: Callable[[PlaceCode], Place],
    data_date: str,
) -> dict[str, Any]:
    """The document of `find --json`. Facets are counted by name, for records without a date under 不详."""
    return {
        "query": query,
        "understood": [understood_item(match) for match in results.understood],
        "total": results.total,
        "records": [record_item(detail) for detail in details],
        "facets": _facets(results.facets, place),
        "data_date": data_date,
    }


def understood_item(match: Match) -> dict[str, Any]:
    return {"code": match.code, "name": match.name, "level": match.level.value, "why": match.why}


def match_item(match: Match) -> dict[str, Any]:
    """One match of `place --json`; score is 0..1."""
    return {
        "code": match.code,
        "name": match.name,
        "level": match.level.value,
        "town": match.town,
        "why": match.why,
        "score": round(match.score, 3),
    }


def _facets(facets: Facets, place: Callable[[PlaceCode], Place]) -> dict[str, dict[str, int]]:
    return {
        "town": _by_name(facets.town, place),
        "community": _by_name(facets.community, place),
        "kind": {kind.value: count for kind, count in facets.kind.items()},
        "year": {
            say("exporting.undated") if year is None else str(year): count
            for year, count in facets.year.items()
        },
    }


def _by_name(counts: Mapping[PlaceCode, int], place: Callable[[PlaceCode], Place]) -> dict[str, int]:
    """Most records first. Two places of one name (金碧社区) are told apart by their town."""
    named = {code: place(code) for code in sorted(counts, key=lambda code: (-counts[code], code))}
    names = [item.name for item in named.values()]
    return {
        item.name if names.count(item.name) == 1 else f"{item.name}（{place(item.town_code).name}）": counts[
            code
        ]
        for code, item in named.items()
    }


def _flat(classes: Iterable[LandClass]) -> Iterable[tuple[str, float]]:
    for item in classes:
        yield item.name, item.hectares
        yield from _flat(item.parts)
