"""One door for files: the kind is told by content first, by the file's name second."""

from __future__ import annotations

from pathlib import Path

from hpviewer.errors import InputError
from hpviewer.importing.document_text import limits
from hpviewer.importing.document_text.document import DocumentText
from hpviewer.wording import say

SUFFIXES = (".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml", ".docx", ".txt", ".md", ".text", ".pdf")
_HTML_SIGNS = (b"<html", b"<!doctype html", b"<body", b"<head", b"<div", b"<p>", b"<table", b"<meta")


def read_document(path: Path) -> DocumentText:
    """InputError, with what to do next, for anything that is no readable document of a kind in SUFFIXES."""
    data = limits.read_bounded(path)
    return document_from_bytes(data, path.name)


def document_from_bytes(data: bytes, name: str) -> DocumentText:
    """As read_document; ``name`` tells the kind where the content does not, and appears in messages."""
    from hpviewer.importing.document_text import html_page, mht_archive, pdf_file, plain_text, word_file

    head = data[:4096].lstrip().lower()
    suffix = Path(name).suffix.lower()
    if data.startswith(b"PK\x03\x04"):
        return word_file.read(data, name)
    if data.startswith(b"%PDF-") or suffix == ".pdf":
        return pdf_file.read(data, name)
    if data.startswith(b"\xd0\xcf\x11\xe0") or head.startswith(b"{\\rtf"):
        raise limits.unreadable_as(name, "doc")
    if suffix in (".mht", ".mhtml") or (b"mime-version:" in head and b"content-type:" in head):
        return mht_archive.read(data, name)
    plain_head = head.replace(b"\0", b"")
    if suffix in (".html", ".htm", ".shtml", ".xhtml") or any(sign in plain_head for sign in _HTML_SIGNS):
        return html_page.read(data, name)
    if suffix in (".docx",):
        raise limits.unreadable_as(name, "docx")
    if suffix in (".txt", ".md", ".text", "") or b"\0" not in data[:1000]:
        return plain_text.read(data, name)
    raise InputError(say("importing_notice.file.unknown_kind", name=name), say("importing_notice.file.kinds"))


def pasted_text(text: str) -> DocumentText:
    """Text from the clipboard; the same limits and errors as a file."""
    from hpviewer.importing.document_text import plain_text

    return plain_text.from_text(text, say("importing_notice.file.pasted"))
