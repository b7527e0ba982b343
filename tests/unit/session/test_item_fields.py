"""What a preview says of boundaries, project areas and policies: stored and new, value by value."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
import shapely.affinity

from hpviewer.places.place import PlaceCode
from hpviewer.records.change import ChangeKind
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.import_desk import ImportDesk
from hpviewer.session.import_preview import FilePreview, ImportKind, ItemPreview
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.policy_text import POLICY

LONGHU, HETANGXIA = PlaceCode("440112018"), PlaceCode("440112018211")
PROJECT = "广州市黄埔区（中新广州知识城）2023年度第九批次城镇建设用地"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[ImportDesk]:
    queries = CatalogueQueries(bundled_catalogue(tmp_path))
    yield ImportDesk(queries)
    queries.close()


def boundaries(desk: ImportDesk, folder: Path, *features: tuple[object, dict[str, object]]) -> FilePreview:
    path = folder / "shapes.geojson"
    made = [
        {"type": "Feature", "properties": names, "geometry": json.loads(shapely.to_geojson(shape))}
        for shape, names in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": made}), encoding="utf-8")
    (preview,) = desk.preview([path])
    assert preview.error is None, preview.error
    return preview


def policy(desk: ImportDesk, folder: Path, text: str) -> ItemPreview:
    path = folder / "policy.txt"
    path.write_text(text, encoding="utf-8")
    (preview,) = desk.preview([path], ImportKind.POLICIES)
    (item,) = preview.items
    return item


def values(item: ItemPreview) -> dict[str, tuple[object, object]]:
    return {field.field: (field.old, field.new) for field in item.fields}


def test_a_shape_says_how_it_was_matched_and_how_its_area_changes(desk: ImportDesk, tmp_path: Path) -> None:
    stored = shapely.from_wkb(desk._queries.reader().shapes()[HETANGXIA].wkb)
    smaller = shapely.affinity.scale(stored, 0.5, 0.5)
    (item,) = boundaries(desk, tmp_path, (smaller, {"村社区": "何棠下村"})).items
    found = values(item)
    assert (item.item.key, item.kind) == (HETANGXIA, ChangeKind.UPDATED)
    assert found["town"] == (LONGHU, LONGHU)
    old, new = found["area_ha"]
    assert isinstance(old, float)
    assert isinstance(new, float)
    assert new == pytest.approx(old / 4, rel=0.01)
    assert found["boundary_source"] == ("示意边界", "shapes.geojson")
    assert "何棠下村" in str(found["matched_by"][1])
    assert found["matched_by"][0] is None


def test_an_area_of_a_project_that_no_record_names_is_rejected_and_not_lost_silently(
    desk: ImportDesk, tmp_path: Path
) -> None:
    area = shapely.box(113.55, 23.36, 113.553, 23.363)
    preview = boundaries(
        desk, tmp_path, (area, {"项目名称": PROJECT}), (area.buffer(0.001), {"项目名称": "没有的项目"})
    )
    assert not preview.usable
    assert [(one.row, one.value) for one in preview.rejected] == [("2", "没有的项目")]
    (again,) = desk.compared([preview])
    assert again.rejected == preview.rejected, "compared anew, it is not said twice"
    (item,) = preview.items
    old, new = values(item)["area_ha"]
    assert item.title == PROJECT
    assert old is None, "until now only its communities were known"
    assert new == pytest.approx(10.19, abs=0.05)
    outcome = desk.save([preview], skip_rejected=True)
    desk.undo(outcome.batch)
    assert desk.batches()[0].undone


def test_a_new_policy_with_number_dates_clauses_and_status(desk: ImportDesk, tmp_path: Path) -> None:
    item = policy(desk, tmp_path, POLICY)
    found = {name: new for name, (_, new) in values(item).items()}
    assert item.title == "广州市黄埔区征收集体土地补偿安置办法"
    assert all(old is None for old, _ in values(item).values())
    assert (found["doc_number"], found["clauses"]) == ("穗埔府规〔2026〕9号", 3)
    assert (str(found["effective"]), str(found["expires"])) == ("2026-03-01", "2031-02-28")
    assert found["status"] in ("现行有效", "已过有效期")
    assert "other_clauses" not in found


def test_a_policy_that_changes_counts_the_clauses_with_other_words(desk: ImportDesk, tmp_path: Path) -> None:
    path = tmp_path / "first.txt"
    path.write_text(POLICY, encoding="utf-8")
    desk.save(desk.preview([path], ImportKind.POLICIES))
    item = policy(desk, tmp_path, POLICY.replace("可以在公告期内提出", "可以在公告期内书面提出"))
    assert item.kind is ChangeKind.UPDATED
    found = values(item)
    assert found["other_clauses"] == (None, 1)
    assert found["clauses"] == (3, 3)
    assert found["doc_number"][0] == found["doc_number"][1]
