"""Text files and pasted text."""

from __future__ import annotations

import re

from hpviewer.importing.document_text import limits
from hpviewer.importing.document_text.charset import decode
from hpviewer.importing.document_text.document import DocumentText
from hpviewer.importing.document_text.page_facts import source_id_of
from hpviewer.wording import say

_UNSHOWN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def read(data: bytes, name: str) -> DocumentText:
    text, encoding = decode(data)
    sample = text[:4000]
    odd = sum(char == "\ufffd" or (char < " " and char not in "\r\n\t\f") for char in sample)
    if odd > len(sample) // 10:
        raise limits.unreadable_as(name, "txt")
    document = from_text(text, name)
    notes = (
        () if encoding.startswith("utf-8") else (say("importing_notice.note.encoding", encoding=encoding),)
    )
    return DocumentText(document.text, source_id=source_id_of(name), notes=notes)


def from_text(text: str, name: str) -> DocumentText:
    """Line ends become \\n; form feeds and characters that cannot be shown are dropped."""
    limits.bounded_text(text, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n").replace("\u2028", "\n")
    text = _UNSHOWN.sub("", text).replace("\t", " ").strip("\n \ufeff")
    return DocumentText(text)
