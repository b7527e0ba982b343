"""The import page on a real catalogue, in a window of its own, as the record keeper has it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from hpviewer.desktop.importing.import_view import ImportView
from hpviewer.desktop.importing.quiet_combo import QuietCombo
from hpviewer.desktop.jobs import JobRunner
from hpviewer.desktop.theme import Theme
from hpviewer.records.filter import RecordFilter
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.import_desk import ImportDesk
from hpviewer.session.import_session import ImportSession
from hpviewer.session.mapping_memory import MappingMemory
from hpviewer.session.session import Session
from tests.helpers.catalogue import bundled_catalogue

NOTICE = """广州市黄埔区人民政府征收土地公告
穗埔府征〔2024〕12号
现将经依法批准的征收土地有关事项公告如下：
一、批准机关：广东省人民政府，批准文号：粤府土审（02）〔2024〕88号，批准时间：2024年5月6日。
二、征收土地位置：黄埔区云埔街道刘村社区，东至科学大道，南至护林路，西至开创大道，北至云埔一路。
三、被征收土地的所有权人及面积：刘村社区经济联合社，总面积 {area} 公顷，其中农用地2.0000公顷、建设用地1.0000公顷。
四、公告期限：2024年5月20日至2024年6月3日。
联系人：陈工，联系电话：020-82110000。
广州市黄埔区人民政府
2024年5月20日
"""
LEDGER = """标题,类别,发布日期,所属街镇,所属社区,面积(公顷)
云埔街道甲地块征收土地公告,征收土地公告,2024-03-01,云埔街道,刘村社区,1.5
云埔街道乙地块征收土地公告,征收土地公告,2024-03-02,云埔街道,刘村社区,0.8
没有这个街道的公告,征收土地公告,2024-13-02,无此街道,,abc
"""


class ImportingWindow:
    """``chosen`` answers the file dialog, ``target`` the one for saving."""

    def __init__(self, catalogue: Path, config: Path, theme: Theme) -> None:
        self.catalogue, self.theme = catalogue, theme
        self.jobs = JobRunner()
        self.queries = CatalogueQueries(catalogue)
        self.session = Session(self.queries, self.jobs)
        self.desk = ImportDesk(self.queries)
        self.importing = ImportSession(
            self.desk, self.queries, self.jobs, self.session.reload, MappingMemory(config / "mappings.json")
        )
        self.chosen: list[Path] = []
        self.target: Path | None = None
        self.view = ImportView(
            self.importing,
            self.session,
            theme,
            asks=(lambda _: self.chosen, lambda _, proposed: self.target),
        )

    @property
    def idle(self) -> bool:
        """Nothing is under way and the catalogue's places are known."""
        return self.session.info is not None and self.importing.work is None and not self.jobs.busy

    @property
    def records(self) -> int:
        from hpviewer.catalogue.reader import Reader

        reader = Reader(self.catalogue)
        try:
            return reader.count(RecordFilter())
        finally:
            reader.close()

    def drop(self, *paths: Path) -> None:
        """As the desktop delivers a drop: enter, then drop, on the middle of the page."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        at = QPoint(self.view.width() // 2, self.view.height() // 2)
        copy, left, plain = (
            Qt.DropAction.CopyAction,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        enter = QDragEnterEvent(at, copy, data, left, plain)
        QApplication.sendEvent(self.view, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(self.view, QDropEvent(QPointF(at), copy, data, left, plain))


def pick(qtbot: QtBot, combo: QuietCombo, code: str) -> None:
    """Open the list with the arrow key, go to the entry by arrows, take it with Enter."""
    combo.setFocus()
    qtbot.keyClick(combo, Qt.Key.Key_Down)
    view = combo.view()
    qtbot.waitUntil(view.isVisible)
    wanted = combo.findData(code)
    assert wanted >= 0
    while view.currentIndex().row() != wanted:
        step = Qt.Key.Key_Down if view.currentIndex().row() < wanted else Qt.Key.Key_Up
        qtbot.keyClick(view, step)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not view.isVisible())
    combo.window().activateWindow()  # the offscreen platform does not give it back by itself
    qtbot.waitUntil(combo.window().isActiveWindow)


@contextmanager
def importing_window(
    folder: Path,
    *,
    catalogue: Path | None = None,
    scheme: Qt.ColorScheme = Qt.ColorScheme.Light,
    size: tuple[int, int] = (1024, 640),
    prepare: Callable[[ImportingWindow], None] = lambda _: None,
) -> Iterator[ImportingWindow]:
    """Shown and with its catalogue being opened; wait until ``idle``. ``catalogue``: one that is there already."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    theme = Theme(app, scheme)
    made = ImportingWindow(catalogue or bundled_catalogue(folder), folder / "config", theme)
    prepare(made)
    made.view.resize(*size)
    made.view.show()
    made.view.activateWindow()
    made.session.open()
    try:
        yield made
    finally:
        made.view.close()
        made.jobs.close()
        made.queries.close()
        delete(made.view)  # at once: at the end of the last test no event loop is left for a deleteLater
        delete(theme)
