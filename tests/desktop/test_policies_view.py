"""Policy questions: asked by keys on the bundled documents and on one that was brought in, read, copied, kept up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from PySide6.QtCore import QAbstractItemModel, QEvent, Qt
from PySide6.QtGui import QAction, QColor, QGuiApplication, QInputMethodEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hpviewer.desktop.policies.page_text import COPY_ANSWER, COPY_LINK, DOCUMENT
from hpviewer.desktop.policies.policy_view import PolicyView
from hpviewer.session.import_desk import ImportDesk
from hpviewer.session.import_preview import ImportKind
from hpviewer.session.policy_desk import PolicyDesk
from hpviewer.session.policy_questions import PolicyQuestions
from tests.helpers.village_desk import HETANGXIA
from tests.helpers.village_window import Room, village_room
from tests.helpers.whole_window import whole_window

KEY = Qt.Key
ON = dt.date(2026, 11, 24)
TITLE = "某某区征收集体土地补偿安置办法"
POLICY = f"""{TITLE}
穗埔府规〔2026〕9号
第一条 为规范本区征收集体土地的补偿安置工作，制定本办法。
第二条 被征收人对补偿安置方案有异议的，可以在公告之日起三十日内书面提出，由区规划和自然资源部门答复。
第三条 青苗补偿费按照<b>当季作物</b>产值计算，<img src="file:///etc/passwd">多年生作物按照评估价格计算。
第四条 临时安置补助费自房屋交付拆除之日起按月发放。
第五条 本办法自2026年3月1日起施行，有效期5年。
某某区人民政府
2026年2月10日
"""
ASSETS = "农村集体资产交易怎么管理"
ADDRESS = "http://www.gz.gov.cn/gfxwj/qjgfxwj/hpq/qf/content/post_7999920.html"


@pytest.fixture
def room(qtbot: QtBot, tmp_path: Path) -> Iterator[Room]:
    with village_room(qtbot, tmp_path) as made:
        made.today = ON
        yield made


def bring_in(room: Room, folder: Path, text: str = POLICY) -> str:
    """Through the import path; gives the batch."""
    file = folder / "policy.txt"
    file.write_text(text, encoding="utf-8")
    importing = ImportDesk(room.queries)
    saved = importing.save(importing.preview([file], ImportKind.POLICIES))
    room.session.reload("import")
    room.settle()
    return str(saved)


def shown(room: Room, size: tuple[int, int] = (1024, 700)) -> PolicyView:
    def make() -> PolicyView:
        questions = PolicyQuestions(PolicyDesk(room.queries.path), room.jobs, lambda: room.today)
        return PolicyView(questions, room.session, room.theme)

    return room.show(make, size)


def ask(room: Room, view: PolicyView, question: str) -> str:
    """Typed as an input method delivers it, and Enter; gives what is shown."""
    view.question.clear()
    event = QInputMethodEvent()
    event.setCommitString(question)
    QApplication.sendEvent(view.question, event)
    room.qtbot.keyClick(view.question, KEY.Key_Return)
    room.settle()
    return view.answers.toPlainText()


def follow(view: PolicyView, target: str) -> None:
    """Come to the link with Tab and press Enter on it."""
    view.answers.setFocus()
    for _ in range(60):
        if view.answers.textCursor().charFormat().anchorHref() == target:
            break
        QApplication.sendEvent(view.answers, _key_event(KEY.Key_Tab))
    assert view.answers.textCursor().charFormat().anchorHref() == target
    QApplication.sendEvent(view.answers, _key_event(KEY.Key_Return))


def _key_event(key: Qt.Key) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier)


def marked_words(view: PolicyView) -> set[str]:
    """Stretches with the colour of a mark behind them."""
    wanted, found = QColor(view.answers._theme.token("map_1")), set()
    block = view.answers.document().begin()
    while block.isValid():
        at = block.begin()
        while not at.atEnd():
            piece = at.fragment()
            if piece.charFormat().background().color() == wanted:
                found.add(piece.text())
            at += 1
        block = block.next()
    return found


def test_at_first_there_are_questions_that_can_be_answered(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    assert view.question.hasFocus()
    assert view.pages.currentWidget() is view.examples
    questions = [button.text() for button in view.examples.buttons]
    assert ASSETS in questions
    assert "对补偿安置方案有异议怎么办" not in questions  # no bundled document tells
    desk = PolicyDesk(room.queries.path)
    assert all(desk.ask(question, ON) for question in questions)
    button = view.examples.buttons[questions.index(ASSETS)]
    qtbot.waitUntil(button.isVisible)  # else Qt gives it the focus when it is shown, after the answer
    button.setFocus()
    qtbot.keyClick(button, KEY.Key_Space)
    room.settle()
    assert view.pages.currentWidget() is view.answers
    assert view.question.text() == ASSETS
    assert view.window().focusWidget() is view.question  # hasFocus() asks the screen, too


def test_a_bundled_document_is_cited_with_number_status_and_source(room: Room) -> None:
    view = shown(room)
    text = ask(room, view, ASSETS)
    for words in (
        "广州市黄埔区农村集体资产交易管理办法",
        "穗埔府规〔2021〕18号",
        "现行有效（2022-01-01 至 2026-12-31）",
        "政府网站",
        ADDRESS,
        "只收录了题录",
    ):
        assert words in text
    assert "不是法律意见" in view.caution.text()
    follow(view, f"{COPY_LINK}0")
    assert QGuiApplication.clipboard().text() == ADDRESS
    assert "已复制网址" in view.message.text()
    room.today = dt.date(2027, 1, 1)
    assert "已过有效期（2022-01-01 至 2026-12-31）" in ask(room, view, ASSETS)


def test_a_clause_is_cited_with_its_words_marked(room: Room, tmp_path: Path) -> None:
    view = shown(room)
    bring_in(room, tmp_path)
    text = ask(room, view, "青苗补偿费怎么计算")
    for words in (TITLE, "穗埔府规〔2026〕9号", "现行有效（2026-03-01 至 2031-02-28）", "条款：第三条"):
        assert words in text
    assert {"青苗补偿费", "计算"} <= marked_words(view)
    follow(view, f"{COPY_ANSWER}0")
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(TITLE)
    assert "第三条 青苗补偿费按照<b>当季作物</b>产值计算" in copied
    assert "已复制这条回答" in view.message.text()


def test_text_of_a_document_is_never_markup(room: Room, tmp_path: Path) -> None:
    view = shown(room)
    bring_in(room, tmp_path, POLICY.replace(TITLE, "某某区<b>征收土地</b>&lt;补偿安置办法"))
    assert "某某区<b>征收土地</b>&lt;补偿安置办法" in ask(room, view, "青苗补偿费怎么计算")
    assert '<img src="file:///etc/passwd">' in view.answers.toPlainText()
    assert view.policies.model.index(view.policies.model.rowCount() - 1, 0).data().count("<b>") == 1
    tip = view.policies.model.index(view.policies.model.rowCount() - 1, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert "<b>" not in str(tip)


def test_nothing_found_says_what_to_do_next(room: Room) -> None:
    view = shown(room)
    text = ask(room, view, "<b>天气</b>怎么样")
    assert "9 件政策文件里没有找到能回答“<b>天气</b>怎么样”的条款" in text
    assert "导入" in text
    assert not view.copy_button.isEnabled()
    asked: list[bool] = []
    view.import_requested.connect(lambda: asked.append(True))
    follow(view, "import:0")
    assert asked == [True]


def test_an_empty_question_shows_the_examples_again(room: Room) -> None:
    view = shown(room)
    ask(room, view, ASSETS)
    ask(room, view, "  ")
    assert view.pages.currentWidget() is view.examples
    assert not view.copy_button.isEnabled()


def test_the_list_shows_all_documents_and_their_clauses(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    view = shown(room)
    bring_in(room, tmp_path)
    model, chosen = view.policies.model, view.policies.view
    assert model.rowCount() == 10
    assert "10 件" in view.policies.title.text()
    words = str(model.index(9, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    assert words == f"{TITLE}，穗埔府规〔2026〕9号，现行有效（2026-03-01 至 2031-02-28），5 条"
    assert "只有题录" in str(model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    ask(room, view, ASSETS)
    chosen.setFocus(Qt.FocusReason.TabFocusReason)
    room.settle()
    assert ASSETS in view.answers.toPlainText()  # coming into the list changes nothing yet
    qtbot.keyClick(chosen, KEY.Key_Down)  # comes to the first
    qtbot.keyClick(chosen, KEY.Key_End)
    room.settle()
    text = view.answers.toPlainText()
    assert "条款（5 条）" in text
    assert text.index("第一条") < text.index("第四条 临时安置补助费") < text.index("第五条")
    follow(view, "back:0")
    room.settle()
    assert "最相符的在前" in view.answers.toPlainText()
    assert not chosen.currentIndex().isValid()


def test_from_an_answer_to_its_document(room: Room, qtbot: QtBot, tmp_path: Path) -> None:
    view = shown(room)
    bring_in(room, tmp_path)
    ask(room, view, "临时安置补助费什么时候发放")
    follow(view, f"{DOCUMENT}0")
    room.settle()
    assert "条款（5 条）" in view.answers.toPlainText()
    assert view.policies.view.currentIndex().data() == TITLE
    qtbot.mouseClick(view.copy_button, Qt.MouseButton.LeftButton)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(TITLE)
    assert "第五条" in copied
    assert "不是法律意见" in copied
    assert "已复制全部内容" in view.message.text()


def test_all_answers_are_copied_with_question_and_caution(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    ask(room, view, ASSETS)
    view.copy_button.setFocus()
    qtbot.keyClick(view.copy_button, KEY.Key_Space)
    copied = QGuiApplication.clipboard().text()
    assert copied.startswith(ASSETS)
    assert ADDRESS in copied
    assert "不是法律意见" in copied


def test_what_is_shown_follows_the_catalogue(room: Room, tmp_path: Path) -> None:
    view = shown(room)
    assert "没有找到" in ask(room, view, "青苗补偿费怎么计算")
    bring_in(room, tmp_path)
    room.qtbot.waitUntil(lambda: "第三条" in view.answers.toPlainText())
    follow(view, f"{DOCUMENT}0")
    room.settle()
    ImportDesk(room.queries).undo()
    room.session.reload("undo")
    room.qtbot.waitUntil(lambda: "没有找到" in view.answers.toPlainText())
    assert view.policies.model.rowCount() == 9


def test_hidden_it_reads_nothing_until_it_is_shown(room: Room, tmp_path: Path) -> None:
    view = shown(room)
    view.hide()
    bring_in(room, tmp_path)
    assert view.policies.model.rowCount() == 9
    view.show()
    room.qtbot.waitUntil(lambda: view.policies.model.rowCount() == 10)
    room.settle()


def test_a_question_asked_before_it_is_shown(room: Room) -> None:
    questions = PolicyQuestions(PolicyDesk(room.queries.path), room.jobs, lambda: ON)

    def make() -> PolicyView:
        view = PolicyView(questions, room.session, room.theme)
        view.ask("农村集体资产")
        return view

    view = room.show(make)
    assert "农村集体资产交易管理办法" in view.answers.toPlainText()
    assert view.pages.currentWidget() is view.answers


def test_tab_goes_in_reading_order_and_ctrl_l_back(room: Room, qtbot: QtBot) -> None:
    view = shown(room)
    ask(room, view, ASSETS)
    stops = []
    for _ in range(4):
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Tab)
        stops.append(QApplication.focusWidget())
    assert stops == [view.ask_button, view.copy_button, view.policies.view, view.policies.import_button]
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert view.question.hasFocus()
    for widget in (view.question, view.ask_button, view.copy_button, view.policies.view, view.answers):
        assert widget.accessibleName()


def test_the_model_is_sound(room: Room, qtmodeltester: ModelTester) -> None:
    model: QAbstractItemModel = shown(room).policies.model
    qtmodeltester.check(model)


def test_it_fits_at_its_smallest(room: Room) -> None:
    view = shown(room, (1024, 700))
    assert view.minimumSizeHint().width() <= 1024
    ask(room, view, ASSETS)
    assert view.answers.horizontalScrollBar().maximum() == 0
    view.answers.moveCursor(QTextCursor.MoveOperation.End)
    assert view.answers.textCursor().position() > 100


def test_from_the_menu_and_from_a_village_to_answers(qtbot: QtBot, tmp_path: Path) -> None:
    """The window as the program wires it: its menu entry, and the link beside a policy of the village page."""
    with whole_window(qtbot, tmp_path) as opened:
        areas, window = opened.desktop.areas, opened.desktop.window
        entry = next(one for one in window.findChildren(QAction) if one.text() == "政策问答")
        entry.trigger()
        view = areas.policies
        qtbot.waitUntil(lambda: view.policies.model.rowCount() == 9 and view.isVisible())
        areas.village.show_village(HETANGXIA)
        areas.show_village()
        page = areas.village.page
        qtbot.waitUntil(lambda: "查相关条款" in page.toPlainText(), timeout=10_000)
        cursor = page.document().find("查相关条款")
        href = cursor.charFormat().anchorHref()
        page.setFocus()
        for _ in range(80):
            QApplication.sendEvent(page, _key_event(KEY.Key_Tab))
            if page.textCursor().charFormat().anchorHref() == href:
                break
        QApplication.sendEvent(page, _key_event(KEY.Key_Return))
        qtbot.waitUntil(lambda: view.pages.currentWidget() is view.answers, timeout=10_000)
        assert href == "question:" + quote(view.question.text())
        assert view.answers.can_copy
        qtbot.waitUntil(lambda: not opened.desktop.jobs.busy)
