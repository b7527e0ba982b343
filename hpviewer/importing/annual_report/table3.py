"""Table 3: rows found by their names, values put into the applicants' columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from hpviewer.importing.annual_report.document import GridCell, GridRow, Item, TextLine
from hpviewer.importing.annual_report.labels import Label, LabelKind, columns_in, t3_label
from hpviewer.importing.annual_report.number_cell import looks_blank, looks_numeric, value_of
from hpviewer.importing.annual_report.placement import place
from hpviewer.importing.annual_report.row_values import RawRow, anchored, fit, value_columns
from hpviewer.reports.cell import Number
from hpviewer.reports.form import T3_COLUMNS, FormColumn, ReportFormat, t3_results, t3_rows
from hpviewer.reports.report import UnplacedRow
from hpviewer.wording import say


@dataclass(slots=True)
class TableText:
    """What a table's reader found: cell name -> text as written, rows that could not be placed, notes."""

    cells: dict[str, str] = field(default_factory=dict)
    unplaced: list[UnplacedRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: int = 0


@dataclass(slots=True)
class _Reading:
    """Walks the region once; one object per document."""

    rows: list[RawRow] = field(default_factory=list)
    header: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    current: RawRow | None = None
    group: str = ""
    in_header: bool = True
    waiting: str = ""

    def read(self, items: Sequence[Item], cut_off: bool) -> None:
        for item in items:
            if isinstance(item, GridRow):
                self._row(item)
            else:
                self._line(item)
        if self.current is not None and cut_off:
            self.current.ended = False

    def _line(self, line: TextLine) -> None:
        text = line.text
        if looks_blank(text) and (not text or self.current is not None):
            self._value(text, line.marked)
        elif (label := self._label(text)) is not None:
            self._begin(label, text)
            if self.current is not None:
                self.current.exact = line.marked
        elif looks_numeric(text):
            self._value(text, line.marked)
        elif self.current is not None and self.current.filled and len(self.current.texts) < len(T3_COLUMNS):
            self._value(
                text, line.marked
            )  # a cell that is no number: kept as it is written, reported by FORM
        else:
            self._unknown(text)

    def _unknown(self, text: str) -> None:
        """A row name broken over two lines is recognised by its beginning or by both together."""
        joined = self.waiting + text
        label = t3_label(joined) if self.waiting else None
        if label is not None and label.kind is not LabelKind.HEADER:
            self._begin(label, joined)
            if self.current is not None:
                self.current.exact = False
            self.waiting = ""
        else:
            self.waiting = text
            if self.in_header:
                self.header.append(text)

    def _value(self, text: str, marked: bool) -> None:
        if self.current is None:
            return
        if not text and not marked and self.current.exact:
            if self.current.texts:
                self.current = None  # an empty line ends a row whose cells are marked by tabs
            return
        self.current.texts.append(text)

    def _row(self, row: GridRow) -> None:
        label: Label | None = None
        last = -1
        for index, cell in enumerate(row.cells):
            found = self._label(cell.text) if cell.text and not looks_numeric(cell.text) else None
            if found is None:
                continue
            if found.kind is LabelKind.ROW and label is not None and label.kind is LabelKind.ROW:
                if found.key == label.key:
                    last = index  # a merged name repeated in every column it covers
                    continue
                break
            if found.kind is LabelKind.HEADER and label is not None:
                continue
            label, last = found, index
            if found.kind is not LabelKind.HEADER:
                self._enter(found)
        values = row.cells[last + 1 :]
        if label is None:
            if (
                self.current is not None
                and not self.current.texts
                and any(looks_numeric(c.text) for c in values)
            ):
                self._fill(values)
            return
        if label.kind is LabelKind.HEADER and not any(
            value.text and looks_numeric(value.text) for value in values
        ):
            self.header += row.texts
            return
        self._begin(label, row.cells[last].text)
        self._fill(values)

    def _fill(self, values: Sequence[GridCell]) -> None:
        if self.current is not None:
            for value in values:
                self.current.texts.append(value.text)
                self.current.columns.append(value.column)

    def _label(self, text: str) -> Label | None:
        found = t3_label(text)
        if found is None or found.kind is not LabelKind.HEADER or self.in_header:
            return found
        if found.key == "总计" and self.group == "other":
            return Label(LabelKind.ROW, "total")
        if found.key == "其他" and self.group == "other":
            return Label(LabelKind.ROW, "other_3")
        return found

    def _begin(self, label: Label, text: str) -> None:
        self.waiting = ""
        if label.kind is LabelKind.HEADER:
            self.in_header = True
            self.header.append(text)
            self.current = None
            return
        self._enter(label)
        key = label.key if label.kind is LabelKind.ROW else f"group:{label.key}"
        self.current = RawRow(key, text)
        self.rows.append(self.current)
        if label.fuzzy:
            self.notes.append(say("importing_annual_report.close_name", written=text, row=_short(label.key)))

    def _enter(self, label: Label) -> None:
        self.in_header = False
        self.group = label.key.rsplit("_", 1)[0] if label.kind is LabelKind.ROW else label.key


def read_table3(items: Sequence[Item], cut_off: bool = False) -> tuple[_Reading, bool]:
    """First pass, and whether the rows are those of the trial form (（六）其他处理 holds figures itself).

    ``cut_off`` says that the document ends in this table.
    """
    reading = _Reading()
    reading.read(items, cut_off)
    keys = {row.key for row in reading.rows}
    alone = any(row.key == "group:other" and len(row.filled) >= 2 for row in reading.rows)
    return reading, alone and not keys & {"other_1", "other_2", "other_3"}


def place_table3(reading: _Reading, form: ReportFormat) -> TableText:
    """Second pass, once the form is known."""
    found = TableText(notes=list(reading.notes))
    columns = columns_in("".join(reading.header), T3_COLUMNS) if reading.header else T3_COLUMNS
    rows = {row.key: row for row in _wanted(reading.rows, form, found)}
    if len(columns) < len(T3_COLUMNS) and any(len(row.filled) > len(columns) for row in rows.values()):
        columns = T3_COLUMNS  # the head lost a name, the rows did not lose a column
    count = len(columns)
    grid = value_columns(list(rows.values()), count)
    placed: dict[str, list[str]] = {}
    open_: dict[str, RawRow] = {}
    for key, row in rows.items():
        if row.exact or len(row.filled) in (0, count):
            texts = fit(row, count, grid)
        else:
            texts = anchored(row, count, rows.values())
            texts = texts if texts is not None and _adds_up(texts) else None
        if texts is not None:
            placed[key] = texts
        elif row.filled or row.ended:
            open_[key] = row
    _cut_off(open_, placed, count, found)
    _solve(open_, placed, columns, form, found)
    for key, texts in placed.items():
        for column, text in zip(columns, texts, strict=False):
            found.cells[f"t3.{key}.{column.key}"] = text
    found.rows = len(placed)
    return found


def _wanted(rows: Sequence[RawRow], form: ReportFormat, found: TableText) -> Iterator[RawRow]:
    wanted = {row.key for row in t3_rows(form)}
    seen: set[str] = set()
    for row in rows:
        if row.key == "group:other" and form is ReportFormat.TRIAL:
            row.key = "other"
        if row.key in seen:
            if row.filled:
                found.notes.append(say("importing_annual_report.row_twice", row=row.label))
        elif row.key in wanted:
            seen.add(row.key)
            yield row
        elif len(row.filled) >= 2:
            found.notes.append(say("importing_annual_report.row_unknown", row=row.label))


def _cut_off(open_: dict[str, RawRow], placed: dict[str, list[str]], count: int, found: TableText) -> None:
    """The last row of a text that ends inside it: what is there stands in its first columns."""
    for key, row in list(open_.items()):
        full = all(not looks_blank(text) for texts in placed.values() for text in texts)
        if not row.ended and row.filled and len(row.texts) < count and (row.columns or (placed and full)):
            del open_[key]
            placed[key] = list(row.texts)
            found.notes.append(say("importing_annual_report.row_cut", row=row.label))


def _solve(
    open_: dict[str, RawRow],
    placed: dict[str, list[str]],
    columns: Sequence[FormColumn],
    form: ReportFormat,
    found: TableText,
) -> None:
    numbers = {key: _numbers(row.filled) for key, row in open_.items()}
    known = {key: _numbers(texts) for key, texts in placed.items()}
    usable = {key: values for key, values in numbers.items() if values is not None}
    complete = (
        len(columns) == len(T3_COLUMNS)
        and {row.key for row in t3_rows(form)} == set(placed) | set(open_)
        and all(values is not None and len(values) == len(columns) for values in known.values())
        and len(usable) == len(open_)
    )
    ways = place(
        {key: values for key, values in known.items() if values is not None},
        {key: values for key, values in usable.items() if len(values) < len(columns)},
        len(columns),
        [row.key for row in t3_results(form)],
        complete,
    ) if open_ else {}  # fmt: skip
    for key, row in open_.items():
        way = ways.get(key)
        if way is None:
            found.unplaced.append(UnplacedRow("t3", key, row.label, tuple(row.filled)))
        else:
            placed[key] = ["" if index is None else row.filled[index] for index in way]
            found.notes.append(say("importing_annual_report.placed_by_sums", row=row.label))


def _adds_up(texts: Sequence[str]) -> bool:
    values = _numbers(texts)
    return values is not None and sum(values[:-1]) == values[-1]


def _numbers(texts: Sequence[str]) -> list[Number] | None:
    values = [0 if looks_blank(text) else value_of(text) for text in texts]
    return (
        None if any(value is None for value in values) else [value for value in values if value is not None]
    )


def _short(key: str) -> str:
    return next((row.short for row in t3_rows(ReportFormat.UNIFORM) if row.key == key), key)
