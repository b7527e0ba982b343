"""PDF files with text. A scanned page has none: that is said, nothing is recognised from pictures."""

from __future__ import annotations

import io
import logging

from hpviewer.errors import InputError
from hpviewer.importing.document_text import limits
from hpviewer.importing.document_text.document import DocumentText
from hpviewer.importing.document_text.page_facts import source_id_of
from hpviewer.importing.document_text.reflow import paragraphs
from hpviewer.wording import say


def read(data: bytes, name: str) -> DocumentText:
    """InputError for encrypted, damaged and scanned files, and for more than limits.MOST_PAGES pages."""
    import warnings

    from pypdf import PdfReader  # here: 150 ms that other kinds of files do not pay

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted and not reader.decrypt(""):
                raise limits.unreadable_as(name, "pdf_locked")
            if len(reader.pages) > limits.MOST_PAGES:
                raise limits.unreadable_as(name, "pdf_too_long")
            pages: list[str] = []
            length = 0
            for page in reader.pages:
                words = page.extract_text() or ""
                length += len(words)
                limits.bounded_text(" " * min(length, limits.LONGEST_TEXT + 1), name)
                pages.append(words)
            raw_title = reader.metadata.get("/Title") if reader.metadata else ""
    except InputError:
        raise
    except RecursionError as error:
        raise limits.unreadable_as(name, "pdf") from error
    except Exception as error:
        # pypdf raises KeyError, TypeError, struct.error and more on damaged files (its issue list is long).
        raise limits.unreadable_as(name, "pdf") from error
    lines = [line.strip(" \u3000\t\r") for page in pages for line in page.split("\n")]
    text = "\n".join(paragraphs(lines))
    if len(text) < 20:
        raise limits.unreadable_as(name, "pdf_scanned")
    title = str(raw_title or "").strip()
    notes = (say("importing_notice.note.pdf"),)
    return DocumentText(text, title if title in text else "", source_id=source_id_of(name), notes=notes)
