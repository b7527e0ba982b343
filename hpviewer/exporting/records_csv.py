"""Records as csv that Excel, WPS and LibreOffice open by a double click: UTF-8 with a mark, CRLF, all quoted.

A cell that a spreadsheet would calculate gets an apostrophe in front, the way that OWASP ("CSV Injection")
describes and that people know from typing: -1 becomes '-1 and stays readable. So that nothing is lost, a
text that already begins with apostrophes before such a sign gets one more; taking one away gives the original.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from hpviewer.exporting.atomic_file import replacing
from hpviewer.exporting.clean_text import TextCleaner, formula_like
from hpviewer.exporting.record_fields import FIELDS, RecordField, text_of
from hpviewer.exporting.written import Written
from hpviewer.records.results import RecordDetail

_MARK = "'"


def write_records_csv(
    target: Path, details: Iterable[RecordDetail], fields: Sequence[RecordField] = FIELDS
) -> Written:
    """Records in the order given, dates as far as known (2017-08), areas in hectares without separators.

    ``details`` may be a generator. InputError when the file cannot be written.
    """
    clean = TextCleaner()
    count = 0
    with replacing(target) as file:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        rows = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        rows.writerow([field.heading for field in fields])
        for detail in details:
            rows.writerow([_cell(field, detail, clean) for field in fields])
            count += 1
        text.flush()
        text.detach()
    return Written(target, count, clean.notes)


def protected(text: str) -> str:
    """The text with an apostrophe in front if a spreadsheet would calculate it."""
    return _MARK + text if formula_like(text.lstrip(_MARK)) else text


def unprotected(text: str) -> str:
    """The text that `protected` was given."""
    return text[1:] if text.startswith(_MARK) and formula_like(text.lstrip(_MARK)) else text


def _cell(field: RecordField, detail: RecordDetail, clean: TextCleaner) -> str:
    value = field.value(detail)
    text = text_of(value)
    return text if isinstance(value, float | int) else protected(clean(text))
