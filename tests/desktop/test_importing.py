"""The import page with mouse and keyboard on a real catalogue: drop, preview, save, undo, restart, cancel."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hpviewer.desktop.elided_label import ElidedLabel
from hpviewer.desktop.importing.batch_panel import BATCH_ROLE
from hpviewer.desktop.importing.file_model import FILE_ROLE
from hpviewer.reports.form import ReportFormat
from hpviewer.session.import_events import ImportSaved, ImportUndone, WorkChanged
from tests.helpers import boundary_files
from tests.helpers.importing_window import LEDGER, NOTICE, ImportingWindow, importing_window, pick
from tests.helpers.report_documents import Written, as_pipes, consistent_cells

BUNDLED = 25
# a list that opens; the offscreen platform says so each time
pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support grabbing the keyboard")
LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key
POLICY = """广州市黄埔区旧村改造补偿指引
穗埔府规〔2023〕5号
第一条 为规范旧村改造补偿，制定本指引。
第二条 本指引适用于本区旧村改造项目。
第三条 本指引自2023年5月1日起施行，有效期五年。
广州市黄埔区人民政府
2023年4月20日
"""


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[ImportingWindow]:
    with importing_window(tmp_path) as made:
        qtbot.waitUntil(lambda: made.idle)
        yield made


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def notice(folder: Path, name: str = "n.txt", area: str = "3.0000") -> Path:
    return write(folder, name, NOTICE.format(area=area))


def drop(opened: ImportingWindow, qtbot: QtBot, *paths: Path) -> None:
    before = len(opened.importing.list.files)
    opened.drop(*paths)
    qtbot.waitUntil(lambda: len(opened.importing.list.files) > before and opened.idle)


def click(qtbot: QtBot, button: QWidget) -> None:
    assert button.isEnabled()
    qtbot.mouseClick(button, LEFT)


def save(opened: ImportingWindow, qtbot: QtBot) -> ImportSaved:
    told: list[ImportSaved] = []
    end = opened.importing.subscribe(ImportSaved, told.append)
    click(qtbot, opened.view.files.save)
    qtbot.waitUntil(lambda: bool(told) and opened.idle)
    end()
    return told[0]


def test_a_dropped_notice_is_previewed_saved_and_taken_back(
    opened: ImportingWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    view = opened.view
    assert view.files.previews.currentWidget() is view.files.plain
    assert not view.files.save.isEnabled()
    drop(opened, qtbot, notice(tmp_path))
    assert view.files.previews.currentWidget() is view.files.notice
    assert view.files.notice.text.toPlainText() == NOTICE.format(area="3.0000").strip()
    assert view.files.notice.fields.editors["doc_number"].text == "穗埔府征〔2024〕12号"
    assert opened.records == BUNDLED
    saved = save(opened, qtbot)
    assert (saved.batch, saved.added) == (1, 1)
    assert opened.records == BUNDLED + 1
    assert view.result.isVisible()
    assert "1" in view.result.text.text()
    assert opened.session.results is not None
    assert opened.session.results.total == BUNDLED + 1, "the main window reads anew"
    click(qtbot, view.result.undo)
    qtbot.waitUntil(lambda: opened.importing.batches[0].undone != "" and opened.idle)
    assert opened.records == BUNDLED


def test_undo_after_a_restart_asks_once_more_in_place(qtbot: QtBot, tmp_path: Path) -> None:
    with importing_window(tmp_path) as first:
        qtbot.waitUntil(lambda: first.idle)
        drop(first, qtbot, notice(tmp_path))
        save(first, qtbot)
    with importing_window(tmp_path, catalogue=first.catalogue) as again:
        qtbot.waitUntil(lambda: again.idle)
        view, panel = again.view, again.view.batches
        tab = view.tabs.tabBar().tabRect(1).center()
        qtbot.mouseClick(view.tabs.tabBar(), LEFT, pos=tab)
        qtbot.waitUntil(lambda: panel.changes.changes.rowCount() == 1)
        assert panel.current is not None
        assert panel.current.source == "n.txt"
        click(qtbot, panel.undo)
        assert panel.question.isVisible()
        assert panel.keep.hasFocus(), "Enter alone takes nothing back"
        qtbot.keyClick(panel.keep, KEY.Key_Space)
        assert not panel.question.isVisible()
        assert again.records == BUNDLED + 1
        click(qtbot, panel.undo)
        told: list[ImportUndone] = []
        again.importing.subscribe(ImportUndone, told.append)
        click(qtbot, panel.confirm)
        qtbot.waitUntil(lambda: bool(told) and again.idle)
        assert again.records == BUNDLED
        assert not panel.undo.isEnabled(), "it is taken back already"


def test_many_files_and_a_wrong_one(opened: ImportingWindow, qtbot: QtBot, tmp_path: Path) -> None:
    paths = []
    for number in range(30):
        text = NOTICE.format(area="3.0000").replace("12号", f"{number + 100}号")
        paths.append(
            write(tmp_path, f"{number}.txt", text.replace("征收土地公告", f"第{number}批征收土地公告", 1))
        )
    wrong = write(tmp_path, "letter.txt", "亲爱的同事：今天下午三点开会，请准时参加。")
    drop(opened, qtbot, *paths, wrong, write(tmp_path, "x.exe", "MZ"))
    view = opened.view
    assert view.files.list.files.rowCount() == 32
    key = next(file.key for file in opened.importing.list.files if file.name == "letter.txt")
    row = view.files.list.files.row_of(key)
    view.files.list.scrollTo(view.files.list.files.index(row))
    qtbot.mouseClick(
        view.files.list.viewport(),
        LEFT,
        pos=view.files.list.visualRect(view.files.list.files.index(row)).center(),
    )
    assert view.files.previews.currentWidget() is view.files.plain
    assert view.files.plain.title.text() == "letter.txt"
    assert view.files.plain.next.text()
    saved = save(opened, qtbot)
    assert (saved.added, saved.left_out) == (30, 2)
    assert opened.records == BUNDLED + 30
    assert [file.name for file in opened.importing.list.files] == ["letter.txt", "x.exe"]


def test_cancel_in_the_middle_saves_nothing(opened: ImportingWindow, qtbot: QtBot, tmp_path: Path) -> None:
    text = LEDGER.splitlines()[0] + "\n"
    rows = "".join(
        f"地块{number}征收土地公告,征收土地公告,2024-03-01,云埔街道,刘村社区,1.5\n"
        for number in range(20_000)
    )
    path = write(tmp_path, "big.csv", text + rows)
    ended: list[WorkChanged] = []
    opened.importing.subscribe(WorkChanged, lambda event: ended.append(event))
    opened.drop(path)
    qtbot.waitUntil(lambda: opened.view.files.cancel.isVisible())
    click(qtbot, opened.view.files.cancel)
    qtbot.waitUntil(lambda: bool(ended) and ended[-1].work is None, timeout=20_000)
    assert ended[-1].cancelled
    assert opened.view.files.list.files.rowCount() == 0
    assert opened.view.result.isVisible()
    assert opened.records == BUNDLED
    assert not opened.view.files.cancel.isVisible()


def test_cancelling_the_saving_leaves_the_catalogue_as_it_was(
    opened: ImportingWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    rows = "".join(
        f"地块{number}征收土地公告,征收土地公告,2024-03-01,云埔街道,刘村社区,1.5\n" for number in range(3000)
    )
    drop(opened, qtbot, write(tmp_path, "big.csv", LEDGER.splitlines()[0] + "\n" + rows))
    ended: list[WorkChanged] = []
    opened.importing.subscribe(WorkChanged, lambda event: ended.append(event))
    click(qtbot, opened.view.files.save)
    click(qtbot, opened.view.files.cancel)
    qtbot.waitUntil(lambda: bool(ended) and ended[-1].work is None, timeout=20_000)
    assert ended[-1].cancelled
    assert opened.records == BUNDLED
    assert opened.importing.batches == ()
    assert opened.view.files.save.isEnabled(), "it can still be saved"


def test_text_is_pasted_and_files_too(opened: ImportingWindow, qtbot: QtBot, tmp_path: Path) -> None:
    board = QGuiApplication.clipboard()
    board.setText(NOTICE.format(area="3.0000"))
    opened.view.files.list.setFocus()
    qtbot.keyClick(
        opened.view, KEY.Key_V, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    qtbot.waitUntil(lambda: len(opened.importing.list.files) == 1 and opened.idle)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(notice(tmp_path, "copied.txt")))])
    board.setMimeData(data)
    click(qtbot, opened.view.files.paste)
    qtbot.waitUntil(lambda: len(opened.importing.list.files) == 2 and opened.idle)
    assert opened.importing.list.files[1].name == "copied.txt"
    board.setText("  ")
    click(qtbot, opened.view.files.paste)
    assert opened.view.result.isVisible()
    assert len(opened.importing.list.files) == 2


def test_files_are_chosen_and_taken_off_the_list(
    opened: ImportingWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    opened.chosen = [notice(tmp_path), notice(tmp_path, "other.txt", "4.0")]
    click(qtbot, opened.view.files.open)
    qtbot.waitUntil(lambda: len(opened.importing.list.files) == 2 and opened.idle)
    view = opened.view.files.list
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(view.files.index(0)).center())
    qtbot.keyClick(view, KEY.Key_Delete)
    assert [file.name for file in opened.importing.list.files] == ["other.txt"]
    assert opened.view.files.notice.fields.editors["area_ha"].text == "4", "the next one is shown"


def test_an_annual_report_says_where_it_is_opened(
    opened: ImportingWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    cells = consistent_cells(ReportFormat.UNIFORM, {("granted", "natural"): 7}, {}, [1] * 12)
    text = as_pipes(Written({name: str(count) for name, count in cells.items()}, year=2024))
    drop(opened, qtbot, write(tmp_path, "r.txt", text))
    assert opened.view.files.previews.currentWidget() is opened.view.files.plain
    assert "2024" in opened.view.files.plain.text.text()
    with qtbot.waitSignal(opened.view.report_saved) as told:
        click(qtbot, opened.view.files.save)
    assert told.args == [2024]
    qtbot.waitUntil(lambda: opened.idle)
    click(qtbot, opened.view.result.undo)
    qtbot.waitUntil(lambda: opened.importing.batches[0].undone != "" and opened.idle)


def test_models_keep_qt_s_rules(
    opened: ImportingWindow, qtbot: QtBot, qtmodeltester: ModelTester, tmp_path: Path
) -> None:
    drop(opened, qtbot, notice(tmp_path), write(tmp_path, "l.csv", LEDGER))
    view = opened.view
    opened.importing.list.want_good_rows(opened.importing.list.files[1].key, True, "test")
    view.files.list.choose(opened.importing.list.files[1].key)
    for model in (
        view.files.list.files,
        view.files.ledger.changes.changes,
        view.files.ledger.rejected.rejected,
    ):
        assert model.rowCount()
        qtmodeltester.check(model)
    save(opened, qtbot)
    assert view.batches.batches.index(0).data(BATCH_ROLE).number == 1
    qtmodeltester.check(view.batches.batches)
    assert view.files.list.files.index(0).data(FILE_ROLE) is None


def cut_texts(view: QWidget) -> list[str]:
    found = []
    for widget in view.findChildren(QWidget):
        if not isinstance(widget, QAbstractButton | QLabel) or not widget.isVisible() or not widget.text():
            continue
        at = widget.mapTo(view, QPoint(0, 0)).x()
        if isinstance(widget, ElidedLabel) or (isinstance(widget, QLabel) and widget.wordWrap()):
            fits = at + widget.width() <= view.width()
        else:
            fits = widget.width() >= widget.sizeHint().width() and at + widget.width() <= view.width()
        if not fits:
            found.append(f"{type(widget).__name__} {widget.text()}")
    return found


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_everything_fits_and_has_a_name(qtbot: QtBot, tmp_path: Path, scheme: Qt.ColorScheme) -> None:
    with importing_window(tmp_path, scheme=scheme, size=(1024, 620)) as opened:
        qtbot.waitUntil(lambda: opened.idle)
        rows = LEDGER.splitlines(keepends=True)
        odd = [
            rows[1].replace("征收土地公告,", f"某类{number},", 1).replace("甲", str(number))
            for number in range(80)
        ]
        drop(
            opened,
            qtbot,
            notice(tmp_path, area="3.2"),
            write(tmp_path, "l.csv", LEDGER),
            write(tmp_path, "many.csv", "".join([rows[0], *odd])),
        )
        view = opened.view
        assert view.minimumSizeHint().width() <= 1024
        assert view.minimumSizeHint().height() <= 620
        for page in range(view.tabs.count()):
            view.tabs.setCurrentIndex(page)
            for file in opened.importing.list.files if page == 0 else (None,):
                if file is not None:
                    view.files.list.choose(file.key)
                qtbot.waitUntil(lambda: not cut_texts(view))
        unnamed = [
            f"{type(widget).__name__} {widget.objectName()}"
            for widget in view.findChildren(QWidget)
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not widget.accessibleName()
            and not (isinstance(widget, QAbstractButton) and widget.text())
            and type(widget).__name__ not in ("QTabBar", "QScrollArea", "QSplitter", "QStackedWidget")
            and not widget.objectName().startswith("qt_")
        ]
        assert unnamed == []


def test_a_boundary_file_asks_for_its_coordinate_system(
    opened: ImportingWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    geometry, columns = boundary_files.towns()
    folder = tmp_path / "shp"
    folder.mkdir()
    parts = boundary_files.shapefile(folder, boundary_files.projected(geometry, "EPSG:4547"), columns, None)
    drop(opened, qtbot, *parts)
    assert [file.name for file in opened.importing.list.files] == ["layer.shp"], "its parts belong to it"
    page = opened.view.files.plain
    assert page.questions.isVisible()
    pick(qtbot, page.crs, "EPSG:4547")
    qtbot.waitUntil(lambda: opened.idle and opened.importing.list.files[0].figures.updated == 17)
    saved = save(opened, qtbot)
    assert saved.updated == 17
    click(qtbot, opened.view.result.undo)
    qtbot.waitUntil(lambda: opened.importing.batches[0].undone != "" and opened.idle)


def test_a_file_is_taken_for_what_one_says_it_is(
    opened: ImportingWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    drop(opened, qtbot, write(tmp_path, "p.txt", POLICY))
    pick(qtbot, opened.view.files.kind, "policies")
    qtbot.waitUntil(lambda: opened.idle and opened.importing.list.files[0].preview is not None)
    assert opened.importing.list.files[0].savable
    assert save(opened, qtbot).added == 1
