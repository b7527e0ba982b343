"""The official form as data."""

from __future__ import annotations

import pytest

from hpviewer.reports.form import ReportFormat, cell_label, cell_names
from hpviewer.reports.form_layout import FormCell, FormCellKind, form_layout


@pytest.mark.parametrize("form", list(ReportFormat))
@pytest.mark.parametrize("table", ["t2", "t3", "t4"])
def test_spans_tile_the_table_and_every_cell_stands_once(table: str, form: ReportFormat) -> None:
    layout = form_layout(table, form)
    taken: dict[tuple[int, int], FormCell] = {}
    for number, row in enumerate(layout.rows):
        assert [cell.column for cell in row] == sorted(cell.column for cell in row)
        for cell in row:
            assert cell.row == number
            for r in range(cell.row, cell.row + cell.rowspan):
                for c in range(cell.column, cell.column + cell.colspan):
                    assert (r, c) not in taken
                    taken[r, c] = cell
    assert set(taken) == {(r, c) for r in range(len(layout.rows)) for c in range(layout.columns)}
    assert tuple(cell.name for cell in layout.value_cells()) == cell_names(form, table)
    assert all(bool(cell.text) != bool(cell.name) for row in layout.rows for cell in row)


def test_the_size_of_table_3() -> None:
    uniform, trial = form_layout("t3"), form_layout("t3", ReportFormat.TRIAL)
    assert (len(uniform.rows), uniform.columns) == (3 + 25, 10)
    assert len(trial.rows) == 3 + 23
    section = next(cell for row in uniform.rows for cell in row if cell.text == "三、本年度办理结果")
    assert (section.rowspan, section.colspan) == (22, 1)
    assert uniform.rows[3][0].kind is FormCellKind.LABEL


def test_labels_are_words_for_every_cell() -> None:
    for form in ReportFormat:
        labels = [cell_label(name, form) for name in cell_names(form)]
        assert len(set(labels)) == len(labels)
        assert all("." not in label for label in labels)
    assert cell_label("t3.new.natural") == "本年新收·自然人"
    assert cell_label("t2.services.change") == "其他对外管理服务事项·本年增减"
