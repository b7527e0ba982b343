"""The import session on a real catalogue: files read in steps, corrected, saved, taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from hpviewer.errors import InputError
from hpviewer.places.place import PlaceCode
from hpviewer.records.change import ChangeKind
from hpviewer.records.filter import RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.reports.form import ReportFormat
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.executor import Cancel, Executor, ImmediateExecutor, Outcome
from hpviewer.session.import_desk import ImportDesk
from hpviewer.session.import_events import (
    BatchesListed,
    FilesChanged,
    ImportEvent,
    ImportFailed,
    ImportSaved,
    ImportUndone,
    RejectedWritten,
    Work,
    WorkChanged,
)
from hpviewer.session.import_preview import ImportKind
from hpviewer.session.import_session import ImportSession
from hpviewer.session.ledger_columns import SheetHead
from hpviewer.session.mapping_memory import MappingMemory
from hpviewer.session.record_entry import FIELDS, check, enter, written
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.report_documents import Written, as_pipes, consistent_cells

T = TypeVar("T")
BUNDLED = 25
LIUCUN = PlaceCode("440112013")
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
GOOD = "好的一行,征地批复,2024-01-02,文冲街道,文冲社区,1.5\n"
BAD = "坏的一行,征地批复,2024-01-02,无此街道,,2\n"


class Later:
    """An executor whose work is done when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def read(self, lane: str, work: Callable[[Cancel], T], done: Callable[[Outcome[T]], None]) -> None:
        self.waiting.append(lambda: ImmediateExecutor().write(work, done))

    def write(self, work: Callable[[Cancel], T], done: Callable[[Outcome[T]], None]) -> None:
        self.read("", work, done)

    def step(self) -> None:
        self.waiting.pop(0)()


class Bench:
    """Session, log of its events, and what the catalogue holds."""

    def __init__(self, queries: CatalogueQueries, folder: Path, executor: Executor) -> None:
        self.queries, self.folder = queries, folder
        self.reloads: list[str] = []
        self.session = ImportSession(
            ImportDesk(queries), queries, executor, self.reloads.append, MappingMemory(folder / "m.json")
        )
        self.log: list[ImportEvent] = []
        for kind in (
            FilesChanged, WorkChanged, ImportSaved, BatchesListed, ImportUndone, RejectedWritten, ImportFailed,
        ):  # fmt: skip
            self.session.subscribe(kind, self.log.append)

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def add(self, *paths: Path) -> list[int]:
        self.session.list.add_files(paths, "test")
        return [file.key for file in self.session.list.files]

    def last(self, kind: type[T]) -> T:
        return next(event for event in reversed(self.log) if isinstance(event, kind))

    @property
    def records(self) -> int:
        return self.queries.reader().count(RecordFilter())


@pytest.fixture
def queries(tmp_path: Path) -> Iterator[CatalogueQueries]:
    queries = CatalogueQueries(bundled_catalogue(tmp_path))
    yield queries
    queries.close()


@pytest.fixture
def bench(queries: CatalogueQueries, tmp_path: Path) -> Bench:
    return Bench(queries, tmp_path, ImmediateExecutor())


def test_files_are_read_and_nothing_is_saved_before_save(bench: Bench) -> None:
    (key,) = bench.add(bench.write("n.txt", NOTICE.format(area="3.2")))
    file = bench.session.list.file(key)
    assert file is not None
    assert file.preview is not None
    assert (file.preview.kind, file.savable, file.preview.count(ChangeKind.ADDED)) == (
        ImportKind.NOTICE, True, 1,
    )  # fmt: skip
    assert bench.records == BUNDLED
    assert bench.reloads == []
    bench.session.save("test")
    saved = bench.last(ImportSaved)
    assert (saved.added, saved.updated, saved.unchanged, saved.left_out) == (1, 0, 0, 0)
    assert bench.records == BUNDLED + 1
    assert bench.reloads == ["test"]
    assert bench.session.list.files == ()
    assert [batch.source for batch in bench.session.batches] == ["n.txt"]


def test_undo_also_after_a_restart(bench: Bench, queries: CatalogueQueries, tmp_path: Path) -> None:
    bench.add(bench.write("n.txt", NOTICE.format(area="3.2")))
    bench.session.save("test")
    later = Bench(queries, tmp_path, ImmediateExecutor())
    later.session.start()
    (batch,) = later.session.batches
    told: list[int] = []
    later.session.questions.changes_of(batch.number, lambda changes: told.append(len(changes[0].fields)))
    assert told[0] > 5
    later.session.undo(batch.number, "test")
    undone = later.last(ImportUndone)
    assert (undone.removed, undone.restored) == (1, 0)
    assert later.session.batches[0].undone
    assert bench.records == BUNDLED
    later.session.undo(batch.number, "test")
    assert later.last(ImportFailed).error.next_step, "a batch is taken back once"


def test_a_corrected_value_replaces_the_extracted_one(bench: Bench) -> None:
    (key,) = bench.add(bench.write("n.txt", NOTICE.format(area="3.2")))
    files = bench.session.list
    files.correct_field(key, 0, "published", "2024年5月21日", "test")
    files.correct_field(key, 0, "location", "", "test")
    file = files.file(key)
    assert file is not None
    fields = {field.name: field for field in file.notice_fields(0)}
    assert (fields["published"].text, fields["published"].origin) == ("2024-05-21", "corrected")
    assert fields["location"].text == ""
    assert file.preview is not None
    after = file.preview.changes[0].after
    assert after is not None
    assert str(after.published) == "2024-05-21"
    assert after.location == ""
    bench.session.save("test")
    stored = bench.queries.detail(after.id).record
    assert (str(stored.published), stored.location) == ("2024-05-21", "")


def test_a_value_that_cannot_be_used_keeps_the_file_back(bench: Bench) -> None:
    (key,) = bench.add(bench.write("n.txt", NOTICE.format(area="3.2")))
    files = bench.session.list
    assert files.correct_field(key, 0, "published", "2024-13-40", "test").problem
    file = files.file(key)
    assert file is not None
    assert not file.savable
    field = next(field for field in file.notice_fields(0) if field.name == "published")
    assert field.text == "2024-13-40"
    assert field.problem
    bench.session.save("test")
    assert bench.records == BUNDLED
    files.correct_field(key, 0, "published", "2024-05-20", "test")
    file = files.file(key)
    assert file is not None
    assert file.savable


def test_spans_point_at_the_words_of_a_field(bench: Bench) -> None:
    (key,) = bench.add(bench.write("n.txt", NOTICE.format(area="3.2")))
    file = bench.session.list.file(key)
    assert file is not None
    for field in file.notice_fields(0):
        for start, end in field.spans:
            assert 0 <= start < end <= len(file.text)
    number = next(field for field in file.notice_fields(0) if field.name == "doc_number")
    assert [file.text[start:end] for start, end in number.spans] == ["穗埔府征〔2024〕12号"]


def test_rejected_rows_keep_their_file_back_until_the_rest_is_wanted(bench: Bench) -> None:
    (key,) = bench.add(bench.write("l.csv", LEDGER + GOOD + BAD))
    bench.session.save("test")
    assert bench.records == BUNDLED
    bench.session.write_rejected(key, bench.folder / "bad.xlsx", "test")
    made = bench.last(RejectedWritten)
    assert (made.rows, made.path.exists()) == (1, True)
    bench.session.list.want_good_rows(key, True, "test")
    bench.session.save("test")
    assert bench.records == BUNDLED + 1


def test_rejected_rows_can_be_corrected_and_brought_in_again(bench: Bench) -> None:
    (key,) = bench.add(bench.write("l.csv", LEDGER + GOOD + BAD))
    bench.session.write_rejected(key, bench.folder / "bad.xlsx", "test")
    bench.session.list.remove([key], "test")
    (again,) = bench.add(bench.folder / "bad.xlsx")
    file = bench.session.list.file(again)
    assert file is not None
    assert file.preview is not None
    assert file.preview.error is None
    assert [each.value for each in file.preview.rejected] == ["无此街道"]


def test_a_corrected_mapping_is_used_and_remembered(bench: Bench, queries: CatalogueQueries) -> None:
    text = LEDGER.replace("发布日期", "甲栏") + GOOD
    (key,) = bench.add(bench.write("l.csv", text))

    def published(of: Bench, key: int) -> list[str]:
        file = of.session.list.file(key)
        assert file is not None
        assert file.preview is not None
        return [str(record.published) for record in file.preview.records]

    assert published(bench, key) == ["None"]
    bench.session.list.correct_column(key, "", 2, "published", "", "", "test")
    assert published(bench, key) == ["2024-01-02"]
    restarted = Bench(queries, bench.folder, ImmediateExecutor())
    (other,) = restarted.add(restarted.write("next.csv", text))
    assert published(restarted, other) == ["2024-01-02"]


def test_the_header_can_be_moved(bench: Bench) -> None:
    (key,) = bench.add(bench.write("l.csv", "甲,乙,丙\n" + LEDGER.replace("标题", "名字") + GOOD))
    heads: list[SheetHead] = []
    bench.session.questions.sheet_heads(key, lambda _, found: heads.extend(found))
    assert heads[0].rows[1][:2] == ("名字", "类别")
    bench.session.list.correct_header(key, heads[0], 2, 1, "test")
    bench.session.list.correct_column(key, "", 0, "title", "", "", "test")
    file = bench.session.list.file(key)
    assert file is not None
    assert file.preview is not None
    assert [record.title for record in file.preview.records] == ["好的一行"]
    assert file.preview.records[0].area_ha == 1.5


def test_a_damaged_memory_of_mappings_is_no_obstacle(bench: Bench) -> None:
    (bench.folder / "m.json").write_text("{ not json", encoding="utf-8")
    (key,) = bench.add(bench.write("l.csv", LEDGER + GOOD))
    bench.session.list.correct_column(key, "", 1, "kind", "", "", "test")
    file = bench.session.list.file(key)
    assert file is not None
    assert file.savable


def test_files_that_cannot_be_used_say_so(bench: Bench) -> None:
    bench.add(
        bench.folder / "absent.docx",
        bench.write("letter.txt", "亲爱的同事：\n今天下午三点开会，请准时参加。\n"),
        bench.write("x.exe", "MZ"),
    )
    previews = [file.preview for file in bench.session.list.files]
    assert all(preview and preview.error and preview.error.next_step for preview in previews)
    bench.session.save("test")
    assert bench.records == BUNDLED


def test_a_folder_brings_all_its_files(bench: Bench) -> None:
    for number in range(3):
        text = NOTICE.format(area="1").replace("12号", f"{number + 1}号")
        bench.write(f"in/{number}.txt", text.replace("5月20日", f"5月2{number}日"))
    bench.write("in/~$1.docx", "lock")
    bench.write("in/readme.exe", "MZ")
    bench.add(bench.folder / "in")
    assert [file.name for file in bench.session.list.files] == ["0.txt", "1.txt", "2.txt"]
    bench.session.save("test")
    assert bench.records == BUNDLED + 3


def test_a_file_added_twice_is_read_anew(bench: Bench) -> None:
    path = bench.write("n.txt", NOTICE.format(area="3.2"))
    bench.add(path)
    bench.write("n.txt", NOTICE.format(area="4.5"))
    (key,) = bench.add(path)
    file = bench.session.list.file(key)
    assert file is not None
    assert file.notices is not None
    assert file.notices[0].area_ha == 4.5


def test_pasted_text_is_a_file_of_its_own(bench: Bench) -> None:
    bench.session.list.add_text(NOTICE.format(area="3.2"), "test")
    bench.session.list.add_text("今天下午三点开会", "test")
    notice, letter = bench.session.list.files
    assert notice.savable
    assert letter.preview is not None
    assert letter.preview.error is not None
    bench.session.save("test")
    assert bench.records == BUNDLED + 1


def test_an_annual_report_is_told_with_its_year(bench: Bench) -> None:
    cells = consistent_cells(ReportFormat.UNIFORM, {("granted", "natural"): 7}, {}, [1] * 12)
    text = as_pipes(Written({name: str(count) for name, count in cells.items()}, year=2024))
    (key,) = bench.add(bench.write("r.txt", text))
    file = bench.session.list.file(key)
    assert file is not None
    assert file.report is not None
    bench.session.save("test")
    saved = bench.last(ImportSaved)
    assert (saved.batch, saved.added, saved.reports) == (1, 1, (2024,))
    bench.session.list.add_text(text, "test")
    (pasted,) = bench.session.list.files
    assert pasted.preview is not None
    assert [item.kind for item in pasted.preview.items] == [ChangeKind.UPDATED], (
        "another source of the same year"
    )


def test_cancelling_the_reading_keeps_what_was_read(queries: CatalogueQueries, tmp_path: Path) -> None:
    later = Later()
    bench = Bench(queries, tmp_path, later)
    bench.add(bench.write("a.txt", NOTICE.format(area="1")))
    later.step()  # lists the file …
    later.step()  # … and reads it
    bench.add(bench.write("b.txt", NOTICE.format(area="2")), bench.write("c.txt", NOTICE.format(area="3")))
    later.step()
    assert bench.session.work is Work.READING
    bench.session.cancel()
    later.step()
    assert bench.last(WorkChanged) == WorkChanged(None, cancelled=True)
    assert [file.name for file in bench.session.list.files] == ["a.txt"]


def test_cancelling_the_saving_changes_nothing(queries: CatalogueQueries, tmp_path: Path) -> None:
    later = Later()
    bench = Bench(queries, tmp_path, later)
    bench.add(bench.write("a.txt", NOTICE.format(area="1")))
    later.step()
    later.step()
    bench.session.save("test")
    bench.session.cancel()
    later.step()
    assert bench.last(WorkChanged) == WorkChanged(None, cancelled=True)
    assert bench.records == BUNDLED
    assert [file.savable for file in bench.session.list.files] == [True], "it can be saved after all"


def test_files_added_while_saving_are_read_afterwards(queries: CatalogueQueries, tmp_path: Path) -> None:
    later = Later()
    bench = Bench(queries, tmp_path, later)
    bench.add(bench.write("a.txt", NOTICE.format(area="1")))
    later.step()
    later.step()
    bench.session.save("test")
    bench.session.list.add_text(NOTICE.format(area="2").replace("12号", "13号"), "test")
    while later.waiting:
        later.step()
    assert bench.records == BUNDLED + 1
    (pasted,) = bench.session.list.files
    assert pasted.savable


def test_what_is_left_is_compared_with_the_catalogue_of_now(bench: Bench) -> None:
    bench.add(bench.write("a.txt", NOTICE.format(area="1")))
    (_, key) = bench.add(bench.write("l.csv", LEDGER + GOOD + BAD))
    bench.session.list.want_good_rows(key, True, "test")
    bench.session.save("test")
    (left,) = bench.add(bench.write("a2.txt", NOTICE.format(area="1")))
    file = bench.session.list.file(left)
    assert file is not None
    assert file.preview is not None
    assert file.preview.count(ChangeKind.UNCHANGED) == 1
    bench.session.undo(bench.session.batches[0].number, "test")
    file = bench.session.list.file(left)
    assert file is not None
    assert file.preview is not None
    assert file.preview.count(ChangeKind.ADDED) == 1


# -- a record by hand ------------------------------------------------------------------------------------


def test_a_record_by_hand_is_a_batch_of_its_own(bench: Bench) -> None:
    texts = {
        "title": "手工录入的公告",
        "kind": Kind.NOTICE.value,
        "published": "2024.3.5",
        "area_ha": "7.5亩",
    }
    entry = enter(texts, (), (PlaceCode("440112013003"),))
    assert entry.record is not None
    assert entry.record.towns == (LIUCUN,), "a community brings its town along"
    assert (str(entry.record.published), entry.record.area_ha) == ("2024-03-05", 0.5)
    bench.session.save_entry(entry, "form")
    saved = bench.last(ImportSaved)
    assert (saved.added, saved.cause) == (1, "form")
    assert bench.records == BUNDLED + 1
    bench.session.undo(saved.batch, "test")
    assert bench.records == BUNDLED


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", " "),
        ("kind", "没有的类别"),
        ("published", "2024-13-01"),
        ("published", "昨天"),
        ("notice_to", "2024-05-01至2024-06-01"),
        ("area_ha", "很大"),
        ("area_ha", "-3"),
        ("land_classes", "农用地若干"),
        ("source_kind", "道听途说"),
        ("source_url", "javascript:alert(1)"),
    ],
)
def test_what_an_import_refuses_a_form_refuses(field: str, text: str) -> None:
    assert check(field, text).problem


def test_a_period_does_not_end_before_it_begins() -> None:
    texts = {"title": "题", "kind": Kind.NOTICE.value, "notice_from": "2024-05-20", "notice_to": "2024-05-01"}
    entry = enter(texts, (), ())
    assert entry.record is None
    assert set(entry.problems) == {"notice_to"}


def test_sums_that_do_not_add_up_become_a_flag() -> None:
    texts = {"title": "题", "kind": Kind.NOTICE.value, "area_ha": "3", "land_classes": "农用地1；建设用地1"}
    entry = enter(texts, (), ())
    assert entry.record is not None
    assert entry.record.area_ha == 3
    assert entry.record.flags
    assert "land_classes" in entry.warnings


def test_every_record_of_the_catalogue_survives_the_form(queries: CatalogueQueries) -> None:
    """Opened for editing and saved without a change, it is the same record."""
    from hpviewer.records.results import Sort

    for row in queries.rows(RecordFilter(), Sort(), 0, 100, lambda: True):
        record = queries.detail(row.id).record
        texts = {field: written(record, field) for field in FIELDS}
        entry = enter(texts, record.towns, record.communities, record)
        assert entry.problems == {}, record.id
        assert entry.record == record


def test_rejected_rows_cannot_be_written_everywhere(bench: Bench) -> None:
    (key,) = bench.add(bench.write("l.csv", LEDGER + BAD + GOOD))
    bench.session.write_rejected(key, bench.folder / "absent" / "bad.xlsx", "test")
    assert isinstance(bench.last(ImportFailed).error, InputError)
