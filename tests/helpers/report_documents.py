"""Documents of an annual report in every layout the reader must understand, and consistent reports to put in them.

The writers take cell texts by cell name (``""`` for a blank cell, no entry for a cell to leave out) and never use the
reader's own code: what they share with it is the layout of the official form.
"""

from __future__ import annotations

import html as html_escape
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from hypothesis import strategies as st

from hpviewer.reports.form import APPLICANTS, T4_GROUPS, ReportFormat, cell_names, t3_results
from hpviewer.reports.form_layout import FormCell, FormCellKind, FormLayout, form_layout

HEADINGS = {
    "t2": "二、主动公开政府信息情况",
    "t3": "三、收到和处理政府信息公开申请情况",
    "t4": "四、政府信息公开行政复议、行政诉讼情况",
}


@dataclass(frozen=True)
class Written:
    """A report as its author would write it. ``texts`` are cell texts by cell name."""

    texts: Mapping[str, str]
    year: int = 2023
    body: str = "某某市某某区人民政府"
    form: ReportFormat = ReportFormat.UNIFORM
    narrative: str = "全年工作平稳。"
    tables: tuple[str, ...] = ("t2", "t3", "t4")
    relabel: Callable[[str], str] = field(default=lambda text: text)

    @property
    def title(self) -> str:
        return f"{self.body}{self.year}年政府信息公开工作年度报告"

    def text(self, cell: FormCell) -> str:
        return self.texts.get(cell.name, "") if cell.name else self.relabel(cell.text)

    def with_texts(self, change: Callable[[str, str], str]) -> Written:
        return replace(self, texts={name: change(name, text) for name, text in self.texts.items()})


def layouts(report: Written) -> list[FormLayout]:
    return [form_layout(table, report.form) for table in report.tables]


def _covering(layout: FormLayout) -> list[list[FormCell]]:
    """The full rectangle: at each place the cell that covers it."""
    grid: list[list[FormCell | None]] = [[None] * layout.columns for _ in layout.rows]
    for row in layout.rows:
        for cell in row:
            for r in range(cell.row, cell.row + cell.rowspan):
                for c in range(cell.column, cell.column + cell.colspan):
                    assert grid[r][c] is None
                    grid[r][c] = cell
    assert all(cell is not None for row in grid for cell in row)
    return [[cell for cell in row if cell is not None] for row in grid]


def _frame(report: Written, table: Callable[[FormLayout], list[str]]) -> str:
    lines = [report.title, "", "一、总体情况", report.narrative, ""]
    for layout in layouts(report):
        lines += [report.relabel(HEADINGS[layout.table]), *table(layout), ""]
    lines += ["五、存在的主要问题及改进情况", "尚有不足，下一年改进。", "六、其他需要报告的事项", "无。"]
    return "\n".join(lines)


def as_cells(report: Written) -> str:
    """One cell a line after a tab; blank and covered cells are a line of one tab, rows end in an empty line."""

    def table(layout: FormLayout) -> list[str]:
        lines = []
        for r, row in enumerate(_covering(layout)):
            for c, cell in enumerate(row):
                if cell.column == c:
                    lines.append("\t" + (report.text(cell) if cell.row == r else ""))
            lines.append("")
        return lines

    return _frame(report, table)


def as_stripped_cells(report: Written) -> str:
    """As ``as_cells`` after an editor has trimmed every line: blank cells and row ends look alike."""
    return "\n".join(line.strip() for line in as_cells(report).split("\n"))


def as_dropped_cells(report: Written) -> str:
    """As ``as_cells`` without any blank line, so without blank cells."""
    return "\n".join(line.strip() for line in as_cells(report).split("\n") if line.strip())


def _rows(report: Written, layout: FormLayout, merged: str) -> list[list[str]]:
    """``merged``: covered places are ``blank``, ``repeated`` or ``missing``."""
    rows = []
    for r, row in enumerate(_covering(layout)):
        texts = []
        for c, cell in enumerate(row):
            first = cell.row == r and cell.column == c
            if first or merged == "repeated":
                texts.append(report.text(cell))
            elif merged == "blank":
                texts.append("")
        rows.append(texts)
    return rows


def as_pipes(report: Written, merged: str = "blank", ruler: bool = True) -> str:
    def table(layout: FormLayout) -> list[str]:
        lines = ["| " + " | ".join(row) + " |" for row in _rows(report, layout, merged)]
        return [lines[0], "|" + "---|" * layout.columns, *lines[1:]] if ruler else lines

    return _frame(report, table)


def as_tabs(report: Written, merged: str = "blank") -> str:
    return _frame(report, lambda layout: ["\t".join(row) for row in _rows(report, layout, merged)])


def as_html(report: Written, merged: str = "spans", charset: str = "utf-8", nested: bool = False) -> str:
    def cell_html(cell: FormCell, span: bool) -> str:
        text = html_escape.escape(report.text(cell)) or "&nbsp;"
        spans = f' rowspan="{cell.rowspan}" colspan="{cell.colspan}"' if span else ""
        return f"<td{spans}><p align=center><span>{text}</span></p></td>"

    def table(layout: FormLayout) -> str:
        if merged == "spans":
            rows = ["".join(cell_html(cell, True) for cell in row) for row in layout.rows]
        else:
            rows = ["".join(cell_html(cell, False) for cell in row) for row in _covering(layout)]
        body = "".join(f"<tr>{row}</tr>\n" for row in rows)
        return f"<table border=1><tbody>{body}</tbody></table>"

    parts = [f"<h1>{report.title}</h1>", "<p>一、总体情况</p>", f"<p>{report.narrative}</p>"]
    for layout in layouts(report):
        parts += [f"<p>{report.relabel(HEADINGS[layout.table])}</p>", table(layout)]
    parts += ["<p>五、存在的主要问题及改进情况</p><p>尚有不足。</p><p>六、其他需要报告的事项</p><p>无。</p>"]
    inside = "\n".join(parts)
    if nested:
        inside = f"<table><tr><td>首页</td></tr><tr><td>{inside}</td></tr></table>"
    head = f'<head><meta charset="{charset}"><title>{report.title}</title><script>var a="<td>1</td>";</script></head>'
    return f"<!DOCTYPE html><html>{head}<body>{inside}</body></html>"


def write_docx(report: Written, path: Path) -> Path:
    import docx

    document = docx.Document()
    document.add_heading(report.title, 0)
    document.add_paragraph("一、总体情况")
    document.add_paragraph(report.narrative)
    for layout in layouts(report):
        document.add_paragraph(report.relabel(HEADINGS[layout.table]))
        table = document.add_table(len(layout.rows), layout.columns)
        grid = [list(row.cells) for row in table.rows]
        for row in layout.rows:
            for cell in row:
                first = grid[cell.row][cell.column]
                if cell.rowspan > 1 or cell.colspan > 1:
                    last = grid[cell.row + cell.rowspan - 1][cell.column + cell.colspan - 1]
                    first = first.merge(last)
                first.text = report.text(cell)
    document.add_paragraph("五、存在的主要问题及改进情况")
    document.add_paragraph("尚有不足。")
    document.save(str(path))
    return path


def write_xlsx(
    report: Written, path: Path, merged: bool = True, numbers: bool = True, one_sheet: bool = False
) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"in_memory": True}) as book:
        sheet = book.add_worksheet("总体情况")
        sheet.write(0, 0, report.title)
        sheet.write(1, 0, "一、总体情况")
        sheet.write(2, 0, report.narrative)
        top = 4
        for layout in layouts(report):
            if not one_sheet:
                sheet, top = book.add_worksheet(layout.table), 0
            sheet.write(top, 0, report.relabel(HEADINGS[layout.table]))
            for row in layout.rows:
                for cell in row:
                    _write_cell(sheet, report, cell, top + 1, merged, numbers)
            top += len(layout.rows) + 3
    return path


def _write_cell(
    sheet: object, report: Written, cell: FormCell, top: int, merged: bool, numbers: bool
) -> None:
    text = report.text(cell)
    value: object = text
    if cell.kind is FormCellKind.VALUE and numbers and text.replace(".", "", 1).isdigit():
        value = float(text)
    r, c = top + cell.row, cell.column
    if merged and (cell.rowspan > 1 or cell.colspan > 1):
        sheet.merge_range(r, c, r + cell.rowspan - 1, c + cell.colspan - 1, value)  # type: ignore[attr-defined]
    elif value != "":
        sheet.write(r, c, value)  # type: ignore[attr-defined]


def columns_removed(layout: FormLayout, names: Sequence[str]) -> set[str]:
    """Cell names of the layout that stand in the named columns."""
    return {cell.name for cell in layout.value_cells() if cell.name.rsplit(".", 1)[1] in names}


def consistent_cells(
    form: ReportFormat, results: Mapping[tuple[str, str], int], extra: Mapping[str, int], t4: Sequence[int]
) -> dict[str, int]:
    """All cells of a report in which every T3 and T4 equation holds.

    ``results`` are counts by (row, applicant); ``extra`` counts for ``carried_out.<applicant>`` and, as far as it can be,
    ``carried_in.<applicant>``; ``t4`` gives the twelve parts of table 4.
    """
    cells = dict.fromkeys(cell_names(form), 0)
    for column in APPLICANTS:
        done = 0
        for row in t3_results(form):
            count = results.get((row.key, column.key), 0)
            cells[f"t3.{row.key}.{column.key}"] = count
            done += count
        out = extra.get(f"carried_out.{column.key}", 0)
        carried = min(extra.get(f"carried_in.{column.key}", 0), done + out)
        cells[f"t3.total.{column.key}"] = done
        cells[f"t3.carried_out.{column.key}"] = out
        cells[f"t3.carried_in.{column.key}"] = carried
        cells[f"t3.new.{column.key}"] = done + out - carried
    for row_key in {name.split(".")[1] for name in cells if name.startswith("t3.")}:
        cells[f"t3.{row_key}.total"] = sum(cells[f"t3.{row_key}.{column.key}"] for column in APPLICANTS)
    for g, group in enumerate(T4_GROUPS):
        parts = list(t4[g * 4 : g * 4 + 4])
        for key, count in zip(("maintained", "corrected", "other", "pending"), parts, strict=True):
            cells[f"t4.{group.key}.{key}"] = count
        cells[f"t4.{group.key}.total"] = sum(parts)
    return cells


@st.composite
def consistent_reports(draw: st.DrawFn, form: ReportFormat | None = None, blanks: bool = True) -> Written:
    """A report whose equations hold; ``blanks`` writes some zeros as blank cells."""
    chosen = form or draw(st.sampled_from(list(ReportFormat)))
    rows = [row.key for row in t3_results(chosen)]
    applicants = [column.key for column in APPLICANTS]
    count = st.integers(0, 3000)
    results = draw(
        st.dictionaries(st.tuples(st.sampled_from(rows), st.sampled_from(applicants)), count, max_size=25)
    )
    carried = draw(
        st.dictionaries(
            st.sampled_from([f"{way}.{key}" for way in ("carried_in", "carried_out") for key in applicants]),
            st.integers(0, 200),
            max_size=8,
        )
    )
    t4 = draw(st.lists(st.integers(0, 90), min_size=12, max_size=12))
    cells = consistent_cells(chosen, results, carried, t4)
    for name in cells:
        if name.startswith("t2."):
            cells[name] = draw(st.integers(0, 600_000))
    texts = {name: str(count) for name, count in cells.items()}
    for money in ("t2.fees.amount", "t2.procurement.amount"):
        if money in texts:
            texts[money] = f"{draw(st.integers(0, 10**8)) / 100:.2f}"
    if blanks and draw(st.booleans()):
        texts = {name: "" if text == "0" else text for name, text in texts.items()}
    return Written(texts, draw(st.integers(2019, 2030)), form=chosen)
