"""Files dropped anywhere on the window are shown as understood; nothing is saved."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hpviewer.session.import_desk import ImportDesk
from tests.helpers.map_window import NO_GRAPHICS_CARD
from tests.helpers.whole_window import whole_window

pytestmark = pytest.mark.qt_log_ignore(NO_GRAPHICS_CARD)
NOTICE = """广州市黄埔区人民政府征收土地公告
穗埔府征〔2024〕12号
一、征收土地位置：黄埔区云埔街道刘村社区。
二、被征收土地总面积 3.2000 公顷。
广州市黄埔区人民政府
2024年5月20日
"""


def drop(on: QWidget, files: Sequence[Path]) -> bool:
    """Through Qt's own way from widget to parent, as from a file manager."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    data.setText("\n".join(map(str, files)))
    at, button, keys = QPointF(on.rect().center()), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    target: QWidget | None = on
    while target is not None:
        if target.acceptDrops():
            entered = QDragEnterEvent(at.toPoint(), Qt.DropAction.CopyAction, data, button, keys)
            entered.ignore()
            QApplication.sendEvent(target, entered)
            if entered.isAccepted():
                dropped = QDropEvent(at, Qt.DropAction.CopyAction, data, button, keys)
                QApplication.sendEvent(target, dropped)
                return dropped.isAccepted()
        if target.isWindow():
            return False
        target = target.parentWidget()
    return False


@pytest.mark.parametrize("where", ["map_panel", "search", "table"])
def test_dropped_on_the_main_view(qtbot: QtBot, tmp_path: Path, where: str) -> None:
    file = tmp_path / "n.txt"
    file.write_text(NOTICE, encoding="utf-8")
    with whole_window(qtbot, tmp_path) as whole:
        window = whole.desktop.window
        assert drop(getattr(window, where), [file])
        importing = whole.desktop.areas.importing
        qtbot.waitUntil(
            lambda: (
                importing.isVisible()
                and not whole.desktop.jobs.busy
                and bool(importing.files.list.model().rowCount())
            )
        )
        assert window.search.text() == ""
        assert not ImportDesk(whole.desktop.queries).batches(), "nothing is saved"


def test_a_data_pack_goes_where_packs_are(qtbot: QtBot, tmp_path: Path) -> None:
    file = tmp_path / "no.hppack"
    file.write_bytes(b"no pack")
    with whole_window(qtbot, tmp_path) as whole:
        assert drop(whole.desktop.window.map_panel, [file])
        assert whole.desktop.areas.packs.isVisible()
        whole.settle()
