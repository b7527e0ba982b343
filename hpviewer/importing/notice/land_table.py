"""Tables of land classes: owners by rows and classes by columns, or one class a row with its area."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from hpviewer.importing.notice.land_use import NAMES, PARENTS, LandGroup, canonical_name
from hpviewer.importing.notice.sheet import Line, Sheet
from hpviewer.records.area import Area, AreaUnit
from hpviewer.records.record import LandClass

_TOTAL_ROW = re.compile(r"^(?:合计|总计|共计|小计|总和|合 ?计)")
_TOTAL_COLUMN = re.compile(
    r"^(?:征地|征收|土地|用地|拟征收|被征收)?(?:合计|总计|总面积|面积合计|总用地面积|征地面积|征收面积|土地总面积|用地面积|面积|总和)$"
)
OWNER_COLUMN = re.compile(
    r"权属(?:单位|人)?|被征地(?:单位|村|农村集体)|所有权人|土地所有权|权利人|单位名称|村\(?社|集体经济组织|被征收(?:单位|人)|被征用|权属名称|土地权属|地块权属|经济社|权属来源"
)
_CLASS_COLUMN = re.compile(r"地类|土地(?:类型|类别|用途|现状)|类别|土地种类")
_AREA_COLUMN = re.compile(r"面积|数量|公顷|亩$")
_UNIT = re.compile(r"公顷|平方米|万平方米|㎡|m2|亩")
_FIGURE = re.compile(r"^-?\d{1,9}(?:\.\d{1,8})?$")


@dataclass(frozen=True, slots=True)
class Table:
    """Cells of consecutive | rows, with the lines they stand on."""

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        return self.lines[0].start

    @property
    def end(self) -> int:
        return self.lines[-1].end


@dataclass(frozen=True, slots=True)
class LandTable:
    """``total`` is the table's own whole, if it states one. ``unequal`` names columns whose rows do not add up."""

    group: LandGroup
    total: Area | None
    total_at: tuple[int, int]
    unequal: tuple[tuple[str, Decimal, Decimal], ...] = ()


def tables_of(sheet: Sheet) -> list[Table]:
    found: list[Table] = []
    lines: list[Line] = []
    for line in (*sheet.lines, None):
        if line is not None and "|" in line.text:
            if not re.fullmatch(r"[-:| ]*", line.text):
                lines.append(line)
            continue
        if len(lines) >= 2:
            found.append(Table(tuple(_cells(lines)), tuple(lines)))
        lines = []
    return found


def _cells(lines: list[Line]) -> Iterator[tuple[str, ...]]:
    """A bar that every row has at its edge is the table's border; elsewhere it follows an empty cell."""
    left = all(line.text.startswith("|") for line in lines)
    right = all(line.text.endswith("|") for line in lines)
    for line in lines:
        cells = line.text.split("|")
        yield tuple(cell.strip() for cell in cells[int(left) : len(cells) - int(right)])


def read_land_tables(sheet: Sheet) -> list[LandTable]:
    found: list[LandTable] = []
    for table in tables_of(sheet):
        unit = _unit_around(sheet, table)
        read = _by_columns(table, unit) or _by_rows(table, unit)
        if read:
            found.append(read)
    return found


def _unit_around(sheet: Sheet, table: Table) -> AreaUnit | None:
    """单位:公顷 in or above the table, a heading cell 面积(公顷), else the unit that another cell writes out."""
    heading = " ".join(" ".join(row) for row in table.rows[:3])
    for place in (heading, sheet.text[max(0, table.start - 60) : table.start]):
        match = re.search(
            r"(?:单位[:(]?|\(|〔|/|、)(公顷|平方米|万平方米|㎡|m2|亩)|面积(公顷|平方米|亩)", place
        )
        if match:
            return Area.of("1", match[1] or match[2]).unit
    own = re.search(r"\d(公顷|平方米|㎡)", " ".join(" ".join(row) for row in table.rows[:40]))
    return Area.of("1", own[1]).unit if own else None


def _figure(cell: str, unit: AreaUnit | None) -> Area | None:
    """A bare figure in the table's unit, or a figure with its own; None for anything else."""
    cell = cell.replace(" ", "")
    try:
        if _FIGURE.match(cell):
            return Area(Decimal(cell), unit or AreaUnit.HECTARE) if not cell.startswith("-") else None
        return Area.parse(re.sub(r"\((?:合|折|约)[^()]*\)$", "", cell))
    except (ValueError, InvalidOperation):
        return None


def _class_name(cell: str) -> str:
    plain = re.sub(r"\(.*?\)|〔.*?〕|其中:?|集体|现状|小计|面积|[:，\d.、]", "", cell)
    return canonical_name(plain) if plain in NAMES else ""


def _by_columns(table: Table, unit: AreaUnit | None) -> LandTable | None:
    """Classes head the columns; headings of two rows share their upper cell (农用地 over 小计, 耕地, 园地)."""
    depth = 0
    for row in table.rows[:4]:
        figures = sum(_figure(cell, unit) is not None for cell in row)
        if figures >= 1:
            break
        depth += 1
    if depth == 0 or depth >= len(table.rows):
        return None
    width = max(len(row) for row in table.rows[: depth + 1])
    heads = [_filled(row, width) for row in table.rows[: depth - 1]]
    heads.append([*table.rows[depth - 1], *[""] * (width - len(table.rows[depth - 1]))])
    names: list[str] = []
    units: list[AreaUnit | None] = []
    for column in range(width):
        cells = [head[column] for head in heads]
        name = next((found for cell in reversed(cells) if (found := _class_name(cell))), "")
        lowest = next((cell for cell in reversed(cells) if cell), "")
        if not name and _TOTAL_COLUMN.match(_plain(lowest)):
            name = "∑"
        own = [match[0] for cell in cells if (match := _UNIT.search(cell))]
        names.append(name)
        units.append(Area.of("1", own[-1]).unit if own else unit)
    if sum(bool(name) and name != "∑" for name in names) < 2:
        return None
    data = [(row, line) for row, line in zip(table.rows[depth:], table.lines[depth:], strict=True)]
    body = [(row, line) for row, line in data if not any(_TOTAL_ROW.match(cell) for cell in row[:3])]
    totals = [(row, line) for row, line in data if any(_TOTAL_ROW.match(cell) for cell in row[:3])]
    sums = _column_sums([row for row, _ in body], names, units, width)
    if totals:
        values, line = _column_sums([totals[-1][0]], names, units, width), totals[-1][1]
        unequal = tuple(
            (name, sums[name][0], values[name][0])
            for name in values
            if name in sums
            and len(body) > 1
            and abs(sums[name][0] - values[name][0]) > sums[name][1] + values[name][1]
        )
    else:
        values, unequal = sums, ()
        line = body[0][1] if body else table.lines[0]
    if not values:
        return None
    whole = values.get("∑")
    classes, slack = _nested({name: value for name, value in values.items() if name != "∑"}, heads, names)
    if not classes:
        return None
    total = Area(whole[0].quantize(Decimal("0.0001")), AreaUnit.HECTARE) if whole and whole[0] > 0 else None
    group = LandGroup(classes, table.start, table.end, slack)
    return LandTable(group, total, (line.start, line.end), unequal)


def _plain(cell: str) -> str:
    return re.sub(r"\((?:公顷|亩|平方米|㎡|m2)\)|〔.*?〕|(?:公顷|亩|平方米)$|[:， ]", "", cell)


def _filled(row: tuple[str, ...], width: int) -> list[str]:
    """A merged heading that was not repeated leaves blanks to its right."""
    cells = [*row, *[""] * (width - len(row))]
    for at in range(1, width):
        if not cells[at] and cells[at - 1] and _class_name(cells[at - 1]):
            cells[at] = cells[at - 1]
    return cells


def _column_sums(
    rows: list[tuple[str, ...]], names: list[str], units: list[AreaUnit | None], width: int
) -> dict[str, tuple[Decimal, Decimal]]:
    """Class -> (hectares, rounding slack) over the rows; a column twice (ha and mu) counts once."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    used: dict[str, int] = {}
    for row in rows:
        shift = width - len(row)
        for column, name in enumerate(names):
            at = column - shift if shift > 0 and column >= shift else column
            if not name or at >= len(row) or (shift > 0 and column < shift):
                continue
            if used.setdefault(name, column) != column:
                continue
            area = _figure(row[at], units[column])
            if area is None:
                continue
            known = sums.get(name, (Decimal(0), Decimal(0)))
            sums[name] = (known[0] + area.exact_hectares, known[1] + area.rounding)
    return sums


def _nested(
    values: dict[str, tuple[Decimal, Decimal]], heads: list[list[str]], names: list[str]
) -> tuple[tuple[LandClass, ...], Decimal]:
    present = [name for name, value in values.items() if value[0] > 0]
    parent_of: dict[str, str] = {}
    for name in present:
        known = [parent for parent in PARENTS.get(name, ()) if parent in present]
        if known:
            parent_of[name] = known[0]

    def build(name: str) -> LandClass:
        parts = tuple(build(other) for other in present if parent_of.get(other) == name)
        return LandClass(name, float(values[name][0]), parts)

    roots = [name for name in present if name not in parent_of]
    return tuple(build(name) for name in roots), sum((values[name][1] for name in roots), Decimal(0))


def _by_rows(table: Table, unit: AreaUnit | None) -> LandTable | None:
    """地类名称 | 面积: one class a row; only the first column of areas counts, prices beside it do not."""
    heading, area_column = _area_column(table)
    values: dict[str, tuple[Decimal, Decimal]] = {}
    whole: Area | None = None
    at = (table.start, table.end)
    own_unit = unit
    if heading >= 0:
        named = _UNIT.search(table.rows[heading][area_column])
        own_unit = Area.of("1", named[0]).unit if named else unit
    for row, line in zip(table.rows, table.lines, strict=True):
        class_at = next((index for index, cell in enumerate(row) if _class_name(cell)), -1)
        total_row = any(_TOTAL_ROW.match(cell) for cell in row[:3])
        if class_at < 0 and not total_row:
            continue
        area = _area_of_row(row, class_at, table, heading, area_column, own_unit)
        if area is None or "元" in "".join(row[class_at + 1 : class_at + 2]):
            continue
        if class_at < 0:
            whole, at = area, (line.start, line.end)
            continue
        name = _class_name(row[class_at])
        known = values.get(name, (Decimal(0), Decimal(0)))
        values[name] = (known[0] + area.exact_hectares, known[1] + area.rounding)
    if not values or (heading < 0 and len(values) < 2):
        return None
    classes, slack = _nested(values, [], [])
    return LandTable(LandGroup(classes, table.start, table.end, slack), whole, at) if classes else None


def _area_column(table: Table) -> tuple[int, int]:
    for index, row in enumerate(table.rows[:4]):
        columns = [
            column
            for column, cell in enumerate(row)
            if _AREA_COLUMN.search(cell) and "元" not in cell and not _CLASS_COLUMN.search(cell)
        ]
        if columns and any(_CLASS_COLUMN.search(cell) for cell in row):
            return index, columns[0]
    return -1, -1


def _area_of_row(
    row: tuple[str, ...], class_at: int, table: Table, heading: int, area_column: int, unit: AreaUnit | None
) -> Area | None:
    if heading >= 0:
        # Rows that lost a merged cell on their left are shorter: count from the class, not from the edge.
        head = table.rows[heading]
        class_column = next(index for index, cell in enumerate(head) if _CLASS_COLUMN.search(cell))
        column = class_at + area_column - class_column if class_at >= 0 else area_column
        if class_at < 0:
            at_column = _figure(row[column], unit) if column < len(row) else None
            return at_column or next((found for cell in row if (found := _figure(cell, unit))), None)
        return _figure(row[column], unit) if 0 <= column < len(row) else None
    cells = row[class_at + 1 :] if class_at >= 0 else row[1:]
    for cell in cells[:2]:
        area = _figure(cell, unit)
        if area is not None and (unit is not None or not _FIGURE.match(cell)):
            return area
    return None


def owner_cells(sheet: Sheet) -> Iterator[tuple[str, int, int]]:
    """Cells of owner columns, as (text, start, end) in the folded text."""
    for table in tables_of(sheet):
        column = -1
        for index, (row, line) in enumerate(zip(table.rows, table.lines, strict=True)):
            if column < 0:
                column = next(
                    (at for at, cell in enumerate(row) if OWNER_COLUMN.search(cell) and len(cell) <= 20), -1
                )
                width = len(row)
                if column < 0 and index >= 3:
                    break
                continue
            if column >= len(row) or len(row) < width:
                continue
            cell = row[column]
            if not cell or _TOTAL_ROW.match(cell) or OWNER_COLUMN.fullmatch(cell):
                continue
            at = line.text.find(cell)
            yield cell, line.start + at, line.start + at + len(cell)
