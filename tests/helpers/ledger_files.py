"""Ledgers in every format, written for tests: rows of text, numbers and dates -> a file."""

from __future__ import annotations

import csv
import datetime as dt
import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter

Cell = str | int | float | dt.date
Rows = Sequence[Sequence[Cell]]
Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, from 0."""
FORMATS = ("xlsx", "xls", "ods", "csv")

HEADER = (
    "序号", "公告标题", "类别", "公告文号", "批准文号", "发布日期", "公告期", "项目名称", "四至", "总面积（公顷）", "农用地",
    "耕地", "园地", "建设用地", "权属单位", "所属街镇", "所属社区", "来源网址", "备注",
)  # fmt: skip
ROW = (
    1, "广州市黄埔区人民政府征收土地公告", "征收土地公告", "穗埔府征〔2023〕33号", "粤府土审(23)〔2023〕25号", "2023-09-29",
    "2023年10月7日至2023年10月18日", "2023年度第九批次", "改革一路以东", 0.4976, 0.0365, 0.0305, 0.006, 0.4611,
    "何棠下村经济联合社", "龙湖街道", "何棠下村", "http://example.invalid/post_9420952.html", "待核",
)  # fmt: skip


def row(**changes: Cell) -> tuple[Cell, ...]:
    """ROW with some cells changed: row(公告标题="…")."""
    cells = dict(zip(HEADER, ROW, strict=True))
    assert changes.keys() <= cells.keys()
    return tuple((cells | changes).values())


def write(path: Path, rows: Rows, merges: Sequence[Merge] = ()) -> Path:
    """One sheet named 台账, in the format of the suffix. csv is UTF-8 with a mark; it and ods show no merges."""
    return write_sheets(path, {"台账": rows}, merges)


def write_sheets(path: Path, sheets: Mapping[str, Rows], merges: Sequence[Merge] = ()) -> Path:
    match path.suffix:
        case ".xlsx":
            _write_xlsx(path, sheets, merges)
        case ".xls":
            path.write_bytes(xls_bytes(sheets, merges))
        case ".ods":
            path.write_bytes(ods_bytes(sheets, merges))
        case ".csv":
            (rows,) = sheets.values()
            path.write_bytes(csv_bytes(rows, "utf-8-sig"))
    return path


def _write_xlsx(path: Path, sheets: Mapping[str, Rows], merges: Sequence[Merge]) -> None:
    book = xlsxwriter.Workbook(str(path), {"strings_to_urls": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for merge in merges:
            sheet.merge_range(*merge, "")
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(at, column, dt.datetime.combine(cell, dt.time()), day)
                elif isinstance(cell, str):
                    if cell:
                        sheet.write_string(at, column, cell)
                else:
                    sheet.write_number(at, column, cell)
    book.close()


def shown(cell: Cell) -> str:
    return f"{cell:g}" if isinstance(cell, float) and cell.is_integer() else str(cell)


def csv_bytes(rows: Rows, encoding: str, separator: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows([[shown(cell) for cell in cells] for cells in rows])
    return text.getvalue().encode(encoding)


_ODS = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    "{tables}</office:spreadsheet></office:body></office:document-content>"
)


def ods_bytes(sheets: Mapping[str, Rows], merges: Sequence[Merge] = ()) -> bytes:
    tables = []
    for name, rows in sheets.items():
        lines = [
            "<table:table-row>"
            + "".join(_ods_cell(cell, at, column, merges) for column, cell in enumerate(cells))
            + '<table:table-cell table:number-columns-repeated="16000"/></table:table-row>'
            for at, cells in enumerate(rows)
        ]
        lines.append(
            '<table:table-row table:number-rows-repeated="1048000"><table:table-cell'
            ' table:number-columns-repeated="16384"/></table:table-row>'
        )
        tables.append(f'<table:table table:name="{escape(name)}">{"".join(lines)}</table:table>')
    return ods_of(_ODS.format(tables="".join(tables)))


def ods_of(content: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return data.getvalue()


def _ods_cell(cell: Cell, at: int, column: int, merges: Sequence[Merge]) -> str:
    spans = ""
    for top, left, bottom, right in merges:
        if (top, left) == (at, column):
            spans = (
                f' table:number-rows-spanned="{bottom - top + 1}"'
                f' table:number-columns-spanned="{right - left + 1}"'
            )
        elif top <= at <= bottom and left <= column <= right:
            return "<table:covered-table-cell/>"
    if cell == "":
        return f"<table:table-cell{spans}/>"
    if isinstance(cell, dt.date):
        kind, lines = f'office:value-type="date" office:date-value="{cell}"', f"<text:p>{cell}</text:p>"
    elif isinstance(cell, (int, float)):
        kind, lines = f'office:value-type="float" office:value="{cell!r}"', f"<text:p>{cell}</text:p>"
    else:
        kind = 'office:value-type="string"'
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
    return f"<table:table-cell{spans} {kind}>{lines}</table:table-cell>"


def xls_bytes(sheets: Mapping[str, Rows], merges: Sequence[Merge] = (), extra: bytes = b"") -> bytes:
    """BIFF8 with the least that a reader needs. Dates become serial numbers. ``extra``: records of the globals."""
    bodies = [_xls_sheet(rows, merges) for rows in sheets.values()]
    names = [name.encode("utf-16-le") for name in sheets]
    size = 20 + len(extra) + sum(4 + 8 + len(name) for name in names) + 4
    globals_ = biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)) + extra
    for name, body in zip(names, bodies, strict=True):
        globals_ += biff(0x0085, struct.pack("<IBBBB", size, 0, 0, len(name) // 2, 1) + name)
        size += len(body)
    return compound("Workbook", globals_ + biff(0x000A, b"") + b"".join(bodies))


def biff(kind: int, data: bytes) -> bytes:
    """One record of an xls stream."""
    return struct.pack("<HH", kind, len(data)) + data


def _xls_sheet(rows: Rows, merges: Sequence[Merge]) -> bytes:
    parts = [biff(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))]
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", at, column, 0)
            if isinstance(cell, dt.date):
                cell = (cell - dt.date(1899, 12, 30)).days
            if isinstance(cell, str):
                text = cell.encode("utf-16-le")
                if cell:
                    parts.append(biff(0x0204, place + struct.pack("<HB", len(text) // 2, 1) + text))
            else:
                parts.append(biff(0x0203, place + struct.pack("<d", cell)))
    if merges:
        refs = b"".join(struct.pack("<HHHH", top, bottom, left, right) for top, left, bottom, right in merges)
        parts.append(biff(0x00E5, struct.pack("<H", len(merges)) + refs))
    parts.append(biff(0x000A, b""))
    return b"".join(parts)


def compound(name: str, stream: bytes) -> bytes:
    """A compound file with one stream: sector 0 the directory, then the stream, then the table of sectors."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    tables = 1
    while tables * 128 < 1 + sectors + tables:
        tables += 1
    first_table = 1 + sectors
    chain = [0xFFFFFFFE, *range(2, sectors + 1), 0xFFFFFFFE, *[0xFFFFFFFD] * tables]
    chain += [0xFFFFFFFF] * (tables * 128 - len(chain))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack(
        "<HHHHH6sIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, b"", 0, tables, 0, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0
    )
    header += struct.pack("<109I", *range(first_table, first_table + tables), *[0xFFFFFFFF] * (109 - tables))
    directory = _entry("Root Entry", 5, 0xFFFFFFFE, 0, child=1) + _entry(name, 2, 1, len(stream))
    body = directory.ljust(512, b"\0") + stream.ljust(sectors * 512, b"\0")
    return header + body + struct.pack(f"<{len(chain)}I", *chain)


def _entry(name: str, kind: int, start: int, size: int, child: int = 0xFFFFFFFF) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
        + b"\0" * 36
        + struct.pack("<IQ", start, size)
    )


def patched(source: Path, member: str, old: bytes, new: bytes) -> bytes:
    """The zip of ``source`` with bytes of one member replaced."""
    data = io.BytesIO()
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == member:
                assert old in content
                content = content.replace(old, new)
            after.writestr(name, content)
    return data.getvalue()
