"""The fields of a notice as a preview shows them: text, where it came from, whether a person corrected it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from hpviewer.importing.notice.notice import Notice
from hpviewer.session.record_entry import FIELDS, check, written
from hpviewer.wording import say

PLACES = "places"
FURTHER_FIELDS = (
    "approval_title", "purpose", "area_written", "bounds", "notice_days", "implementation_from", "implementation_to",
    "registration_from", "registration_to", "contacts", "phones", "review", "attachments",
)  # fmt: skip
"""Read from the notice to be compared with its text; the catalogue keeps none of them, contacts only as the note."""
CORRECTED = "corrected"


@dataclass(frozen=True, slots=True)
class NoticeField:
    """``spans`` point into the document's text. ``origin``: text, page, derived, corrected; "" for an empty field.

    A field that is not ``kept`` is there to be read only. ``problem``: the text, typed by a person, cannot be used
    or should be looked at.
    """

    name: str
    text: str
    spans: tuple[tuple[int, int], ...]
    origin: str
    kept: bool
    problem: str = ""


def notice_fields(
    notice: Notice, corrected: Collection[str], faults: Mapping[str, str]
) -> tuple[NoticeField, ...]:
    """All kept fields, empty ones too; of the further ones those that the notice has."""
    fields = [_kept(notice, name, corrected, faults) for name in FIELDS]
    place = next(at for at, field in enumerate(fields) if field.name == "place_as_written")
    fields.insert(place, _field(notice, PLACES, "", corrected))
    for name in FURTHER_FIELDS:
        text = _text(getattr(notice, name))
        if text:
            fields.append(_field(notice, name, text, corrected, kept=False))
    return tuple(fields)


def _kept(notice: Notice, name: str, corrected: Collection[str], faults: Mapping[str, str]) -> NoticeField:
    field = _field(notice, name, faults.get(name, written(notice.record, name)), corrected)
    if name not in corrected and name not in faults:
        return field
    checked = check(name, field.text)
    return replace(field, origin=CORRECTED, problem=checked.problem or checked.warning)


def _field(
    notice: Notice, name: str, text: str, corrected: Collection[str], *, kept: bool = True
) -> NoticeField:
    asked = {PLACES: "place_as_written", "area_written": "area_ha", "bounds": "location"}.get(name, name)
    sources = notice.sources_of(asked)
    spans = tuple(dict.fromkeys((each.start, each.end) for each in sources if each.end > each.start))
    if name in corrected:
        origin = CORRECTED
    elif sources and (text or name == PLACES):
        origin = sources[0].origin.value
    else:
        origin = ""
    return NoticeField(name, text, spans, origin, kept)


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return say("session_importing.item_mark").join(
            " ".join(each) if isinstance(each, tuple) else str(each) for each in value
        )
    return "" if value is None else str(value)
