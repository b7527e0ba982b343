"""Boundaries, policies and reports brought in as items of a batch: seen before, saved whole, taken back whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
import shapely.affinity

from hpviewer.catalogue.check import check_catalogue
from hpviewer.catalogue.origin import read_origin
from hpviewer.places.place import PlaceCode
from hpviewer.records.change import ChangeKind
from hpviewer.records.filter import RecordFilter
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.import_desk import ImportDesk
from hpviewer.session.import_preview import ImportKind
from hpviewer.session.import_readers import BoundaryAnswers
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.policy_text import POLICY

CHANGGENG = PlaceCode("440112018213")
LONGHU = PlaceCode("440112018")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ImportDesk]:
    queries = CatalogueQueries(bundled_catalogue(tmp_path))
    yield ImportDesk(queries)
    queries.close()


def geojson(folder: Path, name: str, features: list[dict[str, object]]) -> Path:
    path = folder / name
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def feature(shape: object, **properties: object) -> dict[str, object]:
    return {"type": "Feature", "properties": properties, "geometry": json.loads(shapely.to_geojson(shape))}


def towns_file(desk: ImportDesk, folder: Path, factor: float = 0.999) -> Path:
    """Our own town shapes, a little smaller, as an office would deliver them."""
    reader = desk._queries.reader()
    features = []
    for code, shape in reader.shapes().items():
        if len(code) == 9:
            area = shapely.affinity.scale(shapely.from_wkb(shape.wkb), factor, factor)
            features.append(
                feature(area, code=code, 名称=reader.names.place(code).name, 审图号="粤AS(2026)001号")
            )
    return geojson(folder, "towns.geojson", features)


def content(desk: ImportDesk) -> object:
    reader = desk._queries.reader()
    return reader.map_layers(), reader.shapes(), reader.info()


def test_official_boundaries_replace_the_schematic_ones_and_can_be_taken_back(
    desk: ImportDesk, tmp_path: Path
) -> None:
    before = content(desk)
    (preview,) = desk.preview([towns_file(desk, tmp_path)])
    assert preview.error is None, preview.error
    assert preview.kind is ImportKind.BOUNDARIES
    assert preview.rejected == ()
    assert preview.count(ChangeKind.UPDATED) >= 17
    assert content(desk) == before, "a preview saves nothing"
    outcome = desk.save([preview])
    info = desk._queries.reader().info()
    assert (info.schematic, info.review_number) == (False, "粤AS(2026)001号")
    start = json.loads(desk._queries.reader().map_layer("start"))
    assert start["guessed"] == []
    assert len(start["towns"]) == 17
    assert all(not result.problems for result in check_catalogue(desk._queries.path))
    assert read_origin(desk._queries.path).changed
    desk.undo(outcome.batch)
    assert content(desk) == before
    assert desk.batches()[0].undone


def test_a_community_that_gets_a_position_puts_its_records_on_the_map(
    desk: ImportDesk, tmp_path: Path
) -> None:
    reader = desk._queries.reader()
    town = shapely.from_wkb(reader.shapes()[LONGHU].wkb)
    small = town.representative_point().buffer(0.004)
    unlocated = reader.count(RecordFilter(unlocated=True))
    cells = [feature(small, code=code) for code in (CHANGGENG, "440112018223")]
    cells[1]["geometry"] = json.loads(shapely.to_geojson(shapely.affinity.translate(small, 0.009, 0)))
    (preview,) = desk.preview([geojson(tmp_path, "cells.geojson", cells)])
    assert preview.error is None, preview.error
    assert preview.count(ChangeKind.ADDED) == 2
    desk.save([preview])
    reader = desk._queries.reader()
    assert reader.count(RecordFilter(unlocated=True)) == unlocated - 1
    assert CHANGGENG not in reader.unlocated_communities()
    layer = json.loads(reader.map_layer(f"communities/{LONGHU}"))
    assert CHANGGENG in {region["code"] for region in layer["communities"]}
    assert CHANGGENG not in json.loads(reader.map_layer("start"))["unplaced"][LONGHU]
    desk.undo()
    assert reader.count(RecordFilter(unlocated=True)) == unlocated


def test_a_file_without_its_coordinate_system_asks(desk: ImportDesk, tmp_path: Path) -> None:
    from pyproj import Transformer

    reader = desk._queries.reader()
    to_grid = Transformer.from_crs("EPSG:4326", "EPSG:4547", always_xy=True).transform
    features = [
        feature(shapely.transform(shapely.from_wkb(shape.wkb), to_grid, interleaved=False), code=code)
        for code, shape in reader.shapes().items()
        if len(code) == 9
    ]
    path = geojson(tmp_path, "grid.geojson", features)
    (preview,) = desk.preview([path])
    assert preview.error is not None
    assert "EPSG:4547" in preview.error.next_step
    (preview,) = desk.preview([path], answers=BoundaryAnswers(crs="EPSG:4547"))
    assert preview.error is None, preview.error
    assert preview.count(ChangeKind.UPDATED) >= 17


def test_a_policy_with_its_clauses(desk: ImportDesk, tmp_path: Path) -> None:
    path = tmp_path / "policy.txt"
    path.write_text(POLICY, encoding="utf-8")
    (preview,) = desk.preview([path], ImportKind.POLICIES)
    assert preview.error is None, preview.error
    assert preview.count(ChangeKind.ADDED) == 1
    outcome = desk.save([preview])
    assert desk._queries.reader().info().policies == 10
    (again,) = desk.preview([path], ImportKind.POLICIES)
    assert again.count(ChangeKind.UNCHANGED) == 1
    assert desk.save([again]).batch == 0
    desk.undo(outcome.batch)
    assert desk._queries.reader().info().policies == 9


def test_a_known_policy_is_recognised_by_its_number(desk: ImportDesk, tmp_path: Path) -> None:
    path = tmp_path / "policy.txt"
    text = POLICY.replace("穗埔府规〔2026〕9号", "穗埔府规〔2021〕18号")
    path.write_text(text, encoding="utf-8")
    (preview,) = desk.preview([path], ImportKind.POLICIES)
    assert preview.count(ChangeKind.UPDATED) == 1
    outcome = desk.save([preview])
    assert desk._queries.reader().info().policies == 9
    desk.undo(outcome.batch)
