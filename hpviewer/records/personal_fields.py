"""Personal numbers in the fields of a record: found by field, and masked in all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from hpviewer.records.personal_data import PersonalNumber, find_personal, mask_personal, may_hold_personal
from hpviewer.records.record import LandClass, Record

_TEXTS = (
    "title", "doc_number", "approval_number", "issuer", "project", "location", "place_as_written", "source_name",
    "source_url", "note",
)  # fmt: skip
_LISTS = ("owners", "flags")
"""Not its id, which is ours."""


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


def _names(classes: Iterable[LandClass]) -> Iterable[str]:
    for one in classes:
        yield one.name
        yield from _names(one.parts)


def _masked_classes(classes: Iterable[LandClass]) -> tuple[LandClass, ...]:
    return tuple(
        LandClass(mask_personal(one.name), one.hectares, _masked_classes(one.parts)) for one in classes
    )
