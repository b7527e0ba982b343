"""The answer slip: one A4 page for a person at the counter, made from a Word template."""

from __future__ import annotations

import datetime as dt
import io
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hpviewer import __version__, paths
from hpviewer.errors import InputError
from hpviewer.exporting.answer_slip_template import (
    MAP_WIDTH,
    RECORD_WIDTHS,
    STAGES_WIDTH,
    bundled_template,
)
from hpviewer.exporting.atomic_file import replacing
from hpviewer.exporting.clean_text import TextCleaner
from hpviewer.exporting.page_budget import columns_of, elided, fitting, lines_of
from hpviewer.exporting.record_fields import text_of
from hpviewer.exporting.written import Written
from hpviewer.records.results import RecordDetail
from hpviewer.wording import say

if TYPE_CHECKING:
    from docxtpl import DocxTemplate

_POINTS = 9
_TITLE_COLUMNS = columns_of(RECORD_WIDTHS[3], _POINTS)
_SOURCE_COLUMNS = columns_of(RECORD_WIDTHS[4], _POINTS)
_UNBROKEN = 2.0
"""Columns that a line of the source loses where a number or an address cannot be broken."""
_KIND_COLUMNS = columns_of(RECORD_WIDTHS[2], _POINTS)
_STAGE_COLUMNS = columns_of(STAGES_WIDTH, _POINTS)
_RECORD_LINES = 20
_STAGE_LINES, _DEADLINE_LINES = 8, 5
_QUESTION_COLUMNS, _QUESTION_LINES = 38, 3
_MAP_HEIGHT = 6.4
"""Centimetres.

These limits together fill 25.9 of the 26.9 cm between the margins, at 0.41 cm for a line of 9 points and 0.07 more for a
paragraph, both exact in the template whatever the font: title 1.1, facts 2.8, heading and count 1.3, records 10.2, gap
0.5, stages and deadlines 7.1, notes 1.5, signatures 1.4."""


@dataclass(frozen=True, slots=True)
class AnswerSlip:
    """``records`` in the order to list, ``total`` of all found (they may be more than are handed in).

    ``stages`` and ``deadlines`` are finished sentences. ``map_png`` is a PNG, b"" for none. ``data_date`` is a
    day in ISO form, ``notice`` what has to be said about the boundaries (ExportAbout.notice).
    """

    question: str
    records: tuple[RecordDetail, ...]
    total: int
    stages: tuple[str, ...]
    deadlines: tuple[str, ...]
    data_date: str
    notice: str
    asked_on: dt.date
    office: str = ""
    map_png: bytes = b""


def own_template() -> Path:
    """Where a user puts a template to have it used in place of ours."""
    return paths.user_config() / "templates" / "answer_slip.docx"


def write_answer_slip(target: Path, slip: AnswerSlip, template: Path | None = None) -> Written:
    """From ``template``, else from the user's own, else from the one that ships with the program.

    What does not fit on the page is left out and counted on it; ``records`` of the result counts what stands
    there. All values are escaped and templates run in Jinja's sandbox. InputError for a template that cannot be
    used, with what is wrong, and when the file cannot be written. ValueError for a map that is no PNG.
    """
    chosen = template or (own_template() if own_template().is_file() else bundled_template())
    clean = TextCleaner()
    size = _png_size(slip.map_png) if slip.map_png else None
    document = _opened(chosen)
    values = context(slip, clean)
    values["map"] = _picture(document, slip.map_png, size) if size else say("exporting.slip.no_map")
    _render(document, values, chosen)
    with replacing(target) as file:
        document.save(file)
    return Written(target, len(values["records"]), clean.notes)


def context(slip: AnswerSlip, clean: TextCleaner) -> dict[str, Any]:
    """What a template can use, besides ``map``: the keys of this dictionary.

    ``records`` have number, date, kind, title (with the document number in a second line), source, and alone:
    doc_number, places, area_ha, project, source_name, source_url.
    """
    records = _records(slip, clean)
    if not slip.total:
        found = say("exporting.slip.found_none")
    else:
        key = "found_count" if len(records) == slip.total else "found_more"
        found = say(f"exporting.slip.{key}", total=slip.total, shown=len(records))
    stages = slip.stages or (say("exporting.slip.no_stages"),)
    deadlines = slip.deadlines or (say("exporting.slip.no_deadlines"),)
    return {
        "question": elided(clean(slip.question), _QUESTION_COLUMNS, _QUESTION_LINES),
        "asked_on": slip.asked_on.isoformat(),
        "office": elided(clean(slip.office), 15, 2),
        "found": found,
        "total": slip.total,
        "records": records,
        "stages": fitting([_one_line(clean(line)) for line in stages], _STAGE_COLUMNS, _STAGE_LINES),
        "deadlines": fitting([_one_line(clean(line)) for line in deadlines], _STAGE_COLUMNS, _DEADLINE_LINES),
        "statement": say("exporting.slip.statement", date=slip.data_date),
        "data_date": slip.data_date,
        "notice": clean(slip.notice),
        "program": say("exporting.about.version", version=__version__),
    }


def _one_line(text: str) -> str:
    return elided(text, _STAGE_COLUMNS, 3)


def _records(slip: AnswerSlip, clean: TextCleaner) -> list[dict[str, str]]:
    """As many as the page has lines for."""
    rows: list[dict[str, str]] = []
    room = _RECORD_LINES
    for number, detail in enumerate(slip.records, start=1):
        row = _record(number, detail, clean)
        room -= max(
            lines_of(row["title"], _TITLE_COLUMNS),
            lines_of(row["source"], _SOURCE_COLUMNS),
            lines_of(row["kind"], _KIND_COLUMNS),
        )
        if room < 0:
            break
        rows.append(row)
    return rows


def _record(number: int, detail: RecordDetail, clean: TextCleaner) -> dict[str, str]:
    record = detail.record
    title = elided(clean(record.title), _TITLE_COLUMNS - 1, 2)
    doc_number = elided(clean(record.doc_number), _TITLE_COLUMNS, 1)
    name = elided(clean(record.source_name), _SOURCE_COLUMNS - _UNBROKEN, 2)
    return {
        "number": str(number),
        "date": str(record.published or say("exporting.undated")),
        "kind": record.kind.value,
        "title": f"{title}\n{doc_number}" if doc_number else title,
        "source": f"{record.source_kind.value}\n{name}" if name else record.source_kind.value,
        "doc_number": doc_number,
        "places": clean(text_of(tuple(place.name for place in detail.communities or detail.towns))),
        "area_ha": text_of(record.area_ha),
        "project": clean(record.project),
        "source_name": clean(record.source_name),
        "source_url": clean(record.source_url),
    }


def _opened(template: Path) -> DocxTemplate:
    from docxtpl import DocxTemplate

    if not template.is_file():
        raise InputError(
            say("exporting.slip.template_missing", file=template), say("exporting.slip.template_missing_next")
        )
    document = DocxTemplate(io.BytesIO(template.read_bytes()))
    try:
        document.init_docx()
    except Exception as problem:
        # python-docx lets KeyError, BadZipFile, lxml's errors and more through on damaged files.
        raise _broken(template, say("exporting.slip.template_unreadable")) from problem
    return document


def _render(document: DocxTemplate, values: dict[str, Any], template: Path) -> None:
    from docx.oxml.ns import qn
    from jinja2 import StrictUndefined, TemplateError
    from jinja2.sandbox import SandboxedEnvironment

    try:
        # Strict: a mark misspelt in a user's template would leave a gap on the page that nobody notices.
        document.render(
            values, SandboxedEnvironment(autoescape=True, undefined=StrictUndefined), autoescape=True
        )
    except TemplateError as problem:
        raise _broken(template, str(problem)) from problem
    for picture in document.docx.element.body.iter(qn("wp:docPr")):
        if not picture.get("descr"):
            picture.set("descr", say("exporting.slip.map_alt"))


def _broken(template: Path, problem: str) -> InputError:
    return InputError(
        say("exporting.slip.template_broken", file=template, problem=problem),
        say("exporting.slip.template_broken_next"),
    )


def _picture(document: DocxTemplate, png: bytes, size: tuple[int, int]) -> Any:
    """As large as its cell allows, in its own proportions."""
    from docx.shared import Cm
    from docxtpl import InlineImage

    width, height = size
    fits_by_width = height * (MAP_WIDTH - 0.5) <= width * _MAP_HEIGHT
    room = {"width": Cm(MAP_WIDTH - 0.5)} if fits_by_width else {"height": Cm(_MAP_HEIGHT)}
    return InlineImage(document, io.BytesIO(png), **room)


def _png_size(png: bytes) -> tuple[int, int]:
    """Width and height in pixels."""
    if not png.startswith(b"\x89PNG\r\n\x1a\n") or png[12:16] != b"IHDR":
        raise ValueError("not a PNG")
    width, height = struct.unpack(">II", png[16:24])
    if not width or not height:
        raise ValueError("an empty PNG")
    return width, height
