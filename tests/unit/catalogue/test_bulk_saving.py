"""Many records saved together leave what they leave one after the other, and what the file counts stays right."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hpviewer.catalogue import known_records
from hpviewer.catalogue.check import check_catalogue
from hpviewer.catalogue.connection import fetch, open_reader
from hpviewer.catalogue.writer import Writer
from hpviewer.places.place import PlaceCode
from hpviewer.records.change import ChangeKind
from hpviewer.records.column import Column
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import Record
from tests.helpers.catalogue import bundled_catalogue

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
@given(incoming=st.lists(RECORDS, min_size=2, max_size=9))
def test_together_as_one_by_one(
    incoming: list[Record], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(known_records, "CHUNK", 4)
    for name in ("one", "all"):
        (tmp_path / name).mkdir(exist_ok=True)
    one, all_ = bundled_catalogue(tmp_path / "one"), bundled_catalogue(tmp_path / "all")
    before = _stored(all_)
    with Writer(one) as writer:
        alone = [writer.save([record], "a.xlsx")[1][0] for record in incoming]
    with Writer(all_) as writer:
        batch, changes = writer.save(incoming, "a.xlsx")
        assert changes == alone
        assert _stored(all_) == _stored(one)
        assert [change.kind for change in writer.compare(incoming)] == [
            change.kind for change in Writer(one, looking=True).compare(incoming)
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
