"""The readings of one name: what stands before it, what after it, and slips when nothing else fits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from hpviewer.places.grammar import COOPERATIVE, PROJECT, is_explicit, peel
from hpviewer.places.index import NameIndex
from hpviewer.places.name_entry import NameEntry, NameForm
from hpviewer.places.names import stem_of
from hpviewer.places.place import Level, PlaceCode
from hpviewer.places.reason import COOPERATIVE as COOPERATIVE_FACTOR
from hpviewer.places.reason import (
    INSIDE_COMMUNITY,
    OTHER_TOWN,
    SLIP,
    Reading,
    reading_of,
)
from hpviewer.places.slip import is_slip

_Keep = Callable[[NameEntry], bool]


def _any(entry: NameEntry) -> bool:
    return True


class Understanding:
    """Understands one normalised name at a time; holds nothing but the index."""

    def __init__(self, index: NameIndex) -> None:
        self._index = index

    def readings(self, key: str, *, communities_only: bool = False, slips: bool = True) -> list[Reading]:
        """All readings, unordered. ``slips``: one wrong character is forgiven when nothing else fits."""

        def keep(entry: NameEntry) -> bool:
            return not communities_only or len(entry.code) > 9

        found = self.exact(key, keep)
        if found or key.isascii():
            return found
        for bare in (False, True):
            peeled = peel(key, bare)
            if bare and peeled.rest == peel(key).rest:
                break
            if peeled.outside:
                return self._from_outside(peeled.rest, peeled.outside, keep)
            found = (
                (self.exact(peeled.rest, keep) if peeled.rest != key else [])
                or self._after_town(peeled.rest, keep)
                or self._before_tail(peeled.rest, keep)
                or self._inside_community(peeled.rest, keep)
                or (self._slips(peeled.rest, keep, inside=False) if slips else [])
            )
            if found:
                return found
        return []

    def exact(self, key: str, keep: _Keep = _any) -> list[Reading]:
        """Readings of a key as it stands, nothing taken off it."""
        return self._of([entry for entry in self._index.lookup((key,)) if keep(entry)])

    def _of(self, entries: Iterable[NameEntry]) -> list[Reading]:
        """One reading for each place; a name in full hides the short forms it happens to equal (镇龙村 the
        village hides 镇龙社区, which was a village too)."""
        entries = sorted(entries, key=lambda entry: entry.form.rank)
        if not entries:
            return []
        for sure in ((NameForm.OFFICIAL, NameForm.SHOWN), (NameForm.SHORT,), (NameForm.VILLAGE,)):
            if entries[0].form in sure:
                entries = [entry for entry in entries if entry.form in sure]
                break
        best: dict[PlaceCode, Reading] = {}
        for entry in entries:
            if entry.code not in best:
                best[entry.code] = reading_of(entry, self._index.place(entry.code))
        if entries[0].form is NameForm.FORMER_TOWN:
            in_full = {e.code for e in entries if e.written.endswith(self._index.place(e.code).name)}
            return [r for r in best.values() if not in_full or r.place.code in in_full]
        return list(best.values())

    def _from_outside(self, rest: str, district: str, keep: _Keep) -> list[Reading]:
        """After 白云区 or 增城市 only the communities that lay there until 2005."""

        def lay_there(entry: NameEntry) -> bool:
            return entry.form is NameForm.FORMER_TOWN and entry.detail.split("|")[1].startswith(district)

        for end in range(len(rest), 3, -1):
            found = self.exact(rest[:end], lambda entry: keep(entry) and lay_there(entry))
            if found:
                return found if end == len(rest) else self._noted_tail(found, rest[end:])
        return []

    def town_lead(self, rest: str) -> tuple[list[NameEntry], str]:
        """The town, today's or former, that a key begins with, and what follows it; ([], rest) without."""
        ends = range(min(len(rest) - 1, 8), 1, -1)
        entries = self._index.lookup([rest[:end] for end in ends])
        towns = [e for e in entries if len(e.code) == 9 and e.form.is_written]
        if not towns:
            return [], rest
        longest = max(len(e.key) for e in towns)
        return [e for e in towns if len(e.key) == longest], rest[longest:]

    def _after_town(self, rest: str, keep: _Keep) -> list[Reading]:
        entries, name = self.town_lead(rest)
        if not entries:
            return []
        codes = frozenset(entry.code for entry in entries)

        def inside(entry: NameEntry) -> bool:
            return keep(entry) and len(entry.code) > 9 and entry.code[:9] in codes

        lead = entries[0]
        explicit = is_explicit(lead.key)
        found = self.exact(name, inside) or self._before_tail(name, inside)
        if not found and explicit:
            found = self._inside_community(name, inside) or self._slips(name, inside, inside=True)
        if found and lead.form is NameForm.FORMER_NAME:
            _, former, year, _ = lead.detail.split("|", 3)
            return [r.noted("places.why.of_former_town", former=former, year=year) for r in found]
        if not found and explicit and (is_explicit(name) or COOPERATIVE.search(name)):
            # The name is plain but the town is not today's: communities changed towns more than once.
            elsewhere = self.exact(name, keep) or self._before_tail(name, keep)
            found = [
                r.noted(
                    "places.why.other_town",
                    OTHER_TOWN,
                    town=self._index.place(r.place.town_code).name,
                    written=lead.written,
                )
                for r in elsewhere
                if r.place.level is Level.COMMUNITY
            ]
        return found

    def _before_tail(self, rest: str, keep: _Keep) -> list[Reading]:
        """文冲第六股份经济合作社, 汤村村大迳经济合作社, 文冲旧村改造: always the community."""

        def community(entry: NameEntry) -> bool:
            return keep(entry) and len(entry.code) > 9 and entry.form.is_written

        tail = COOPERATIVE.search(rest)
        if tail:
            name = rest[: tail.start()]
            for end in range(len(name), max(1, len(name) - 7), -1):
                found = self.exact(name[:end], community)
                if end < len(name) and not is_explicit(name[:end]):
                    # After a bare stem only a known part of the place: 黄陂大氹, never 长岭居.
                    parts = {e.code for e in self._index.lookup((name[end:],)) if e.form is NameForm.AREA}
                    found = [r for r in found if r.place.code in parts]
                if found:
                    return [r.noted("places.why.of_cooperative", COOPERATIVE_FACTOR) for r in found]
            found = self._slips(name, community, inside=False)
            return [r.noted("places.why.of_cooperative", COOPERATIVE_FACTOR) for r in found]
        for tail in PROJECT.finditer(rest):
            name = rest[: tail.start()]
            found = (
                (self.exact(name, community) or self._inside_community(name, keep)) if len(name) > 1 else []
            )
            if found:
                return [r.noted("places.why.of_project", COOPERATIVE_FACTOR) for r in found]
        return []

    def _inside_community(self, rest: str, keep: _Keep) -> list[Reading]:
        """水西社区元贝, 汤村村大迳: a part of the community that is named before it."""
        ends = [end for end in range(len(rest) - 1, 1, -1) if is_explicit(rest[:end])]
        for end in ends:
            found = self.exact(rest[:end], lambda e: keep(e) and len(e.code) > 9 and e.form.is_written)
            if found:
                return self._noted_tail(found, rest[end:])
        return []

    @staticmethod
    def _noted_tail(found: list[Reading], tail: str) -> list[Reading]:
        if COOPERATIVE.search(tail):
            return [r.noted("places.why.of_cooperative", COOPERATIVE_FACTOR) for r in found]
        return [r.noted("places.why.inside", INSIDE_COMMUNITY, rest=tail) for r in found]

    def _slips(self, rest: str, keep: _Keep, *, inside: bool) -> list[Reading]:
        found: list[NameEntry] = []
        for entry in self._index.similar(rest):
            if entry.form in _SLIPPED and keep(entry):
                stem = stem_of(self._index.place(entry.code).name)
                if is_slip(rest, entry.key, stem, inside=inside, by_sound=entry.form is NameForm.VILLAGE):
                    found.append(entry)
        readings = [
            reading_of(entry, self._index.place(entry.code)).noted(
                "places.why.slip", SLIP, written=rest, name=entry.written
            )
            for entry in _best(found)
        ]
        if inside and len(readings) > 1:
            return []
        return readings


_SLIPPED = frozenset(
    (
        NameForm.OFFICIAL,
        NameForm.SHOWN,
        NameForm.SHORT,
        NameForm.VILLAGE,
        NameForm.STEM,
        NameForm.ALIAS,
        NameForm.FORMER_NAME,
    )
)


def _best(entries: Collection[NameEntry]) -> list[NameEntry]:
    best: dict[PlaceCode, NameEntry] = {}
    for entry in sorted(entries, key=lambda e: (e.form.rank, e.code)):
        best.setdefault(entry.code, entry)
    return list(best.values())
