"""The ways to count and order records: in memory, in SQL and kept by the file agree with counting them one by one."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hpviewer.catalogue import column_answer
from hpviewer.catalogue.answer import Answer
from hpviewer.catalogue.check import check_catalogue
from hpviewer.catalogue.column_answer import ColumnAnswer
from hpviewer.catalogue.column_store import ColumnStore
from hpviewer.catalogue.condition import condition_of
from hpviewer.catalogue.connection import open_reader
from hpviewer.catalogue.kept_answer import KeptAnswer
from hpviewer.catalogue.reader import Reader
from hpviewer.catalogue.sorted_scan import scan
from hpviewer.catalogue.sql_answer import SqlAnswer
from hpviewer.catalogue.understanding import understand
from hpviewer.catalogue.writer import Writer
from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column
from hpviewer.records.filter import Part, RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.place_counts import PlaceCounts
from hpviewer.records.record import Record
from hpviewer.records.results import Facets, RecordDetail, Sort, SortKey, Statistics, SuggestionKind
from tests.helpers.scale import generated_catalogue

V = TypeVar("V")

RECORDS = 1_000


def wanted() -> bool:
    return True


class Asked:
    """One small catalogue, asked in every way."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reader = Reader(path)
        self.connection = open_reader(path)
        self.store = ColumnStore(path)
        self.details = self.reader.details(RecordFilter(), Sort(), -1, wanted)
        self.records = [detail.record for detail in self.details]
        self.towns = sorted({code for record in self.records for code in record.towns})
        self.communities = sorted({code for record in self.records for code in record.communities})
        self.projects = sorted({record.project for record in self.records})

    def in_memory(self, filter: RecordFilter) -> ColumnAnswer:
        words = understand(filter.text, self.reader.resolver).words
        return ColumnAnswer(self.connection, self.store.columns(self.connection), filter, words)

    def in_sql(self, filter: RecordFilter) -> SqlAnswer:
        return SqlAnswer(
            self.connection, condition_of(filter, understand(filter.text, self.reader.resolver).words)
        )

    def close(self) -> None:
        self.connection.close()
        self.reader.close()


@pytest.fixture(scope="module")
def asked() -> Iterator[Asked]:
    asked = Asked(generated_catalogue(RECORDS))
    yield asked
    asked.close()


def one_by_one(asked: Asked, filter: RecordFilter) -> list[RecordDetail]:
    """Records of a filter without text, as its definition reads."""
    return [
        detail
        for detail in asked.details
        if (not filter.column or detail.record.column is filter.column)
        and (not filter.towns or set(filter.towns) & set(detail.record.towns))
        and (not filter.communities or set(filter.communities) & set(detail.record.communities))
        and (not filter.kinds or detail.record.kind in filter.kinds)
        and (not filter.years or detail.record.year in filter.years)
        and (not filter.project or detail.record.project == filter.project)
        and (not filter.unlocated or detail.unlocated or not detail.communities)
    ]


def filters(asked: Asked, *, text: bool = True) -> st.SearchStrategy[RecordFilter]:
    def some(values: Iterable[V]) -> st.SearchStrategy[tuple[V, ...]]:
        return st.lists(st.sampled_from(list(values)), max_size=3, unique=True).map(tuple)

    words = [
        "公告",
        "旧村改造",
        "征地 公告",
        "村",
        "号地块",
        "2",
        "20",
        "tang",
        asked.records[0].project,
        "〔2019〕",
    ]
    words += [asked.reader.names.place(code).name for code in (*asked.towns[:3], *asked.communities[:3])]
    words += [f"{word} 公示" for word in words[-3:]]
    return st.builds(
        RecordFilter,
        text=st.sampled_from(["", "", *words]) if text else st.just(""),
        column=st.sampled_from([None, None, *Column]),
        towns=some([*asked.towns, PlaceCode("999999999")]),
        communities=st.just(()) | some(asked.communities),
        kinds=st.just(()) | some(Kind),
        years=st.just(()) | some([None, *range(2003, 2027)]),
        project=st.sampled_from(["", "", "", "", *asked.projects[:5]]),
        unlocated=st.booleans(),
    )


def all_of(answer: Answer) -> tuple[int, int, Facets, list[int]]:
    left_out = [answer.count(part) for part in Part] + [answer.count(Part.TOWN, Part.COMMUNITY)]
    return answer.count(), answer.unlocated(), answer.facets(), left_out


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_memory_and_sql_agree(asked: Asked, data: st.DataObject) -> None:
    filter = data.draw(filters(asked))
    memory, sql = asked.in_memory(filter), asked.in_sql(filter)
    assert all_of(memory) == all_of(sql)
    assert list(memory.facets().kind) == list(sql.facets().kind)
    assert list(memory.facets().year) == list(sql.facets().year)
    one, other = memory.statistics(), sql.statistics()
    assert (one.total, one.by_town, one.by_kind, one.by_year) == (
        other.total,
        other.by_town,
        other.by_kind,
        other.by_year,
    )
    assert one.hectares_by_town == pytest.approx(other.hectares_by_town, abs=0.0001)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_both_agree_with_counting_one_by_one(asked: Asked, data: st.DataObject) -> None:
    filter = data.draw(filters(asked, text=False))
    found = one_by_one(asked, filter)
    without_place = one_by_one(asked, filter.without(Part.TOWN, Part.COMMUNITY))
    for answer in (asked.in_memory(filter), asked.in_sql(filter)):
        assert answer.count() == len(found)
        facets = answer.facets()
        assert facets.town == Counter(code for one in without_place for code in one.record.towns)
        assert facets.community == Counter(code for one in without_place for code in one.record.communities)
        assert facets.kind == Counter(one.record.kind for one in one_by_one(asked, filter.without(Part.KIND)))
        assert facets.year == Counter(one.record.year for one in one_by_one(asked, filter.without(Part.YEAR)))
        assert facets.column == Counter(
            one.record.column for one in one_by_one(asked, filter.without(Part.COLUMN))
        )


@pytest.mark.parametrize("way", ["few", "scan", "order"])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_every_way_to_a_page_gives_the_same_rows(asked: Asked, data: st.DataObject, way: str) -> None:
    filter = data.draw(filters(asked))
    sort = Sort(data.draw(st.sampled_from(SortKey)), data.draw(st.booleans()))
    offset, limit = data.draw(st.integers(0, RECORDS)), data.draw(st.sampled_from([1, 7, 100, -1]))
    store = ColumnStore(asked.path) if way != "order" else asked.store
    columns = store.columns(asked.connection)
    if way == "order":
        columns.order(asked.connection, sort)
    words = understand(filter.text, asked.reader.resolver).words
    with pytest.MonkeyPatch.context() as patch:
        if way == "scan":
            patch.setattr(column_answer, "_FEW", -1)
        page = ColumnAnswer(asked.connection, columns, filter, words).fids(sort, offset, limit)
    assert page == asked.in_sql(filter).fids(sort, offset, limit)


def test_a_scan_that_goes_too_far_reads_the_whole_order_instead(asked: Asked) -> None:
    filter, sort = RecordFilter(years=(2004,)), Sort(SortKey.TITLE, False)
    store = ColumnStore(asked.path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(column_answer, "_FEW", -1)
        patch.setattr(column_answer, "_SCANNED", 5)
        patch.setattr(column_answer, "_SORTED_LATE", -1)
        columns = store.columns(asked.connection)
        page = ColumnAnswer(asked.connection, columns, filter, ()).fids(sort, 0, 10)
    assert columns.known_order(sort) is not None
    assert page == asked.in_sql(filter).fids(sort, 0, 10)


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("key", list(SortKey))
def test_the_empty_filter_is_answered_by_what_the_file_keeps(
    asked: Asked, key: SortKey, descending: bool
) -> None:
    kept, sql = KeptAnswer(asked.connection), asked.in_sql(RecordFilter())
    assert (kept.count(), kept.unlocated(), kept.facets()) == (sql.count(), sql.unlocated(), sql.facets())
    sort = Sort(key, descending)
    assert kept.fids(sort, 0, -1) == sql.fids(sort, 0, -1)
    assert kept.fids(sort, 990, 100) == sql.fids(sort, 990, 100)


def changed_copy(folder: Path) -> Path:
    path = folder / "changed.gpkg"
    shutil.copyfile(generated_catalogue(RECORDS), path)
    return path


def record(number: int, **values: object) -> Record:
    given: dict[str, object] = {
        "id": f"new-{number}",
        "column": Column.LAND,
        "kind": Kind.NOTICE,
        "title": f"新记录{number}",
        "published": PartialDate(2026, 1, number + 1),
        "towns": (PlaceCode("440001001"),),
    }
    return Record(**(given | values))  # type: ignore[arg-type]


def test_kept_counts_follow_imports_edits_and_undo(tmp_path: Path) -> None:
    path = changed_copy(tmp_path)
    asked = Asked(path)
    before = all_of(asked.in_sql(RecordFilter()))[:3]
    with Writer(path) as writer:
        writer.save([record(n) for n in range(5)], "a.xlsx")
        writer.save([record(2, published=PartialDate(2001), kind=Kind.HEARING)], "b.xlsx")
        kept, sql = KeptAnswer(asked.connection), asked.in_sql(RecordFilter())
        assert (kept.count(), kept.unlocated(), kept.facets()) == all_of(sql)[:3]
        assert kept.count() == RECORDS + 5
        assert kept.facets().year[2001] == 1
        writer.undo()
        writer.undo()
    kept = KeptAnswer(asked.connection)
    assert (kept.count(), kept.unlocated(), kept.facets()) == before
    asked.close()
    assert [result for result in check_catalogue(path) if result.problems] == []


def test_columns_are_made_anew_after_a_change_and_only_then(tmp_path: Path) -> None:
    path = changed_copy(tmp_path)
    asked = Asked(path)
    first = asked.store.columns(asked.connection)
    assert asked.store.columns(asked.connection) is first
    with Writer(path) as writer:
        writer.save([record(1, kind=Kind.RISK)], "a.xlsx")
    filter = RecordFilter(kinds=(Kind.RISK,))
    assert asked.in_memory(filter).count() == asked.in_sql(filter).count()
    assert asked.store.columns(asked.connection) is not first
    asked.close()


def test_a_large_catalogue_thinks_of_slips_only_when_nothing_else_is_found(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hpviewer.catalogue import suggestions

    reader = Reader(asked.path)
    place = next(place for place in reader.places().values() if len(place.code) == 12 and len(place.name) > 3)
    slip = place.name[:1] + "囍" + place.name[2:]
    for text in ("旧村改造", slip, place.name):
        groups = []
        for large in (RECORDS + 1, 1):
            monkeypatch.setattr(suggestions, "LARGE", large)
            groups.append({one.kind for one in reader.suggest(text, wanted)})
        assert groups[1] <= groups[0]
        assert groups[1]
        if text != "旧村改造":
            assert SuggestionKind.PLACE in groups[1]
    reader.close()


@pytest.mark.parametrize("descending", [True, False])
def test_the_order_of_kinds_in_memory_is_that_of_the_file(asked: Asked, descending: bool) -> None:
    columns = asked.store.columns(asked.connection)
    sort = Sort(SortKey.KIND, descending)
    assert columns.order(asked.connection, sort).tolist() == list(scan(asked.connection, sort))


def test_a_large_catalogue_is_answered_as_a_small_one_is(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Through the door: the same results with the threshold above and below the number of records."""
    from hpviewer.catalogue import reader as door

    store = ColumnStore(asked.path)
    for filter in (
        RecordFilter(),
        RecordFilter(text="公告", towns=(asked.towns[0],)),
        RecordFilter(kinds=(Kind.START,), years=(2003,)),
        RecordFilter(text="没有这样的地方"),
    ):
        answers: list[tuple[object, ...]] = []
        for large in (RECORDS + 1, 1):
            monkeypatch.setattr(door, "LARGE", large)
            reader = Reader(asked.path, store)
            reader.prepare()
            statistics = reader.statistics(filter, wanted)
            assert isinstance(statistics, Statistics)
            answers.append(
                (
                    reader.results(filter, Sort(), wanted),
                    reader.rows(filter, Sort(SortKey.TITLE, False), 900, 50, wanted),
                    reader.details(filter, Sort(SortKey.AREA), 20, wanted),
                    reader.count(filter),
                    statistics.by_kind,
                )
            )
            reader.close()
        assert answers[0] == answers[1]
    assert store.known(asked.connection) is not None


def test_a_click_on_a_place_counts_the_places_no_second_time(asked: Asked) -> None:
    everywhere = asked.in_memory(RecordFilter(kinds=(Kind.NOTICE,))).facets()
    inside = asked.in_memory(RecordFilter(kinds=(Kind.NOTICE,)).at_place(asked.communities[0])).facets()
    assert inside.town is everywhere.town
    assert inside.community is everywhere.community
    assert asked.in_memory(RecordFilter()).facets().town is not everywhere.town


def test_the_empty_filter_is_counted_in_memory_as_soon_as_that_is_quicker(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hpviewer.catalogue import reader as door

    monkeypatch.setattr(door, "LARGE", 1)
    reader = Reader(asked.path, ColumnStore(asked.path))
    kept = reader.results(RecordFilter(), Sort(), wanted)
    assert isinstance(kept.facets.town, dict)
    reader.prepare()
    counted = reader.results(RecordFilter(), Sort(), wanted)
    assert isinstance(counted.facets.town, PlaceCounts)
    assert counted == kept
    sort = Sort(SortKey.AREA, False)
    pages = [reader.rows(RecordFilter(), sort, offset, 100, wanted) for offset in (0, 450, 950)]
    reader.close()
    asked_in_sql = [asked.reader.rows(RecordFilter(), sort, offset, 100, wanted) for offset in (0, 450, 950)]
    assert pages == asked_in_sql
