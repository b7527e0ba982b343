"""Records of one land batch or one renewal scheme, found by themselves, each link with its reason.

Automatic links, surest first:
1. the same approval number, in any brackets;
2. the same batch or project name, without spaces, brackets, the district's name, 项目, and with 批次 in figures;
3. the same communities, the same column and days of publication within 180 days, for a record that names no
   project and has only one that it could belong to. Records that name different projects, or carry different
   approval numbers, are never linked by place: two schemes of one community stay two.

What a person merged or split comes as values (`Merge`, `Split`) and is applied last, in order; to undo one, leave
it out.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column
from hpviewer.records.document_number import find_numbers
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import Record
from hpviewer.wording import say

CLOSE_DAYS = 180


class LinkRule(StrEnum):
    APPROVAL = "approval"
    NAME = "name"
    PLACE = "place"
    MERGED = "merged"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class Link:
    """Why these records are together (for SPLIT: why they are not with others)."""

    rule: LinkRule
    record_ids: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Merge:
    """The groups that hold these records become one. Ids that no longer exist are passed over."""

    record_ids: tuple[str, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Split:
    """These records leave their groups and form one of their own."""

    record_ids: tuple[str, ...]
    name: str = ""


Override = Merge | Split


@dataclass(frozen=True, slots=True)
class ProjectGroup:
    """A project: ``record_ids`` by date, undated last.

    ``key`` is the normalised name that most records have, else an approval number, else the id of the first
    record; a split-off group has a key of its own. It stays as long as these do. ``reasons`` is empty for a
    single record.
    """

    key: str
    name: str
    record_ids: tuple[str, ...]
    reasons: tuple[Link, ...]


@dataclass(eq=False)
class _Group:
    records: list[Record]
    reasons: list[Link]
    name: str = ""
    split: bool = False
    into: _Group | None = None

    def __post_init__(self) -> None:
        self.names = {name for record in self.records if (name := normalised_name(record.project))}
        self.numbers = {number for record in self.records for number in approval_numbers(record)}

    def fits(self, other: _Group) -> bool:
        """Nothing speaks against the two being one: not both name a project, not both carry an approval number."""
        return not (self.names and other.names) and not (self.numbers and other.numbers)

    def root(self) -> _Group:
        """The group that this one went into."""
        group = self
        while group.into:
            group = group.into
        return group

    def take(self, other: _Group) -> None:
        other.into = self
        self.records += other.records
        self.reasons += other.reasons
        self.names |= other.names
        self.numbers |= other.numbers
        self.name = self.name or other.name


def link(records: Iterable[Record], overrides: Sequence[Override] = ()) -> list[ProjectGroup]:
    """Every record in exactly one group, the groups by name. The order of the records does not matter."""
    ordered = sorted(records, key=_order)
    groups = _by_place(_by_value(ordered))
    for override in overrides:
        groups = _merged(groups, override) if isinstance(override, Merge) else _split(groups, override)
    return _finished(groups)


_DISTRICT = re.compile(r"^(?:广东省)?(?:广州市)?黄埔区(?!\d)|^(?:广东省)?广州市(?=黄埔区\d)")
_TOWN = re.compile(r"^[一-鿿]{2}(?:街道|街|镇)(?=[一-鿿].{3})")
_TAIL = re.compile(r"项目$")
_SHORTEST = 4
"""Shorter names (道路, 知识城) are shared by too many things to link by."""
_GENERIC = re.compile(
    r"(?:旧村|城中村|旧城|旧厂|城市更新|改造|征收|征用|土地|建设用地|集体|批次|公告|[一-龥]?地块)*"
)
_BATCH = re.compile(r"第?([一二三四五六七八九十百〇零]+|\d+)批次?")
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}


@lru_cache(maxsize=4096)
def normalised_name(name: str) -> str:
    """The form in which two spellings of a batch or project are the same; empty for a name that tells nothing.

    A town's name in front is left out (黄埔街下沙旧村改造 is 下沙旧村改造). The district's stays before a year: batch
    9 of 黄埔区 and batch 9 of 广州市 are two.
    """
    plain = unicodedata.normalize("NFKC", name)
    plain = re.sub(r"[\W_]+", "", plain)
    plain = _DISTRICT.sub("", plain)
    plain = _TOWN.sub("", plain)
    plain = _BATCH.sub(lambda found: f"第{_number(found[1])}批次", plain)
    plain = _TAIL.sub("", plain)
    return "" if len(plain) < _SHORTEST or _GENERIC.fullmatch(plain) else plain


def _number(text: str) -> int:
    if text.isdecimal():
        return int(text)
    total, digit = 0, 0
    for char in text:
        if char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def approval_numbers(record: Record) -> tuple[str, ...]:
    """Approval numbers in canonical form. A number that lost its bracket (〔20202号) is none: it is not certain."""
    texts = [record.approval_number]
    if record.kind is Kind.APPROVAL:
        texts.append(record.doc_number)
    found = [
        one.number for text in texts for one in find_numbers(unicodedata.normalize("NFKC", text)) if text
    ]
    own = [
        str(number)
        for number in found
        if not number.damaged and (number.is_approval or str(number) != record.doc_number)
    ]
    return tuple(dict.fromkeys(own))


def _order(record: Record) -> tuple[bool, str, str]:
    date = record.published or record.approved or record.notice_from
    return (date is None, str(date or ""), record.id)


def _by_value(records: Sequence[Record]) -> list[_Group]:
    """Groups by approval number and by name; a record that shares each with another joins both."""
    shared: dict[tuple[LinkRule, str], list[Record]] = defaultdict(list)
    group_of = {record.id: _Group([record], []) for record in records}
    for record in records:
        for number in sorted(group_of[record.id].numbers):
            shared[LinkRule.APPROVAL, number].append(record)
        for name in group_of[record.id].names:
            shared[LinkRule.NAME, name].append(record)
    for (rule, value), members in shared.items():
        if len(members) < 2:
            continue
        joined = _joined([group_of[record.id].root() for record in members])
        shown = value if rule is LinkRule.APPROVAL else members[0].project
        sentence = say(f"records.link.{rule.value}", value=shown, count=len(members))
        joined.reasons.append(Link(rule, tuple(record.id for record in members), sentence))
    return _unique(group.root() for group in group_of.values())


def _joined(groups: Iterable[_Group]) -> _Group:
    """All into the largest: moving the few to the many keeps a catalogue of 20,000 records under a second or two."""
    first, *others = sorted(_unique(groups), key=lambda group: -len(group.records))
    for other in others:
        first.take(other)
    return first


def _unique(groups: Iterable[_Group]) -> list[_Group]:
    return list({id(group): group for group in groups}.values())


def _by_place(groups: list[_Group]) -> list[_Group]:
    """Records without a project name join the one project at their place and time, or each other where none is.

    A record near two projects stays alone: nobody can tell which it belongs to.
    """
    group_of = {record.id: group for group in groups for record in group.records}
    at_place = _days_at_places(record for group in groups for record in group.records)
    pairs: list[tuple[Record, Record]] = []
    for group in groups:
        if group.names or len(group.records) > 1:
            continue
        record = group.records[0]
        near = [
            other
            for other in _close(record, at_place)
            if group_of[other.id] is not group and group.fits(group_of[other.id])
        ]
        projects = [one for one in near if group_of[one.id].names or group_of[one.id].numbers]
        if len({id(group_of[one.id]) for one in projects}) <= 1:
            pairs += [(record, neighbour) for neighbour in (projects[:1] or near)]
    for record, neighbour in pairs:
        here, there = group_of[record.id].root(), group_of[neighbour.id].root()
        if here is there or not here.fits(there):
            continue
        joined = _joined([there, here])
        sentence = say("records.link.place", place=record.place_as_written, days=CLOSE_DAYS)
        joined.reasons.append(Link(LinkRule.PLACE, (neighbour.id, record.id), sentence))
    return _unique(group.root() for group in groups)


_Place = tuple[Column, frozenset[PlaceCode]]


def _place(record: Record) -> _Place:
    return record.column, frozenset(record.communities)


def _days_at_places(records: Iterable[Record]) -> dict[_Place, list[tuple[int, Record]]]:
    """Records with communities and a known day of publication (as an ordinal), by place, in order of the day."""
    found: dict[_Place, list[tuple[int, Record]]] = defaultdict(list)
    for record in records:
        day = _day(record.published)
        if day is not None and record.communities:
            found[_place(record)].append((day, record))
    for listed in found.values():
        listed.sort(key=lambda one: (one[0], one[1].id))
    return found


def _close(record: Record, at_place: Mapping[_Place, list[tuple[int, Record]]]) -> list[Record]:
    """Records of the same communities and column published not far apart, this one included."""
    day = _day(record.published)
    if day is None:
        return []
    listed = at_place.get(_place(record), [])
    first = bisect_left(listed, day - CLOSE_DAYS, key=lambda one: one[0])
    last = bisect_right(listed, day + CLOSE_DAYS, key=lambda one: one[0])
    return [other for _, other in listed[first:last]]


def _day(date: PartialDate | None) -> int | None:
    return date.exact.toordinal() if date and date.exact else None


def _merged(groups: list[_Group], override: Merge) -> list[_Group]:
    wanted = set(override.record_ids)
    chosen = [group for group in groups if wanted & {record.id for record in group.records}]
    if len(chosen) < 2:
        return groups
    split = all(group.split for group in chosen)
    joined = _joined(chosen)
    joined.name = override.name or joined.name
    joined.split = split
    joined.reasons.append(Link(LinkRule.MERGED, tuple(sorted(wanted)), say("records.link.merged")))
    return [group for group in groups if group is joined or not any(group is one for one in chosen)]


def _split(groups: list[_Group], override: Split) -> list[_Group]:
    wanted = set(override.record_ids)
    taken: list[Record] = []
    kept: list[_Group] = []
    touched = False
    for group in groups:
        out = [record for record in group.records if record.id in wanted]
        taken += out
        if not out or len(out) == len(group.records):
            if not out:
                kept.append(group)
            continue
        touched = True
        stay = [record for record in group.records if record.id not in wanted]
        ids = {record.id for record in stay}
        reasons = [
            replace(one, record_ids=left)
            for one in group.reasons
            if len(left := tuple(key for key in one.record_ids if key in ids)) > 1
        ]
        kept.append(_Group(stay, reasons, group.name, group.split))
    if not touched:
        return groups
    taken.sort(key=_order)
    reason = Link(LinkRule.SPLIT, tuple(record.id for record in taken), say("records.link.split"))
    return [*kept, _Group(taken, [reason], override.name, split=True)]


def _finished(groups: Iterable[_Group]) -> list[ProjectGroup]:
    found: dict[str, ProjectGroup] = {}
    for group in sorted(groups, key=_by_hand_last):
        ids = tuple(record.id for record in group.records)
        key = _key(group)
        if key in found:  # records split off and merged with others still bear the name of those they left
            key = f"{key}:{ids[0]}"
        found[key] = ProjectGroup(key, _name(group), ids, tuple(dict.fromkeys(group.reasons)))
    return sorted(found.values(), key=lambda one: (one.name, one.key))


def _by_hand_last(group: _Group) -> tuple[bool, str]:
    """What was linked by itself keeps its key; then by the first record. Puts the group's records in order, too."""
    group.records.sort(key=_order)
    by_hand = any(one.rule in (LinkRule.MERGED, LinkRule.SPLIT) for one in group.reasons)
    return by_hand, group.records[0].id


def _key(group: _Group) -> str:
    first = group.records[0].id
    if group.split:
        return f"split:{first}"
    return _most_used(group, normalised_name) or min(group.numbers, default=f"record:{first}")


def _most_used(group: _Group, form: Callable[[str], str]) -> str:
    """The form that most records' project names have, the longest of equals; empty when there is none."""
    names = Counter(name for record in group.records if (name := form(record.project)))
    return max(names, key=lambda name: (names[name], len(name), name), default="")


def _name(group: _Group) -> str:
    """The name given by hand, else the one that most records write; else a title."""
    return group.name or _most_used(group, str) or group.records[0].title
