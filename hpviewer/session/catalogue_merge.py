"""What another catalogue knows more, brought into this one as a single batch that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path

import msgspec

from hpviewer.cancelling import Wanted, always
from hpviewer.catalogue.holdings import Holdings
from hpviewer.catalogue.items import Item, ItemKind
from hpviewer.catalogue.origin import FOLLOWED
from hpviewer.catalogue.place_rows import StoredPlace
from hpviewer.catalogue.shape_rows import StoredShape
from hpviewer.catalogue.writer import Writer
from hpviewer.errors import CancelledError
from hpviewer.places.place import Level, Place, PlaceCode
from hpviewer.records.change import RecordChange
from hpviewer.records.geometry import Shape
from hpviewer.records.record import Record
from hpviewer.session.catalogue_difference import item_pairs, record_pairs

_MERGED = (
    ItemKind.PLACE,
    ItemKind.SHAPE,
    ItemKind.PROJECT_AREA,
    ItemKind.POLICY,
    ItemKind.REPORT,
    ItemKind.BASE_MAP,
    ItemKind.META,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """Where both sides differ and this catalogue's own import or edit stayed. ``kind`` is None for a record."""

    kind: ItemKind | None
    key: str
    title: str


@dataclass(frozen=True, slots=True)
class MergePlan:
    """``records`` as they will be stored, each with the id it has here; ``items`` in the order of writing."""

    records: tuple[Record, ...]
    items: tuple[Item, ...]
    kept: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class MergeOutcome:
    """``batch`` is 0 when there was nothing to bring in. ``items`` counts those other than records and layers."""

    batch: int
    changes: tuple[RecordChange, ...]
    items: int
    kept: tuple[Kept, ...]


def merge_catalogue(
    path: Path,
    other: Path,
    source: str,
    wanted: Wanted = always,
    *,
    follows: bool = False,
) -> MergeOutcome:
    """Bring ``other``'s facts into the catalogue at ``path``, all of them in one batch or none.

    Nothing is deleted. What the user imported or edited here stays, field by field in records; the rest is taken
    from the other when its data are as new or newer, or when the other's user imported or edited it. ``source``
    names the batch for the user. ``follows``: ``other`` is the program's newer bundled data set, so the batch is
    not counted among the user's own and the data set is not offered again while the batch is in force.

    CancelledError leaves the catalogue as it was; CatalogueError when one of them cannot be read or written.
    """
    with Holdings(path) as mine, Holdings(other) as theirs:
        plan = plan_merge(mine, theirs, wanted, follows=follows)
    with Writer(path) as writer:
        batch, changes = writer.save(plan.records, source, wanted, plan.items, exact=True)
    shown = sum(item.kind not in (ItemKind.LAYER, ItemKind.META) for item in plan.items)
    return MergeOutcome(batch, tuple(changes), shown, plan.kept)


def plan_merge(
    mine: Holdings, other: Holdings, wanted: Wanted = always, *, follows: bool = False
) -> MergePlan:
    """What merge_catalogue would write: for previews."""
    newer = other.meta.get("data_date", "") >= mine.meta.get("data_date", "")
    kept: list[Kept] = []
    records = _records(mine, other, newer, kept, wanted)
    items = _items(mine, other, newer, kept, wanted)
    items += _layers(mine, other, newer, items)
    if follows:
        items.append(Item(ItemKind.META, FOLLOWED, other.meta.get("fingerprint", "").encode()))
    return MergePlan(tuple(records), tuple(items), tuple(kept))


def _records(
    mine: Holdings, other: Holdings, newer: bool, kept: list[Kept], wanted: Callable[[], bool]
) -> list[Record]:
    own, their_own = mine.own_fields(), other.own_fields()
    taken = []
    for pair in record_pairs(mine, other):
        if not wanted():
            raise CancelledError("")
        here, there = pair.before, pair.after
        if there is None:
            continue
        if here is None:
            taken.append(there)
            continue
        theirs = None if newer else their_own.get(there.id, frozenset())
        result = _combined(here, there, own.get(here.id, frozenset()), theirs)
        if result != here:
            taken.append(result)
        if any(
            getattr(result, name) != getattr(there, name) for name in own.get(here.id, ()) if name != "id"
        ):
            kept.append(Kept(None, here.id, here.title))
    return taken


def _combined(here: Record, there: Record, own: frozenset[str], theirs: frozenset[str] | None) -> Record:
    """``there`` with its fields in place of ours, except our own ones; ``theirs`` limits which are taken.

    A field that is empty here is filled in any case, and none is emptied that the user filled.
    """
    values = {}
    for one in fields(Record):
        old, new = getattr(here, one.name), getattr(there, one.name)
        stays = one.name in own or (theirs is not None and one.name not in theirs)
        values[one.name] = old if stays and old not in ("", None, ()) else new
        if new in ("", None, ()) and stays:
            values[one.name] = old
    if "communities" in own or "towns" in own:  # one answer to one question: never half of each
        values["towns"], values["communities"] = here.towns, here.communities
    return replace(Record(**values), id=here.id)


def _items(
    mine: Holdings, other: Holdings, newer: bool, kept: list[Kept], wanted: Callable[[], bool]
) -> list[Item]:
    own, their_own = mine.own_items(), other.own_items()
    projects = set(mine.project_names())
    items = []
    for kind in _MERGED:
        for key, before, after in item_pairs(mine, other, kind):
            if not wanted():
                raise CancelledError("")
            if after is None or (kind is ItemKind.PROJECT_AREA and key not in projects):
                continue
            if before is not None and (kind, key) in own:
                kept.append(Kept(kind, key, key))
            elif before is None or newer or (kind, key) in their_own:
                items.append(Item(kind, key, after))
    new_places = [
        item.key for item in items if item.kind is ItemKind.PLACE and mine.value(item.kind, item.key) is None
    ]
    shapes = [(code, other.value(ItemKind.SHAPE, code)) for code in new_places]
    return items + [Item(ItemKind.SHAPE, code, value) for code, value in shapes if value is not None]


def _layers(mine: Holdings, other: Holdings, newer: bool, items: list[Item]) -> list[Item]:
    """The map page's layers: those of the newer catalogue, and in them what only the other one has brought in."""
    base = other if newer else mine
    layers = {name: base.value(ItemKind.LAYER, name) or b"" for name in base.keys(ItemKind.LAYER)}
    incoming = {item.key: item.value for item in items if item.kind is ItemKind.SHAPE}
    overlay = (
        {code: mine.value(ItemKind.SHAPE, code) for kind, code in mine.own_items() if kind is ItemKind.SHAPE}
        if newer
        else incoming
    )
    shapes = _shapes(overlay)
    if shapes:
        from hpviewer.mapping.layer_update import updated_layers  # here: shapely

        layers |= updated_layers(layers, _places(mine, items), shapes)
    return [
        Item(ItemKind.LAYER, name, content)
        for name, content in layers.items()
        if mine.value(ItemKind.LAYER, name) != content
    ]


def _shapes(values: Mapping[str, bytes | None]) -> dict[PlaceCode, Shape]:
    shapes = {}
    for code, value in values.items():
        shape = msgspec.json.decode(value, type=StoredShape).shape if value else None
        if shape is not None:
            shapes[PlaceCode(code)] = shape
    return shapes


def _places(mine: Holdings, items: list[Item]) -> dict[PlaceCode, Place]:
    """As they will be after the merge."""
    values = {code: mine.value(ItemKind.PLACE, code) for code in mine.keys(ItemKind.PLACE)}
    values |= {item.key: item.value for item in items if item.kind is ItemKind.PLACE}
    places = {}
    for code, value in values.items():
        if value is not None:
            place = msgspec.json.decode(value, type=StoredPlace)
            level = Level.TOWN if place.code == place.town_code else Level.COMMUNITY
            places[PlaceCode(code)] = Place(
                PlaceCode(code),
                place.name,
                place.official_name,
                level,
                place.kind,
                PlaceCode(place.town_code),
            )
    return places
