"""Policy documents that concern a village: that name it, or the kind of thing that its records are about.

Nothing is guessed: each is listed with the word that it holds and where, and one whose last day is past is left
out. The words follow from the records, 旧村改造 only where a record of 城市更新 is there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hpviewer.catalogue.policy_words import MentioningPolicy, policies_mentioning
from hpviewer.places.place import Level, Place
from hpviewer.policies.policy import Policy, PolicyStatus
from hpviewer.records.column import Column
from hpviewer.records.record import Record
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.wording import say

MOST = 8
_LAND = ("征地", "征收土地", "土地征收", "补偿安置")
_RENEWAL = ("旧村改造", "城中村改造", "旧村庄", "城市更新", "三旧改造", "拆迁", "复建")
_COLLECTIVE = ("农村集体资产", "集体经济组织", "集体建设用地", "股份经济联合社")
_COLLECTIVE_MARKS = ("经济联合社", "经济合作社", "经济联社", "集体")
_SHOWN = (PolicyStatus.IN_FORCE, PolicyStatus.NOT_YET, PolicyStatus.UNKNOWN)


@dataclass(frozen=True, slots=True)
class VillagePolicy:
    """``reason`` is a clause that tells why it is listed (涉及旧村改造（第三条）); ``text`` the clause that holds the word,
    "" when only the title does. ``question`` can be asked of the policy question service as it is."""

    policy: Policy
    status: PolicyStatus
    reason: str
    text: str
    question: str


@dataclass(frozen=True, slots=True)
class VillagePolicies:
    """``items`` at most `MOST`; ``note`` is a finished sentence on what else there is, or why there is nothing."""

    items: tuple[VillagePolicy, ...]
    note: str


def policies_of(
    queries: CatalogueQueries, place: Place, town: Place, records: Iterable[Record], on: dt.date
) -> VillagePolicies:
    names, topics = _names(place, town), _topics(tuple(records))
    total, found = policies_mentioning(queries.path, (*names, *topics))
    items = [_item(one, names, on) for one in found]
    items = [one for one in items if one.status in _SHOWN]
    left_out = len(found) - len(items)
    ranked = sorted(zip(items, _ranks(found, items, names), strict=True), key=lambda pair: pair[1])
    shown = tuple(item for item, _ in ranked[:MOST])
    return VillagePolicies(shown, _note(total, len(items), left_out, names, topics))


def policy_line(one: VillagePolicy) -> str:
    """Title, number, status and the reason, in one line."""
    number = (
        say("session_village.policy.number", number=one.policy.doc_number) if one.policy.doc_number else ""
    )
    return say(
        "session_village.policy.line",
        title=one.policy.title,
        number=number,
        status=one.status.value,
        reason=one.reason,
    )


def _names(place: Place, town: Place) -> tuple[str, ...]:
    """Names that mean this place and nothing else: 文冲 alone may be the town, 青年 alone anything."""
    names = [place.name]
    if place.level is Level.COMMUNITY and len(place.name) > 3:
        core = place.name.removesuffix("社区").removesuffix("村")
        names += [f"{core}社区", f"{core}村"] if core != place.name else []
    names += [town.name, town.name.removesuffix("道") if town.name.endswith("街道") else town.name]
    return tuple(dict.fromkeys(names))


def _topics(records: Sequence[Record]) -> tuple[str, ...]:
    words: list[str] = []
    if any(one.column is Column.RENEWAL or "改造" in one.project + one.title for one in records):
        words += _RENEWAL
    if any(one.column is Column.LAND for one in records):
        words += _LAND
    if any(mark in "".join((*one.owners, one.title)) for one in records for mark in _COLLECTIVE_MARKS):
        words += _COLLECTIVE
    return tuple(dict.fromkeys(words))


def _item(found: MentioningPolicy, names: Sequence[str], on: dt.date) -> VillagePolicy:
    named = [one for one in found.mentions if one.word in names]
    best = (named or found.mentions)[0]
    key = "names" if named else "concerns"
    where = say("session_village.policy.clause", clause=best.clause) if best.clause else ""
    return VillagePolicy(
        found.policy,
        found.policy.status(on),
        say(f"session_village.policy.{key}", word=best.word) + where,
        best.text if best.clause else "",
        next((one.word for one in found.mentions if one.word not in names), best.word),
    )


def _ranks(
    found: Sequence[MentioningPolicy], items: Sequence[VillagePolicy], names: Sequence[str]
) -> list[tuple[bool, bool, int]]:
    """What names the place first, then what has the word in its title, then what is known to be in force."""
    by_id = {one.policy.id: one.mentions for one in found}
    ranks = []
    for item in items:
        mentions = by_id[item.policy.id]
        named = any(one.word in names for one in mentions)
        titled = any(not one.clause for one in mentions)
        ranks.append((not named, not titled, list(_SHOWN).index(item.status)))
    return ranks


def _note(total: int, listed: int, left_out: int, names: Sequence[str], topics: Sequence[str]) -> str:
    mark = say("session_village.list_mark")
    parts = []
    if not listed:
        parts.append(say("session_village.policy.none", total=total, words=mark.join((*names, *topics))))
    if listed > MOST:
        parts.append(say("session_village.policy.more", count=listed - MOST))
    if left_out:
        parts.append(say("session_village.policy.expired", count=left_out))
    return "".join(parts)
