"""What an answer slip says about a filter or a village: records, stages of their projects, open deadlines."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from hpviewer.cancelling import always
from hpviewer.records.deadlines import open_deadlines
from hpviewer.records.filter import RecordFilter
from hpviewer.records.results import Sort
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.export_desk import ExportDesk, SlipRequest
from hpviewer.session.project_desk import ProjectDesk
from hpviewer.session.village import VillagePage
from hpviewer.wording import say

MOST_RECORDS = 40
"""More than a page can list, whatever their length."""


def slip_of_filter(
    queries: CatalogueQueries,
    desk: ProjectDesk,
    exports: ExportDesk,
    filter: RecordFilter,
    target: Path,
    on: dt.date,
) -> SlipRequest:
    """Of all records that the filter shows, in the window's order; the filter in words is the question."""
    found = queries.reader().details(filter, Sort(), -1, always)
    return SlipRequest(
        target=target,
        question=exports.question_of(filter),
        records=found[:MOST_RECORDS],
        total=len(found),
        pages=desk.project_pages_of([one.record.id for one in found[:MOST_RECORDS]], on),
        deadlines=open_deadlines((one.record for one in found), on),
        asked_on=on,
    )


def slip_of_village(page: VillagePage, target: Path) -> SlipRequest:
    return SlipRequest(
        target=target,
        question=say("session_village.export.question_village", town=page.town, name=page.place.name),
        records=page.records[:MOST_RECORDS],
        total=len(page.records),
        pages=page.projects,
        deadlines=page.deadlines,
        asked_on=page.on,
    )
