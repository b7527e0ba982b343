"""xlsx, xls and ods through calamine, measured before it opens them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from hpviewer.importing.bounded_zip import inspect, read_member
from hpviewer.importing.ledger.cell_text import CellValue
from hpviewer.importing.ledger.header_row import Spans
from hpviewer.importing.ledger.limits import CONTAINER, LARGEST_FILE, MOST_SHEETS, refusal
from hpviewer.importing.ledger.ods_extent import read_spans
from hpviewer.importing.ledger.sheet import Sheet
from hpviewer.importing.ledger.xls_extent import MAGIC, check_xls
from hpviewer.importing.ledger.xlsx_extent import XlsxExtent

T = TypeVar("T")
_MOST_SPANS = 200_000
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def is_workbook(beginning: bytes) -> bool:
    return beginning.startswith((MAGIC, b"PK\x03\x04"))


class WorkbookFile:
    """Closes its file at the end of ``with``. InputError for a file that is locked, damaged or no workbook."""

    def __init__(self, source: Path) -> None:
        self._source = source
        self._spans: list[Spans] | None = None
        self._measure()
        self._book = _safely(lambda: CalamineWorkbook.from_path(str(source)))
        if len(self._book.sheet_names) > MOST_SHEETS:
            raise refusal("too_many_sheets", limit=MOST_SHEETS)

    def __enter__(self) -> WorkbookFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    @property
    def hidden(self) -> tuple[str, ...]:
        """Sheets that a person does not see in the file: they are not read."""
        return tuple(
            sheet.name
            for sheet in self._book.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible != SheetVisibleEnum.Visible
        )

    def sheets(self) -> Iterator[Sheet]:
        """Visible sheets in order; each is read when it is asked for."""
        for at, about in enumerate(self._book.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet or about.visible != SheetVisibleEnum.Visible:
                continue
            sheet = _safely(lambda name=about.name: self._book.get_sheet_by_name(name))  # type: ignore[misc]
            height = sheet.end[0] + 1 if sheet.end else 0
            yield Sheet(about.name, height, _rows(sheet), self._spans_of(at, sheet))

    def _spans_of(self, at: int, sheet: CalamineSheet) -> Spans:
        if self._spans is None:
            return _merged(sheet)
        return self._spans[at] if at < len(self._spans) else {}

    def _measure(self) -> None:
        with self._source.open("rb") as file:
            beginning = file.read(8)
            if beginning == MAGIC:
                check_xls(beginning + file.read(LARGEST_FILE))
                return
        extent = XlsxExtent()
        contents = inspect(self._source, CONTAINER, extent.watch)
        if "xl/workbook.bin" in contents:
            raise refusal("binary_workbook")
        if "content.xml" in contents and "mimetype" in contents:
            if not read_member(self._source, "mimetype", CONTAINER).startswith(_ODS):
                raise refusal("other_office")
            if "META-INF/manifest.xml" in contents and b"encryption-data" in read_member(
                self._source, "META-INF/manifest.xml", CONTAINER
            ):
                raise refusal("encrypted")
            self._spans = read_spans(self._source)
            return
        if not any(name.lower().endswith("workbook.xml") for name in contents.sizes):
            raise refusal("other_office")
        extent.check()


def _rows(sheet: CalamineSheet) -> Iterator[Sequence[CellValue]]:
    """calamine begins at row 1 but at the first column that holds something."""
    if sheet.start is None:
        return iter(())
    before: list[CellValue] = [""] * sheet.start[1]
    return (before + row for row in sheet.iter_rows()) if before else sheet.iter_rows()


def _merged(sheet: CalamineSheet) -> Spans:
    ranges = sheet.merged_cell_ranges or []
    return {
        (top, left): (bottom - top + 1, right - left + 1)
        for (top, left), (bottom, right) in ranges[:_MOST_SPANS]
        if bottom >= top and right >= left
    }


def _safely(read: Callable[[], T]) -> T:
    """calamine's errors as ours. A panic of its Rust code arrives as a BaseException of its own kind."""
    try:
        return read()
    except PasswordError as problem:
        raise refusal("encrypted") from problem
    except (CalamineError, OSError, ValueError) as problem:
        raise refusal("damaged") from problem
    except BaseException as problem:
        if type(problem).__name__ == "PanicException":
            raise refusal("damaged") from problem
        raise
