"""Boundaries and policies of a file as rows of its preview."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import shapely
import shapely.affinity
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hpviewer.desktop.importing.changes_model import CHANGE_ROLE
from hpviewer.records.change import ChangeKind
from tests.helpers import boundary_files
from tests.helpers.importing_window import ImportingWindow, importing_window

# a list that opens; the offscreen platform says so each time
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard")
KEY = Qt.Key
POLICY = """广州市黄埔区征收集体土地补偿安置办法
穗埔府规〔2026〕9号
第一条 为规范本区征收集体土地的补偿安置工作，制定本办法。
第二条 本办法自2026年3月1日起施行，有效期5年。
广州市黄埔区人民政府
2026年2月10日
"""


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[ImportingWindow]:
    with importing_window(tmp_path) as made:
        qtbot.waitUntil(lambda: made.idle and made.view.isActiveWindow())
        yield made


def row_text(index: QModelIndex) -> list[str]:
    return [str(index.siblingAtColumn(column).data()) for column in range(3)]


def test_boundaries_are_listed_and_unfold_field_by_field(
    opened: ImportingWindow, qtbot: QtBot, qtmodeltester: ModelTester, tmp_path: Path
) -> None:
    geometry, columns = boundary_files.communities()
    smaller = shapely.affinity.scale(geometry[0], 0.5, 0.5)
    path = boundary_files.write_geojson(
        tmp_path / "cells.geojson",
        [smaller, *geometry[1:5]],
        {name: values[:5] for name, values in columns.items()},
    )
    opened.drop(path)
    qtbot.waitUntil(lambda: opened.idle and bool(opened.importing.list.files[0].preview))
    page = opened.view.files.plain
    tree, model = page.items, page.items.items
    qtbot.waitUntil(tree.isVisible)
    qtmodeltester.check(model)
    assert model.rowCount() == 5
    first = model.index(0, 0)
    assert first.data(CHANGE_ROLE) == ChangeKind.UPDATED
    name, kind, gist = row_text(first)
    assert str(columns["村社区"][0]) in name
    assert kind == "社区边界"
    assert "公顷" in gist

    assert not tree.isExpanded(first), "five are an overview first"
    tree.setFocus()
    tree.setCurrentIndex(first)
    qtbot.keyClick(tree, KEY.Key_Right)
    assert tree.isExpanded(first)
    lines = {text[0]: text[1:] for text in (row_text(model.index(at, 0, first)) for at in range(4))}
    assert set(lines) == {"所属街镇", "对应方式", "面积", "边界来源"}
    old, new = (float(text.split()[0].replace(",", "")) for text in lines["面积"])
    assert new == pytest.approx(old / 4, rel=0.01)
    assert lines["边界来源"] == ["示意边界", "cells.geojson"]


def test_a_policy_is_listed_unfolded(opened: ImportingWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "policy.txt"
    path.write_text(POLICY, encoding="utf-8")
    opened.drop(path)
    qtbot.waitUntil(lambda: opened.idle and bool(opened.importing.list.files[0].preview))
    opened.importing.list.say_kind([1], "policies", "test")
    page = opened.view.files.plain
    qtbot.waitUntil(page.items.isVisible)
    model = page.items.items
    head = model.index(0, 0)
    assert page.items.isExpanded(head)
    assert "穗埔府规〔2026〕9号" in row_text(head)[2]
    assert "2 条" in row_text(head)[2]
    lines = {
        text[0]: text[2]
        for text in (row_text(model.index(at, 0, head)) for at in range(model.rowCount(head)))
    }
    assert (lines["施行日期"], lines["有效期至"]) == ("2026-03-01", "2031-02-28")
    opened.importing.list.remove([1], "test")
    qtbot.waitUntil(lambda: not page.items.isVisible())
