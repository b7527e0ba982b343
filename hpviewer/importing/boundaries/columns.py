"""Which columns hold a place's code, its name, its town, or a project's name: told by content, then by header."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hpviewer.errors import NotFoundError
from hpviewer.places.index import NameIndex
from hpviewer.places.place import Level, Match, Place, PlaceCode
from hpviewer.places.resolver import Resolver

LEAST_SCORE = 0.72
"""Of a match that counts: names and former names written in full; slips and another town than today's do not."""

_SAMPLE = 40
_CODE = re.compile(r"(\d{9})(\d{3})?(?:0{3,10})?")
_NAME_HEADERS = {
    Level.TOWN: (
        "街镇",
        "镇街",
        "街道",
        "乡镇",
        "所属街镇",
        "TOWN",
        "XZJDMC",
        "XZMC",
        "XZQMC",
        "NAME",
        "名称",
    ),
    Level.COMMUNITY: (
        "社区",
        "村",
        "村居",
        "村社区",
        "行政村",
        "村名",
        "XZCMC",
        "QSDWMC",
        "ZLDWMC",
        "NAME",
        "名称",
    ),
}
_PROJECT_HEADERS = (
    "项目名称", "项目名", "项目", "地块名称", "地块", "批次名称", "批次", "XMMC", "DKMC", "PROJECT", "NAME", "名称", "MC",
    "标题", "TITLE",
)  # fmt: skip
_SURE_PROJECT = frozenset(("项目名称", "项目名", "项目", "批次名称", "批次", "XMMC"))
_PROJECT_NAME = re.compile(r"(?:项目|改造|工程|用地|批次|园区)(?:[（(][^（()）]{0,20}[)）])?$")
_NO_NAMES = frozenset(("description", "timestamp", "begin", "end", "altitudemode", "icon", "snippet"))


class PlaceLookup:
    """Codes and names -> places of one level, each value understood once."""

    def __init__(self, resolver: Resolver, index: NameIndex) -> None:
        self._resolver = resolver
        self._index = index
        self._named: dict[str, list[Match]] = {}
        self._coded: dict[str, Place | None] = {}

    def place(self, code: PlaceCode) -> Place:
        return self._index.place(code)

    def by_code(self, value: str, level: Level) -> Place | None:
        """The place of a statistics code; a town also as 12 digits, either with zeros behind (19 digits)."""
        if value not in self._coded:
            self._coded[value] = self._of_code(value)
        place = self._coded[value]
        return place if place is not None and place.level is level else None

    def _of_code(self, value: str) -> Place | None:
        found = _CODE.fullmatch(value)
        if not found:
            return None
        for code in (found[1] + (found[2] or ""), found[1] if (found[2] or "000") == "000" else ""):
            if code:
                try:
                    return self._index.place(PlaceCode(code))
                except NotFoundError:
                    continue
        return None

    def by_name(self, value: str, level: Level) -> list[Match]:
        """All readings on this level, best first, weak ones included."""
        if value not in self._named:
            wordy = 2 <= len(value) <= 40 and any("\u3400" <= char <= "\u9fff" for char in value)
            self._named[value] = self._resolver.resolve(value) if wordy else []
        return [match for match in self._named[value] if match.level is level]


@dataclass(frozen=True, slots=True)
class PlaceColumns:
    """ "" where there is no such column. ``score`` is the share of features that code or name would place."""

    code: str
    name: str
    town: str
    score: float


def place_columns(columns: Mapping[str, tuple[str, ...]], level: Level, lookup: PlaceLookup) -> PlaceColumns:
    coded = {
        name: sum(lookup.by_code(value, level) is not None for value in _sample(values))
        / len(_sample(values))
        for name, values in columns.items()
        if _sample(values)
    }
    code = max(coded, key=lambda name: coded[name], default="")
    if not code or coded[code] < 0.3:
        code = ""
    named = {
        name: _named_share(values, level, lookup)
        for name, values in columns.items()
        if name != code and name.lower() not in _NO_NAMES and _sample(values)
    }
    name = _best(named, _NAME_HEADERS[level])
    town = ""
    if level is Level.COMMUNITY:
        towns = {
            other: _named_share(values, Level.TOWN, lookup)
            for other, values in columns.items()
            if other not in (code, name) and _sample(values)
        }
        town = _best(towns, _NAME_HEADERS[Level.TOWN], least=0.5)
    score = max(coded.get(code, 0.0) if code else 0.0, named.get(name, 0.0) if name else 0.0)
    return PlaceColumns(code, name, town, score)


def names_projects(column: str, values: Sequence[str]) -> bool:
    """The column is headed 项目名称 or the like, or most of its values are called 文冲旧村改造项目: a project of that place
    and not the place."""
    if column.strip().upper() in _SURE_PROJECT:
        return True
    filled = [value for value in values if value]
    return bool(filled) and 2 * sum(bool(_PROJECT_NAME.search(value)) for value in filled) > len(filled)


def project_column(columns: Mapping[str, tuple[str, ...]]) -> str:
    """By header; else the only column with Chinese text in at least half of its features; "" otherwise."""
    upper = {name.strip().upper(): name for name in columns}
    for header in _PROJECT_HEADERS:
        if header in upper and any(columns[upper[header]]):
            return upper[header]
    for header in _PROJECT_HEADERS[:9]:
        for name in columns:
            if header in name.upper() and any(columns[name]):
                return name
    worded = [
        name
        for name, values in columns.items()
        if name.lower() not in _NO_NAMES
        and 2 * sum(any("\u3400" <= char <= "\u9fff" for char in value) for value in values) >= len(values)
    ]
    return worded[0] if len(worded) == 1 else ""


def _sample(values: tuple[str, ...]) -> list[str]:
    """Different values, spread over the file."""
    distinct = list(dict.fromkeys(value for value in values if value))
    step = max(1, len(distinct) // _SAMPLE)
    return distinct[::step][:_SAMPLE]


def _named_share(values: tuple[str, ...], level: Level, lookup: PlaceLookup) -> float:
    sample = _sample(values)
    hits = sum(
        any(match.score >= LEAST_SCORE for match in lookup.by_name(value, level)[:1]) for value in sample
    )
    return hits / len(sample)


def _best(shares: Mapping[str, float], headers: tuple[str, ...], least: float = 0.3) -> str:
    """The column with the highest share; a header that says so decides between nearly equal ones."""

    def rank(name: str) -> float:
        upper = name.strip().upper()
        return shares[name] + (
            0.15 if upper in headers else 0.1 if any(h in upper for h in headers[:5]) else 0
        )

    best = max(shares, key=rank, default="")
    return best if best and shares[best] >= least else ""
