"""Word files (.docx): paragraphs and tables in the order of the document. Macros and links are not followed."""

from __future__ import annotations

import io
from collections.abc import Iterator
from types import MappingProxyType

from hpviewer.importing import bounded_zip
from hpviewer.importing.document_text import limits
from hpviewer.importing.document_text.document import DocumentText
from hpviewer.importing.document_text.page_facts import source_id_of
from hpviewer.importing.document_text.table_rows import Cell, rows_as_lines

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read(data: bytes, name: str) -> DocumentText:
    """InputError for zip files that are no Word document or unpack to more than a document does."""
    if "word/document.xml" not in bounded_zip.inspect(data):
        raise limits.unreadable_as(name, "docx")
    import docx  # here: 120 ms that other kinds of files do not pay

    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_lines(document.element.body))
        title = (document.core_properties.title or "").strip()
    except Exception as error:
        # python-docx lets KeyError, lxml's and zlib's errors and more through on damaged files.
        raise limits.unreadable_as(name, "docx") from error
    text = limits.bounded_text("\n".join(lines), name)
    metadata = {"ArticleTitle": title} if title and any(title in line for line in lines[:8]) else {}
    return DocumentText(text, title if metadata else "", MappingProxyType(metadata), source_id_of(name))


def _lines(body: object) -> Iterator[str]:
    for element in body:  # type: ignore[attr-defined]
        if element.tag == f"{_W}p":
            for line in _paragraph(element).split("\n"):
                if line.strip(" \u3000\t"):
                    yield line.strip(" \u3000\t")
        elif element.tag == f"{_W}tbl":
            yield from rows_as_lines(_table(element))
        elif element.tag == f"{_W}sdt":
            for content in element.iter(f"{_W}sdtContent"):
                yield from _lines(content)
                break


def _paragraph(element: object) -> str:
    parts: list[str] = []
    for node in element.iter():  # type: ignore[attr-defined]
        if node.tag == f"{_W}t" and node.text:
            parts.append(node.text)
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            parts.append("\n")
        elif node.tag == f"{_W}tab":
            parts.append(" ")
    return "".join(parts)


def _table(table: object) -> Iterator[list[Cell]]:
    """Vertically merged cells repeat the text above; horizontally merged ones say over how many columns."""
    above: dict[int, str] = {}
    count = 0
    for row in table.iter(f"{_W}tr"):  # type: ignore[attr-defined]
        cells: list[Cell] = []
        column = 0
        for cell in row.iter(f"{_W}tc"):
            count += 1
            if count > limits.MOST_TABLE_CELLS:
                return
            text = " ".join(_paragraph(part).replace("\n", " ") for part in cell.iter(f"{_W}p")).strip()
            span = cell.find(f"{_W}tcPr/{_W}gridSpan")
            wide = _count(span.get(f"{_W}val")) if span is not None else 1
            merged = cell.find(f"{_W}tcPr/{_W}vMerge")
            if merged is not None and merged.get(f"{_W}val") != "restart":
                text = text or above.get(column, "")
            for at in range(column, column + wide):
                above[at] = text
            cells.append(Cell(text, wide))
            column += wide
        yield cells


def _count(value: str | None) -> int:
    return min(max(int(value), 1), 60) if value and value.isdigit() else 1
