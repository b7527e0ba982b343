"""The desks for villages, projects and exports on a real catalogue, with a day of their own; with Qt and without."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hpviewer.catalogue.writer import Writer
from hpviewer.places.place import PlaceCode
from hpviewer.records.column import Column, SourceKind
from hpviewer.records.kind import Kind
from hpviewer.records.partial_date import PartialDate
from hpviewer.records.record import Record
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.export_desk import ExportDesk
from hpviewer.session.project_desk import ProjectDesk
from tests.helpers.catalogue import bundled_catalogue

AUTUMN = dt.date(2023, 11, 1)
"""A day on which two deadlines of the bundled notice hp-2023-33 are open."""
HETANGXIA = PlaceCode("440112018211")


class Desks:
    def __init__(self, folder: Path, today: dt.date = AUTUMN, added: Sequence[Record] = ()) -> None:
        file = bundled_catalogue(folder)
        if added:
            with Writer(file) as writer:
                writer.save(list(added), "test")
        self.queries = CatalogueQueries(file)
        self.projects = ProjectDesk(self.queries, today=lambda: today)
        self.exports = ExportDesk(self.queries, today=lambda: today)

    def code(self, name: str) -> PlaceCode:
        """Of the one community with this name."""
        return next(
            one.place.code for one in self.projects.villages_now() if name in (one.place.name, one.place.code)
        )


def plan(number: int, **values: Any) -> Record:
    """A 征地补偿安置公告 of 2023 in 何棠下村 whose thirty days end on 2023-11-20."""
    settings: dict[str, Any] = {
        "id": f"plan-{number}",
        "column": Column.LAND,
        "kind": Kind.COMPENSATION_NOTICE,
        "title": f"plan {number}",
        "project": f"plan project {number}",
        "published": PartialDate(2023, 10, 20),
        "notice_from": PartialDate(2023, 10, 21),
        "notice_to": PartialDate(2023, 11, 20),
        "source_kind": SourceKind.SIMULATED,
    }
    return Record(**(settings | values))
