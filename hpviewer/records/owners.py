"""Owners of the land as a cell or a form lists them: 汤村村大迳、荔枝坑、盘一经济合作社 names three co-operatives.

Each complete name stays as it is written, so that a list reads the same after it was written out. Only a run of
names that wait for the ending of a later one is expanded, by the rules of ``owner_list``, and only where each of them
becomes one owner; whatever else is written stays.
"""

from __future__ import annotations

import re

from hpviewer.records.owner_list import SUFFIX, expand

_COMPLETE = re.compile(r"(?:合作社|联合社|委员会|村委会|居委会|社区|村|公司|厂|学校|局|院|所|中心)$")
_SHARED_ENDING = re.compile(r"(?:合作社|联合社)$")
_SEPARATOR = re.compile(r"[、，,；;]")
_NUMBER = re.compile(r"第?[一二三四五六七八九十百零〇\d]{1,4}")


def parse_owners(text: str) -> tuple[str, ...]:
    """Owners in the order written, each once. Separators inside brackets do not separate."""
    found: list[str] = []
    run: list[str] = []
    for item in _split(text):
        if not _COMPLETE.search(item):
            run.append(item)
        elif run and _SHARED_ENDING.search(item):
            found.extend(_expanded([*run, item], found[-1] if found else ""))
            run = []
        else:
            found.extend((*run, item))
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


def _expanded(run: list[str], before: str) -> list[str]:
    """The last of the run gives the ending. A run that begins with a number (第一、第三经济合作社) goes on with the
    village of the owner before it."""
    context = [before] if before and SUFFIX.search(before) and _NUMBER.fullmatch(run[0]) else []
    owners = expand("、".join([*context, *run]))[len(context) :]
    if len(owners) != len(run):
        return run
    return [owner.town + owner.name for owner in owners]
