"""What another catalogue would bring: two catalogue files compared item by item. Changes nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

import msgspec

from hpviewer.catalogue.holdings import Holdings
from hpviewer.catalogue.items import ItemKind
from hpviewer.errors import CancelledError
from hpviewer.records.change import ChangeKind, FieldChange, RecordChange
from hpviewer.records.record import Record
from hpviewer.wording import say

LISTED = 500
"""Entries kept of each part and kind of change; the counts are always complete."""


class Part(StrEnum):
    """What a catalogue is made of, in the order in which it is shown."""

    RECORD = "record"
    PLACE = "place"
    SHAPE = "shape"
    PROJECT_AREA = "project_area"
    POLICY = "policy"
    REPORT = "report"
    DISMISSAL = "dismissal"
    """A finding of a report that was dismissed."""
    BASE_MAP = "base_map"
    FACT = "fact"
    """About the whole: data date, sources, 审图号."""


_ITEMS = {
    Part.PLACE: ItemKind.PLACE,
    Part.SHAPE: ItemKind.SHAPE,
    Part.PROJECT_AREA: ItemKind.PROJECT_AREA,
    Part.POLICY: ItemKind.POLICY,
    Part.REPORT: ItemKind.REPORT,
    Part.BASE_MAP: ItemKind.BASE_MAP,
    Part.FACT: ItemKind.META,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One item. ``kind`` is what taking the other catalogue would do to it: ADDED it is only there, UPDATED it is
    otherwise there, REMOVED it is only here.

    ``own``: here it was imported or edited by the user, so taking the other's loses that. ``fields`` of a record are
    field names of Record with typed values, of anything else names and values as stored.
    """

    part: Part
    key: str
    title: str
    kind: ChangeKind
    own: bool
    fields: tuple[FieldChange, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogueDifference:
    """``counts`` are complete; ``entries`` hold at most LISTED of each part and kind, own ones first.

    ``own_counts`` are those of ``counts`` that the user imported or edited here: lost when the other is taken whole
    (UPDATED and REMOVED). ``batches`` names the imports in force here: (number, moment, source).
    """

    counts: Mapping[tuple[Part, ChangeKind], int]
    own_counts: Mapping[tuple[Part, ChangeKind], int]
    entries: tuple[Difference, ...]
    data_dates: tuple[str, str]
    batches: tuple[tuple[int, str, str], ...]

    @property
    def empty(self) -> bool:
        return not self.counts

    @property
    def lost(self) -> int:
        """How many of the user's own items are gone or overwritten when the other is taken whole."""
        return sum(self.own_counts.values())

    def count(self, part: Part, kind: ChangeKind) -> int:
        return self.counts.get((part, kind), 0)

    def of(self, part: Part, kind: ChangeKind | None = None) -> list[Difference]:
        return [one for one in self.entries if one.part is part and (kind is None or one.kind is kind)]

    def lost_entries(self) -> list[Difference]:
        return [one for one in self.entries if one.own]

    def as_json(self) -> dict[str, Any]:
        """For commands: dates as YYYY-MM-DD, areas in hectares."""
        parts: dict[str, Any] = {}
        for part in Part:
            counts = {
                kind.value: self.count(part, kind)
                for kind in (ChangeKind.ADDED, ChangeKind.UPDATED, ChangeKind.REMOVED)
            }
            if any(counts.values()):
                parts[part.value] = counts | {"items": [_entry_json(one) for one in self.of(part)]}
        return {
            "data_date": {"here": self.data_dates[0], "there": self.data_dates[1]},
            "parts": parts,
            "own_lost": self.lost,
            "own_imports": [
                {"batch": number, "started": started, "source": source}
                for number, started, source in self.batches
            ],
        }


def compare_catalogues(
    mine: Holdings, other: Holdings, wanted: Callable[[], bool] = lambda: True
) -> CatalogueDifference:
    """What taking ``other`` in place of ``mine`` would change. Records with different ids are the same where an
    import would recognise them. CancelledError once ``wanted`` says no."""
    found = _Found()
    own_records = mine.own_fields()
    for pair in record_pairs(mine, other):
        if not wanted():
            raise CancelledError("")
        record = pair.after or pair.before
        assert record is not None
        own = pair.before is not None and pair.before.id in own_records
        found.add(Difference(Part.RECORD, record.id, record.title, pair.kind, own, pair.fields))
    own_items = mine.own_items()
    for part, kind in _ITEMS.items():
        for key, before, after in item_pairs(mine, other, kind):
            if not wanted():
                raise CancelledError("")
            change = (
                ChangeKind.ADDED
                if before is None
                else ChangeKind.REMOVED
                if after is None
                else ChangeKind.UPDATED
            )
            title = _title(kind, key, after or before or b"", other if after else mine)
            own = (kind, key) in own_items and before is not None
            found.add(Difference(part, key, title, change, own, item_fields(kind, before, after)))
    theirs = other.dismissals()
    for key, reason in mine.dismissals().items():
        if key not in theirs:
            found.add(Difference(Part.DISMISSAL, key, reason, ChangeKind.REMOVED, own=True))
    return CatalogueDifference(
        found.counts,
        found.own_counts,
        found.entries(),
        (mine.meta.get("data_date", ""), other.meta.get("data_date", "")),
        tuple(mine.batches()),
    )


def record_pairs(mine: Holdings, other: Holdings) -> Iterator[RecordChange]:
    """Every record that differs: ``before`` is that of ``mine``, ``after`` that of ``other`` with its own id."""
    here, there = mine.raw_records(), other.raw_records()
    only_mine: dict[str, Record] = {}
    only_other: list[Record] = []
    one, two = next(here, None), next(there, None)
    while one is not None or two is not None:
        if two is None or (one is not None and one[0] < two[0]):
            assert one is not None
            only_mine[one[0]] = mine.record_of(one)
            one = next(here, None)
        elif one is None or two[0] < one[0]:
            only_other.append(other.record_of(two))
            two = next(there, None)
        else:
            if one != two:
                yield RecordChange(mine.record_of(one), other.record_of(two))
            one, two = next(here, None), next(there, None)
    for record in only_other:
        same = mine.same_item(record) if only_mine else None
        before = only_mine.pop(same.id, None) if same else None
        if before is None or before != replace(record, id=before.id):
            yield RecordChange(before, record)
    for record in only_mine.values():
        yield RecordChange(record, None)


def item_pairs(
    mine: Holdings, other: Holdings, kind: ItemKind
) -> Iterator[tuple[str, bytes | None, bytes | None]]:
    """Key, value here and value there of every item of this kind that differs."""
    for key in sorted({*mine.keys(kind), *other.keys(kind)}):
        before, after = mine.value(kind, key), other.value(kind, key)
        if kind is ItemKind.SHAPE and (before is None or after is None):
            continue  # the place itself is new or gone and says so
        if before != after:
            yield key, before, after


def item_fields(kind: ItemKind, before: bytes | None, after: bytes | None) -> tuple[FieldChange, ...]:
    """What differs in an item, by name; of boundaries where they come from, of long texts only that they differ."""
    old, new = _plain(kind, before), _plain(kind, after)
    return tuple(
        FieldChange(name, old.get(name), new.get(name))
        for name in {**old, **new}
        if old.get(name) != new.get(name)
    )


@dataclass(slots=True)
class _Found:
    counts: Counter[tuple[Part, ChangeKind]] = field(default_factory=Counter)
    own_counts: Counter[tuple[Part, ChangeKind]] = field(default_factory=Counter)
    _own: list[Difference] = field(default_factory=list)
    _others: list[Difference] = field(default_factory=list)

    def add(self, one: Difference) -> None:
        self.counts[one.part, one.kind] += 1
        if one.own:
            self.own_counts[one.part, one.kind] += 1
            if self.own_counts[one.part, one.kind] <= LISTED:
                self._own.append(one)
        elif self.counts[one.part, one.kind] - self.own_counts[one.part, one.kind] <= LISTED:
            self._others.append(one)

    def entries(self) -> tuple[Difference, ...]:
        order = list(Part)
        return (*self._own, *sorted(self._others, key=lambda one: order.index(one.part)))


def _plain(kind: ItemKind, value: bytes | None) -> dict[str, Any]:
    """Name -> value of an item's parts; values that are too long to read are left out or stand as their length."""
    if value is None:
        return {}
    if kind is ItemKind.META:
        return {"value": value.decode()}
    if kind is ItemKind.BASE_MAP:
        return {"rows": len(msgspec.json.decode(value))}
    stored = msgspec.json.decode(value)
    if kind is ItemKind.SHAPE:
        return {"source": stored["source"], "placed": stored["shape"] is not None}
    if kind is ItemKind.PROJECT_AREA:
        return {"area_ha": stored["area_ha"]}
    if kind is ItemKind.POLICY:
        return {**stored["policy"], "clauses": len(stored["clauses"])}
    if kind is ItemKind.REPORT:
        return {"body": stored["body"], "complete": bool(stored["complete"]), "source": stored["source"]}
    names = sorted(
        {name["written"] for name in stored["names"] if name["form"] not in ("pinyin", "initials")}
    )
    return {key: text for key, text in stored.items() if key != "names"} | {"names": names}


def _title(kind: ItemKind, key: str, value: bytes, holdings: Holdings) -> str:
    if kind is ItemKind.PLACE:
        return str(msgspec.json.decode(value)["name"])
    if kind is ItemKind.SHAPE:
        return holdings.place_name(key)
    if kind is ItemKind.POLICY:
        return str(msgspec.json.decode(value)["policy"]["title"])
    if kind is ItemKind.META:
        return say(f"session_update.fact.{key}")
    if kind is ItemKind.BASE_MAP:
        return say(f"session_update.base_map.{key}")
    return key


def _entry_json(one: Difference) -> dict[str, Any]:
    return {
        "key": one.key,
        "title": one.title,
        "change": one.kind.value,
        "own": one.own,
        "fields": [
            {"field": change.field, "here": _value_json(change.old), "there": _value_json(change.new)}
            for change in one.fields
        ],
    }


def _value_json(value: object) -> object:
    if value is None or isinstance(value, str | int | float | list):
        return value
    if isinstance(value, tuple):
        return [_value_json(one) for one in value]
    return msgspec.to_builtins(value, enc_hook=str) if hasattr(value, "hectares") else str(value)
