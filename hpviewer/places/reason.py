"""How sure a reading is, and the sentence that says why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hpviewer.places.name_entry import NameEntry, NameForm
from hpviewer.places.normalise import Spelling
from hpviewer.places.place import Level, Match, Place, PlaceCode
from hpviewer.wording import say

SCORES = {
    NameForm.OFFICIAL: 1.0,
    NameForm.SHOWN: 0.98,
    NameForm.SHORT: 0.95,
    NameForm.VILLAGE: 0.93,
    NameForm.STEM: 0.9,
    NameForm.ALIAS: 0.88,
    NameForm.FORMER_NAME: 0.86,
    NameForm.FORMER_TOWN: 0.86,
    NameForm.AREA: 0.8,
    NameForm.PINYIN: 0.75,
    NameForm.INITIALS: 0.6,
}
"""Score of a name that is written in full. The factors below multiply it."""

COOPERATIVE = 0.96
INSIDE_COMMUNITY = 0.7
OTHER_TOWN = 0.7
SLIP = 0.6
BEGINNING = 0.5
OTHER_WRITING = 0.98


@dataclass(frozen=True, slots=True)
class Reading:
    """A place that a text may mean, before it becomes a Match."""

    place: Place
    form: NameForm
    score: float
    why: str

    def noted(self, key: str, factor: float = 1.0, **values: str) -> Reading:
        """The same reading with a further sentence before its reason."""
        return replace(self, score=self.score * factor, why=say(key, why=self.why, **values))


def reading_of(entry: NameEntry, place: Place) -> Reading:
    return Reading(place, entry.form, SCORES[entry.form], _why(entry, place))


def _why(entry: NameEntry, place: Place) -> str:
    if entry.form in (NameForm.FORMER_NAME, NameForm.FORMER_TOWN):
        relation, former, year, _source = entry.detail.split("|", 3)
        kind = "former_name" if entry.form is NameForm.FORMER_NAME else "former_town"
        return say(f"places.why.{kind}_{relation}", former=former, year=year)
    if entry.form is NameForm.AREA:
        kind, source = entry.detail.split("|", 1)
        return say(f"places.why.area_{kind}", name=place.name, source=source)
    return say(f"places.why.{entry.form}", written=entry.written)


def as_matches(
    readings: list[Reading], towns: Mapping[PlaceCode, str], written: str, spelling: Spelling
) -> list[Match]:
    """Best first; at equal score towns before communities, then by code. ``towns``: code -> name."""
    if spelling is not Spelling.PLAIN:
        readings = [r.noted(f"places.why.{spelling}", OTHER_WRITING) for r in readings]
    readings.sort(key=lambda r: (-r.score, r.place.level is Level.COMMUNITY, r.place.code))
    return [
        Match(
            code=r.place.code,
            name=r.place.name,
            level=r.place.level,
            town=towns[r.place.town_code],
            why=r.why,
            score=round(r.score, 3),
            written=written,
        )
        for r in readings
    ]
