"""A file or text -> the notices in it: every field reader called once, their findings put together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from hpviewer.errors import InputError
from hpviewer.importing.document_text.document import DocumentText
from hpviewer.importing.document_text.page_facts import source_id_of
from hpviewer.importing.document_text.reader import pasted_text, read_document
from hpviewer.importing.notice.assembly import Assembly
from hpviewer.importing.notice.folded_text import fold
from hpviewer.importing.notice.notice import Notice, NoticeReading
from hpviewer.importing.notice.place_words import PlaceFinder
from hpviewer.importing.notice.sheet import Sheet
from hpviewer.importing.notice.stage import NOTICE_WORD
from hpviewer.wording import say

_DIVIDER = re.compile(r"^[ \t]*(?:[=＝*＊#]{5,}|[-—─_]{10,})[ \t]*$", re.MULTILINE)
_MOST_NOTICES = 200
LONGEST_NOTICE = 150_000
"""Characters of one file; the longest notice seen, with all its tables, has 30,000."""


def read_notice(source: Path, places: PlaceFinder | None) -> NoticeReading:
    """InputError when the file cannot be read or holds no notice; the message says what was found instead."""
    return read_notice_document(read_document(source), places, source.name)


def read_notice_text(
    text: str,
    places: PlaceFinder | None,
    *,
    title: str = "",
    metadata: Mapping[str, str] = MappingProxyType({}),
    name: str = "",
) -> NoticeReading:
    """Pasted text. ``title`` and ``metadata`` (PubDate, ContentSource, Url) as a page would give them."""
    pasted = pasted_text(text)
    source_id = source_id_of(metadata.get("Url", ""), name)
    document = DocumentText(pasted.text, title, metadata, source_id, pasted.notes)
    return read_notice_document(document, places, name or say("importing_notice.file.pasted"))


def read_notice_document(document: DocumentText, places: PlaceFinder | None, name: str) -> NoticeReading:
    """Notices divided by lines of ===== or ----- are read one by one, anything else as one notice."""
    if len(document.text) > LONGEST_NOTICE:
        raise InputError(
            say("importing_notice.file.too_long", name=name, characters=LONGEST_NOTICE),
            say("importing_notice.file.split"),
        )
    parts = _parts(document.text)
    notices: list[Notice] = []
    for start, end in parts:
        single = len(parts) == 1
        title = document.title or document.metadata.get("PageTitle", "")
        notices.append(
            Assembly(
                Sheet(document.text[start:end]),
                document.metadata,
                fold(title).text if single else "",
                document.source_id if single else "",
                places,
                offset=start,
            ).notice()
        )
    if not notices:
        raise _no_notice(document, name)
    return NoticeReading(document, tuple(notices), document.notes)


def _parts(text: str) -> list[tuple[int, int]]:
    """Spans of the notices. A part without any notice word is no notice and is left out."""
    bounds: list[tuple[int, int]] = []
    at = 0
    for divider in _DIVIDER.finditer(text):
        bounds.append((at, divider.start()))
        at = divider.end()
    bounds.append((at, len(text)))
    worded = [
        (start, end)
        for start, end in bounds
        if len(text[start:end].strip()) >= 40 and _is_notice(text[start:end])
    ]
    if (
        len(worded) > 1
        and len(worded) <= _MOST_NOTICES
        and all(_is_whole(text[start:end]) for start, end in worded)
    ):
        return worded
    return [(0, len(text))] if _is_notice(text) else []


def _is_notice(text: str) -> bool:
    return bool(NOTICE_WORD.search(fold(text).text))


def _is_whole(text: str) -> bool:
    """Divided parts are notices of their own only if each has a title or number in its head."""
    head = fold(text).text[:300]
    return bool(re.search(r"公告|公示|批复|通告|告知书|通知|函", head))


def _no_notice(document: DocumentText, name: str) -> InputError:
    opening = re.sub(r"\s+", " ", document.text).strip()[:40]
    return InputError(
        say("importing_notice.rejected.no_notice", name=name, opening=opening),
        say("importing_notice.rejected.next_step"),
    )
