"""The area of the annual report: real widgets on a real catalogue, driven with mouse and keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QModelIndex, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QFileDialog,
    QWidget,
)
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from hpviewer.desktop.reports.bringing_in import file_name
from hpviewer.desktop.reports.form_model import FormRole
from hpviewer.desktop.reports.form_table import FormTable
from hpviewer.desktop.reports.reports_view import ReportsView
from hpviewer.importing.annual_report import read_report
from hpviewer.records.filter import RecordFilter
from hpviewer.reports.finding import Finding, Severity
from hpviewer.reports.form import ReportFormat, cell_names
from hpviewer.reports.report import Report
from hpviewer.reports.shipped import shipped_year
from tests.helpers.report_documents import Written, as_html, as_tabs, write_docx
from tests.helpers.reports_window import ReportsWindow, reports_window

LEFT = Qt.MouseButton.LeftButton
SENTENCE = "全年举行新闻发布会51场，网站访问量超1960万次。为群众提供近100个项目的征拆旧改信息。"


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[ReportsWindow]:
    with reports_window(tmp_path) as made:
        qtbot.waitUntil(lambda: made.loaded)
        yield made


def document(**changed: str) -> Written:
    """The figures of 2023 in a document of ours; ``changed`` by cell name with _ for ``.``"""
    report = shipped_year(2023)
    assert isinstance(report, Report)
    texts = {name: cell.written for name, cell in report.known_cells().items()}
    names = {name.replace(".", "_"): name for name in texts}
    return Written(texts | {names[key]: text for key, text in changed.items()}, narrative=SENTENCE)


def open_wrong(made: ReportsWindow, qtbot: QtBot, folder: Path) -> None:
    """A report with one applicant too many among those granted."""
    file = write_docx(document(t3_granted_natural="459"), folder / "wrong.docx")
    drop(made.view, file_data(file))
    qtbot.waitUntil(lambda: made.desk.sheet is not None and made.desk.sheet.source == "wrong.docx")
    qtbot.waitUntil(lambda: not made.jobs.busy)


def file_data(file: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    return data


def drop(view: ReportsView, data: QMimeData) -> None:
    """What a window system sends when something is let fall on the view."""
    where = QPoint(400, 300)
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(where, Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(view, enter)
    assert enter.isAccepted()
    fall = QDropEvent(QPointF(where), Qt.DropAction.CopyAction, data, buttons, keys, QEvent.Type.Drop)
    QApplication.sendEvent(view, fall)
    assert fall.isAccepted()


def click_item(qtbot: QtBot, view: QAbstractItemView, index: QModelIndex) -> None:
    assert index.isValid()
    view.scrollTo(index)
    place = view.visualRect(index)
    qtbot.mouseClick(view.viewport(), LEFT, pos=QPoint(place.left() + 20, place.top() + 12))


def click_cell(qtbot: QtBot, table: FormTable, name: str) -> None:
    table.go_to(name)
    place = table.visualRect(table.form.place_of(name))
    qtbot.mouseClick(table.viewport(), LEFT, pos=place.center())


def finding_index(made: ReportsWindow, rule: str) -> QModelIndex:
    model = made.view.findings.findings
    for group in range(model.rowCount()):
        head = model.index(group, 0)
        for row in range(model.rowCount(head)):
            index = model.index(row, 0, head)
            found = model.finding(index)
            assert found is not None
            if found[0].rule == rule:
                return index
    return QModelIndex()


def in_view(table: FormTable, name: str) -> bool:
    place = table.visualRect(table.form.place_of(name))
    return table.isVisible() and table.viewport().rect().contains(place.center())


def texts_of(model: QAbstractItemView) -> list[str]:
    inside = model.model()
    return [str(inside.index(row, 0).data()) for row in range(inside.rowCount())]


def test_the_newest_year_is_shown_as_the_form(opened: ReportsWindow) -> None:
    view = opened.view
    assert "2023" in view.header.title.text()
    assert [text[:4] for text in texts_of(view.chooser.years)] == ["2023", "2022", "2021", "2020"]
    table = view.tables["t3"]
    assert table.form.place_of("t3.new.natural").data() == "1,621"
    head = table.head
    assert head is not None
    assert (head.rowSpan(0, 0), head.columnSpan(0, 0)) == (3, 3)
    assert "勾稽" in str(table.form.index(0, 0).data())
    assert head.columnSpan(0, 3) == 7
    assert table.rowSpan(5, 0) == 22  # three, the results
    assert view.tabs.tabText(0) == "表二（1）"
    assert view.tabs.tabText(1) == "表三"


def test_failing_cells_carry_colour_and_icon(opened: ReportsWindow) -> None:
    place = opened.view.tables["t2"].form.place_of("t2.documents.in_force")
    mark = place.data(FormRole.MARK)
    assert (mark.severity, mark.icon_name) == (Severity.QUESTION, "help")
    assert "请核实" in str(place.data(Qt.ItemDataRole.AccessibleTextRole))
    assert opened.view.tables["t2"].form.place_of("t2.rules.made").data(FormRole.MARK).icon_name == ""


def test_a_click_on_a_finding_lights_its_cells_and_shows_them(
    opened: ReportsWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    open_wrong(opened, qtbot, tmp_path)
    view = opened.view
    view.tabs.setCurrentWidget(view.figures)
    click_item(qtbot, view.findings.tree, finding_index(opened, "T3-RESULT"))
    assert len(view.lit) == 22
    assert {name.rsplit(".", 1)[1] for name in view.lit} == {"natural"}
    assert view.tabs.currentWidget() is view.tables["t3"]
    assert in_view(view.tables["t3"], "t3.granted.natural")
    click_item(qtbot, view.findings.tree, finding_index(opened, "T2-STOCK"))
    assert view.tabs.currentWidget() is view.tables["t2"]
    assert view.lit == {"t2.documents.made", "t2.documents.abolished", "t2.documents.in_force"}
    qtbot.keyClick(view.findings.tree, Qt.Key.Key_Escape)
    assert view.lit == frozenset()


def test_the_cell_that_explains_all_stands_out(opened: ReportsWindow, qtbot: QtBot, tmp_path: Path) -> None:
    open_wrong(opened, qtbot, tmp_path)
    form = opened.view.tables["t3"].form
    assert form.place_of("t3.granted.natural").data(FormRole.MARK).icon_name == "warning"
    beside = form.place_of("t3.granted.total").data(FormRole.MARK)
    assert (beside.explained, beside.icon_name) == (True, "")
    assert "449" in str(finding_index(opened, "T3-ROW").data())


def test_a_click_on_a_cell_lists_its_equations_and_theirs_lights(opened: ReportsWindow, qtbot: QtBot) -> None:
    view = opened.view
    view.tabs.setCurrentWidget(view.tables["t3"])
    click_cell(qtbot, view.tables["t3"], "t3.carried_out.total")
    assert "结转下年度·总计" in view.equations.title.text()
    lines = texts_of(view.equations.list)
    assert len(lines) == 2
    assert "1,706" in lines[0]
    click_item(qtbot, view.equations.list, view.equations.equations.index(0, 0))
    assert view.lit == {f"t3.{row}.total" for row in ("new", "carried_in", "total", "carried_out")}
    click_cell(qtbot, view.tables["t3"], "t3.carried_out.natural")
    assert view.lit == frozenset()
    view.tables["t3"].scrollToTop()
    label = view.tables["t3"].visualRect(view.tables["t3"].form.index(3, 0)).center()
    qtbot.mouseClick(view.tables["t3"].viewport(), LEFT, pos=label)
    assert texts_of(view.equations.list) == []


def test_arrow_keys_walk_the_cells(opened: ReportsWindow, qtbot: QtBot) -> None:
    view = opened.view
    table = view.tables["t3"]
    view.tabs.setCurrentWidget(table)
    click_cell(qtbot, table, "t3.new.natural")
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert "本年新收·商业企业" in view.equations.title.text()
    qtbot.keyClick(table, Qt.Key.Key_Down)
    assert "上年结转·商业企业" in view.equations.title.text()
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "1"


def test_the_head_of_the_long_table_stays(opened: ReportsWindow) -> None:
    table = opened.view.tables["t3"]
    opened.view.tabs.setCurrentWidget(table)
    assert table.head is not None
    table.go_to("t3.carried_out.total")
    assert in_view(table, "t3.carried_out.total")
    assert table.verticalScrollBar().value() > 0
    assert table.head.height() == sum(table.head.rowHeight(row) for row in range(3)) > 60
    corner = table.head.mapTo(table, QPoint(0, 0))
    assert corner.y() <= table.frameWidth()
    below = table.viewport().mapTo(table, QPoint(0, 0)).y()
    assert below >= corner.y() + table.head.height()
    total = table.form.place_of("t3.new.total").column()
    assert table.head.columnViewportPosition(total) == table.columnViewportPosition(total)
    opened.view.resize(1100, 768)
    assert table.head.width() == table.viewport().width()
    assert table.head.grab().toImage() == table.grab(table.head.geometry()).toImage()  # nothing lies over it


def test_a_finding_is_dismissed_with_a_reason_and_taken_back(opened: ReportsWindow, qtbot: QtBot) -> None:
    view = opened.view
    panel = view.findings
    click_item(qtbot, panel.tree, finding_index(opened, "T2-STOCK"))
    assert panel.dismiss.isVisible()
    assert not panel.dismiss.isEnabled()
    qtbot.keyClicks(panel.reason, "stock cleared")
    qtbot.mouseClick(panel.dismiss, LEFT)
    qtbot.waitUntil(lambda: opened.desk.sheet is not None and len(opened.desk.sheet.dismissed) == 1)
    assert "stock cleared" in str(finding_index(opened, "T2-STOCK").data())
    assert view.tabs.tabText(0) == "表二"
    assert view.tables["t2"].form.place_of("t2.documents.made").data(FormRole.MARK).severity is None
    assert panel.take_back.isVisible()  # still the chosen one
    qtbot.mouseClick(panel.take_back, LEFT)
    qtbot.waitUntil(lambda: opened.desk.sheet is not None and not opened.desk.sheet.dismissed)
    assert view.tabs.tabText(0) == "表二（1）"


def test_enter_in_the_reason_dismisses(opened: ReportsWindow, qtbot: QtBot) -> None:
    panel = opened.view.findings
    click_item(qtbot, panel.tree, finding_index(opened, "T2-STOCK"))
    qtbot.keyClick(panel.reason, Qt.Key.Key_Return)
    assert opened.store.dismissals() == []  # no reason, no dismissal
    qtbot.waitUntil(lambda: opened.view.message.isVisible())
    qtbot.keyClicks(panel.reason, "ok")
    qtbot.keyClick(panel.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(opened.store.dismissals()) == 1)


def test_a_year_is_chosen_by_mouse_and_key(opened: ReportsWindow, qtbot: QtBot) -> None:
    view = opened.view
    years = view.chooser.years
    click_item(qtbot, years, years.model().index(1, 0))
    qtbot.waitUntil(lambda: opened.desk.sheet is not None and opened.desk.sheet.year == 2022)
    assert view.tables["t2"].form.place_of("t2.documents.in_force").data() == "181"
    unknown = view.tables["t3"].form.place_of("t3.new.total")
    assert (unknown.data(), unknown.data(FormRole.KNOWN)) == ("", False)
    assert "不能核对" in view.findings.empty.text()
    assert view.findings.empty.isVisible()
    qtbot.keyClick(years, Qt.Key.Key_Up)
    qtbot.keyClick(years, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.desk.sheet is not None and opened.desk.sheet.year == 2023)


def test_the_body_narrows_the_years(opened: ReportsWindow, qtbot: QtBot) -> None:
    chooser = opened.view.chooser
    chooser.body.setFocus()
    qtbot.keyClick(chooser.body, Qt.Key.Key_End)  # the last one: the office that reported 2020
    assert [text[:4] for text in texts_of(chooser.years)] == ["2020"]
    qtbot.keyClick(chooser.body, Qt.Key.Key_Home)
    assert chooser.years.count() == 4


def test_pasted_html_and_text_are_read(opened: ReportsWindow, qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    data = QMimeData()
    data.setHtml(as_html(document(t2_rules_made="3")))
    clipboard.setMimeData(data)
    qtbot.mouseClick(opened.view.chooser.paste, LEFT)
    qtbot.waitUntil(lambda: opened.view.tables["t2"].form.place_of("t2.rules.made").data() == "3")
    clipboard.setText(as_tabs(document(t2_rules_made="4")))
    opened.view.chooser.years.setFocus()
    qtbot.keyClick(opened.view.chooser.years, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: opened.view.tables["t2"].form.place_of("t2.rules.made").data() == "4")
    clipboard.setText("nothing of the kind")
    qtbot.mouseClick(opened.view.chooser.paste, LEFT)
    qtbot.waitUntil(lambda: opened.view.message.isVisible())
    assert "nothing of the kind" in opened.view.message.text.text()
    clipboard.clear()
    qtbot.mouseClick(opened.view.chooser.paste, LEFT)
    assert "剪贴板" in opened.view.message.text.text()


def test_a_file_is_opened_through_the_dialog(opened: ReportsWindow, qtbot: QtBot, tmp_path: Path) -> None:
    file = write_docx(document(), tmp_path / "report.docx")
    qtbot.mouseClick(opened.view.chooser.open, LEFT)
    choose(opened.view, file)
    qtbot.waitUntil(lambda: opened.desk.sheet is not None and opened.desk.sheet.source == "report.docx")
    assert opened.view.chooser.save.isVisible()


def choose(view: QWidget, file: Path) -> None:
    """Name a file in the dialog that is open and accept it, as Enter does."""
    dialog = next(each for each in view.findChildren(QFileDialog) if each.isVisible())
    dialog.setDirectory(str(file.parent))
    dialog.selectFile(str(file))
    dialog.accept()


def test_a_bad_file_leaves_what_was_open(opened: ReportsWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04 not a zip")
    drop(opened.view, file_data(tmp_path / "bad.docx"))
    qtbot.waitUntil(lambda: opened.view.message.isVisible())
    assert opened.desk.sheet is not None
    assert opened.desk.sheet.saved
    assert "2023" in opened.view.header.title.text()
    qtbot.mouseClick(opened.view.message.dismiss, LEFT)
    assert not opened.view.message.isVisible()


def test_saving_asks_before_it_replaces(opened: ReportsWindow, qtbot: QtBot, tmp_path: Path) -> None:
    open_wrong(opened, qtbot, tmp_path)
    view = opened.view
    qtbot.mouseClick(view.chooser.save, LEFT)
    assert view.message.action.isVisible()
    assert "不能撤销" in view.message.text.text()
    stored = opened.store.year(2023)
    assert stored is not None
    assert stored.value("t3.granted.natural") == 449
    qtbot.mouseClick(view.message.action, LEFT)
    qtbot.waitUntil(lambda: opened.desk.sheet is not None and opened.desk.sheet.saved)
    stored = opened.store.year(2023)
    assert stored is not None
    assert stored.value("t3.granted.natural") == 459
    assert not view.chooser.save.isVisible()


def test_a_figure_shows_its_sentence_and_leads_to_the_records(
    opened: ReportsWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    view = opened.view
    view.tabs.setCurrentWidget(view.figures)
    assert view.figures.no_text.isVisible()  # figures ship, sentences do not
    open_wrong(opened, qtbot, tmp_path)
    view.tabs.setCurrentWidget(view.figures)
    model = view.figures.figures
    rows = {str(model.index(row, 1).data()): row for row in range(model.rowCount())}
    click_item(qtbot, view.figures.table, model.index(rows["51场"], 0))
    assert view.figures.marked_text.startswith("全年举行新闻发布会51场")
    assert not view.figures.to_records.isVisible()
    (first, *_) = view.figures.text.extraSelections()
    assert first.cursor.selectedText() == view.figures.marked_text
    click_item(qtbot, view.figures.table, model.index(rows["近100个"], 0))
    assert "征拆旧改" in view.figures.marked_text
    with qtbot.waitSignal(view.records_requested) as caught:
        qtbot.mouseClick(view.figures.to_records, LEFT)
    assert caught.args == [RecordFilter(years=(2023,))]
    with qtbot.waitSignal(view.records_requested) as caught:
        qtbot.mouseClick(view.chooser.to_records, LEFT)
    assert caught.args == [RecordFilter(years=(2023,))]


def test_two_years_are_compared_biggest_first(opened: ReportsWindow, qtbot: QtBot) -> None:
    view = opened.view
    panel = view.comparison
    view.tabs.setCurrentWidget(panel)
    qtbot.waitUntil(lambda: panel.changes.rowCount() == 11)
    assert texts_of(panel.table)[:2] == ["门户网站访问量", "行政处罚·本年处理决定数量"]
    click_item(qtbot, panel.table, panel.changes.index(7, 0))
    assert panel.sentence.text().startswith(
        "行政规范性文件·现行有效件数：由 2022 年的 181 减至 2023 年的 151"
    )
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    assert view.tabs.currentWidget() is view.tables["t2"]
    assert "现行有效件数" in view.equations.title.text()
    view.tabs.setCurrentWidget(panel)
    header = panel.table.horizontalHeader()
    spot = QPoint(header.sectionViewportPosition(4) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), LEFT, pos=spot)
    percents = [str(panel.changes.index(row, 4).data()) for row in range(11)]
    sizes = [float(text.strip("+−%")) for text in percents]
    assert sizes in (sorted(sizes), sorted(sizes, reverse=True))
    qtbot.mouseClick(panel.copy, LEFT)
    assert len(QGuiApplication.clipboard().text().splitlines()) == 11
    panel.before.setFocus()
    qtbot.keyClick(panel.before, Qt.Key.Key_Home)
    qtbot.waitUntil(lambda: panel.empty.isVisible())
    assert "不同的年份" in panel.empty.text()


@pytest.mark.parametrize("name", ["tables_xlsx", "tables_docx", "findings_xlsx", "findings_csv"])
def test_exports_from_the_menu(opened: ReportsWindow, qtbot: QtBot, tmp_path: Path, name: str) -> None:
    view = opened.view
    action = next(each for each in view.header.export_menu.actions() if each.objectName() == name)
    assert view.header.export.menu() is view.header.export_menu
    action.trigger()  # a menu that is open grabs the keyboard, which the offscreen platform cannot
    target = tmp_path / f"out.{name.rsplit('_', 1)[1]}"
    choose(view, target)
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: "out." in view.message.text.text())
    if name.startswith("tables"):
        assert read_report(target).report.value("t3.new.natural") == 1621


def test_the_preview_shows_pages_and_saves_them(opened: ReportsWindow, qtbot: QtBot, tmp_path: Path) -> None:
    from hpviewer.desktop.reports.print_preview import PrintPreview

    view = opened.view
    qtbot.mouseClick(view.header.preview, LEFT)
    preview = view.findChild(PrintPreview)
    assert isinstance(preview, PrintPreview)
    assert preview.pdf.pageCount() == 2
    words = "".join(preview.pdf.getAllText(page).text() for page in range(2))
    for expected in ("1,621", "15,148.77", "STOCK"):
        assert expected in words
    qtbot.mouseClick(preview.save, LEFT)
    choose(view, tmp_path / "report.pdf")
    qtbot.waitUntil((tmp_path / "report.pdf").exists)
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    preview.print_on(printer)
    assert (tmp_path / "printed.pdf").read_bytes().startswith(b"%PDF")
    qtbot.mouseClick(preview.close_button, LEFT)


@pytest.mark.parametrize(
    ("wanted", "name"),
    [
        ("a/b\\c:2023?.xlsx", "a b c 2023.xlsx"),
        ("年" * 200 + ".pdf", "年" * 80 + ".pdf"),
        (" x .csv", "x.csv"),
    ],
)
def test_a_proposed_name_suits_every_system(wanted: str, name: str) -> None:
    assert file_name(wanted) == name


def test_models_keep_the_rules_of_qt(
    opened: ReportsWindow, qtbot: QtBot, qtmodeltester: ModelTester, tmp_path: Path
) -> None:
    open_wrong(opened, qtbot, tmp_path)
    view = opened.view
    view.tabs.setCurrentWidget(view.comparison)
    qtbot.waitUntil(lambda: view.comparison.changes.rowCount() > 0)
    click_cell(qtbot, view.tables["t3"], "t3.new.natural")
    for model in (
        *(table.form for table in view.tables.values()),
        view.findings.findings,
        view.equations.equations,
        view.figures.figures,
        view.comparison.changes,
    ):
        qtmodeltester.check(model)


def test_every_control_has_a_name_and_is_reached_by_tab(opened: ReportsWindow, qtbot: QtBot) -> None:
    view = opened.view
    controls = [
        widget
        for widget in view.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QAbstractItemView | QComboBox)
        and widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(controls) > 8
    for widget in controls:
        text = widget.text() if isinstance(widget, QAbstractButton) else ""
        assert widget.accessibleName() or text, widget
    reached: set[QWidget] = set()
    widget: QWidget | None = view.chooser.years
    view.chooser.years.setFocus()
    while widget is not None and widget not in reached:
        reached.add(widget)
        qtbot.keyClick(widget, Qt.Key.Key_Tab)
        widget = QApplication.focusWidget()
    assert {each for each in controls if each.isEnabled()} <= reached


@pytest.mark.parametrize("scheme", [Qt.ColorScheme.Light, Qt.ColorScheme.Dark])
def test_it_fits_at_the_smallest_size(qtbot: QtBot, tmp_path: Path, scheme: Qt.ColorScheme) -> None:
    with reports_window(tmp_path, scheme, (1024, 640)) as made:
        qtbot.waitUntil(lambda: made.loaded)
        assert made.view.width() == 1024
        for table in made.view.tables.values():
            made.view.tabs.setCurrentWidget(table)
            qtbot.waitUntil(lambda table=table: table.horizontalHeader().length() <= table.viewport().width())
            assert table.horizontalHeader().length() > table.viewport().width() // 2


def test_a_finding_in_the_text_shows_its_sentence(
    opened: ReportsWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    text = "全年共办理政府信息公开申请1700件，其中110件结转下年度继续办理。"
    made = Written(document().texts, narrative=text)
    drop(opened.view, file_data(write_docx(made, tmp_path / "text.docx")))
    qtbot.waitUntil(lambda: opened.desk.sheet is not None and opened.desk.sheet.source == "text.docx")
    sheet = opened.desk.sheet
    assert sheet is not None
    found: Finding = next(each for each in sheet.unproven if each.rule.startswith("TEXT") and each.place)
    click_item(qtbot, opened.view.findings.tree, finding_index(opened, found.rule))
    assert "1700" in opened.view.figures.marked_text


def test_a_report_of_the_trial_form_has_its_own_rows(
    opened: ReportsWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    view = opened.view
    form = ReportFormat.TRIAL
    texts = {name: str(number) for number, name in enumerate(cell_names(form))}
    file = write_docx(Written(texts, year=2020, form=form), tmp_path / "trial.docx")
    drop(view, file_data(file))
    qtbot.waitUntil(lambda: opened.desk.sheet is not None and opened.desk.sheet.source == "trial.docx")
    assert view.tables["t2"].form.place_of("t2.procurement.amount").data() == texts["t2.procurement.amount"]
    assert view.tables["t3"].form.place_of("t3.other.total").isValid()
    assert "试行" in view.chooser.facts.text()
    view.tabs.setCurrentWidget(view.tables["t3"])
    click_item(qtbot, view.chooser.years, view.chooser.years.model().index(0, 0))
    qtbot.waitUntil(lambda: opened.desk.sheet is not None and opened.desk.sheet.year == 2023)
    assert not view.tables["t3"].form.place_of("t3.other.total").isValid()
    click_cell(qtbot, view.tables["t3"], "t3.other_3.total")
    assert "其他处理：其他·总计" in view.equations.title.text()


def test_personal_numbers_are_pointed_out_and_masked_before_saving(
    opened: ReportsWindow, qtbot: QtBot
) -> None:
    mobile = "13812345678"
    said = as_tabs(replace(document(), narrative=f"全年工作平稳，联系电话 {mobile}。"))
    QGuiApplication.clipboard().setText(said)
    view, desk = opened.view, opened.desk
    qtbot.mouseClick(view.chooser.paste, LEFT)
    qtbot.waitUntil(lambda: view.message.isVisible())
    assert "138****5678" in view.message.text.text()
    assert mobile not in view.message.text.text()
    assert desk.sheet is not None
    assert mobile in desk.sheet.narrative
    qtbot.mouseClick(view.message.action, LEFT)
    qtbot.waitUntil(lambda: desk.sheet is not None and mobile not in desk.sheet.narrative)
    assert "已隐去" in view.message.text.text()
    assert "138****5678" in view.figures.text.toPlainText()
    assert desk.sheet.report is not None
    assert desk.sheet.cell("t3.new.total") is not None, "the tables are as they were"
    desk.save("save")
    year = desk.sheet.year
    qtbot.waitUntil(lambda: desk.sheet is not None and desk.sheet.saved)
    assert year is not None
    kept = opened.store.year(year)
    assert isinstance(kept, Report)
    assert (mobile in kept.narrative, "138****5678" in kept.narrative) == (False, True)
