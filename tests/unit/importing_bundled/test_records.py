from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from hpviewer.importing.bundled import Bundle, PlaceCodes
from hpviewer.importing.bundled.record_rows import COLUMNS, read_records
from hpviewer.importing.bundled.rows import RejectedRowsError
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.kind import Kind
from hpviewer.records.land_classes import total
from hpviewer.records.partial_date import PartialDate


def test_all_records_are_read(bundle: Bundle) -> None:
    assert len(bundle.records) == 25
    assert Counter(record.column for record in bundle.records) == {Column.LAND: 7, Column.RENEWAL: 18}
    assert Counter(record.source_kind for record in bundle.records) == {
        SourceKind.GOVERNMENT: 5,
        SourceKind.COPY: 2,
        SourceKind.PRESS: 18,
    }
    assert all(record.towns and record.communities and not record.flags for record in bundle.records)
    assert all(community[:9] in record.towns for record in bundle.records for community in record.communities)


@pytest.mark.parametrize(
    ("record_id", "hectares"),
    [
        ("hp-2023-33", 0.4976),
        ("gz-2015-499", 16.2062),
        ("gd-2019-02-7", 28.6452),
        ("gz-2007-41", 26.4064),
        ("gz-2006-1", 207.69),
    ],
)
def test_land_classes_add_up_to_the_area(bundle: Bundle, record_id: str, hectares: float) -> None:
    record = next(record for record in bundle.records if record.id == record_id)
    assert total(record.land_classes) == hectares
    assert record.area_ha == hectares


def test_a_record_in_full(bundle: Bundle) -> None:
    record = next(record for record in bundle.records if record.id == "hp-2023-33")
    assert record.kind is Kind.NOTICE
    assert record.doc_number == "穗埔府征〔2023〕33号"
    assert record.approval_number == "粤府土审(23)〔2023〕25号"
    assert record.published == PartialDate(2023, 9, 29)
    assert record.approved == PartialDate(2023, 9, 14)
    assert (record.notice_from, record.notice_to) == (PartialDate(2023, 10, 7), PartialDate(2023, 10, 18))
    assert record.towns == ("440112018",)
    assert record.owners == ("何棠下村经济联合社",)
    assert [part.name for part in record.land_classes[0].parts] == ["林地", "草地", "其他农用地"]


def test_what_was_not_seen_stays_empty(bundle: Bundle) -> None:
    by_id = {record.id: record for record in bundle.records}
    assert by_id["gz-2015-499"].published is None
    assert by_id["news-xinlong-resettle"].published is None
    assert by_id["news-xiangang-2017"].published == PartialDate(2017, 8)
    assert by_id["news-shabu-plan"].source_url == ""


def write(path: Path, **changes: str) -> str:
    """One row with a valid value in each required cell, but for the changes."""
    row = dict.fromkeys(COLUMNS, "") | {
        "id": "a", "column": "征地信息", "kind": "征地批复", "title": "题", "towns": "文冲街道",
        "communities": "文冲社区", "source_kind": "政府网站", "source_name": "区政府",
    } | changes  # fmt: skip
    return ",".join(f'"{cell}"' for cell in row.values())


def read(tmp_path: Path, codes: PlaceCodes, *lines: str) -> list[str]:
    path = tmp_path / "records.csv"
    path.write_text("\n".join([",".join(COLUMNS), *lines]), encoding="utf-8")
    return [record.id for record in read_records(path, codes)]


@pytest.mark.parametrize(
    ("field", "value", "part"),
    [
        ("title", "", "必须填写"),
        ("column", "征地", "城市更新"),
        ("kind", "动工", "城市更新"),
        ("published", "2023-13-01", "2025-09-28"),
        ("published", "2023年9月", "2025-09-28"),
        ("area_ha", "-1", "不小于零"),
        ("area_ha", "12亩", "不带单位"),
        ("area_ha", "nan", "不小于零"),
        ("land_classes", "林地1（草地", "看不懂"),
        ("towns", "九龙镇", "现行全称"),
        ("communities", "横沙社区", "所列街镇"),
        ("source_kind", "听说", "媒体报道"),
    ],
)
def test_a_bad_cell_is_named(tmp_path: Path, codes: PlaceCodes, field: str, value: str, part: str) -> None:
    with pytest.raises(RejectedRowsError) as caught:
        read(tmp_path, codes, write(tmp_path), write(tmp_path, id="b", **{field: value}))
    (rejection,) = caught.value.rejections
    assert (rejection.file, rejection.row, rejection.field, rejection.value) == (
        "records.csv",
        3,
        field,
        value,
    )
    assert part in rejection.problem


def test_every_bad_row_is_named_at_once(tmp_path: Path, codes: PlaceCodes) -> None:
    lines = [write(tmp_path), write(tmp_path, title=""), write(tmp_path), "只有一格"]
    with pytest.raises(RejectedRowsError) as caught:
        read(tmp_path, codes, *lines)
    assert [rejection.row for rejection in caught.value.rejections] == [3, 4, 5]
    assert "第 4 行" in str(caught.value)
    assert caught.value.next_step


def test_community_of_the_same_name_in_two_named_towns(tmp_path: Path, codes: PlaceCodes) -> None:
    assert read(tmp_path, codes, write(tmp_path, towns="夏港街道", communities="金碧社区")) == ["a"]
    with pytest.raises(RejectedRowsError, match="同名社区"):
        read(tmp_path, codes, write(tmp_path, towns="夏港街道、鱼珠街道", communities="金碧社区"))


def test_sums_that_do_not_add_up_are_flagged_and_kept(tmp_path: Path, codes: PlaceCodes) -> None:
    row = write(tmp_path, area_ha="3", land_classes="农用地1.0（林地0.4、园地0.5）；建设用地1.5")
    path = tmp_path / "records.csv"
    path.write_text(",".join(COLUMNS) + "\n" + row, encoding="utf-8")
    (record,) = read_records(path, codes)
    assert record.area_ha == 3
    assert len(record.flags) == 2
    assert "0.9" in record.flags[0]
    assert "2.5" in record.flags[1]
