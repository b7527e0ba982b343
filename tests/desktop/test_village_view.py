"""My village: chosen by typing, by the list and from the map; read, enlarged, printed and handed over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QPoint, Qt
from PySide6.QtGui import QColor, QInputMethodEvent, QPixmap, QTextCursor, QTextDocument
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListView, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hpviewer.desktop.village.page_text import RECORD
from hpviewer.desktop.village.village_view import VillageView
from hpviewer.places.place import PlaceCode
from hpviewer.records.filter import RecordFilter
from tests.helpers.records_window import HOSTILE, TOWN, hostile_record
from tests.helpers.village_desk import HETANGXIA, plan
from tests.helpers.village_window import Room, village_room


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    with village_room(qtbot, tmp_path) as made:
        yield made


def shown(room: Room, clip: QPixmap | None = None) -> VillageView:
    grab = (lambda: clip) if clip is not None else None
    return room.show(
        lambda: VillageView(room.desk, room.session, room.theme, exports=room.exports, clip=grab)
    )


def wait_for(room: Room, view: VillageView, code: PlaceCode) -> None:
    room.qtbot.waitUntil(lambda: view.page.page is not None and view.page.page.place.code == code)
    room.settle()


def type_into(view: VillageView, text: str, qtbot: QtBot) -> None:
    """Chinese as an input method delivers it: QTest has no keys for it."""
    if text.isascii():
        qtbot.keyClicks(view.chooser.search, text)
    else:
        event = QInputMethodEvent()
        event.setCommitString(text)
        QApplication.sendEvent(view.chooser.search, event)


def clip() -> QPixmap:
    picture = QPixmap(400, 500)
    picture.fill(QColor("red"))
    return picture


def test_first_it_says_how_to_choose(room: Room) -> None:
    view = shown(room)
    assert "选一个社区" in view.page.toPlainText()
    assert view.chooser.model.rowCount() == 167
    assert not view.papers.isEnabled()
    assert view.chooser.search.hasFocus()


def test_the_model_is_sound(room: Room, qtmodeltester: ModelTester) -> None:
    model: QAbstractItemModel = shown(room).chooser.model
    qtmodeltester.check(model)


@pytest.mark.parametrize("typed", ["hetangxia", "htx", "何棠下"])
def test_typing_and_enter_show_the_village(room: Room, qtbot: QtBot, typed: str) -> None:
    view = shown(room)
    type_into(view, typed, qtbot)
    qtbot.keyClick(view.chooser.search, Qt.Key.Key_Return)
    wait_for(room, view, HETANGXIA)
    text = view.page.toPlainText()
    for words in ("何棠下村", "现在的情况", "2023-12-18", "还剩 47 天", "征收土地公告", "尚不清楚的"):
        assert words in text
    assert view.papers.isEnabled()
    assert room.session.filter == RecordFilter().at_place(HETANGXIA)


def test_typing_narrows_and_arrows_move(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    type_into(view, room.session.place(TOWN).name, qtbot)
    inside = len(room.session.communities_of(TOWN))
    qtbot.waitUntil(lambda: view.chooser.model.rowCount() == inside)
    qtbot.keyClick(view.chooser.search, Qt.Key.Key_Down)
    qtbot.keyClick(view.chooser.search, Qt.Key.Key_Down)
    wanted = PlaceCode(view.chooser.list.currentIndex().data(Qt.ItemDataRole.UserRole))
    assert view.chooser.list.currentIndex().row() == 1
    qtbot.keyClick(view.chooser.search, Qt.Key.Key_Return)
    wait_for(room, view, wanted)
    view.chooser.search.clear()
    qtbot.waitUntil(lambda: view.chooser.model.rowCount() == 167)


def test_nothing_found_says_what_to_do(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    qtbot.keyClicks(view.chooser.search, "qqqqq")
    qtbot.waitUntil(view.chooser.none.isVisible)
    assert "qqqqq" in view.chooser.none.text()
    qtbot.keyClick(view.chooser.search, Qt.Key.Key_Return)
    assert view.code is None


def test_a_click_in_the_list(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    chosen = view.chooser.list
    assert isinstance(chosen, QListView)
    at = chosen.visualRect(view.chooser.model.index(2, 0)).center()
    qtbot.mouseClick(chosen.viewport(), Qt.MouseButton.LeftButton, pos=at)
    wait_for(room, view, PlaceCode(view.chooser.model.index(2, 0).data(Qt.ItemDataRole.UserRole)))


def test_a_place_chosen_on_the_map_comes_here(room: Room) -> None:
    view = shown(room)
    room.session.select_place(HETANGXIA, "map")
    wait_for(room, view, HETANGXIA)
    assert view.chooser.list.currentIndex().data() == "何棠下村"
    room.session.select_place(TOWN, "map")
    wait_for(room, view, TOWN)


def test_chosen_while_hidden_it_is_there_when_shown(room: Room) -> None:
    view = shown(room)
    view.hide()
    room.session.select_place(HETANGXIA, "map")
    room.settle()
    assert view.page.page is None
    view.show()
    wait_for(room, view, HETANGXIA)


def test_a_link_selects_the_record_and_asks_to_show_it(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    view.show_village(HETANGXIA)
    wait_for(room, view, HETANGXIA)
    document = view.page.document()
    end = QTextCursor(document)
    end.movePosition(QTextCursor.MoveOperation.End)
    cursor = document.find("全面改造计划", end, QTextDocument.FindFlag.FindBackward)
    anchor = QTextCursor(cursor)
    anchor.setPosition(cursor.position())
    assert anchor.charFormat().anchorHref() == f"{RECORD}news-plan-2018"
    view.page.setTextCursor(anchor)
    view.page.ensureCursorVisible()
    at = view.page.cursorRect(anchor).center()
    with qtbot.waitSignal(view.record_requested) as caught:
        qtbot.mouseClick(view.page.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert caught.args == ["news-plan-2018"]
    room.settle()
    assert room.session.detail is not None
    assert room.session.detail.record.id == "news-plan-2018"


def test_links_are_followed_with_the_keyboard(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    view.show_village(HETANGXIA)
    wait_for(room, view, HETANGXIA)
    view.page.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(view.page, Qt.Key.Key_Tab)
    with qtbot.waitSignal(view.project_requested) as caught:
        qtbot.keyClick(view.page, Qt.Key.Key_Return)
    assert caught.args == ["hp-2023-33"]
    room.settle()


def test_large_print_doubles_list_buttons_and_page(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    view.show_village(HETANGXIA)
    wait_for(room, view, HETANGXIA)
    parts: list[QWidget] = [view.page, view.chooser.list, view.chooser.search, view.papers.pdf_button]
    before = [one.fontInfo().pointSizeF() for one in parts]
    qtbot.mouseClick(view.large, Qt.MouseButton.LeftButton)
    after = [one.fontInfo().pointSizeF() for one in parts]
    assert [round(b / a, 1) for a, b in zip(before, after, strict=True)] == [2.0] * len(parts)
    assert view.page.document().defaultFont().pointSizeF() == pytest.approx(before[0] * 2)
    assert view.page.horizontalScrollBar().maximum() == 0
    qtbot.keyClick(
        view.page, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert [one.fontInfo().pointSizeF() for one in parts] == before


def test_the_clip_of_the_map_is_on_the_page_of_its_place_only(room: Room) -> None:
    view = shown(room, clip())
    room.session.select_place(HETANGXIA, "map")
    wait_for(room, view, HETANGXIA)
    assert "data:image/png" in view.page.toHtml()
    assert view.page.toPlainText().count("现在的情况") == 1
    view.show_village(PlaceCode("440112006003"))  # the map still shows the other
    wait_for(room, view, PlaceCode("440112006003"))
    assert view.page.clip is None


def test_the_page_as_pdf(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    view = shown(room, clip())
    room.session.select_place(HETANGXIA, "map")
    wait_for(room, view, HETANGXIA)
    qtbot.mouseClick(view.papers.pdf_button, Qt.MouseButton.LeftButton)
    file = tmp_path / "page.pdf"
    room.save_as(view.window(), file)
    assert view.message.isVisible()
    assert str(file) in view.message.text()
    document = QPdfDocument()
    assert document.load(str(file)) == QPdfDocument.Error.None_
    assert 1 <= document.pageCount() <= 4
    document.close()


def test_a_file_that_cannot_be_written_is_a_sentence(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    view = shown(room)
    view.show_village(HETANGXIA)
    wait_for(room, view, HETANGXIA)
    page = view.page.page
    assert page is not None
    view.papers._pdf(view.papers._document(page), tmp_path / "missing" / "a.pdf", "title")
    assert "不能写入" in view.message.text()


@pytest.mark.parametrize("mask", [False, True])
def test_paper_is_masked_when_ticked(qtbot: QtBot, tmp_path: Path, mask: bool) -> None:
    mobile = "13812345678"
    private = plan(1, title=f"公告，联系{mobile}", towns=(TOWN,), communities=(HETANGXIA,))
    with village_room(qtbot, tmp_path, [private]) as room:
        view = shown(room)
        room.session.select_place(PlaceCode("440112006003"), "map")
        wait_for(room, view, PlaceCode("440112006003"))
        assert not view.papers.mask_box.isVisible(), "nothing to mask there"
        room.session.select_place(HETANGXIA, "map")
        wait_for(room, view, HETANGXIA)
        assert "手机号码" in view.papers.mask_box.toolTip()
        if mask:
            qtbot.mouseClick(view.papers.mask_box, Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
        _, slip, *_ = view.papers.slip_menu.actions()
        for name, make in (("page.pdf", view.papers.pdf_button.click), ("slip.pdf", slip.trigger)):
            make()
            room.save_as(view.window(), tmp_path / name)
            qtbot.waitUntil((tmp_path / name).is_file)
            document = QPdfDocument()
            assert document.load(str(tmp_path / name)) == QPdfDocument.Error.None_
            pages = range(document.pageCount())
            text = "".join(document.getAllText(page).text() for page in pages)
            document.close()
            assert (mobile in text, "138****5678" in text) == (not mask, mask), name
            assert ("已隐去" if mask else "按原样写入") in view.message.text()
        assert view.page.page is not None
        assert mobile in view.page.toPlainText(), "the screen shows the record as it is"


def test_the_slip_as_word_and_as_one_page_of_pdf(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    view = shown(room, clip())
    room.session.select_place(HETANGXIA, "map")
    wait_for(room, view, HETANGXIA)
    word, pdf, *_ = view.papers.slip_menu.actions()
    word.trigger()
    room.save_as(view.window(), tmp_path / "slip.docx")
    assert (tmp_path / "slip.docx").read_bytes().startswith(b"PK")
    pdf.trigger()
    room.save_as(view.window(), tmp_path / "slip.pdf")
    qtbot.waitUntil((tmp_path / "slip.pdf").is_file)
    document = QPdfDocument()
    assert document.load(str(tmp_path / "slip.pdf")) == QPdfDocument.Error.None_
    assert document.pageCount() == 1
    document.close()


def test_the_fullest_slip_still_is_one_page_of_pdf(qtbot: QtBot, tmp_path: Path) -> None:
    place = {"towns": (TOWN,), "communities": (HETANGXIA,)}
    many = [
        plan(
            at,
            title="很长的公告标题" * 8,
            project=f"很长的项目名称{at}号" * 4,
            doc_number="穗埔府征〔2023〕33号",
            source_name="很长的来源名称" * 6,
            **place,
        )
        for at in range(30)
    ]
    with village_room(qtbot, tmp_path, many) as room:
        view = shown(room, clip())
        room.session.select_place(HETANGXIA, "map")
        wait_for(room, view, HETANGXIA)
        view.papers.slip_menu.actions()[1].trigger()
        room.save_as(view.window(), tmp_path / "slip.pdf")
        qtbot.waitUntil((tmp_path / "slip.pdf").is_file)
        document = QPdfDocument()
        assert document.load(str(tmp_path / "slip.pdf")) == QPdfDocument.Error.None_
        assert document.pageCount() == 1
        document.close()


def test_print_previews_open_and_block_nothing(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    view.show_village(HETANGXIA)
    wait_for(room, view, HETANGXIA)
    qtbot.mouseClick(view.papers.print_button, Qt.MouseButton.LeftButton)
    view.papers.slip_menu.actions()[2].trigger()
    qtbot.waitUntil(lambda: len(view.findChildren(QPrintPreviewDialog)) == 2)
    for dialog in view.findChildren(QPrintPreviewDialog):
        assert not dialog.isModal()
        dialog.close()
    qtbot.waitUntil(lambda: not view.findChildren(QPrintPreviewDialog))


def test_every_control_has_a_name_and_takes_tab(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    view.show_village(HETANGXIA)
    wait_for(room, view, HETANGXIA)
    controls: list[QWidget] = [view.chooser.search, view.chooser.list, view.page, view.large]
    controls += [view.papers.print_button, view.papers.pdf_button, view.papers.slip_button]
    assert all(one.accessibleName() for one in controls)
    assert all(one.focusPolicy() & Qt.FocusPolicy.TabFocus for one in controls)
    for one in view.findChildren(QAbstractButton):
        if one.isVisible() and not isinstance(one.parent(), QLineEdit):
            assert one.accessibleName(), one


def test_the_page_follows_the_catalogue(room: Room) -> None:
    view = shown(room)
    view.show_village(HETANGXIA)
    wait_for(room, view, HETANGXIA)
    room.desk.split(["hp-2023-33"], lambda: None, lambda error: pytest.fail(str(error)))
    room.settle()
    first = view.page.page
    room.session.reload("import")
    room.settle()
    assert view.page.page is not first


def test_hostile_text_stays_text(qtbot: QtBot, tmp_path: Path) -> None:
    with village_room(qtbot, tmp_path, [hostile_record()], Qt.ColorScheme.Dark) as room:
        view = shown(room)
        view.show_village(TOWN)
        wait_for(room, view, TOWN)
        plain = view.page.toPlainText()
        assert HOSTILE in plain
        assert "<img" not in view.page.toHtml().lower().replace("&lt;img", "")
