"""The columns of the records table: what each shows, how wide it starts and what it sorts by."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hpviewer.desktop.records.figures import hectares
from hpviewer.records.results import RecordRow, SortKey
from hpviewer.wording import say


@dataclass(frozen=True, slots=True)
class RecordColumn:
    """``key`` names the column in texts, saved layouts and SQL; ``width`` and ``narrow`` (in a window of the
    smallest size) are in pixels at 100 %."""

    key: SortKey
    width: int
    narrow: int
    text: Callable[[RecordRow], str]
    right: bool = False
    descending_first: bool = False
    shown_at_first: bool = True

    @property
    def title(self) -> str:
        return say(f"desktop_records.column.{self.key}")


def _places(row: RecordRow) -> str:
    return say("desktop_records.list_mark").join(row.places)


def _area(row: RecordRow) -> str:
    return hectares(row.area_ha) if row.area_ha is not None else say("desktop_records.absent")


def _published(row: RecordRow) -> str:
    return row.published or say("desktop_records.absent")


COLUMNS = (
    RecordColumn(SortKey.PUBLISHED, 96, 92, _published, descending_first=True),
    RecordColumn(SortKey.KIND, 110, 76, lambda row: row.kind.value),
    RecordColumn(SortKey.TITLE, 222, 120, lambda row: row.title),
    RecordColumn(SortKey.DOC_NUMBER, 160, 120, lambda row: row.doc_number, shown_at_first=False),
    RecordColumn(SortKey.COMMUNITIES, 138, 74, _places),
    RecordColumn(SortKey.AREA, 82, 72, _area, right=True, descending_first=True),
    RecordColumn(SortKey.SOURCE, 80, 70, lambda row: row.source_kind.value),
)

PAD = 8
"""Pixels left and right of a text, in cells and in the header."""

STRETCHED = next(place for place, column in enumerate(COLUMNS) if column.key is SortKey.TITLE)
"""The title takes what width the other columns leave."""
