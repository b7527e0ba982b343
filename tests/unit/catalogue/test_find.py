"""Questions to the bundled catalogue, as a clerk would ask them. Figures follow from data/records.csv."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from hpviewer.catalogue.reader import Reader
from hpviewer.errors import CancelledError, NotFoundError
from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column
from hpviewer.records.filter import Part, RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.results import Results, Sort, SortKey, SuggestionKind
from tests.helpers.catalogue import bundled_catalogue

WENCHONG = PlaceCode("440112006")
LONGHU = PlaceCode("440112018")
DAHAN, CHANGGENG = PlaceCode("440112018223"), PlaceCode("440112018213")


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    reader = Reader(bundled_catalogue(tmp_path_factory.mktemp("find")))
    yield reader
    reader.close()


def wanted() -> bool:
    return True


def ask(reader: Reader, text: str = "", sort: Sort = Sort(), **parts: object) -> Results:  # noqa: B008
    return reader.results(RecordFilter(text=text, **parts), sort, wanted)  # type: ignore[arg-type]


def ids(results: Results) -> set[str]:
    return {row.id for row in results.rows}


@pytest.mark.parametrize("text", ["文冲", "文沖", "文冲街", "wenchong", "ｗｅｎｃｈｏｎｇ", " 文冲 "])
def test_a_town_is_found_however_it_is_written(reader: Reader, text: str) -> None:
    results = ask(reader, text)
    assert ids(results) == {"hp-2025-wenchong-east", "news-plan-2017-area", "news-wenchong-2009"}
    assert results.understood[0].code == WENCHONG


def test_initials_find_every_place_they_stand_for(reader: Reader) -> None:
    assert {"文冲街道", "文冲社区", "文船社区"} <= {match.name for match in ask(reader, "wc").understood}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("九龙镇汤村村", {"gd-2019-02-7"}),
        ("萝岗区萝岗街黄陂村", {"gz-2007-41", "gz-2015-499"}),
        ("穗埔府征[2023]33号", {"hp-2023-33"}),
        ("穗埔府征〔2023〕33号", {"hp-2023-33"}),
        ("粤府土审（02）〔2025〕181号", {"gz-2025-xiasha-2"}),
        ("大观路", {"gz-2007-41", "gz-2006-1"}),
        ("摇珠", {"news-shuangsha-2025-11"}),
    ],
)
def test_text_numbers_and_former_names(reader: Reader, text: str, expected: set[str]) -> None:
    assert ids(ask(reader, text)) == expected


def test_two_character_name_is_found_in_text(reader: Reader) -> None:
    """A trigram index finds nothing for a word of two characters."""
    assert "gz-2015-499" in ids(ask(reader, "龙伏"))


def test_words_add_up(reader: Reader) -> None:
    both = ask(reader, "文冲 公告")
    assert ids(both) == {"hp-2025-wenchong-east"}


def test_the_district_itself_narrows_nothing(reader: Reader) -> None:
    assert ask(reader, "黄埔区").total == ask(reader).total == 25


def test_signs_that_fts_would_read_as_operators(reader: Reader) -> None:
    for text in (
        '"',
        "*",
        "文冲*",
        "NEAR(",
        "a OR b",
        "-",
        "^文冲",
        "col:x",
        "'; DROP TABLE records; --",
        "%",
    ):
        ask(reader, text)
    assert ask(reader).total == 25


def test_columns_and_facets_follow_the_filter(reader: Reader) -> None:
    everything = ask(reader)
    assert everything.facets.column == {Column.LAND: 7, Column.RENEWAL: 18}
    assert sum(everything.facets.kind.values()) == 25
    land = ask(reader, column=Column.LAND)
    assert land.total == 7
    assert land.facets.column == everything.facets.column, "a facet is counted without its own part"
    assert sum(land.facets.kind.values()) == 7


def test_facet_counts_are_what_choosing_them_gives(reader: Reader) -> None:
    facets = ask(reader).facets
    for code, count in {**facets.town, **facets.community}.items():
        assert reader.count(RecordFilter().at_place(code)) == count, code
    for kind, count in facets.kind.items():
        assert reader.count(RecordFilter(kinds=(kind,))) == count, kind
    for year, count in facets.year.items():
        assert reader.count(RecordFilter(years=(year,))) == count, year


def test_town_counts_do_not_change_with_the_town_chosen(reader: Reader) -> None:
    assert ask(reader, towns=(LONGHU,)).facets.town == ask(reader).facets.town


def test_records_without_a_place_on_the_map(reader: Reader) -> None:
    results = ask(reader, towns=(LONGHU,))
    assert results.total == 3
    assert results.unlocated == 1, "大涵村 and 长庚村 have no known position"
    alone = ask(reader, towns=(LONGHU,), unlocated=True)
    assert ids(alone) == {"gd-2019-02-7"}
    assert reader.detail("gd-2019-02-7").unlocated == (DAHAN, CHANGGENG)


def test_an_empty_result_says_which_part_removes_how_many(reader: Reader) -> None:
    results = ask(reader, towns=(LONGHU,), kinds=(Kind.START,), years=(2019,))
    assert results.total == 0
    assert {removal.part: removal.count for removal in results.removals} == {
        Part.TOWN: reader.count(RecordFilter(kinds=(Kind.START,), years=(2019,))),
        Part.KIND: 1,
        Part.YEAR: reader.count(RecordFilter(towns=(LONGHU,), kinds=(Kind.START,))),
    }


def test_an_empty_result_offers_near_names(reader: Reader) -> None:
    assert "文冲街道" in {match.name for match in ask(reader, "文冠街").nearest}


@pytest.mark.parametrize("key", list(SortKey))
@pytest.mark.parametrize("descending", [False, True])
def test_sorting_is_complete_and_empty_values_come_last(
    reader: Reader, key: SortKey, descending: bool
) -> None:
    results = ask(reader, sort=Sort(key, descending))
    assert len(results.rows) == len(ids(results)) == 25
    values = {
        SortKey.PUBLISHED: [row.published for row in results.rows],
        SortKey.AREA: [row.area_ha for row in results.rows],
        SortKey.TITLE: [row.title for row in results.rows],
        SortKey.DOC_NUMBER: [row.doc_number for row in results.rows],
    }.get(key)
    if values:
        filled = [value for value in values if value not in ("", None)]
        assert values[: len(filled)] == sorted(filled, reverse=descending)  # type: ignore[type-var]


def test_pages_join_without_gap_or_overlap(reader: Reader) -> None:
    whole = [row.id for row in ask(reader).rows]
    paged = [row.id for at in range(0, 25, 4) for row in reader.rows(RecordFilter(), Sort(), at, 4, wanted)]
    assert paged == whole


def test_statistics_add_up(reader: Reader) -> None:
    figures = reader.statistics(RecordFilter(column=Column.LAND), wanted)
    assert sum(figures.by_kind.values()) == sum(figures.by_year.values()) == figures.total == 7
    assert figures.hectares_by_town[LONGHU] == pytest.approx(0.4976 + 28.6452)


def test_suggestions_come_in_groups(reader: Reader) -> None:
    found = reader.suggest("文冲", wanted)
    kinds = [suggestion.kind for suggestion in found]
    assert kinds == sorted(kinds, key=list(SuggestionKind).index)
    assert (found[0].key, found[0].count) == (WENCHONG, 3)
    assert {SuggestionKind.PLACE, SuggestionKind.PROJECT, SuggestionKind.RECORD} <= set(kinds)
    number = [s for s in reader.suggest("穗埔府征〔2023〕33", wanted) if s.kind is SuggestionKind.NUMBER]
    assert [(s.key, s.label) for s in number] == [("hp-2023-33", "穗埔府征〔2023〕33号")]
    assert reader.suggest("   ", wanted) == ()


def test_a_record_keeps_what_the_source_says(reader: Reader) -> None:
    record = reader.detail("hp-2023-33").record
    assert str(record.notice_from) == "2023-10-07"
    assert [(item.name, item.hectares) for item in record.land_classes] == [
        ("农用地", 0.0365),
        ("建设用地", 0.4611),
    ]
    assert record.place_as_written == "黄埔区龙湖街道何棠下村"


def test_unknown_record(reader: Reader) -> None:
    with pytest.raises(NotFoundError, match="nowhere"):
        reader.detail("nowhere")


def test_an_overtaken_query_ends(reader: Reader) -> None:
    with pytest.raises(CancelledError):
        reader.results(RecordFilter(text=" ".join(["文冲 旧村 改造"] * 40)), Sort(), lambda: False)
    assert ask(reader).total == 25, "the connection is usable after it"
