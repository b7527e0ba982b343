"""Two catalogues compared, and one brought into the other without losing the user's own work."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import apsw
import pytest

from hpviewer.catalogue.check import check_catalogue
from hpviewer.catalogue.holdings import Holdings
from hpviewer.catalogue.items import Item, ItemKind
from hpviewer.catalogue.reader import Reader
from hpviewer.catalogue.shape_rows import StoredShape
from hpviewer.catalogue.shape_rows import encoded as encoded_shape
from hpviewer.catalogue.writer import Writer
from hpviewer.errors import CancelledError
from hpviewer.records.change import ChangeKind
from hpviewer.records.project_links import Merge
from hpviewer.session.catalogue_difference import CatalogueDifference, Part, compare_catalogues
from hpviewer.session.catalogue_merge import merge_catalogue
from hpviewer.session.link_overrides import CatalogueOverrides
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.newer_catalogue import DATE, NEW_COMMUNITY, RENAMED, edit, make_newer, record_ids, stored


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    (tmp_path / "mine").mkdir()
    return bundled_catalogue(tmp_path / "mine")


@pytest.fixture
def newer(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    (tmp_path / "newer").mkdir()
    path = bundled_catalogue(tmp_path / "newer")
    return path, make_newer(path)


def difference(mine: Path, other: Path) -> CatalogueDifference:
    with Holdings(mine) as here, Holdings(other) as there:
        return compare_catalogues(here, there)


def test_a_copy_differs_in_nothing(mine: Path, tmp_path: Path) -> None:
    found = difference(mine, bundled_catalogue(tmp_path))
    assert found.empty
    assert found.lost == 0


def test_what_is_new_changed_and_gone_is_counted_and_named(
    mine: Path, newer: tuple[Path, dict[str, str]]
) -> None:
    found = difference(mine, newer[0])
    assert dict(found.counts) == {
        (Part.RECORD, ChangeKind.ADDED): 1,
        (Part.RECORD, ChangeKind.UPDATED): 1,
        (Part.RECORD, ChangeKind.REMOVED): 1,
        (Part.PLACE, ChangeKind.ADDED): 1,
        (Part.PLACE, ChangeKind.UPDATED): 1,
        (Part.POLICY, ChangeKind.UPDATED): 1,
        (Part.FACT, ChangeKind.UPDATED): 1,
    }
    corrected = found.of(Part.RECORD, ChangeKind.UPDATED)[0]
    assert corrected.key == newer[1]["corrected"]
    assert {change.field: change.new for change in corrected.fields}["note"] == "更正后的说明"
    assert found.of(Part.PLACE, ChangeKind.UPDATED)[0].title == "改名社区"
    assert found.of(Part.FACT)[0].title == "数据截至日期"
    assert not found.lost
    document = json.loads(json.dumps(found.as_json()))
    assert document["parts"]["record"]["added"] == 1
    assert document["data_date"]["there"] == DATE


def test_own_edits_are_named_as_lost(mine: Path, newer: tuple[Path, dict[str, str]]) -> None:
    touched = record_ids(mine)[3]
    edit(mine, touched, note="我的说明")
    found = difference(mine, newer[0])
    assert found.lost == 1
    assert [one.key for one in found.lost_entries()] == [touched]
    assert [source for _, _, source in found.batches] == ["手工"]


def test_a_merge_brings_the_new_facts_and_nothing_is_lost(
    mine: Path, newer: tuple[Path, dict[str, str]]
) -> None:
    path, ids = newer
    touched = record_ids(mine)[3]
    edit(mine, touched, note="我的说明")
    outcome = merge_catalogue(mine, path, "新版内置数据", follows=True)
    assert outcome.batch == 2
    assert [record and record.note for record in (stored(mine, touched), stored(mine, ids["corrected"]))] == [
        "我的说明",
        "更正后的说明",
    ]
    new = stored(mine, "brand-new")
    assert new is not None
    assert new.communities == (NEW_COMMUNITY,)
    assert stored(mine, ids["gone"]) is not None
    assert not [problem for result in check_catalogue(mine) for problem in result.problems]
    reader = Reader(mine)
    assert reader.info().data_date == DATE
    assert reader.names.place(RENAMED).name == "改名社区"
    assert "改名社区" in {place for row in _rows(reader) for place in row}
    reader.close()
    # what stays different afterwards: the record that the data set no longer has, and the user's own
    rest = difference(mine, path)
    assert dict(rest.counts) == {(Part.RECORD, ChangeKind.REMOVED): 1, (Part.RECORD, ChangeKind.UPDATED): 1}
    assert rest.lost == 1


def _rows(reader: Reader) -> list[tuple[str, ...]]:
    from hpviewer.records.filter import RecordFilter
    from hpviewer.records.results import Sort

    return [row.places for row in reader.rows(RecordFilter(), Sort(), 0, 100, lambda: True)]


def test_field_by_field_own_values_stay_and_others_follow(
    mine: Path, newer: tuple[Path, dict[str, str]]
) -> None:
    path, ids = newer
    edit(mine, ids["corrected"], note="我的说明")
    outcome = merge_catalogue(mine, path, "新版", follows=True)
    record = stored(mine, ids["corrected"])
    assert record is not None
    assert (record.note, record.area_ha) == ("我的说明", 12.5)
    assert [kept.key for kept in outcome.kept] == [ids["corrected"]]


def test_undo_takes_the_merge_back(mine: Path, newer: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    outcome = merge_catalogue(mine, newer[0], "新版", follows=True)
    with Writer(mine) as writer:
        writer.undo(outcome.batch)
    assert difference(mine, bundled_catalogue(tmp_path)).empty
    assert not [problem for result in check_catalogue(mine) for problem in result.problems]


def test_merging_twice_changes_nothing(mine: Path, newer: tuple[Path, dict[str, str]]) -> None:
    merge_catalogue(mine, newer[0], "新版", follows=True)
    assert merge_catalogue(mine, newer[0], "新版", follows=True).batch == 0


def test_older_data_overwrite_nothing_but_their_own_edits_come(
    mine: Path, newer: tuple[Path, dict[str, str]]
) -> None:
    path, ids = newer
    merge_catalogue(path, mine, "旧的")
    record = stored(path, ids["corrected"])
    assert record is not None
    assert record.note == "更正后的说明"
    touched = record_ids(mine)[3]
    edit(mine, touched, note="同事的说明")
    merge_catalogue(path, mine, "同事")
    edited = stored(path, touched)
    assert edited is not None
    assert edited.note == "同事的说明"


def test_the_base_map_follows_and_comes_back(
    mine: Path, newer: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    connection = apsw.Connection(str(newer[0]))
    connection.execute("UPDATE metro_stations SET name = '新站' WHERE fid = 1")
    connection.close()
    assert difference(mine, newer[0]).of(Part.BASE_MAP)[0].title == "地铁站"
    outcome = merge_catalogue(mine, newer[0], "新版", follows=True)
    assert not difference(mine, newer[0]).of(Part.BASE_MAP)
    with Writer(mine) as writer:
        writer.undo(outcome.batch)
    assert difference(mine, bundled_catalogue(tmp_path)).empty


def test_own_boundaries_stay_on_map_and_in_table(mine: Path, newer: tuple[Path, dict[str, str]]) -> None:
    reader = Reader(mine)
    towns = sorted(code for code in reader.shapes() if len(code) == 9)
    shape = replace(reader.shapes()[towns[0]], code=towns[0])
    reader.close()
    own = Item(ItemKind.SHAPE, towns[0], encoded_shape(StoredShape(shape, False, "边界.geojson")))
    with Writer(mine) as writer:
        writer.save([], "边界.geojson", items=[own])
    outcome = merge_catalogue(mine, newer[0], "新版", follows=True)
    assert [(kept.kind, kept.key) for kept in outcome.kept] == [(ItemKind.SHAPE, towns[0])]
    with Writer(mine) as writer:
        assert writer.stored(ItemKind.SHAPE, towns[0]) == own.value


def test_a_cancelled_merge_changes_nothing(mine: Path, newer: tuple[Path, dict[str, str]]) -> None:
    before = mine.read_bytes()
    with pytest.raises(CancelledError):
        merge_catalogue(mine, newer[0], "新版", lambda: False)
    assert mine.read_bytes() == before


def test_what_a_person_linked_comes_along_and_is_named(tmp_path: Path) -> None:
    """A pack says so before it is taken in; an own decision here stays."""
    (tmp_path / "other").mkdir()
    mine, other = bundled_catalogue(tmp_path), bundled_catalogue(tmp_path / "other")
    CatalogueOverrides(other).save([Merge(("news-huocun", "news-shabu-plan"))])
    with Holdings(mine) as here, Holdings(other) as there:
        listed = compare_catalogues(here, there).entries
    assert [one.title for one in listed] == ["手工归并的项目"]
    merge_catalogue(mine, other, "pack")
    assert CatalogueOverrides(mine).load() == CatalogueOverrides(other).load()
    CatalogueOverrides(mine).save([])
    merge_catalogue(mine, other, "pack")
    assert CatalogueOverrides(mine).load() == ()
