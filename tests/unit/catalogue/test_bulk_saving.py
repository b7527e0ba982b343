"""Many records saved together leave what they leave one after the other, and what the file counts stays right."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import apsw
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hpviewer.catalogue import known_records, rebuilt_indexes
from hpviewer.catalogue import writer as writing
from hpviewer.catalogue.check import check_catalogue
from hpviewer.catalogue.connection import fetch, open_reader
from hpviewer.catalogue.file_state import file_state
from hpviewer.catalogue.record_values import COLUMNS
from hpviewer.catalogue.search_text import tokens
from hpviewer.catalogue.writer import Writer
from hpviewer.errors import CancelledError
from hpviewer.places.place import PlaceCode
from hpviewer.records.change import ChangeKind, RecordChange
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import LandClass, Record
from tests.helpers.catalogue import bundled_catalogue

NUMBER = "穗府〔2023〕1号"


def _notice(record_id: str, kind: Kind = Kind.NOTICE, doc_number: str = "", note: str = "") -> Record:
    return Record(record_id, Column.LAND, kind, "甲公告", doc_number=doc_number, note=note)


RECORDS = st.builds(
    Record,
    id=st.sampled_from(["a", "b", "c", "d", "e"]),
    column=st.just(Column.LAND),
    kind=st.sampled_from([Kind.NOTICE, Kind.APPROVAL]),
    title=st.sampled_from(["甲公告", "乙公告"]),
    doc_number=st.sampled_from(["", "穗府〔2023〕1号", "穗府〔2023〕2号"]),
    published=st.sampled_from([None, PartialDate(2023, 1, 2)]),
    note=st.sampled_from(["", "一", "二"]),
    source_url=st.sampled_from(["", "http://a.invalid/post_12345.html", "http://a.invalid/post_12346.html"]),
)


def _stored(path: Path) -> list[tuple[object, ...]]:
    connection = open_reader(path)
    rows = fetch(
        connection, "SELECT id, title, doc_number, published, note, source_url, kind FROM records ORDER BY id"
    )
    connection.close()
    return rows


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(  # what comes of merging the first three has the number of one and the kind of another: b is it again
    there=[],
    incoming=[
        _notice("a"), _notice("a", doc_number=NUMBER, kind=Kind.APPROVAL), _notice("a", note="一"),
        _notice("b", doc_number=NUMBER),
    ],
    many=2,
    compare_first=True,
)  # fmt: skip
@given(
    there=st.lists(RECORDS, max_size=3),
    incoming=st.lists(RECORDS, min_size=2, max_size=9),
    many=st.sampled_from([2, 100]),
    compare_first=st.booleans(),
)
def test_together_as_one_by_one(
    there: list[Record],
    incoming: list[Record],
    many: int,
    compare_first: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(known_records, "CHUNK", 4)
    monkeypatch.setattr(writing, "MANY", many)
    monkeypatch.setattr(rebuilt_indexes, "_MANY", 1)
    for name in ("one", "all"):
        (tmp_path / name).mkdir(exist_ok=True)
    one, all_ = bundled_catalogue(tmp_path / "one"), bundled_catalogue(tmp_path / "all")
    for path in (one, all_):
        with Writer(path) as writer:
            for record in there:
                writer.save([record], "first.xlsx")
    before = _stored(all_)
    with Writer(one) as writer:
        alone = [writer.save([record], "a.xlsx")[1][0] for record in incoming]
    with Writer(all_) as writer:
        compared = writer.compare(incoming)
        batch, changes = writer.save(incoming, "a.xlsx", compared=compared if compare_first else None)
        assert changes == alone
        made = [change for change in changes if change.kind is not ChangeKind.UNCHANGED]
        told = writer.changes_of(batch) if batch else []
        assert sorted(map(repr, told)) == sorted(map(repr, made))
        assert _stored(all_) == _stored(one)
        assert [change.kind for change in writer.compare(incoming).changes] == [
            change.kind for change in Writer(one, looking=True).compare(incoming).changes
        ]
        if batch:
            writer.undo(batch)
    assert _stored(all_) == before


def _counts(path: Path) -> tuple[dict[tuple[str, object], int], dict[tuple[str, object], int], list[str]]:
    """As the file keeps them, as they are, and the triggers that keep them."""
    connection = open_reader(path)
    kept = {(f, v): n for f, v, n in fetch(connection, "SELECT * FROM record_counts WHERE records > 0")}
    real = {
        (facet, value): count
        for facet, sql in (
            ("kind", "SELECT kind_order, count(*) FROM records GROUP BY 1"),
            ("year", "SELECT ifnull(year, ''), count(*) FROM records GROUP BY 1"),
            ("column", "SELECT column_name, count(*) FROM records GROUP BY 1"),
            ("unlocated", "SELECT unlocated, count(*) FROM records GROUP BY 1"),
            ("place", "SELECT code, count(*) FROM record_places GROUP BY 1"),
        )
        for value, count in fetch(connection, sql)
    }
    triggers = [
        name for (name,) in fetch(connection, "SELECT name FROM sqlite_schema WHERE type = 'trigger'")
    ]
    connection.close()
    return kept, real, sorted(triggers)


def test_an_import_of_many_counts_once_and_leaves_the_file_as_it_found_it(tmp_path: Path) -> None:
    path = bundled_catalogue(tmp_path)
    before, _, triggers = _counts(path)
    records = [
        Record(
            id=f"m{number}", column=Column.LAND, kind=Kind.NOTICE, title=f"第{number}号公告",
            published=PartialDate(2020 + number % 3, 5, 6), towns=(PlaceCode("440112006"),),
            communities=(PlaceCode("440112006003"),), project=f"项目{number % 7}",
            source_url=f"http://a.invalid/post_{10_000 + number}.html",
        )
        for number in range(2_500)
    ]  # fmt: skip
    with Writer(path) as writer:
        batch, changes = writer.save(records, "many.xlsx")
        assert {change.kind for change in changes} == {ChangeKind.ADDED}
        kept, real, now = _counts(path)
        assert kept == real
        assert kept["place", "440112006"] == before["place", "440112006"] + 2_500
        assert now == triggers
        assert not [problem for result in check_catalogue(path) for problem in result.problems]
        content = path.read_bytes()
        assert writer.save(records, "again.xlsx")[0] == 0
        assert path.read_bytes() == content
        writer.undo(batch)
    assert _counts(path) == (before, before, triggers)


def _varied(count: int) -> list[Record]:
    """No two alike, nearly everything filled, much of it the same."""
    days = [None, PartialDate(2019), PartialDate(2020, 3), PartialDate(2021, 5, 6)]
    communities = [(), (PlaceCode("440112006003"),), (PlaceCode("440112006003"), PlaceCode("440112006004"))]
    return [
        Record(
            id=f"v{number}", column=list(Column)[number % 2], kind=list(Kind)[number % 20], title=f"广州市第{number}号公告",
            doc_number=f"穗府〔2023〕{number}号" if number % 3 else "", approval_number="" if number % 5 else f"粤府{number}",
            issuer="某局" if number % 2 else "", published=days[number % 4], approved=days[(number + 1) % 4],
            notice_from=days[(number + 2) % 4], notice_to=days[number // 7 % 4],
            project=f"项目{number % 9}" if number % 4 else "",
            location=f"Ｎo.{number} 以东\n㎡", area_ha=None if number % 6 == 0 else number / 7,
            land_classes=(
                LandClass("农用地", number / 3, (LandClass("耕地", number / 9), LandClass('园 "\\地', 0.1 + 0.2))),
                LandClass("建设用地", 1e-7),
            )[: number % 3],
            owners=("甲社", '乙"社')[: number % 3], towns=(PlaceCode("440112006"),), communities=communities[number % 3],
            place_as_written="夏港街道", source_kind=list(SourceKind)[number % 5], source_name="台账.xlsx",
            source_url=f"http://a.invalid/post_{20_000 + number}.html" if number % 2 else "", note=f"备注{number % 11}",
            flags=("约1公顷", "e\u0301")[: number % 3],
        )
        for number in range(count)
    ]  # fmt: skip


def _everything(path: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = apsw.Connection(str(path))
    connection.execute(
        "CREATE VIRTUAL TABLE temp.records_words USING fts5vocab(main, records_text, 'instance');"
        "CREATE VIRTUAL TABLE temp.projects_words USING fts5vocab(main, projects_text, 'instance')"
    )
    found = {
        name: fetch(connection, f"SELECT {columns} FROM {name} ORDER BY {order}")
        for name, columns, order in (
            ("records", "*", "fid"),
            ("record_places", "*", "fid"),
            ("record_counts", "*", "1, 2"),
            ("projects", "*", "fid"),
            ("records_words", "*", "doc, col, offset"),
            ("projects_words", "*", "doc, col, offset"),
            ("sqlite_schema", "type, name, sql", "1, 2"),
        )
    }
    connection.close()
    return found


def test_what_is_written_in_one_go_is_what_is_written_bit_by_bit(tmp_path: Path) -> None:
    records = _varied(1_300)
    paths = []
    for name, size in (("bits", 100), ("whole", len(records))):
        (tmp_path / name).mkdir()
        paths.append(bundled_catalogue(tmp_path / name))
        with Writer(paths[-1]) as writer:
            for at in range(0, len(records), size):
                batch, changes = writer.save(records[at : at + size], "a.xlsx")
                assert [change.after for change in changes] == records[at : at + size]
                assert writer.changes_of(batch) == changes
            assert writer.compare(records).changes == [RecordChange(record, record) for record in records]
    bits, whole = map(_everything, paths)
    assert whole == bits
    words: dict[object, dict[object, list[object]]] = {}
    for term, record, column, _ in whole["records_words"]:
        words.setdefault(record, {}).setdefault(column, []).append(term)
    shown = {row[0]: row[COLUMNS.index("places_shown")] for row in whole["records"]}
    for fid, r in enumerate(records, len(whole["records"]) - len(records) + 1):
        texts = {
            "title": r.title,
            "numbers": f"{r.doc_number} {r.approval_number}",
            "project": r.project,
            "place": f"{r.place_as_written} {shown[fid]} {r.location}",
            "other": " ".join((str(r.published or ""), *r.owners, r.issuer, r.source_name, r.note, *r.flags)),
        }
        assert words[fid] == {column: split for column, text in texts.items() if (split := tokens(text))}


def test_what_was_compared_serves_only_the_file_it_was_compared_with(tmp_path: Path) -> None:
    path = bundled_catalogue(tmp_path)
    records = _varied(600)
    with Writer(path, looking=True) as writer:
        compared = writer.compare(records)
    assert compared.state is not None
    assert compared.state == file_state(path)
    with Writer(path) as writer:
        writer.save([replace(records[7], note="先来的")], "first.xlsx")
        _, changes = writer.save(records, "then.xlsx", compared=compared)
    assert [change.kind for change in changes].count(ChangeKind.UPDATED) == 1
    assert changes[7].before is not None


@pytest.mark.parametrize("asked", [1, 2, 4, 9])
def test_a_large_import_stops_wherever_it_is(tmp_path: Path, asked: int) -> None:
    path = bundled_catalogue(tmp_path)
    before = path.read_bytes()
    answers = iter([True] * asked)
    with Writer(path) as writer:
        with pytest.raises(CancelledError):
            writer.save(_varied(1_300), "a.xlsx", lambda: next(answers, False))
        assert _everything(path)
        assert path.read_bytes() == before
