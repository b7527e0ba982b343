"""Personal numbers in the fields of a record: found by field, and masked in all of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from hpviewer.records.personal_data import PersonalNumber, find_personal, mask_personal, may_hold_personal
from hpviewer.records.record import LandClass, Record

_TEXTS = (
    "title", "doc_number", "approval_number", "issuer", "project", "location", "place_as_written", "source_name",
    "source_url", "note",
)  # fmt: skip
_LISTS = ("owners", "flags")
"""Not its id, which is ours."""
_BLOCK = 2_000
_WORTH_A_LOOK = 200


@dataclass(frozen=True, slots=True)
class PersonalField:
    """``field`` is a field name of Record, or of whatever else was looked through."""

    field: str
    number: PersonalNumber


def personal_in(record: Record, *, flags: bool = False) -> tuple[PersonalField, ...]:
    """All findings in the record's texts, field by field. Those of its flags, which repeat what stands elsewhere, only
    with ``flags``."""
    if not may_hold_personal(_all_texts(record, flags)):
        return ()
    texts = [(name, getattr(record, name)) for name in _TEXTS]
    texts += [("owners", owner) for owner in record.owners]
    texts += [("land_classes", name) for name in _names(record.land_classes)]
    texts += [("flags", flag) for flag in record.flags if flags]
    return tuple(PersonalField(field, number) for field, text in texts for number in find_personal(text))


def personal_in_all(records: Sequence[Record]) -> Iterator[tuple[int, PersonalField]]:
    """The position of each record with findings, and these, in their order."""
    for first in range(0, len(records), _BLOCK):
        block = records[first : first + _BLOCK]
        if len(block) < _WORTH_A_LOOK or _may_hold_any(block):
            for at, record in enumerate(block, first):
                for found in personal_in(record):
                    yield at, found


def _may_hold_any(records: Sequence[Record]) -> bool:
    """All of it as one text, and what comes again in many records once: most blocks have nothing."""
    from hpviewer.records.personal_scan import may_hold_personal_somewhere  # here: numpy

    texts: list[str] = []
    for column in (
        [record.title for record in records],
        [record.doc_number for record in records],
        [record.approval_number for record in records],
        [record.location for record in records],
        [record.source_url for record in records],
    ):
        texts += column
    for repeated in (
        {record.issuer for record in records},
        {record.project for record in records},
        {record.place_as_written for record in records},
        {record.source_name for record in records},
        {record.note for record in records},
        {owner for record in records for owner in record.owners},
        {name for record in records for name in _names(record.land_classes)},
    ):
        texts += repeated
    return may_hold_personal_somewhere("\n".join(texts))


def _all_texts(record: Record, flags: bool) -> str:
    """One text to look at: nearly all records have nothing. Written out, it is made in a fifth of the time."""
    r = record
    text = (
        f"{r.title}\n{r.doc_number}\n{r.approval_number}\n{r.issuer}\n{r.project}\n{r.location}\n"
        f"{r.place_as_written}\n{r.source_name}\n{r.source_url}\n{r.note}\n"
    )
    if r.owners:
        text += "\n".join(r.owners)
    if r.land_classes:
        text += "\n" + "\n".join(_names(r.land_classes))
    if flags and r.flags:
        text += "\n" + "\n".join(r.flags)
    return text


def masked_record(record: Record) -> Record:
    """The same record when there is nothing to mask. Flags are masked, too."""
    if not personal_in(record, flags=True):
        return record
    values: dict[str, object] = {name: mask_personal(getattr(record, name)) for name in _TEXTS}
    values |= {name: masked_texts(getattr(record, name)) for name in _LISTS}
    values["land_classes"] = _masked_classes(record.land_classes)
    return replace(record, **values)  # type: ignore[arg-type]  # names and types are Record's own


def masked_texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(map(mask_personal, texts))


def _names(classes: Iterable[LandClass]) -> list[str]:
    names = []
    for one in classes:
        names.append(one.name)
        if one.parts:
            names += _names(one.parts)
    return names


def _masked_classes(classes: Iterable[LandClass]) -> tuple[LandClass, ...]:
    return tuple(
        LandClass(mask_personal(one.name), one.hectares, _masked_classes(one.parts)) for one in classes
    )
