"""The bundled facts about places as readable files: data/places/*.csv -> places and their names."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from hpviewer.errors import InputError
from hpviewer.places.name_entry import NameEntry
from hpviewer.places.names import Alias, AliasKind, Former, Relation, names_of
from hpviewer.places.place import Level, Place, PlaceCode
from hpviewer.places.reading import Readings
from hpviewer.wording import say

_Kind = TypeVar("_Kind", AliasKind, Relation)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Places in the order of their files, towns first; ``names`` are the index entries of all of them."""

    places: tuple[Place, ...]
    aliases: tuple[Alias, ...]
    formers: tuple[Former, ...]
    readings: Readings

    @property
    def towns(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.level is Level.TOWN)

    @property
    def communities(self) -> tuple[Place, ...]:
        return tuple(place for place in self.places if place.level is Level.COMMUNITY)

    @property
    def names(self) -> tuple[NameEntry, ...]:
        """Computed anew at each call (loads pypinyin): ask once, when a catalogue or an index is built."""
        return tuple(
            entry
            for place in self.places
            for entry in names_of(place, self.readings, self.aliases, self.formers)
        )


def load_gazetteer(folder: Path) -> Gazetteer:
    """Reads towns.csv, communities.csv, aliases.csv, history.csv and readings.csv (UTF-8, header row).

    Raises InputError naming file and row for a missing file or column, an empty or repeated code, a
    community whose town is unknown, and facts about a place that is not there.
    """
    places: dict[str, Place] = {}
    for file, level in (("towns.csv", Level.TOWN), ("communities.csv", Level.COMMUNITY)):
        needed = (
            ("code", "name", "kind")
            if level is Level.TOWN
            else ("code", "name", "official_name", "town_code", "kind")
        )
        for number, row in _rows(folder / file, needed):
            code = PlaceCode(row["code"])
            if code in places:
                raise _bad(folder / file, number, "places.file.repeated", value=code)
            town = PlaceCode(row["code"] if level is Level.TOWN else row["town_code"])
            if level is Level.COMMUNITY and (town not in places or not code.startswith(town)):
                raise _bad(folder / file, number, "places.file.town_unknown", value=town)
            official = row.get("official_name") or row["name"]
            places[code] = Place(code, row["name"], official, level, row["kind"], town)

    def known(file: str, number: int, row: dict[str, str]) -> PlaceCode:
        place = places.get(row["code"])
        if place is None:
            raise _bad(folder / file, number, "places.file.place_unknown", value=row["code"])
        if place.name != row["name"]:
            raise _bad(folder / file, number, "places.file.name_differs", value=row["name"], name=place.name)
        return place.code

    aliases = tuple(
        Alias(
            known("aliases.csv", number, row),
            row["written"],
            _one_of(AliasKind, folder / "aliases.csv", number, row["kind"]),
            row["source"],
        )
        for number, row in _rows(folder / "aliases.csv", ("code", "name", "written", "kind", "source"))
    )
    formers = tuple(
        Former(
            known("history.csv", number, row),
            row["former"],
            _one_of(Relation, folder / "history.csv", number, row["relation"]),
            row["year"],
            row["source"],
        )
        for number, row in _rows(
            folder / "history.csv", ("code", "name", "former", "relation", "year", "source")
        )
    )
    table: dict[str, list[str]] = {}
    for number, row in _rows(folder / "readings.csv", ("name", "pinyin")):
        table[row["name"]] = row["pinyin"].split()
        if len(table[row["name"]]) != len(row["name"]):
            raise _bad(folder / "readings.csv", number, "places.file.syllables", value=row["pinyin"])
    return Gazetteer(tuple(places.values()), aliases, formers, Readings(table))


def _rows(path: Path, needed: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows with their line number as a text editor shows it; every needed column is there and filled."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise InputError(say("places.file.missing", file=path), say("places.file.next")) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(say("places.file.unreadable", file=path), say("places.file.next")) from error
    reader = csv.DictReader(text.splitlines())
    for column in needed:
        if column not in (reader.fieldnames or ()):
            raise _bad(path, 1, "places.file.no_column", value=column)
    for row in reader:
        for column in needed:
            if not (row[column] or "").strip():
                raise _bad(path, reader.line_num, "places.file.empty", value=column)
        yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}


def _one_of(kinds: type[_Kind], path: Path, number: int, value: str) -> _Kind:
    try:
        return kinds(value)
    except ValueError as error:
        raise _bad(path, number, "places.file.kind", value=value, allowed="、".join(kinds)) from error


def _bad(path: Path, number: int, key: str, **values: str) -> InputError:
    return InputError(
        say("places.file.row", file=path.name, row=number, problem=say(key, **values)),
        say("places.file.next"),
    )
