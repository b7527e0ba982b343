"""Places of a row: the words of its cells -> towns and communities of today, or what stands in the way."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hpviewer.importing.ledger.cell_text import is_blank, lines, one_line, plain
from hpviewer.importing.ledger.field import LedgerField
from hpviewer.places.place import Level, Match, PlaceCode
from hpviewer.places.resolver import Resolver
from hpviewer.wording import say

Suggest = Callable[[str], Sequence[Match]]
"""Places whose names are close to a text, closest first."""
_SEPARATOR = re.compile(r"[、,，;；/|\n\r]+")
_LEAST = 0.6
"""A reading below this rests on a slip (reason.SLIP): it is offered, not taken."""
_WHOLE_DISTRICT = re.compile(
    r"(?:广东省)?(?:广州市)?(?:黄埔区|萝岗区|广州开发区|广州经济技术开发区|中新广州知识城)|全区|区级|本区|全市|广州市"
)
_CACHED = 50_000


@dataclass(frozen=True, slots=True)
class PlaceProblem:
    field: LedgerField
    value: str
    problem: str


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """``as_written`` joins the cells' words: 龙湖街道何棠下村、汤村村."""

    towns: tuple[PlaceCode, ...] = ()
    communities: tuple[PlaceCode, ...] = ()
    as_written: str = ""
    problems: tuple[PlaceProblem, ...] = ()
    warnings: tuple[PlaceProblem, ...] = ()


class PlaceReader:
    """Understands each combination of cells once: a ledger repeats its places."""

    def __init__(self, resolver: Resolver, suggest: Suggest | None = None) -> None:
        self._resolver = resolver
        self._suggest = suggest or self._begun
        self._known: dict[tuple[str, str, str], FoundPlaces] = {}

    def read(self, town: str, community: str, place: str) -> FoundPlaces:
        """Texts of the cells, "" for a cell that is empty or not there."""
        key = (town, community, place)
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= _CACHED:
                self._known.clear()
            found = self._known[key] = self._read(town, community, place)
        return found

    def level_of(self, text: str) -> Level | None:
        """Of a cell that is one place and nothing else; None otherwise. For recognising a column."""
        names = _names(text)
        if not names or len(text) > 80:
            return None
        best = [self._sure(name) for name in names]
        if not all(best):
            return None
        return max((matches[0].level for matches in best), key=lambda level: level is Level.COMMUNITY)

    def _read(self, town: str, community: str, place: str) -> FoundPlaces:
        reading = _Reading(self)
        if not is_blank(town):
            reading.towns_of(town)
        if not is_blank(community):
            reading.communities_of(community)
        if is_blank(town) and is_blank(community) and not is_blank(place):
            reading.places_of(place)
        written = lines(place, "、") if not is_blank(place) else _as_written(town, community)
        return reading.result(written)

    def _sure(self, name: str) -> list[Match]:
        return [match for match in self._resolver.resolve(name) if match.score >= _LEAST]

    def readings(self, name: str) -> list[Match]:
        """Of one name: as a whole, or as the places that it mentions when words stand between (及, 和)."""
        return self._sure(name)

    def mentioned(self, text: str) -> list[list[Match]]:
        return [mention.matches for mention in self._resolver.mentions(text)]

    def suggestion(self, name: str, level: Level | None) -> str:
        """A sentence that offers the nearest place, "" when none is near."""
        slips = self._resolver.resolve(name)
        for match in (*slips, *self._suggest(name)):
            if level is None or match.level is level:
                return say("importing_ledger.problem.suggestion", name=match.name, town=match.town)
        return ""

    def _begun(self, name: str) -> Sequence[Match]:
        """Places that begin as the name does, its end left off character by character."""
        text = plain(name)
        for end in range(len(text), 1, -1):
            found = self._resolver.complete(text[:end], 1)
            if found:
                return found
        return []


class _Reading:
    """One row's places as they come together."""

    def __init__(self, reader: PlaceReader) -> None:
        self._reader = reader
        self._towns: dict[PlaceCode, None] = {}
        self._communities: dict[PlaceCode, None] = {}
        self._problems: list[PlaceProblem] = []
        self._warnings: list[PlaceProblem] = []
        self._leads: list[str] = []
        """Names of towns as written, to read community names after."""
        self._spread: list[tuple[str, list[Match]]] = []
        """Former towns that are several today: the communities say which."""

    def result(self, written: str) -> FoundPlaces:
        for name, matches in self._spread:
            codes = [match.code for match in matches]
            if any(code[:9] in codes for code in self._communities):
                continue
            self._towns.update(dict.fromkeys(codes))
            today = "、".join(match.name for match in matches)
            self._warnings.append(
                PlaceProblem(LedgerField.TOWN, name, say("importing_ledger.warning.former_town", today=today))
            )
        towns = dict.fromkeys([*self._towns, *(PlaceCode(code[:9]) for code in self._communities)])
        return FoundPlaces(
            tuple(towns), tuple(self._communities), written, tuple(self._problems), tuple(self._warnings)
        )

    def towns_of(self, text: str) -> None:
        for name in _names(text):
            matches = [match for match in self._reader.readings(name) if match.level is Level.TOWN]
            best = [match for match in matches if match.score == matches[0].score]
            if not best and _WHOLE_DISTRICT.fullmatch(plain(name)):
                self._warn(LedgerField.TOWN, name, "whole_district")
            elif not best:
                self._refuse(LedgerField.TOWN, name, "unknown_town", Level.TOWN)
            elif len(best) == 1:
                self._towns[best[0].code] = None
                self._leads.append(name)
            else:
                self._spread.append((name, best))
                self._leads.append(name)

    def communities_of(self, text: str) -> None:
        allowed = set(self._towns) | {match.code for _, matches in self._spread for match in matches}
        for name in _names(text):
            found = self._communities_named(name, allowed)
            if found:
                self._communities.update(dict.fromkeys(found))
            elif found is None and not self._mentioned(name, LedgerField.COMMUNITY, allowed):
                self._refuse(LedgerField.COMMUNITY, name, "unknown_community", Level.COMMUNITY)

    def places_of(self, text: str) -> None:
        """Free words: 黄埔区龙湖街道何棠下村、汤村村."""
        if self._mentioned(text, LedgerField.PLACE, set()):
            return
        for name in _names(text):
            matches = self._reader.readings(name)
            best = [match for match in matches if match.score == matches[0].score]
            communities = [match for match in best if match.level is Level.COMMUNITY]
            towns = [match for match in best if match.level is Level.TOWN]
            if len(communities) > 1:
                self._ambiguous(LedgerField.PLACE, name, communities)
            elif communities and not towns:
                self._communities[communities[0].code] = None
            elif len(towns) == 1:
                self._towns[towns[0].code] = None
                if communities:  # 文冲 is both: the town is certain, the community is not.
                    self._warn(LedgerField.PLACE, name, "town_or_community", name=towns[0].name)
            elif towns:
                self._spread.append((name, towns))
            elif _WHOLE_DISTRICT.fullmatch(plain(name)):
                self._warn(LedgerField.PLACE, name, "whole_district")
            else:
                self._refuse(LedgerField.PLACE, name, "unknown_place", None)

    def _communities_named(self, name: str, allowed: set[PlaceCode]) -> list[PlaceCode] | None:
        """None when the name is unknown; [] when it is known but cannot be used (the problem is noted)."""
        best: list[Match] = []
        tries = [lead + name for lead in self._leads] if allowed else []
        elsewhere: list[Match] = []
        for text in (*tries, name):
            matches = [
                match
                for match in self._reader.readings(text)
                if match.level is Level.COMMUNITY and "及" not in name
            ]
            inside = [match for match in matches if not allowed or match.code[:9] in allowed]
            elsewhere.extend(match for match in matches if match not in inside)
            best.extend(match for match in inside if match.score == inside[0].score)
        codes = {match.code: match for match in sorted(best, key=lambda match: -match.score)}
        if len(codes) == 1:
            return list(codes)
        if codes:
            top = max(match.score for match in codes.values())
            leading = [match for match in codes.values() if match.score == top]
            if len(leading) == 1:
                return [leading[0].code]
            self._ambiguous(LedgerField.COMMUNITY, name, leading)
            return []
        if elsewhere:
            town = elsewhere[0].town
            problem = say("importing_ledger.problem.other_town", name=elsewhere[0].name, town=town)
            self._problems.append(PlaceProblem(LedgerField.COMMUNITY, name, problem))
            return []
        return None

    def _mentioned(self, text: str, field: LedgerField, allowed: set[PlaceCode]) -> bool:
        """Takes the places that running words name; False when they name none, or a part of the list is not
        among them."""
        mentions = self._reader.mentioned(text)
        if not mentions or (len(mentions) < len(_names(text)) and field is LedgerField.PLACE):
            return False
        for matches in mentions:
            usable = [match for match in matches if not allowed or match.code[:9] in allowed]
            best = [match for match in usable if match.score == usable[0].score]
            communities = [match for match in best if match.level is Level.COMMUNITY]
            if len(communities) > 1:
                self._ambiguous(field, text, communities)
            elif communities:
                self._communities[communities[0].code] = None
            elif len(best) == 1:
                self._towns[best[0].code] = None
            elif best:
                self._spread.append((matches[0].written, best))
            else:
                return False
        return True

    def _warn(self, field: LedgerField, value: str, key: str, **values: str) -> None:
        self._warnings.append(PlaceProblem(field, value, say(f"importing_ledger.warning.{key}", **values)))

    def _ambiguous(self, field: LedgerField, name: str, matches: Sequence[Match]) -> None:
        shown = "、".join(f"{match.town}{match.name}" for match in matches[:4])
        self._problems.append(
            PlaceProblem(field, name, say("importing_ledger.problem.ambiguous_place", found=shown))
        )

    def _refuse(self, field: LedgerField, name: str, key: str, level: Level | None) -> None:
        near = self._reader.suggestion(name, level)
        self._problems.append(PlaceProblem(field, name, say(f"importing_ledger.problem.{key}") + near))


def _names(text: str) -> list[str]:
    """Names of a cell that lists several."""
    return [name for part in _SEPARATOR.split(text) if (name := one_line(part)) and not is_blank(name)]


def _as_written(town: str, community: str) -> str:
    town = "" if is_blank(town) else "、".join(_names(town))
    community = "" if is_blank(community) else "、".join(_names(community))
    if not town or not community or town in community:
        return community or town
    return f"{town}{community}"
