"""The id of a record that its ledger does not number.

The catalogue recognises a record that comes in again by its id, so the id rests on what stays the same in the
source. In this order: the id the ledger gives; the notice's own document number (doc-穗埔府征-2023-33); the number
of the source page (post_9420952); title, day of publication and place (rec- and 16 hexadecimal digits).
"""

from __future__ import annotations

import hashlib
import re

from hpviewer.importing.ledger.cell_text import plain
from hpviewer.records.partial_date import PartialDate

_NUMBER = re.compile(r"(?P<word>[^〔〕、]+)〔(?P<year>\d{4})〕(?P<serial>\d{1,5}(?:-\d{1,3})?)号")
_POST = re.compile(r"post_(?P<number>\d{3,15})")


def record_id(doc_number: str, source_url: str, title: str, published: PartialDate | None, place: str) -> str:
    """``doc_number`` in canonical form; a number that is not, or a list of numbers, identifies nothing."""
    found = _NUMBER.fullmatch(doc_number) if doc_number else None
    if found:
        return "doc-" + "-".join(found.groups())
    post = _POST.search(source_url) if source_url else None
    if post:
        return f"post_{post['number']}"
    return f"rec-{fingerprint(title, published, place)}"


def fingerprint(title: str, published: PartialDate | None, place: str) -> str:
    """16 hexadecimal digits of what a person would tell two records apart by; width and spaces do not count."""
    words = "\x1f".join((plain(title), str(published or ""), plain(place)))
    return hashlib.blake2b(words.encode(), digest_size=8).hexdigest()
