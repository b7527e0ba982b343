"""Table 4: one row of fifteen values without a name, or one row for each group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hpviewer.importing.annual_report.document import GridRow, Item
from hpviewer.importing.annual_report.labels import LabelKind, t4_label
from hpviewer.importing.annual_report.number_cell import looks_blank, looks_numeric, value_of
from hpviewer.importing.annual_report.placement import Way, ways, ways_in_groups
from hpviewer.importing.annual_report.row_values import RawRow, fit
from hpviewer.importing.annual_report.table3 import TableText
from hpviewer.reports.form import T4_GROUPS, T4_RESULTS, TABLE_TITLES
from hpviewer.reports.report import UnplacedRow
from hpviewer.wording import say

SIZE = len(T4_RESULTS)
COUNT = len(T4_GROUPS) * SIZE


@dataclass(slots=True)
class _Run:
    """Values that stand together, with the group named last before them."""

    group: str
    row: RawRow
    alone: bool = False


def read_table4(items: Sequence[Item], cut_off: bool = False) -> TableText:
    found = TableText()
    runs, head = _runs(items)
    blank = [run for run in runs if run.alone and not run.row.filled and len(run.row.columns) >= SIZE]
    runs = [run for run in runs if run.row.filled or len(run.row.texts) >= COUNT]
    if not runs:
        return found
    runs[-1].row.ended = not cut_off
    groups = [run for run in runs if run.alone]
    if len(groups) >= 2 or (len(groups) == 1 and len(runs) == 1 and len(groups[0].row.filled) <= SIZE):
        seen = {run.group for run in groups}
        for run in groups + [each for each in blank if each.group not in seen]:
            _one_group(run, found)
    else:
        _one_row(runs[0].row, head, found)
    return found


def _runs(items: Sequence[Item]) -> tuple[list[_Run], list[int]]:
    """Stretches of values, and the grid columns of the results as the last header rows name them."""
    runs: list[_Run] = []
    head: dict[int, None] = {}
    current: _Run | None = None
    group = ""
    fresh = True
    for item in items:
        cells = item.cells if isinstance(item, GridRow) else ()
        texts = item.texts if isinstance(item, GridRow) else (item.text,)
        labels = [t4_label(text) if text else None for text in texts]
        numeric = sum(bool(text) and looks_numeric(text) for text in texts)
        if isinstance(item, GridRow) and not numeric and any(labels):
            current = None
            for cell, label in zip(cells, labels, strict=True):
                if label is not None and label.kind is LabelKind.HEADER and label.key != "行政诉讼":
                    head[cell.column] = None
        for index, (text, label) in enumerate(zip(texts, labels, strict=True)):
            if label is not None:
                current = None
                if label.kind is LabelKind.GROUP:
                    group, fresh = label.key, True
                else:
                    fresh = False
            elif looks_numeric(text) or (current is not None and isinstance(item, GridRow)):
                if current is None or (isinstance(item, GridRow) and index == 0):
                    if looks_blank(text) and not _marked(item):
                        continue
                    current = _Run(group, RawRow("", ""), alone=fresh and bool(group))
                    runs.append(current)
                marked = _marked(item)
                current.row.exact = (
                    marked if not current.row.texts else current.row.exact and (marked or not text)
                )
                if text or marked or not current.row.exact:
                    current.row.texts.append(text)
                    if isinstance(item, GridRow):
                        current.row.columns.append(cells[index].column)
    return runs, sorted(head)


def _marked(item: Item) -> bool:
    return isinstance(item, GridRow) or item.marked


def _one_row(row: RawRow, head: list[int], found: TableText) -> None:
    names = [f"t4.{group.key}.{each.key}" for group in T4_GROUPS for each in T4_RESULTS]
    # No name marks where the row begins: blank lines before its first number may be cells, or not.
    certain = row.exact or len(row.filled) == COUNT
    texts = fit(row, COUNT, head if len(head) == COUNT else None) if certain else None
    if texts is None and row.columns and len(row.texts) < COUNT:
        texts = row.texts  # the row is cut off: what is there stands in its first columns
        found.notes.append(say("importing_annual_report.row_cut", row=TABLE_TITLES["t4"]))
    if texts is None and row.filled:
        texts = _by_sums(row, ways_in_groups(_numbers(row), len(T4_GROUPS), SIZE), found)
    if texts is None:
        found.unplaced.append(UnplacedRow("t4", "", TABLE_TITLES["t4"], tuple(row.filled)))
        return
    found.cells.update(zip(names, texts, strict=False))
    found.rows += 1


def _one_group(run: _Run, found: TableText) -> None:
    group = next(each for each in T4_GROUPS if each.key == run.group)
    texts = fit(run.row, SIZE) if run.row.exact or len(run.row.filled) == SIZE else None
    if texts is None and run.row.filled:
        texts = _by_sums(run.row, ways(_numbers(run.row), SIZE), found, group.short)
    if texts is None:
        found.unplaced.append(UnplacedRow("t4", group.key, group.label, tuple(run.row.filled)))
        return
    for each, text in zip(T4_RESULTS, texts, strict=False):
        found.cells[f"t4.{group.key}.{each.key}"] = text
    found.rows += 1


def _numbers(row: RawRow) -> list[int]:
    values = [value_of(text) for text in row.filled]
    return [int(value) for value in values if value is not None] if None not in values else []


def _by_sums(row: RawRow, found_ways: Sequence[Way], found: TableText, name: str = "") -> list[str] | None:
    if len(found_ways) != 1 or len(_numbers(row)) != len(row.filled):
        return None
    found.notes.append(say("importing_annual_report.placed_by_sums", row=name or TABLE_TITLES["t4"]))
    return ["" if index is None else row.filled[index] for index in found_ways[0]]
