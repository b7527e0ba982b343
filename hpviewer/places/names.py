"""Every key of one place: full and short names, former names, aliases, pinyin and initials."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from hpviewer.places.name_entry import NameEntry, NameForm
from hpviewer.places.normalise import normalise
from hpviewer.places.place import Level, Place, PlaceCode
from hpviewer.places.reading import Readings


class AliasKind(StrEnum):
    SPELLING = "spelling"
    """The place itself, written otherwise."""
    VILLAGE = "village"
    AREA = "area"
    COOPERATIVE = "cooperative"
    ESTATE = "estate"


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name that leads to the place: its own other spelling, or something that lies inside it."""

    code: PlaceCode
    written: str
    kind: AliasKind
    source: str


class Relation(StrEnum):
    BEFORE = "before"
    """Was so until ``year``."""
    WRITTEN = "written"
    """A document of ``year`` writes it so."""


@dataclass(frozen=True, slots=True)
class Former:
    """For a town its earlier name; for a community the town, with district, that it belonged to."""

    code: PlaceCode
    former: str
    relation: Relation
    year: str
    source: str


_SUFFIXES = ("街道", "社区", "镇", "乡", "村")


def stem_of(name: str) -> str:
    """The shown name without its suffix: 文冲街道 -> 文冲, 汤村村 -> 汤村, 刘村社区 -> 刘村."""
    for suffix in _SUFFIXES:
        if name.endswith(suffix) and len(name) - len(suffix) >= 2:
            return name.removesuffix(suffix)
    return name


def names_of(
    place: Place, readings: Readings, aliases: Iterable[Alias] = (), formers: Iterable[Former] = ()
) -> list[NameEntry]:
    """All index entries of one place, for the build of a catalogue.

    ``aliases`` and ``formers`` may be those of all places: others are passed over. About 20 entries for a
    community, 12 for a town; loads pypinyin.
    """
    found: dict[tuple[str, NameForm], NameEntry] = {}

    def add(written: str, form: NameForm, detail: str = "", key: str = "") -> None:
        key = key or normalise(written)
        found.setdefault((key, form), NameEntry(key, place.code, written, form, detail))

    taken: set[str] = set()
    for written, form in _own_names(place):
        if written not in taken:
            taken.add(written)
            add(written, form)
    spelt = [name for name in _spelt_names(place) if name]
    for alias in aliases:
        if alias.code == place.code:
            for written, form, detail in _alias_names(place, alias):
                if written not in taken:
                    add(written, form, detail)
            spelt.append(alias.written)
    for former in formers:
        if former.code == place.code:
            detail = f"{former.relation}|{former.former}|{former.year}|{former.source}"
            for written, form in _former_names(place, former):
                add(written, form, detail)
            if place.level is Level.TOWN:
                spelt.append(former.former)
    for name in spelt:
        syllables = readings.syllables(normalise(name))
        for key in _pinyin_keys(syllables):
            add(name, NameForm.PINYIN, key=key)
        initials = "".join(s if s.isdigit() else s[0] for s in syllables)
        if len(initials) >= 2:
            add(name, NameForm.INITIALS, key=initials)
    return list(found.values())


def _own_names(place: Place) -> Iterator[tuple[str, NameForm]]:
    stem = stem_of(place.name)
    yield place.official_name, NameForm.OFFICIAL
    yield place.name, NameForm.SHOWN
    if place.level is Level.TOWN:
        if place.kind == "街道":
            for suffix in ("街", "街道办事处", "街道办", "街办"):
                yield stem + suffix, NameForm.SHORT
        else:
            for suffix in (place.kind, place.kind + "人民政府", place.kind + "政府"):
                yield stem + suffix, NameForm.SHORT
    elif place.kind == "社区":
        for suffix in ("社区居民委员会", "社区居委会", "社区居委", "居民委员会", "居委会", "居委"):
            yield stem + suffix, NameForm.SHORT
        # A community of today was a village once, and its co-operatives still say so: 黄陂村民委员会.
        village = stem if stem.endswith("村") else stem + "村"
        for suffix in ("", "民委员会", "委会", "委"):
            yield village + suffix, NameForm.VILLAGE
    else:
        for village in dict.fromkeys((place.name, stem + "村", stem if stem.endswith("村") else place.name)):
            for suffix in ("", "民委员会", "委会", "村委会", "村民委员会", "委"):
                yield village + suffix, NameForm.SHORT
    if stem != place.name:
        yield stem, NameForm.STEM


def _spelt_names(place: Place) -> Iterator[str]:
    """The forms that people type by sound."""
    stem = stem_of(place.name)
    yield stem
    yield place.name
    if place.kind == "街道":
        yield stem + "街"
    elif place.kind == "社区" and not stem.endswith("村"):
        yield stem + "村"


def _alias_names(place: Place, alias: Alias) -> Iterator[tuple[str, NameForm, str]]:
    if alias.kind is AliasKind.SPELLING:
        yield alias.written, NameForm.ALIAS, alias.source
        if not alias.written.endswith("村"):
            for suffix in ("村", "村委会", "村民委员会") if place.kind == "村" else ("社区", "村"):
                yield alias.written + suffix, NameForm.ALIAS, alias.source
        return
    detail = f"{alias.kind}|{alias.source}"
    endings = {AliasKind.VILLAGE: ("", "村", "片"), AliasKind.AREA: ("", "片", "片区", "村")}.get(
        alias.kind, ("",)
    )
    for ending in endings:
        yield alias.written + ending, NameForm.AREA, detail


def _former_names(place: Place, former: Former) -> Iterator[tuple[str, NameForm]]:
    towns = [former.former]
    if former.former.endswith("街道"):
        towns.append(former.former.removesuffix("道"))
    elif former.former.endswith("街"):
        towns.append(former.former + "道")
    if place.level is Level.TOWN:
        for town in (*towns, stem_of(former.former)):
            yield town, NameForm.FORMER_NAME
        return
    stem = stem_of(place.name)
    names = dict.fromkeys((place.name, stem if stem.endswith("村") else stem + "村", stem))
    for town in towns:
        bare = without_district(town)
        for name in names:
            yield bare + name, NameForm.FORMER_TOWN


def without_district(town: str) -> str:
    """白云区钟落潭镇 -> 钟落潭镇; a town named alone stays. A district has two characters at least."""
    for at in range(2, len(town) - 2):
        if town[at] in "区市县":
            return town[at + 1 :]
    return town


def _pinyin_keys(syllables: list[str]) -> Iterator[str]:
    """Full pinyin; a name with ü is found under v (as input methods take it) and under u (as ü folds to)."""
    key = normalise("".join(syllables))
    yield key
    folded = "".join(s.replace("v", "u") if s[:2] in ("lv", "nv") else s for s in syllables)
    if folded != key:
        yield normalise(folded)
