"""What a person reads of a batch's files: hundreds may have been brought in at once."""

from __future__ import annotations

from hpviewer.wording import say

_NAMED = 3


def source_words(source: str) -> str:
    """``source`` of a Batch, with the first names and the number of the files where there are many."""
    mark = say("session.import_source_mark")
    names = source.split(mark)
    if len(names) <= _NAMED:
        return source
    return say("session.import_source_many", names=mark.join(names[:_NAMED]), count=len(names))
