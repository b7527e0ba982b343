"""Imports as batches: recognised, merged, whole or not at all, and taken back without a trace."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from hpviewer.catalogue.check import check_catalogue
from hpviewer.catalogue.origin import read_origin
from hpviewer.catalogue.reader import Reader
from hpviewer.catalogue.writer import Writer
from hpviewer.errors import CancelledError, CatalogueError, InputError, NotFoundError
from hpviewer.places.place import PlaceCode
from hpviewer.records.change import ChangeKind
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.filter import RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import Record
from tests.helpers.catalogue import bundled_catalogue

WENCHONG = PlaceCode("440112006003")


def notice(number: int, **fields: object) -> Record:
    record = Record(
        id=f"test-{number}",
        column=Column.LAND,
        kind=Kind.PRE_NOTICE,
        title=f"征收土地预公告第{number}号",
        doc_number=f"穗埔府预征〔2026〕{number}号",
        published=PartialDate(2026, 3, number),
        project=f"测试项目{number}",
        towns=(PlaceCode("440112006"),),
        communities=(WENCHONG,),
        source_kind=SourceKind.OWN,
    )
    return replace(record, **fields)  # type: ignore[arg-type]


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All content but the history, for comparing two moments of one file."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    content = {
        "records": connection.execute(
            "SELECT id, title, published, project, places_shown, flags, owners FROM records ORDER BY id"
        ).fetchall(),
        "places": connection.execute(
            "SELECT r.id, p.code, p.position FROM record_places p JOIN records r ON r.fid = p.record ORDER BY 1, 3"
        ).fetchall(),
        "projects": connection.execute(
            "SELECT name, place_codes, area_ha FROM projects ORDER BY name"
        ).fetchall(),
        "text": connection.execute(
            "SELECT r.id FROM records_text JOIN records r ON r.fid = records_text.rowid"
            " WHERE records_text MATCH '\"预 公 告\"' ORDER BY 1"
        ).fetchall(),
    }
    connection.close()
    return content  # type: ignore[return-value]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return bundled_catalogue(tmp_path)


@pytest.fixture
def writer(path: Path) -> Iterator[Writer]:
    with Writer(path, now=lambda: dt.datetime(2026, 11, 24, 9, 30)) as writer:
        yield writer


def test_a_batch_is_saved_found_and_taken_back(writer: Writer, path: Path) -> None:
    before = rows_of(path)
    number, changes = writer.save([notice(1), notice(2)], "two.xlsx")
    assert [change.kind for change in changes] == [ChangeKind.ADDED] * 2
    reader = Reader(path)
    assert reader.count(RecordFilter(text="预公告")) == 2
    assert reader.count(RecordFilter().at_place(WENCHONG)) == 5
    assert reader.info().projects == 25
    assert read_origin(path).changed
    reader.close()
    undone, _ = writer.undo()
    assert (undone.number, undone.source, undone.started) == (number, "two.xlsx", "2026-11-24 09:30:00")
    assert rows_of(path) == before
    assert all(not result.problems for result in check_catalogue(path))


def test_undo_works_after_a_restart(path: Path) -> None:
    before = rows_of(path)
    with Writer(path) as first:
        first.save([notice(1)], "one.xlsx")
    with Writer(path) as second:
        second.undo()
    assert rows_of(path) == before


def test_the_same_item_is_recognised_and_nothing_is_done(writer: Writer) -> None:
    writer.save([notice(1)], "a")
    assert writer.save([notice(1)], "a again") == (0, writer.compare([notice(1)]).changes)
    assert len(writer.batches()) == 1


@pytest.mark.parametrize(
    "again",
    [
        notice(1, id="another", title="改了标题"),  # document number
        notice(1, id="another", doc_number=""),  # title, date and kind
        notice(1, id="another", doc_number="", title="改", source_url="http://x/content/post_77.html"),
    ],
)
def test_ways_to_recognise_an_item(writer: Writer, again: Record) -> None:
    writer.save([notice(1, source_url="http://y/post_77.html"), notice(2)], "a")
    (change,) = writer.compare([again]).changes
    assert change.before is not None
    assert change.record_id == "test-1"


def test_a_longer_page_number_is_another_page(writer: Writer) -> None:
    writer.save([notice(1, source_url="http://y/post_77.html")], "a")
    other = notice(3, source_url="http://y/post_777.html")
    assert writer.compare([other]).changes[0].kind is ChangeKind.ADDED


def test_notices_of_one_title_and_day_stay_three_when_their_numbers_differ(
    writer: Writer, path: Path
) -> None:
    alike = [
        notice(n, title="广州市黄埔区人民政府征收土地预公告", published=PartialDate(2026, 3, 1))
        for n in (1, 2, 3)
    ]
    _, changes = writer.save(alike, "three")
    assert [change.kind for change in changes] == [ChangeKind.ADDED] * 3
    reader = Reader(path)
    assert reader.count(RecordFilter(text="预公告")) == 3
    reader.close()


def test_a_private_ledger_does_not_become_the_source_of_a_government_notice(writer: Writer) -> None:
    public = notice(
        1, source_kind=SourceKind.GOVERNMENT, source_name="区政府", source_url="http://www.hp.gov.cn/1"
    )
    writer.save([public], "a")
    (change,) = writer.compare([notice(1, source_kind=SourceKind.OWN, source_name="台账", note="新")]).changes
    assert {field.field for field in change.fields} == {"note"}
    (better,) = writer.compare([notice(2)]).changes
    assert better.kind is ChangeKind.ADDED


def test_an_edit_by_hand_can_empty_a_field(writer: Writer) -> None:
    writer.save([notice(1, owners=("甲",), note="旧")], "a")
    _, (change,) = writer.save([notice(1, note="")], "手工录入", exact=True)
    assert change.after is not None
    assert (change.after.owners, change.after.note) == ((), "")
    writer.undo()
    (back,) = writer.compare([notice(1)]).changes
    assert back.after is not None
    assert back.after.owners == ("甲",)


def test_an_update_shows_old_and_new_and_keeps_what_only_we_know(writer: Writer, path: Path) -> None:
    writer.save([notice(1, owners=("文冲股份经济联合社",))], "a")
    number, (change,) = writer.save([notice(1, area_ha=1.5, title="新标题")], "b")
    assert {f.field: (f.old, f.new) for f in change.fields} == {
        "title": ("征收土地预公告第1号", "新标题"),
        "area_ha": (None, 1.5),
    }
    assert change.after is not None
    assert change.after.owners == ("文冲股份经济联合社",)
    assert writer.changes_of(number) == [change]
    writer.undo()
    reader = Reader(path)
    assert reader.detail("test-1").record.title == "征收土地预公告第1号"
    reader.close()


def test_a_batch_overtaken_by_another_is_not_taken_back(writer: Writer) -> None:
    first, _ = writer.save([notice(1)], "a")
    second, _ = writer.save([notice(1, title="新标题")], "b")
    with pytest.raises(InputError, match=f"第 {second} 批"):
        writer.undo(first)
    writer.undo(second)
    writer.undo(first)
    with pytest.raises(InputError, match="已在"):
        writer.undo(first)
    with pytest.raises(NotFoundError):
        writer.undo()
    with pytest.raises(NotFoundError):
        writer.undo(99)


def test_a_cancelled_import_leaves_the_catalogue_as_it_was(writer: Writer, path: Path) -> None:
    before = rows_of(path)
    answers = iter([True, True, False])
    with pytest.raises(CancelledError):
        writer.save([notice(n) for n in range(1, 9)], "a", wanted=lambda: next(answers))
    assert rows_of(path) == before
    assert writer.batches() == []


def test_a_record_that_cannot_be_stored_takes_the_whole_batch_with_it(writer: Writer, path: Path) -> None:
    before = rows_of(path)
    with pytest.raises(KeyError):
        writer.save([notice(1), notice(2, communities=(PlaceCode("999999999999"),))], "a")
    assert rows_of(path) == before


def test_a_second_writer_gets_a_sentence(writer: Writer, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hpviewer.catalogue.connection._BUSY_MS", 50)
    holder = apsw.Connection(str(path))
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(CatalogueError, match="另一个程序"), Writer(path):
        pass
    holder.execute("ROLLBACK")
    holder.close()
