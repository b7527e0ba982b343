"""Columns: the window's first and in its order, headings, choice, and values as text."""

from __future__ import annotations

import pytest

from hpviewer.errors import InputError
from hpviewer.exporting.record_fields import FIELDS, WINDOW_FIELDS, fields_named, text_of
from hpviewer.records.record import Record
from hpviewer.records.results import SortKey
from tests.helpers.export_details import detail

WINDOW = [
    SortKey.PUBLISHED,
    SortKey.KIND,
    SortKey.TITLE,
    SortKey.DOC_NUMBER,
    SortKey.COMMUNITIES,
    SortKey.AREA,
    SortKey.SOURCE,
]
"""As in hpviewer.desktop.records.record_columns, which needs Qt."""


def test_the_window_comes_first_in_its_order() -> None:
    assert [field.key for field in WINDOW_FIELDS] == [key.value for key in WINDOW]
    headings = [field.heading for field in WINDOW_FIELDS]
    assert headings == ["发布日期", "类别", "标题", "文号", "所属社区", "公顷", "来源"]


def test_every_field_of_a_record_has_a_column() -> None:
    assert {field.key for field in FIELDS} == set(Record.__dataclass_fields__)
    assert len({field.heading for field in FIELDS}) == len(FIELDS)


def test_towns_stand_in_where_no_community_is_named() -> None:
    by_key = {field.key: field for field in FIELDS}
    whole_town = detail(towns=("文冲街道", "南岗街道"))
    assert text_of(by_key["communities"].value(whole_town)) == "文冲街道、南岗街道"
    assert text_of(by_key["communities"].value(detail("文冲社区"))) == "文冲社区"
    assert text_of(by_key["towns"].value(detail("文冲社区"))) == "文冲街道"


def test_values_as_text() -> None:
    texts = {field.key: text_of(field.value(detail("文冲社区"))) for field in FIELDS}
    assert texts["published"] == "2023-09-28"
    assert texts["approved"] == "2023-09"
    assert texts["area_ha"] == "0.4976"
    assert texts["land_classes"] == "农用地0.0365（林地0.0365）；建设用地0.4611"
    assert texts["owners"] == "文冲第六股份经济合作社、文冲第七股份经济合作社"


def test_a_choice_by_key_or_heading_keeps_its_order() -> None:
    chosen = fields_named(["标题", "published", "title"])
    assert [field.key for field in chosen] == ["title", "published"]


@pytest.mark.parametrize(("keys", "named"), [(["标题", "颜色"], "颜色"), ([], "列")])
def test_a_wrong_choice_is_refused(keys: list[str], named: str) -> None:
    with pytest.raises(InputError, match=named) as refused:
        fields_named(keys)
    assert refused.value.next_step
