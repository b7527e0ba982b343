"""Exports write what the table shows, in its order; the slip answers for a filter or a village."""

from __future__ import annotations

import csv
import io
import json
import threading
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from hpviewer.errors import CancelledError, HpviewerError, InputError
from hpviewer.records.column import Column
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import Sort, SortKey
from hpviewer.session.export_desk import DEFAULT_COLUMNS, ExportRequest, format_of
from hpviewer.session.export_writers import ExportFormat, Written
from hpviewer.session.slips import slip_of_filter, slip_of_village
from tests.helpers.village_desk import AUTUMN, HETANGXIA, Desks


@pytest.fixture
def desks(tmp_path: Path) -> Desks:
    return Desks(tmp_path)


FILTERS = [
    RecordFilter(),
    RecordFilter(column=Column.LAND),
    RecordFilter(text="文冲"),
    RecordFilter().at_place(HETANGXIA),
    RecordFilter(years=(None, 2023)),
]
SORTS = [Sort(), Sort(SortKey.AREA, False), Sort(SortKey.TITLE, True)]


def shown(desks: Desks, filter: RecordFilter, sort: Sort) -> list[str]:
    """Titles as the window's table has them."""
    rows = desks.queries.rows(filter, sort, 0, 1000, lambda: True)
    return [row.title for row in rows]


@pytest.mark.parametrize("filter", FILTERS, ids=str)
@pytest.mark.parametrize("sort", SORTS, ids=str)
def test_csv_and_geojson_have_the_table_s_rows_in_its_order(
    desks: Desks, tmp_path: Path, filter: RecordFilter, sort: Sort
) -> None:
    wanted = shown(desks, filter, sort)
    file = tmp_path / "a.csv"
    written = desks.exports.export_now(ExportRequest(ExportFormat.CSV, file, filter, sort))
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))
    assert [row["标题"] for row in rows] == wanted
    assert written.records == len(wanted)
    file = tmp_path / "a.geojson"
    desks.exports.export_now(ExportRequest(ExportFormat.GEOJSON, file, filter, sort))
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    assert [one["properties"]["title"] for one in features] == wanted


def test_the_window_s_columns_come_first_and_the_source_last(desks: Desks, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    desks.exports.export_now(ExportRequest(ExportFormat.XLSX, file))
    rows = CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()
    assert rows[0] == ["发布日期", "类别", "标题", "文号", "所属社区", "公顷", "来源", "来源名称", "来源网址"]
    assert len(rows) == 26
    assert DEFAULT_COLUMNS[:7] == tuple(SortKey(key).value for key in DEFAULT_COLUMNS[:7])


def test_columns_can_be_chosen_by_key_or_heading(desks: Desks, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    request = ExportRequest(ExportFormat.CSV, file, columns=("title", "批准文号"))
    desks.exports.export_now(request)
    assert file.read_text(encoding="utf-8-sig").splitlines()[0] == '"标题","批准文号"'
    with pytest.raises(InputError):
        desks.exports.export_now(ExportRequest(ExportFormat.CSV, file, columns=("nothing",)))


@pytest.mark.parametrize("format", [ExportFormat.DOCX, ExportFormat.HTML])
def test_the_other_formats_write_every_record(desks: Desks, tmp_path: Path, format: ExportFormat) -> None:
    file = tmp_path / f"a.{format.value}"
    assert desks.exports.export_now(ExportRequest(format, file)) == Written(file, 25)
    assert file.stat().st_size > 10_000


def test_progress_reaches_the_end(desks: Desks, tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    request = ExportRequest(ExportFormat.CSV, tmp_path / "a.csv")
    desks.exports.export_now(request, progress=lambda done, total: steps.append((done, total)))
    assert steps[0] == (0, 25)
    assert steps[-1] == (25, 25)


def test_stopped_it_leaves_no_file_and_keeps_the_older(desks: Desks, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("older")
    stopped = threading.Event()
    errors: list[HpviewerError] = []
    desks.exports.export(
        ExportRequest(ExportFormat.CSV, file),
        lambda written: pytest.fail(str(written)),
        errors.append,
        lambda done, total: stopped.set() if done >= 10 else None,
        stopped,
    )
    assert isinstance(errors[0], CancelledError)
    assert file.read_text() == "older"
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".tmp"] == []


def test_the_format_follows_the_name(tmp_path: Path) -> None:
    assert format_of(Path("a.XLSX")) is ExportFormat.XLSX
    with pytest.raises(InputError) as caught:
        format_of(Path("a.pdf"))
    assert "geojson" in caught.value.next_step


def test_a_slip_for_a_filter_lists_what_the_filter_shows(desks: Desks, tmp_path: Path) -> None:
    filter = RecordFilter(text="文冲")
    request = slip_of_filter(
        desks.queries, desks.projects, desks.exports, filter, tmp_path / "a.docx", AUTUMN
    )
    assert [one.record.title for one in request.records] == shown(desks, filter, Sort())
    assert "文冲" in request.question
    assert len(request.pages) == 3
    assert desks.exports.slip_now(request).records == 3


def test_a_slip_for_a_village_carries_its_deadlines(desks: Desks, tmp_path: Path) -> None:
    page = desks.projects.village_now(HETANGXIA)
    request = slip_of_village(page, tmp_path / "a.docx").with_extras("", "an office", b"", None)
    values = desks.exports.slip_values(request)
    assert "何棠下村" in values["question"]
    assert values["office"] == "an office"
    assert any("2023-12-18" in line for line in values["deadlines"])
    assert [record["date"] for record in values["records"]] == ["2023-09-29", "2018"]
    desks.exports.slip_now(request)
    assert (tmp_path / "a.docx").read_bytes().startswith(b"PK")
