"""Table 2: rows found by their names inside each article's block."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hpviewer.importing.annual_report.document import GridRow, Item
from hpviewer.importing.annual_report.labels import LabelKind, columns_in, t2_label
from hpviewer.importing.annual_report.number_cell import looks_numeric
from hpviewer.importing.annual_report.plain_text import compact
from hpviewer.importing.annual_report.row_values import RawRow, anchored, fit, value_columns
from hpviewer.importing.annual_report.table3 import TableText
from hpviewer.reports.form import FormColumn, ReportFormat, table_rows
from hpviewer.reports.report import UnplacedRow
from hpviewer.wording import say

_TRIAL = re.compile(r"新制作数量|新公开数量|对外公开总数|上一年项目|本年增/?减|政府集中采购|其他对外管理服务")
_UNIFORM = re.compile(r"制发件数|废止件数|现行有效|本年收费金额")
_UNIT = re.compile(r"单位[:：]?(万元|亿元|元)")


def form_of(items: Sequence[Item]) -> ReportFormat | None:
    """The form that the table's head belongs to; None when it does not tell."""
    text = "".join(compact(text) for item in items for text in _texts(item))
    if _TRIAL.search(text):
        return ReportFormat.TRIAL
    return ReportFormat.UNIFORM if _UNIFORM.search(text) else None


def read_table2(items: Sequence[Item], form: ReportFormat, cut_off: bool = False) -> tuple[TableText, str]:
    """Cells as written, and the unit that the head of the money column names (万元 when it names none)."""
    found = TableText()
    unit = "万元"
    rows: list[RawRow] = []
    heads: dict[str, str] = {}
    header = ""
    current: RawRow | None = None
    after_row = False
    repeated = False
    grid = 0
    for item in items:
        if isinstance(item, GridRow) and item.grid != grid:
            grid = item.grid
            current = None  # a row does not go on in the next sheet or table, whose title is no value of it
        if isinstance(item, GridRow) and item.texts[0].strip() and "第二十条" in compact(item.texts[0]):
            repeated = len(item.texts) > 1 and len(set(item.texts)) == 1
        for index, text in enumerate(_texts(item)):
            label = t2_label(text) if text and not looks_numeric(text) else None
            if label is not None and label.kind is LabelKind.HEADER:
                header = text if after_row else header + text
                after_row = False
                current = None
                named = _UNIT.search(compact(text))
                unit = named[1] if named else unit
            elif label is not None:
                if current is not None and current.key == label.key and not current.texts:
                    continue  # a merged name repeated
                current = RawRow(label.key, text, exact=isinstance(item, GridRow) or item.marked)
                current.repeated = repeated and isinstance(item, GridRow)
                rows.append(current)
                heads[label.key] = header
                after_row = True
                if label.fuzzy:
                    found.notes.append(
                        say("importing_annual_report.close_name", written=text, row=current.key)
                    )
            elif current is not None and (looks_numeric(text) or isinstance(item, GridRow)):
                marked = isinstance(item, GridRow) or item.marked
                if text or marked or not current.exact:
                    current.texts.append(text)
                    if isinstance(item, GridRow):
                        current.columns.append(item.cells[index].column)
            elif current is None:
                header = text if after_row else header + text
                after_row = False
    if current is not None and cut_off:
        current.ended = False
    _place(rows, heads, form, found)
    return found, unit


def _place(rows: Sequence[RawRow], heads: dict[str, str], form: ReportFormat, found: TableText) -> None:
    wanted = {row.key: columns for row, columns in table_rows("t2", form)}
    by_width: dict[int, list[RawRow]] = {}
    for row in rows:
        by_width.setdefault(len(wanted.get(row.key, ())), []).append(row)
    for row in rows:
        columns = wanted.get(row.key)
        if columns is None:
            if row.filled:
                found.notes.append(say("importing_annual_report.row_unknown", row=row.label))
            continue
        if f"t2.{row.key}.{columns[0].key}" in found.cells:
            continue
        texts, columns = _texts_of(row, columns, heads.get(row.key, ""), by_width)
        if texts is None:
            if row.filled:
                found.unplaced.append(UnplacedRow("t2", row.key, row.label, tuple(row.filled)))
            continue
        for column, text in zip(columns, texts, strict=True):
            found.cells[f"t2.{row.key}.{column.key}"] = text
        found.rows += 1


def _texts_of(
    row: RawRow, columns: tuple[FormColumn, ...], head: str, by_width: dict[int, list[RawRow]]
) -> tuple[list[str] | None, tuple[FormColumn, ...]]:
    count = len(columns)
    if len(row.texts) > count and (row.repeated or len(row.filled) > count):
        # A merged value is repeated in every column it covers.
        once = [text for i, text in enumerate(row.texts) if i == 0 or text != row.texts[i - 1]]
        if len(once) == 1:
            once = once * count  # all alike: however the merges went, each column holds this
        return (once if len(once) == count else None), columns
    if not row.ended and not row.texts:
        return None, columns
    if row.exact or len(row.filled) in (0, count):
        texts = fit(row, count, value_columns(by_width[count], count))
    else:
        texts = anchored(row, count, (each for rows in by_width.values() for each in rows))
    if texts is None and row.exact and row.ended and not row.filled:
        return [""] * count, columns
    if texts is None and row.filled:
        named = columns_in(head, columns)
        if len(named) == len(row.filled) < count:
            return row.filled, named
    return texts, columns


def _texts(item: Item) -> tuple[str, ...]:
    return item.texts if isinstance(item, GridRow) else (item.text,)
