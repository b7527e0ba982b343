"""Bringing files in: recognised, compared, all or nothing per file, one batch, taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hpviewer.catalogue.report_store import ReportStore
from hpviewer.errors import CancelledError
from hpviewer.records.change import ChangeKind
from hpviewer.records.filter import RecordFilter
from hpviewer.reports.form import ReportFormat
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.import_desk import ImportDesk
from hpviewer.session.import_preview import ImportKind
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.report_documents import Written, as_pipes, consistent_cells

NOTICE = """广州市黄埔区人民政府征收土地公告
穗埔府征〔2024〕12号
现将经依法批准的征收土地有关事项公告如下：
一、批准机关：广东省人民政府，批准文号：粤府土审（02）〔2024〕88号，批准时间：2024年5月6日。
二、征收土地位置：黄埔区云埔街道刘村社区，东至科学大道，南至护林路，西至开创大道，北至云埔一路。
三、被征收土地的所有权人及面积：刘村社区经济联合社，总面积 {area} 公顷。
四、公告期限：2024年5月20日至2024年6月3日。
广州市黄埔区人民政府
2024年5月20日
"""
LEDGER = "标题,类别,发布日期,所属街镇,所属社区,面积(公顷)\n"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ImportDesk]:
    queries = CatalogueQueries(bundled_catalogue(tmp_path))
    yield ImportDesk(queries)
    queries.close()


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def count(desk: ImportDesk) -> int:
    return desk._queries.reader().count(RecordFilter())


def test_a_notice_is_recognised_saved_and_taken_back(desk: ImportDesk, tmp_path: Path) -> None:
    (preview,) = desk.preview([write(tmp_path, "n.txt", NOTICE.format(area="3.2000"))])
    assert (preview.kind, preview.error, preview.usable) == (ImportKind.NOTICE, None, True)
    assert count(desk) == 25, "a preview saves nothing"
    outcome = desk.save([preview])
    assert outcome.files[0].count(ChangeKind.ADDED) == 1
    assert count(desk) == 26
    desk.undo(outcome.batch)
    assert count(desk) == 25


def test_a_second_reading_says_what_changed(desk: ImportDesk, tmp_path: Path) -> None:
    desk.save(desk.preview([write(tmp_path, "a.txt", NOTICE.format(area="3.2000"))]))
    same, other = desk.preview(
        [
            write(tmp_path, "same.txt", NOTICE.format(area="3.2000")),
            write(tmp_path, "other.txt", NOTICE.format(area="3.5000")),
        ]
    )
    assert same.count(ChangeKind.UNCHANGED) == 1
    (change,) = other.changes
    assert {(f.field, f.old, f.new) for f in change.fields} == {("area_ha", 3.2, 3.5)}


def test_one_bad_row_keeps_its_file_out_but_not_the_others(desk: ImportDesk, tmp_path: Path) -> None:
    bad = (
        LEDGER
        + "好的一行,征地批复,2024-01-02,文冲街道,文冲社区,1.5\n坏的一行,征地批复,2024-01-02,无此街道,,2\n"
    )
    previews = desk.preview(
        [write(tmp_path, "bad.csv", bad), write(tmp_path, "n.txt", NOTICE.format(area="1"))]
    )
    assert previews[0].kind is ImportKind.RECORDS
    assert [r.row for r in previews[0].rejected] == ["3"]
    outcome = desk.save(previews)
    assert [file.path.name for file in outcome.files] == ["n.txt"]
    assert count(desk) == 26
    desk.save(desk.preview([tmp_path / "bad.csv"]), skip_rejected=True)
    assert count(desk) == 27


def test_files_that_cannot_be_used_say_so_and_stop_nothing(desk: ImportDesk, tmp_path: Path) -> None:
    previews = desk.preview(
        [
            tmp_path / "absent.docx",
            write(tmp_path, "x.exe", "MZ"),
            write(tmp_path, "letter.txt", "亲爱的同事：\n今天下午三点开会，请准时参加。\n"),
            write(tmp_path, "n.txt", NOTICE.format(area="1")),
        ]
    )
    assert [bool(p.error) for p in previews] == [True, True, True, False]
    assert all(p.error.message and p.error.next_step for p in previews if p.error)
    desk.save(previews)
    assert count(desk) == 26


def test_the_annual_report_goes_to_the_reports(desk: ImportDesk, tmp_path: Path) -> None:
    cells = consistent_cells(ReportFormat.UNIFORM, {("granted", "natural"): 7}, {}, [1] * 12)
    report = Written({name: str(count) for name, count in cells.items()}, year=2024)
    (preview,) = desk.preview([write(tmp_path, "r.txt", as_pipes(report))])
    assert preview.kind is ImportKind.REPORT
    desk.save([preview])
    newest = ReportStore(desk._queries.path).years()[0]
    assert (newest.year, newest.source) == (2024, "r.txt")


def test_a_report_that_does_not_say_its_year_is_refused_with_a_sentence(
    desk: ImportDesk, tmp_path: Path
) -> None:
    cells = consistent_cells(ReportFormat.UNIFORM, {("granted", "natural"): 7}, {}, [1] * 12)
    text = as_pipes(Written({name: str(count) for name, count in cells.items()}, year=2024)).replace(
        "2024", ""
    )
    (preview,) = desk.preview([write(tmp_path, "r.txt", text)], ImportKind.REPORT)
    assert preview.error is not None
    assert "r.txt" in preview.error.message
    assert desk.save([preview]).batch == 0


def test_a_cancelled_import_changes_nothing(desk: ImportDesk, tmp_path: Path) -> None:
    previews = desk.preview([write(tmp_path, "n.txt", NOTICE.format(area="1"))])
    with pytest.raises(CancelledError):
        desk.save(previews, wanted=lambda: False)
    with pytest.raises(CancelledError):
        desk.preview([tmp_path / "n.txt"], wanted=lambda: False)
    assert count(desk) == 25
    assert desk.batches() == []
