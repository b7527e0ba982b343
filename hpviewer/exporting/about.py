"""What an export says about itself, so that a file passed on still tells what it shows and what it is good for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hpviewer import __version__
from hpviewer.exporting.filter_words import filter_lines, sort_in_words
from hpviewer.places.place import Place, PlaceCode
from hpviewer.records.column import SourceKind
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import Sort
from hpviewer.wording import say

_MEANINGS = {
    SourceKind.GOVERNMENT: "government",
    SourceKind.COPY: "copy",
    SourceKind.PRESS: "press",
    SourceKind.OWN: "own",
    SourceKind.SIMULATED: "simulated",
}


@dataclass(frozen=True, slots=True)
class ExportAbout:
    """``places`` knows every place that the filter names. ``schematic`` and ``review_number`` (审图号) as in
    CatalogueInfo; ``data_date`` is a day in ISO form, ``made_on`` the day of the export."""

    filter: RecordFilter
    sort: Sort
    places: Mapping[PlaceCode, Place]
    data_date: str
    schematic: bool
    made_on: dt.date
    review_number: str = ""

    @property
    def notice(self) -> str:
        """What has to be said about positions; with official boundaries their 审图号, or nothing."""
        if self.schematic:
            return say("exporting.about.schematic")
        return say("exporting.about.review", number=self.review_number) if self.review_number else ""

    def lines(self, records: int, sources: Mapping[SourceKind, int]) -> Iterator[tuple[str, str]]:
        """Label and value, for a sheet or a title page. ``sources``: records by source kind."""
        parts = list(filter_lines(self.filter, self.places.__getitem__))
        for part, value in parts:
            yield say("exporting.about.filter_label", part=part), value
        if not parts:
            yield say("exporting.about.filter"), say("exporting.about.no_filter")
        yield say("exporting.about.sort"), sort_in_words(self.sort)
        yield say("exporting.about.records"), say("exporting.about.count", count=records)
        yield say("exporting.about.data_date"), self.data_date
        for kind in SourceKind:
            if sources.get(kind):
                meaning = say(f"exporting.source.{_MEANINGS[kind]}", count=sources[kind])
                yield say("exporting.about.source", kind=kind.value), meaning
        if self.notice:
            yield say("exporting.about.boundary"), self.notice
        yield say("exporting.about.empty_cells"), say("exporting.about.empty_cells_mean")
        yield say("exporting.about.made_on"), self.made_on.isoformat()
        yield say("exporting.about.program"), say("exporting.about.version", version=__version__)
