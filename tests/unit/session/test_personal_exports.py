"""Personal numbers in exports and slips: counted, written as they are by default, nowhere in the file once masked."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from hpviewer.records.filter import RecordFilter
from hpviewer.records.personal_data import PersonalKind
from hpviewer.records.record import Record
from hpviewer.records.results import Sort
from hpviewer.session.export_desk import COLUMN_KEYS, DEFAULT_COLUMNS, ExportRequest
from hpviewer.session.export_personal import (
    PersonalByField,
    counts_in_words,
    counts_shown,
    shown_fields,
)
from hpviewer.session.export_writers import ExportFormat
from hpviewer.session.slips import slip_of_filter
from tests.helpers.village_desk import AUTUMN, HETANGXIA, Desks, plan

PERSON, MOBILE, CARD = "440112199001011232", "13812345678", "6222021234567890128"
FILTER = RecordFilter(text=MOBILE)
"""The file says what was asked for."""


def private() -> Record:
    return plan(
        1,
        title=f"张三（{PERSON}）补偿公告",
        project=f"改造项目{MOBILE}",
        note=f"付至账号{CARD}",
        owners=(f"李四{MOBILE}",),
        communities=(HETANGXIA,),
        towns=(HETANGXIA[:9],),
        flags=(f"电话{MOBILE}请核对",),
    )


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path, added=(private(),))


def contents(file: Path) -> str:
    """Every part of the file as text."""
    if file.suffix in (".xlsx", ".docx"):
        with zipfile.ZipFile(file) as archive:
            return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("format", list(ExportFormat), ids=str)
def test_masked_no_part_of_the_file_has_a_number(desks: Desks, tmp_path: Path, format: ExportFormat) -> None:
    plain, masked = tmp_path / f"plain.{format}", tmp_path / f"masked.{format}"
    for file, mask in ((plain, False), (masked, True)):
        request = ExportRequest(format, file, FILTER, columns=COLUMN_KEYS, mask_personal=mask)
        written = desks.exports.export_now(request)
        assert written.records == 1
        assert dict(written.personal)[PersonalKind.ID_NUMBER] == 1
    assert PERSON in contents(plain)
    text = contents(masked)
    assert not [secret for secret in (PERSON, MOBILE, CARD) if secret in text]
    assert "440***********1232" in text


def test_only_what_the_file_shows_is_counted(desks: Desks, tmp_path: Path) -> None:
    def counted(*columns: str) -> dict[PersonalKind, int]:
        request = ExportRequest(ExportFormat.CSV, tmp_path / "a.csv", FILTER, columns=columns)
        return dict(desks.exports.export_now(request).personal)

    assert counted("published", "doc_number") == {}
    assert counted("owners", "note") == {PersonalKind.MOBILE: 1, PersonalKind.BANK_ACCOUNT: 1}
    assert counted(*DEFAULT_COLUMNS) == {PersonalKind.ID_NUMBER: 1}


def test_it_is_said_before_anything_is_written(desks: Desks) -> None:
    said: list[PersonalByField] = []
    desks.exports.personal(RecordFilter(), Sort(), said.append, pytest.fail)
    (by_field,) = said
    chosen = shown_fields(ExportFormat.XLSX, ("title", "owners"))
    assert counts_in_words(counts_shown(by_field, chosen)) == "身份证号码 1 处、手机号码 1 处"
    assert counts_in_words(counts_shown(by_field, shown_fields(ExportFormat.DOCX, ()))) == (
        "身份证号码 1 处、手机号码 1 处"
    )
    assert counts_shown(by_field, frozenset(("kind", "source_url"))) == ()


@pytest.mark.parametrize("mask", [False, True])
def test_a_slip_is_masked_with_its_question_and_its_stages(desks: Desks, tmp_path: Path, mask: bool) -> None:
    target = tmp_path / "slip.docx"
    request = slip_of_filter(desks.queries, desks.projects, desks.exports, FILTER, target, AUTUMN)
    request = request.with_extras(f"王五{MOBILE}问", "", b"", None)
    written = desks.exports.slip_now(replace(request, mask_personal=mask))
    counts = dict(written.personal)
    assert counts[PersonalKind.ID_NUMBER] >= 1
    assert counts[PersonalKind.MOBILE] >= 2
    text = contents(target)
    assert (PERSON in text, MOBILE in text) == (not mask, not mask)
    values = desks.exports.slip_values(replace(request, mask_personal=mask))
    assert (MOBILE in str(values)) is not mask


def test_bundled_records_hold_none(tmp_path: Path) -> None:
    desks = Desks(tmp_path)
    request = ExportRequest(ExportFormat.CSV, tmp_path / "a.csv", columns=COLUMN_KEYS)
    assert desks.exports.export_now(request).personal == ()


@pytest.mark.parametrize("mask", [False, True])
def test_the_calendar_of_deadlines(desks: Desks, tmp_path: Path, mask: bool) -> None:
    items = [one.deadline for one in desks.projects.deadlines_now(AUTUMN).items]
    assert items
    written = desks.exports.ics_now(tmp_path / "a.ics", items, mask_personal=mask)
    lines = contents(tmp_path / "a.ics").replace("\r\n ", "").replace("\n ", "")
    assert (PERSON in lines, "440***********1232" in lines) == (not mask, mask)
    assert dict(written.personal)[PersonalKind.ID_NUMBER] >= 1
    assert lines.count("BEGIN:VEVENT") == len(items)
    uids = [line for line in lines.splitlines() if line.startswith("UID")]
    assert len(set(uids)) == len(items), "masking moves no event"
