""" "What changed since": batches with their items, field by field, to be shown, printed or written to a file."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from hpviewer import __version__
from hpviewer.cancelling import Wanted, always
from hpviewer.catalogue.batch_history import BatchHistory
from hpviewer.catalogue.items import ItemChange
from hpviewer.catalogue.writer import Batch
from hpviewer.errors import CancelledError, InputError, NotFoundError
from hpviewer.exporting.changes_table import ChangedField, write_changes_csv, write_changes_xlsx
from hpviewer.exporting.record_fields import FieldValue, text_of
from hpviewer.exporting.written import Written
from hpviewer.places.place import Place, PlaceCode
from hpviewer.records.change import ChangeKind, RecordChange
from hpviewer.records.personal_data import PersonalKind, mask_personal
from hpviewer.records.personal_values import masked_value, personal_in_value
from hpviewer.session.batch_words import source_words
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.export_personal import in_order
from hpviewer.session.item_words import TitleOf, item_fields, item_name
from hpviewer.wording import say

RECORD = "record"
SUFFIXES = ("xlsx", "csv")


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """``label`` is what a person calls the field. Values are empty where there is none."""

    label: str
    old: FieldValue
    new: FieldValue


@dataclass(frozen=True, slots=True)
class ChangedItem:
    """``kind`` is ``record`` or a code of ItemKind, ``key`` the item's id."""

    kind: str
    key: str
    name: str
    change: ChangeKind
    values: tuple[ChangedValue, ...]


def kind_words(kind: str) -> str:
    return say(f"exporting_changes.kind.{kind}")


def change_words(change: ChangeKind) -> str:
    return say(f"exporting_changes.change.{change.value}")


def value_words(value: FieldValue) -> str:
    """As one text; "" for an empty value."""
    return text_of(value)


class ChangeLog:
    """Reads the catalogue of ``queries``; every method may take long. ``today`` is the date that a file bears."""

    def __init__(self, queries: CatalogueQueries, today: Callable[[], dt.date] = dt.date.today) -> None:
        self._queries = queries
        self._today = today

    def batches(self, since: str = "", numbers: Collection[int] = ()) -> list[Batch]:
        """Oldest first. ``since`` is the beginning of an ISO moment (2026, 2026-11, 2026-11-24), "" for all;
        ``numbers`` names batches, () for all."""
        with BatchHistory(self._queries.path) as history:
            return [
                batch
                for batch in history.batches()
                if batch.started >= since and (not numbers or batch.number in numbers)
            ]

    def items(self, batch: int, wanted: Wanted = always) -> Iterator[ChangedItem]:
        """What a batch changed: records first. CancelledError when ``wanted`` says no."""
        places = self._queries.reader().places()
        with BatchHistory(self._queries.path) as history:
            for change in history.records(batch):
                if not wanted():
                    raise CancelledError("")
                yield _record(change, places)
        yield from self.items_beside(batch)

    def items_beside(self, batch: int) -> Iterator[ChangedItem]:
        """What a batch changed beside records: boundaries, policies, reports."""
        places = self._queries.reader().places()
        with BatchHistory(self._queries.path) as history:
            for item in history.items(batch):
                yield _item(item, places, self._title)

    def _title(self, record_id: str) -> str:
        try:
            return self._queries.reader().detail(record_id).record.title
        except NotFoundError:
            return ""

    def write(
        self,
        target: Path,
        batches: Iterable[Batch],
        *,
        mask: bool = False,
        wanted: Wanted = always,
    ) -> Written:
        """As xlsx or csv, by the file's name; ``mask`` hides personal numbers.

        InputError for another ending and when it cannot be written.

        ``records`` of the result counts lines. Personal numbers are counted in everything that is written.
        """
        chosen = list(batches)
        lines = _Lines(mask=mask)
        rows = lines.through(self._rows(chosen, wanted))
        match target.suffix.lower():
            case ".xlsx":
                about = self._about(chosen)
                if mask:
                    about = ((label, mask_personal(text)) for label, text in about)
                written = write_changes_xlsx(target, rows, list(about))
            case ".csv":
                written = write_changes_csv(target, rows)
            case _:
                raise InputError(
                    say("exporting_changes.suffix", file=target.name), say("exporting_changes.suffix_next")
                )
        return replace(written, personal=in_order(lines.found))

    def _rows(self, batches: Iterable[Batch], wanted: Wanted) -> Iterator[ChangedField]:
        for batch in batches:
            for item in self.items(batch.number, wanted):
                for value in item.values:
                    yield ChangedField(
                        batch=batch.number,
                        saved=batch.started,
                        undone=batch.undone,
                        file=source_words(batch.source),
                        kind=kind_words(item.kind),
                        item=item.name,
                        key=item.key,
                        change=change_words(item.change),
                        field=value.label,
                        old=value.old,
                        new=value.new,
                    )

    def _about(self, batches: list[Batch]) -> Iterator[tuple[str, str]]:
        yield say("exporting_changes.about.batches"), say("exporting_changes.about.count", count=len(batches))
        for batch in batches:
            key = "undone" if batch.undone else "batch"
            yield (
                say("exporting_changes.about.number", number=batch.number),
                say(
                    f"exporting_changes.about.{key}",
                    started=batch.started,
                    source=batch.source,
                    count=batch.records,
                    undone=batch.undone,
                ),
            )
        yield say("exporting_changes.about.reading"), say("exporting_changes.about.reading_text")
        yield say("exporting.about.made_on"), self._today().isoformat()
        yield say("exporting.about.program"), say("exporting.about.version", version=__version__)


class _Lines:
    """Counts personal numbers as lines go by, and masks them when asked to."""

    def __init__(self, *, mask: bool) -> None:
        self._mask = mask
        self.found: Counter[PersonalKind] = Counter()

    def through(self, rows: Iterable[ChangedField]) -> Iterator[ChangedField]:
        for row in rows:
            found = personal_in_value((row.item, row.old, row.new))
            self.found.update(one.kind for one in found)
            if self._mask:
                row = replace(
                    row,
                    file=mask_personal(row.file),
                    item=mask_personal(row.item),
                    old=masked_value(row.old),
                    new=masked_value(row.new),
                )
            yield row


def _label(field: str) -> str:
    return say("exporting_changes.field.area_ha" if field == "area_ha" else f"exporting.field.{field}")


def _record(change: RecordChange, places: Mapping[PlaceCode, Place]) -> ChangedItem:
    def shown(field: str, value: object) -> FieldValue:
        if field in ("towns", "communities") and isinstance(value, tuple):
            return tuple(places[code].name if code in places else str(code) for code in value)
        return value  # type: ignore[return-value]  # Record's own types

    record = change.after or change.before
    return ChangedItem(
        RECORD,
        change.record_id,
        record.title if record else "",
        change.kind,
        tuple(
            ChangedValue(_label(one.field), shown(one.field, one.old), shown(one.field, one.new))
            for one in change.fields
        ),
    )


def _item(change: ItemChange, places: Mapping[PlaceCode, Place], title_of: TitleOf) -> ChangedItem:
    before = item_fields(change.kind, change.key, change.before, title_of)
    after = item_fields(change.kind, change.key, change.after, title_of)
    values = tuple(
        ChangedValue(label, before.get(label), after.get(label))
        for label in {**before, **after}
        if before.get(label) != after.get(label) and (before.get(label) or after.get(label))
    )
    kind = ChangeKind.UPDATED
    if change.before is None:
        kind = ChangeKind.ADDED
    elif change.after is None:
        kind = ChangeKind.REMOVED
    name = item_name(change.kind, change.key, change.after or change.before, places)
    return ChangedItem(change.kind.value, change.key, name, kind, values)
