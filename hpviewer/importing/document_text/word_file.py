"""Word files (.docx): paragraphs and tables in the order of the document. Macros and links are not followed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from types import MappingProxyType

from hpviewer.importing.document_text import limits
from hpviewer.importing.document_text.document import DocumentText
from hpviewer.importing.document_text.page_facts import source_id_of
from hpviewer.importing.document_text.table_rows import Cell, rows_as_lines

_LARGEST_UNPACKED = 120 * 1024 * 1024
_LARGEST_DOCUMENT = 40 * 1024 * 1024
_MOST_ENTRIES = 3000
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read(data: bytes, name: str) -> DocumentText:
    """InputError for zip files that are no Word document or unpack to more than a document does."""
    _check_archive(data, name)
    import docx  # here: 120 ms that other kinds of files do not pay
    from docx.opc.exceptions import OpcError
    from lxml.etree import LxmlError

    try:
        document = docx.Document(io.BytesIO(data))
        lines = list(_lines(document.element.body))
        title = (document.core_properties.title or "").strip()
    except (OpcError, LxmlError, zipfile.BadZipFile, KeyError, ValueError, AttributeError, OSError,
            NotImplementedError, RuntimeError, TypeError, EOFError) as error:  # fmt: skip
        raise limits.unreadable_as(name, "docx") from error
    except Exception as error:
        # zlib.error and friends: every damaged archive must end in a sentence, not in the crash hook.
        if type(error).__module__.split(".")[0] in ("zlib", "zipfile", "docx", "lxml", "builtins"):
            raise limits.unreadable_as(name, "docx") from error
        raise
    text = limits.bounded_text("\n".join(lines), name)
    metadata = {"ArticleTitle": title} if title and any(title in line for line in lines[:8]) else {}
    return DocumentText(text, title if metadata else "", MappingProxyType(metadata), source_id_of(name))


def _check_archive(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            main = [entry for entry in entries if entry.filename == "word/document.xml"]
            whole = sum(entry.file_size for entry in entries)
            if not main or "[Content_Types].xml" not in names:
                raise limits.unreadable_as(name, "docx")
            if (
                len(entries) > _MOST_ENTRIES
                or whole > _LARGEST_UNPACKED
                or any(entry.file_size > _LARGEST_DOCUMENT for entry in entries)
            ):
                raise limits.unreadable_as(name, "docx_too_large")
            for entry in entries:
                if entry.filename.endswith((".xml", ".rels")):
                    _check_entry(archive, entry, name)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError, EOFError) as error:
        raise limits.unreadable_as(name, "docx") from error


def _check_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    """Declared sizes can lie: the first megabyte is unpacked and looked at for entity definitions."""
    import zlib

    try:
        with archive.open(entry) as part:
            head = part.read(1024 * 1024)
    except zlib.error as error:
        raise limits.unreadable_as(name, "docx") from error
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise limits.unreadable_as(name, "docx")


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
