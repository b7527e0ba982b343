"""Owners of the land as notices list them: 汤村村大迳、荔枝坑、盘一经济合作社 names three co-operatives.

Such a run shares the prefix of its first item and the suffix of its last. It is expanded only where both
are plain to see; whatever else is written stays as it is.
"""

from __future__ import annotations

import re

_SUFFIX = re.compile(r"(?:股份)?(?:经济)?(?:合作社|联合社)$")
_COMPLETE = re.compile(r"(?:合作社|联合社|委员会|村委会|居委会|社区|村|公司|厂|学校|局|院|所|中心)$")
_PREFIX = re.compile(r"(?P<unit>.+(?:联合社|社区|村))(?P<rest>..+)")
"""A rest of one character is more likely part of the name (新村口) than a unit of 新村."""
_SEPARATOR = re.compile(r"[、，,；;]")


def parse_owners(text: str) -> tuple[str, ...]:
    """Owners in the order written, each once. Separators inside brackets do not separate."""
    found: list[str] = []
    run: list[str] = []
    for item in _split(text):
        if not _COMPLETE.search(item):
            run.append(item)
            continue
        found.extend(_expand(run, item) if run else [item])
        run = []
    found.extend(run)
    return tuple(dict.fromkeys(found))


def _split(text: str) -> list[str]:
    items, start, depth = [], 0, 0
    for at, char in enumerate(text):
        depth += (char in "（([〔") - (char in "）)]〕")
        if depth <= 0 and _SEPARATOR.match(char):
            items.append(text[start:at])
            start = at + 1
    items.append(text[start:])
    return [item.strip() for item in items if item.strip()]


def _expand(run: list[str], last: str) -> list[str]:
    """``last`` ends the run; if it is no co-operative, there is no suffix to share."""
    suffix = _SUFFIX.search(last)
    if not suffix or not last[: suffix.start()]:
        return [*run, last]
    first = _PREFIX.fullmatch(run[0])
    unit = first["unit"] if first else ""
    names = [first["rest"] if first else run[0], *run[1:]]
    own = _PREFIX.fullmatch(last[: suffix.start()])
    ended = last if own or last.startswith(unit) else unit + last
    return [*(unit + name + suffix[0] for name in names), ended]
