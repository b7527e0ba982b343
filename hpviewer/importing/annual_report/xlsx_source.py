"""A workbook as lines and rows: every sheet in order, each sheet one grid."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from hpviewer.errors import InputError
from hpviewer.importing.annual_report.document import GridCell, GridRow, Item, SourceDocument, TextLine
from hpviewer.importing.annual_report.labels import is_sentence
from hpviewer.importing.bounded_zip import inspect, read_member
from hpviewer.wording import say

MOST_CELLS = 500_000
"""calamine builds a sheet as a full rectangle: two cells in opposite corners of a sheet would be 17 thousand million."""
MOST_TEXT = 48 * 1024 * 1024
"""calamine copies a shared string for every cell that shows it: longest string × cells must stay below this."""
_REFERENCE = re.compile(rb'\sr="([A-Z]{0,3})(\d{1,7})"')
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


def xlsx_document(source: Path) -> SourceDocument:
    """InputError when the container is over a limit, or when it is no workbook."""
    _check(source)
    from python_calamine import CalamineError, CalamineWorkbook

    items: list[Item] = []
    try:
        with CalamineWorkbook.from_path(str(source)) as workbook:
            for number, name in enumerate(workbook.sheet_names):
                sheet = workbook.get_sheet_by_name(name)
                merges = sheet.merged_cell_ranges or []
                rows = sheet.to_python(skip_empty_area=False)
                items += _rows(rows, _covered(merges), number + 1)
    except (CalamineError, ValueError, OSError) as problem:
        raise InputError(
            say("importing_annual_report.damaged_xlsx"), say("importing_annual_report.save_again")
        ) from problem
    return SourceDocument("xlsx", tuple(items))


def _check(source: Path) -> None:
    contents = inspect(source)
    longest = 0
    strings = next((name for name in contents.sizes if name.lower() == "xl/sharedstrings.xml"), None)
    if strings is not None:
        items = re.split(rb"<(?:\w+:)?si\b", read_member(source, strings))
        longest = max(map(len, items))
        del items
    for name in contents.sizes:
        if _SHEET.fullmatch(name):
            _check_sheet(read_member(source, name), longest)


def _check_sheet(xml: bytes, longest: int) -> None:
    rows = columns = 1
    for found in _REFERENCE.finditer(xml):
        rows = max(rows, int(found[2]))
        columns = max(columns, _column(found[1]))
    if rows * columns > MOST_CELLS:
        raise _too_large(rows, columns)
    if xml.count(b't="s"') * longest > MOST_TEXT:
        raise _too_large(rows, columns)
    merged = xml.count(b"<mergeCell ")
    if merged > MOST_CELLS:
        raise _too_large(rows, columns)


def _too_large(rows: int, columns: int) -> InputError:
    return InputError(
        say("importing_annual_report.sheet_too_large", rows=rows, columns=columns),
        say("importing_annual_report.clear_sheet"),
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


_Range = tuple[tuple[int, int], tuple[int, int]]


def _covered(merges: list[_Range]) -> set[tuple[int, int]]:
    """Cells that a merge covers (its first one excepted). Merges outside any sheet we accept are cut."""
    covered: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in merges:
        if (bottom - top + 1) * (right - left + 1) > MOST_CELLS or len(covered) > MOST_CELLS:
            continue
        covered.update((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
        covered.discard((top, left))
    return covered


def _rows(rows: Sequence[Sequence[object]], covered: set[tuple[int, int]], grid: int) -> Iterator[Item]:
    for r, row in enumerate(rows):
        cells = [GridCell(_text(value), c) for c, value in enumerate(row) if (r, c) not in covered]
        filled = [cell for cell in cells if cell.text]
        if not filled:
            continue
        if len(filled) == 1 and is_sentence(filled[0].text):
            yield from (TextLine(line.strip()) for line in filled[0].text.split("\n"))
        else:
            yield GridRow(tuple(cells), grid)


def _text(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    return str(value).strip() if value is not None else ""
