"""Document numbers in a cell: in canonical form where they are understood, as written where not."""

from __future__ import annotations

import re
import unicodedata

from hpviewer.importing.ledger.cell_text import CellValue, is_blank, one_line, plain, shown
from hpviewer.importing.ledger.problem import Noted
from hpviewer.records.document_number import DocumentNumber, find_numbers
from hpviewer.wording import say

CANONICAL = re.compile(r"[一-鿿]{2,20}(?:\(\d{1,3}\)[一-鿿]{0,6})?〔(?:19|20)\d\d〕\d{1,5}号")
_BETWEEN = re.compile(r"[\s、,;，；和及/《》()]*")


def read_number(value: CellValue) -> str | Noted | None:
    """One number, or several joined by 、; text that is none stays as it is, with a warning."""
    if not isinstance(value, str):
        return Noted(shown(value), warning=say("importing_ledger.warning.number"))
    if CANONICAL.fullmatch(value):
        return value
    if is_blank(value):
        return None
    try:
        return str(DocumentNumber.parse(value))
    except ValueError:
        pass
    folded = unicodedata.normalize("NFKC", value)
    at, found = 0, []
    for one in find_numbers(folded):
        if not _BETWEEN.fullmatch(folded, at, one.start):
            break
        found.append(str(one.number))
        at = one.end
    if found and _BETWEEN.fullmatch(folded, at):
        return "、".join(dict.fromkeys(found))
    return Noted(one_line(value), warning=say("importing_ledger.warning.number"))


def is_number(value: CellValue) -> DocumentNumber | None:
    """The number that the whole cell is; None otherwise."""
    if not isinstance(value, str) or len(value) > 60:
        return None
    try:
        return DocumentNumber.parse(plain(value))
    except ValueError:
        return None
