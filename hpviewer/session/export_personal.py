"""Personal numbers in what is written out: counted as it goes by, masked where that is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from hpviewer.errors import CancelledError
from hpviewer.exporting.answer_slip import AnswerSlip
from hpviewer.records.filter import RecordFilter
from hpviewer.records.personal_data import PersonalKind, PersonalNumber, find_personal, mask_personal
from hpviewer.records.personal_fields import masked_record, masked_texts, personal_in
from hpviewer.records.results import RecordDetail
from hpviewer.session.export_writers import ExportFormat
from hpviewer.wording import say

PersonalCounts = tuple[tuple[PersonalKind, int], ...]
"""In the order of PersonalKind, those that were found."""
PersonalByField = Mapping[str, Mapping[PersonalKind, int]]
"""By key of a column."""

_FIXED = {
    ExportFormat.DOCX: ("title", "doc_number", "project", "source_name"),
    ExportFormat.HTML: (
        "title",
        "doc_number",
        "approval_number",
        "project",
        "place_as_written",
        "source_name",
    ),
}
"""What the formats show that have no columns to choose."""
_STEP = 1000


def shown_fields(format: ExportFormat, columns: Sequence[str]) -> frozenset[str]:
    """Keys of the fields that a file of this format shows."""
    return frozenset(_FIXED.get(format, columns))


def kind_words(kind: PersonalKind) -> str:
    return say(f"records.personal.{kind.value}")


def counts_in_words(counts: PersonalCounts) -> str:
    """身份证号码 2 处、手机号码 1 处; "" when there are none."""
    return say("session_personal.list_mark").join(
        say("session_personal.count", kind=kind_words(kind), count=f"{count:,}") for kind, count in counts
    )


def personal_sentence(counts: PersonalCounts, *, masked: bool) -> str:
    """What is said after a file was written, "" when it holds none."""
    key = "masked_file" if masked else "in_file"
    return say(f"session_personal.{key}", counts=counts_in_words(counts)) if counts else ""


class PersonalPass:
    """``counts`` is complete once all of ``through`` was taken. Only ``shown`` fields are counted."""

    def __init__(self, shown: frozenset[str], *, mask: bool) -> None:
        self._shown, self._mask = shown, mask
        self._found: Counter[PersonalKind] = Counter()

    def through(self, details: Iterable[RecordDetail]) -> Iterator[RecordDetail]:
        for detail in details:
            found = personal_in(detail.record, flags=True)
            self._found.update(one.number.kind for one in found if one.field in self._shown)
            if found and self._mask:
                detail = replace(detail, record=masked_record(detail.record))
            yield detail

    @property
    def counts(self) -> PersonalCounts:
        return in_order(self._found)


def counted_by_field(details: Sequence[RecordDetail], wanted: Callable[[], bool]) -> PersonalByField:
    """CancelledError when ``wanted`` says no."""
    found: dict[str, Counter[PersonalKind]] = {}
    for at, detail in enumerate(details):
        if at % _STEP == 0 and not wanted():
            raise CancelledError("")
        for one in personal_in(detail.record, flags=True):
            found.setdefault(one.field, Counter())[one.number.kind] += 1
    return found


def counts_shown(by_field: PersonalByField, shown: frozenset[str]) -> PersonalCounts:
    total: Counter[PersonalKind] = Counter()
    for key in shown & by_field.keys():
        total.update(by_field[key])
    return in_order(total)


def counted_on_slip(values: Mapping[str, Any]) -> PersonalCounts:
    """``values`` as answer_slip.context gives them: what fits on the page."""
    texts = [values["question"], values["office"], *values["stages"], *values["deadlines"]]
    texts += [record[key] for record in values["records"] for key in ("title", "source")]
    return counted(one for text in texts for one in find_personal(text))


def masked_slip(slip: AnswerSlip) -> AnswerSlip:
    records = tuple(replace(one, record=masked_record(one.record)) for one in slip.records)
    return replace(
        slip,
        question=mask_personal(slip.question),
        office=mask_personal(slip.office),
        records=records,
        stages=masked_texts(slip.stages),
        deadlines=masked_texts(slip.deadlines),
    )


def masked_filter(filter: RecordFilter) -> RecordFilter:
    """As the file states it; what is searched for is the filter as it is."""
    return replace(filter, text=mask_personal(filter.text), project=mask_personal(filter.project))


def counted(numbers: Iterable[PersonalNumber]) -> PersonalCounts:
    return in_order(Counter(one.kind for one in numbers))


def in_order(found: Mapping[PersonalKind, int]) -> PersonalCounts:
    return tuple((kind, found[kind]) for kind in PersonalKind if found.get(kind))
