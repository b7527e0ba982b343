"""The official form as data: rows of cells with spans, shared by the window, xlsx, docx and print."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hpviewer.reports.form import (
    APPLICANTS,
    RESULTS_TITLE,
    T3_COLUMNS,
    T4_GROUPS,
    T4_RESULTS,
    TABLE_TITLES,
    FormRow,
    ReportFormat,
    t2_blocks,
    t3_results,
    t3_rows,
)


class FormCellKind(StrEnum):
    HEADER = "header"
    LABEL = "label"
    VALUE = "value"


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell at its upper left corner (``row``, ``column`` from 0). ``name`` is set for values only."""

    row: int
    column: int
    text: str
    kind: FormCellKind
    rowspan: int = 1
    colspan: int = 1
    name: str = ""


@dataclass(frozen=True, slots=True)
class FormLayout:
    """``rows[r]`` holds the cells that begin in row r, left to right; spans cover the rest without gap or overlap."""

    table: str
    title: str
    columns: int
    rows: tuple[tuple[FormCell, ...], ...]

    def value_cells(self) -> tuple[FormCell, ...]:
        return tuple(cell for row in self.rows for cell in row if cell.kind is FormCellKind.VALUE)


def form_layout(table: str, form: ReportFormat = ReportFormat.UNIFORM) -> FormLayout:
    """Layout of table ``t2``, ``t3`` or ``t4``. KeyError for another name."""
    build = {"t2": _table2, "t3": _table3, "t4": _table4}[table]
    columns, rows = build(form)
    return FormLayout(table, TABLE_TITLES[table], columns, tuple(tuple(row) for row in rows))


def _table2(form: ReportFormat) -> tuple[int, list[list[FormCell]]]:
    width = 4
    rows: list[list[FormCell]] = []

    def line(label: str, texts: list[tuple[str, str]], kind: FormCellKind) -> None:
        row = len(rows)
        head = FormCellKind.HEADER if kind is FormCellKind.HEADER else FormCellKind.LABEL
        cells = [FormCell(row, 0, label, head)]
        column = 1
        for place, (text, name) in enumerate(texts):
            span = width - column if place == len(texts) - 1 else 1
            cells.append(FormCell(row, column, text, kind, 1, span, name))
            column += span
        rows.append(cells)

    for block in t2_blocks(form):
        rows.append([FormCell(len(rows), 0, block.article, FormCellKind.HEADER, 1, width)])
        line(
            "信息内容",
            [(column.label, "") for column in block.columns],
            FormCellKind.HEADER,
        )
        for item in block.rows:
            values = [("", f"t2.{item.key}.{column.key}") for column in block.columns]
            line(item.label, values, FormCellKind.VALUE)
    return width, rows


def _table3(form: ReportFormat) -> tuple[int, list[list[FormCell]]]:
    head, label = FormCellKind.HEADER, FormCellKind.LABEL
    first = 3  # three label columns: section, group, item
    reconcile = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    rows = [
        [
            FormCell(0, 0, reconcile, head, 3, first),
            FormCell(0, first, "申请人情况", head, 1, 7),
        ],
        [
            FormCell(1, first, APPLICANTS[0].label, head, 2),
            FormCell(1, first + 1, "法人或其他组织", head, 1, 5),
            FormCell(1, first + 6, T3_COLUMNS[-1].label, head, 2),
        ],
        [FormCell(2, first + 1 + i, each.label, head) for i, each in enumerate(APPLICANTS[1:])],
    ]
    results = t3_results(form)
    group_size: dict[str, int] = {}
    for item in results:
        group_size[item.group] = group_size.get(item.group, 0) + 1
    shown: set[str] = set()
    for item in t3_rows(form):
        row = len(rows)
        cells: list[FormCell] = []
        if item.key in ("new", "carried_in", "carried_out"):
            cells.append(FormCell(row, 0, item.label, label, 1, first))
        else:
            if item is results[0]:
                cells.append(FormCell(row, 0, RESULTS_TITLE, label, len(results) + 1))
            cells += _result_labels(row, item, group_size, shown)
        cells += [
            FormCell(
                row,
                first + i,
                "",
                FormCellKind.VALUE,
                name=f"t3.{item.key}.{column.key}",
            )
            for i, column in enumerate(T3_COLUMNS)
        ]
        rows.append(cells)
    return first + len(T3_COLUMNS), rows


def _result_labels(row: int, item: FormRow, sizes: dict[str, int], shown: set[str]) -> list[FormCell]:
    if not item.group:
        return [FormCell(row, 1, item.label, FormCellKind.LABEL, 1, 2)]
    cells = []
    if item.group not in shown:
        shown.add(item.group)
        cells.append(FormCell(row, 1, item.group, FormCellKind.LABEL, sizes[item.group]))
    cells.append(FormCell(row, 2, item.label, FormCellKind.LABEL))
    return cells


def _table4(form: ReportFormat) -> tuple[int, list[list[FormCell]]]:
    head = FormCellKind.HEADER
    wide = len(T4_RESULTS)
    review, direct, after = T4_GROUPS
    rows = [
        [
            FormCell(0, 0, review.label, head, 1, wide),
            FormCell(0, wide, "行政诉讼", head, 1, 2 * wide),
        ],
        [
            *(FormCell(1, i, each.label, head, 2) for i, each in enumerate(T4_RESULTS)),
            FormCell(1, wide, direct.label, head, 1, wide),
            FormCell(1, 2 * wide, after.label, head, 1, wide),
        ],
        [FormCell(2, wide + i, each.label, head) for i, each in enumerate(T4_RESULTS * 2)],
        [
            FormCell(
                3,
                g * wide + i,
                "",
                FormCellKind.VALUE,
                name=f"t4.{group.key}.{each.key}",
            )
            for g, group in enumerate(T4_GROUPS)
            for i, each in enumerate(T4_RESULTS)
        ],
    ]
    return 3 * wide, rows
