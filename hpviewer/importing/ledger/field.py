"""What a column of a ledger can hold."""

from __future__ import annotations

from enum import StrEnum

from hpviewer.wording import say


class LedgerField(StrEnum):
    """The code of a field is what a remembered mapping keeps; ``label`` is what a person reads."""

    ID = "id"
    TITLE = "title"
    KIND = "kind"
    COLUMN = "column"
    DOC_NUMBER = "doc_number"
    APPROVAL_NUMBER = "approval_number"
    ISSUER = "issuer"
    PUBLISHED = "published"
    APPROVED = "approved"
    NOTICE_PERIOD = "notice_period"
    """First and last day in one cell."""
    NOTICE_FROM = "notice_from"
    NOTICE_TO = "notice_to"
    PROJECT = "project"
    LOCATION = "location"
    BOUND = "bound"
    """One of the four bounds in a column of its own; which one is the column's detail (东, 南, 西, 北)."""
    AREA = "area_ha"
    LAND_CLASSES = "land_classes"
    """All classes in one cell, in the notation of records.land_classes."""
    LAND_CLASS = "land_class"
    """The area of one class; its name is the column's detail."""
    OWNERS = "owners"
    TOWN = "towns"
    COMMUNITY = "communities"
    PLACE = "place_as_written"
    """Town and community in one cell; beside columns of their own only the wording that is kept."""
    SOURCE_KIND = "source_kind"
    SOURCE_NAME = "source_name"
    """A name or an address: the cell decides."""
    SOURCE_URL = "source_url"
    NOTE = "note"
    FLAGS = "flags"
    """Oddities of the source, as our own exports list them."""
    IGNORED = "ignored"
    """Known and of no use: a running number."""

    @property
    def label(self) -> str:
        return say(f"importing_ledger.field.{self.value}")


REPEATABLE = frozenset((LedgerField.LAND_CLASS, LedgerField.BOUND, LedgerField.IGNORED))
"""Several columns may hold these, told apart by their detail."""
WITH_UNIT = frozenset((LedgerField.AREA, LedgerField.LAND_CLASS, LedgerField.LAND_CLASSES))
