"""Cascade, facets, column switch and chips in the real window."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from hpviewer.desktop.filtering.facet_list import FacetList, KindFacet, YearFacet
from hpviewer.desktop.filtering.facet_model import FacetLine, FacetModel
from hpviewer.desktop.filtering.place_model import PlaceModel
from hpviewer.desktop.filtering.roles import Role
from hpviewer.desktop.plain_tip import plain_tip
from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column
from hpviewer.records.filter import Part, RecordFilter
from hpviewer.records.kind import Kind
from hpviewer.records.results import Facets, Results
from tests.helpers.shell_window import Shell, shell

Key = Qt.Key
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[Shell]:
    with shell(tmp_path) as made:
        qtbot.waitUntil(lambda: made.loaded)
        yield made


def results(opened: Shell) -> Results:
    assert opened.session.results is not None
    return opened.session.results


def click(qtbot: QtBot, view: QAbstractItemView, index: QModelIndex) -> None:
    """On the line, once it has its place, after scrolling the column to it."""
    view.setFocus()
    qtbot.waitUntil(lambda: view.viewport().rect().contains(view.visualRect(index).center()))
    view.scrollTo(index)
    qtbot.mouseClick(view.viewport(), LEFT, pos=view.visualRect(index).center())


def town_codes(model: PlaceModel) -> list[PlaceCode]:
    codes = [model.code(model.index(row, 0)) for row in range(model.rowCount())]
    return [code for code in codes if code is not None]


# -- cascade -----------------------------------------------------------------------------------------------


def test_towns_come_by_count_and_towns_without_records_are_listed(opened: Shell) -> None:
    model = opened.window.filters.places.model
    counts = results(opened).facets.town
    codes = town_codes(model)
    assert len(codes) == 17
    assert codes == sorted(codes, key=lambda code: (-counts.get(code, 0), code))
    assert [model.index(row, 0).data(Role.COUNT) for row in range(17)] == [counts.get(c, 0) for c in codes]


def test_click_on_town_then_community_then_again_goes_up(opened: Shell, qtbot: QtBot) -> None:
    places, session = opened.window.filters.places, opened.session
    town, community = opened.town("龙湖街道"), opened.community("龙湖街道", "何棠下村")
    click(qtbot, places.view, places.model.index_of(town))
    assert session.filter == RecordFilter(towns=(town,))
    assert places.view.isExpanded(places.model.index_of(town))
    qtbot.waitUntil(lambda: opened.loaded)
    assert results(opened).total == places.model.index_of(town).data(Role.COUNT) > 0
    click(qtbot, places.view, places.model.index_of(community))
    assert session.filter.place == community
    assert places.model.index_of(community).data(Role.CHOSEN)
    assert not places.model.index_of(town).data(Role.CHOSEN)
    click(qtbot, places.view, places.model.index_of(community))
    assert session.filter == RecordFilter(towns=(town,))
    click(qtbot, places.view, places.model.index_of(town))
    assert session.filter == RecordFilter()


def test_a_place_chosen_elsewhere_is_opened_and_scrolled_to(opened: Shell, qtbot: QtBot) -> None:
    places, panel = opened.window.filters.places, opened.window.filters
    community = opened.community("九佛街道", opened.session.communities_of(opened.town("九佛街道"))[-1].name)
    opened.session.select_place(community, "map")
    index = places.model.index_of(community)
    assert places.view.isExpanded(index.parent())

    def in_sight() -> bool:
        corner = places.view.viewport().mapTo(panel.viewport(), places.view.visualRect(index).center())
        return panel.viewport().rect().contains(corner)

    qtbot.waitUntil(in_sight)


def test_places_without_position_are_marked(opened: Shell) -> None:
    model = opened.window.filters.places.model
    marked = set()
    for row in range(model.rowCount()):
        town = model.index(row, 0)
        inside = [model.index(child, 0, town) for child in range(model.rowCount(town))]
        marked |= {model.code(index) for index in inside if index.data(Role.NOTE)}
    assert marked == opened.session.unlocated_communities
    assert marked


def test_arrows_move_and_enter_chooses(opened: Shell, qtbot: QtBot) -> None:
    view, model = opened.window.filters.places.view, opened.window.filters.places.model
    view.setFocus()
    view.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(view, Key.Key_Down)
    assert opened.session.filter == RecordFilter()
    qtbot.keyClick(view, Key.Key_Return)
    assert opened.session.filter.place == model.code(model.index(1, 0))
    qtbot.keyClick(view, Key.Key_Right)
    qtbot.keyClick(view, Key.Key_Down)
    qtbot.keyClick(view, Key.Key_Space)
    assert len(opened.session.filter.communities) == 1


def test_the_search_line_narrows_the_tree(opened: Shell, qtbot: QtBot) -> None:
    places = opened.window.filters.places
    commit = QInputMethodEvent()
    commit.setCommitString("何棠")
    places.search.setFocus()
    QApplication.sendEvent(places.search, commit)
    rows = range(places.model.rowCount())
    shown = [row for row in rows if not places.view.isRowHidden(row, QModelIndex())]
    assert [places.model.code(places.model.index(row, 0)) for row in shown] == [opened.town("龙湖街道")]
    qtbot.keyClick(places.search, Key.Key_Return)
    assert opened.session.filter.place == opened.community("龙湖街道", "何棠下村")
    assert places.search.text() == ""
    assert not any(places.view.isRowHidden(row, QModelIndex()) for row in rows)


def test_letters_typed_on_the_tree_find_by_reading(opened: Shell, qtbot: QtBot) -> None:
    places = opened.window.filters.places
    places.view.setFocus()
    qtbot.keyClick(places.view, Key.Key_N)
    assert places.search.hasFocus()
    qtbot.keyClick(places.search, Key.Key_G)
    target = places.model.index_of(opened.town("南岗街道"))
    other = places.model.index_of(opened.town("九佛街道"))

    def narrowed() -> bool:
        hidden = places.view.isRowHidden
        return hidden(other.row(), QModelIndex()) and not hidden(target.row(), QModelIndex())

    qtbot.waitUntil(narrowed)
    qtbot.keyClick(places.search, Key.Key_Down)
    assert places.view.hasFocus()
    assert not places.view.isRowHidden(places.view.currentIndex().row(), places.view.currentIndex().parent())


def test_a_search_without_a_place_says_so(opened: Shell, qtbot: QtBot) -> None:
    places = opened.window.filters.places
    qtbot.keyClicks(places.search, "qqqq")
    qtbot.waitUntil(lambda: places.empty.isVisible())
    assert "qqqq" in places.empty.text()
    qtbot.keyClick(places.search, Key.Key_Escape)
    assert places.empty.isHidden()


def test_the_place_model_keeps_its_indexes_through_sorting(opened: Shell, qtmodeltester: object) -> None:
    model = opened.window.filters.places.model
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    last = town_codes(model)[-1]
    child = opened.session.communities_of(last)[-1].code
    kept = [QPersistentModelIndex(model.index_of(code)) for code in (last, child)]
    model.set_counts({last: 99}, {child: 7})
    assert town_codes(model)[0] == last
    assert [model.code(index) for index in kept] == [last, child]
    assert kept[1].row() == 0


# -- kind and year -----------------------------------------------------------------------------------------


def tick(qtbot: QtBot, facet: FacetList, key: object) -> None:
    click(qtbot, facet.view, facet.model.index(facet.model.row_of(key)))


def test_kinds_add_up_in_the_order_of_the_procedure(opened: Shell, qtbot: QtBot) -> None:
    kinds = opened.window.filters.kinds
    everything = results(opened).facets.kind
    tick(qtbot, kinds, Kind.NOTICE)
    tick(qtbot, kinds, Kind.APPROVAL)
    assert opened.session.filter.kinds == (Kind.APPROVAL, Kind.NOTICE)
    qtbot.waitUntil(lambda: opened.loaded)
    assert results(opened).total == everything[Kind.APPROVAL] + everything[Kind.NOTICE]
    tick(qtbot, kinds, Kind.NOTICE)
    assert opened.session.filter.kinds == (Kind.APPROVAL,)


def test_a_ticked_value_without_records_stays(opened: Shell, qtbot: QtBot) -> None:
    kinds = opened.window.filters.kinds
    tick(qtbot, kinds, Kind.NOTICE)
    opened.session.set_filter(replace(opened.session.filter, column=Column.RENEWAL), "test")
    qtbot.waitUntil(lambda: opened.loaded)
    index = kinds.model.index(kinds.model.row_of(Kind.NOTICE))
    assert index.data(Role.COUNT) == 0
    assert index.data(Role.CHOSEN)
    tick(qtbot, kinds, Kind.NOTICE)
    assert opened.session.filter.kinds == ()
    assert kinds.model.row_of(Kind.NOTICE) == -1


def test_lines_of_the_facets_are_in_order(opened: Shell) -> None:
    kinds, years = opened.window.filters.kinds, opened.window.filters.years
    shown = [kinds.model.line(kinds.model.index(row)) for row in range(kinds.model.rowCount())]
    keys = [line.key for line in shown if not line.heading]
    assert keys == [kind for kind in Kind if results(opened).facets.kind.get(kind)]
    assert [line.key for line in shown if line.heading] == list(Column)
    facets = Facets({}, {}, {}, {}, {2019: 1, None: 2, 2025: 3, 2020: 0})
    assert isinstance(kinds, KindFacet)
    assert isinstance(years, YearFacet)
    assert [line.key for line in years.lines(facets, RecordFilter())] == [2025, 2019, None]
    assert [line.key for line in years.lines(facets, RecordFilter(years=(2020,)))] == [2025, 2020, 2019, None]


def test_years_are_ticked_by_the_keyboard(opened: Shell, qtbot: QtBot) -> None:
    years = opened.window.filters.years
    years.view.setFocus()
    years.view.setCurrentIndex(years.model.index(0))
    qtbot.keyClick(years.view, Key.Key_Space)
    qtbot.keyClick(years.view, Key.Key_Down)
    qtbot.keyClick(years.view, Key.Key_Return)
    newest = years.model.index(0).data(Role.KEY), years.model.index(1).data(Role.KEY)
    assert opened.session.filter.years == newest
    qtbot.waitUntil(lambda: opened.loaded)
    assert results(opened).total == sum(results(opened).facets.year[year] for year in newest)


def test_the_facet_model_keeps_to_the_rules_of_item_models(qtbot: QtBot, qtmodeltester: object) -> None:
    model = FacetModel()
    heading, first, second = FacetLine("h", "h"), FacetLine("h", "same key", 3), FacetLine("b", "b", 0, True)
    assert model.set_lines([heading, first, second])
    qtmodeltester.check(model)  # type: ignore[attr-defined]
    assert not model.set_lines([heading, first, replace(second, count=5)])
    assert model.row_of("h") == 1
    assert model.flags(model.index(0)) == Qt.ItemFlag.NoItemFlags


# -- column switch -----------------------------------------------------------------------------------------


def test_the_switch_counts_and_chooses_by_mouse_and_arrow(opened: Shell, qtbot: QtBot) -> None:
    switch = opened.window.column_switch
    counts = results(opened).facets.column
    assert switch.buttons[None].text().endswith(f" {sum(counts.values())}")
    for column in Column:
        assert switch.buttons[column].text() == f"{column.value} {counts[column]}"
    qtbot.mouseClick(switch.buttons[Column.LAND], LEFT)
    assert opened.session.filter.column is Column.LAND
    qtbot.keyClick(switch.buttons[Column.LAND], Key.Key_Right)
    assert opened.session.filter.column is Column.RENEWAL
    opened.session.clear("test")
    assert switch.buttons[None].isChecked()


# -- chips -------------------------------------------------------------------------------------------------


def full_filter(opened: Shell) -> RecordFilter:
    return RecordFilter(
        text="旧村改造",
        column=Column.LAND,
        kinds=(Kind.APPROVAL, Kind.NOTICE),
        years=(2025, 2023, None),
        project="广州市黄埔区（中新广州知识城）2023年度第九批次城镇建设用地",
        unlocated=True,
    ).at_place(opened.community("龙湖街道", "何棠下村"))


def test_every_part_has_a_chip_that_removes_it(opened: Shell, qtbot: QtBot) -> None:
    chips = opened.window.chip_bar.chips
    opened.session.set_filter(full_filter(opened), "test")
    assert set(chips) == set(Part)
    assert chips[Part.TOWN].label.text() == "所属街镇：龙湖街道"
    assert chips[Part.YEAR].label.text() == "年份：2025、2023、日期不详"
    for part in (Part.TEXT, Part.COLUMN, Part.COMMUNITY, Part.KIND, Part.YEAR, Part.PROJECT, Part.UNLOCATED):
        qtbot.mouseClick(chips[part].button, LEFT)
        assert part not in opened.session.filter.active()
        assert part not in chips
    assert opened.session.filter == RecordFilter(towns=(opened.town("龙湖街道"),))
    qtbot.keyClick(chips[Part.TOWN].button, Key.Key_Space)
    assert opened.session.filter == RecordFilter()
    assert opened.window.chip_bar.hint.isVisible()


def test_a_town_takes_its_community_along(opened: Shell, qtbot: QtBot) -> None:
    opened.session.select_place(opened.community("龙湖街道", "何棠下村"), "test")
    chip = opened.window.chip_bar.chips[Part.TOWN]
    qtbot.keyClick(chip.button, Key.Key_Delete)
    assert opened.session.filter == RecordFilter()


def test_clear_all_back_and_forward(opened: Shell, qtbot: QtBot) -> None:
    bar, session = opened.window.chip_bar, opened.session
    assert not bar.back_button.isEnabled()
    session.select_place(opened.town("文冲街道"), "test")
    chosen = session.filter
    qtbot.mouseClick(bar.clear_button, LEFT)
    assert session.filter == RecordFilter()
    assert not bar.clear_button.isVisible()
    qtbot.mouseClick(bar.back_button, LEFT)
    assert session.filter == chosen
    qtbot.keyClick(opened.window, Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert session.filter == RecordFilter()
    assert not bar.back_button.isEnabled()
    qtbot.keyClick(opened.window, Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    qtbot.mouseClick(bar.forward_button, LEFT)
    assert session.filter == RecordFilter()
    assert not bar.forward_button.isEnabled()


def test_the_row_states_number_and_date(opened: Shell, qtbot: QtBot) -> None:
    info = opened.session.info
    assert info is not None
    text = opened.window.chip_bar.summary.text()
    assert text.startswith(f"{results(opened).total} ")
    assert text.endswith(info.data_date)


def test_eight_chips_fit_into_the_smallest_window(opened: Shell, qtbot: QtBot) -> None:
    window, bar = opened.window, opened.window.chip_bar
    opened.session.set_filter(full_filter(opened), "test")
    qtbot.waitUntil(lambda: opened.loaded)
    window.resize(window.minimumSize())
    qtbot.waitUntil(lambda: window.width() == 1024)

    def in_a_row() -> bool:
        chips = list(bar.chips.values())
        edges = [(chip.mapTo(bar, QPoint(0, 0)).x(), chip.width()) for chip in chips]
        edges += [(bar.clear_button.x(), bar.clear_button.width()), (bar.summary.x(), bar.summary.width())]
        following = pairwise(edges)
        return all(x + width <= next_x for (x, width), (next_x, _) in following) and sum(edges[-1]) <= 1024

    qtbot.waitUntil(in_a_row)
    for chip in bar.chips.values():
        assert chip.label.width() > 2 * chip.label.fontMetrics().height()
        assert not chip.label.elided or chip.label.toolTip() == plain_tip(chip.label.text())
    assert bar.chips[Part.PROJECT].label.elided
    assert not bar.chips[Part.UNLOCATED].label.elided
