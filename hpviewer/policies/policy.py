"""A policy document: what it is called, who issued it, and from when until when it is in force."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from hpviewer.records.column import SourceKind
from hpviewer.records.partial_date import PartialDate


class PolicyStatus(StrEnum):
    IN_FORCE = "现行有效"
    NOT_YET = "尚未生效"
    EXPIRED = "已过有效期"
    UNKNOWN = "有效期未见"


@dataclass(frozen=True, slots=True)
class Policy:
    """An empty string or None means: not seen in the source.

    ``unified_number`` is the registry's number of a normative document (HP0120210019). ``expires`` is the
    last day in force.
    """

    id: str
    title: str
    doc_number: str = ""
    unified_number: str = ""
    issuer: str = ""
    issued: PartialDate | None = None
    effective: PartialDate | None = None
    expires: PartialDate | None = None
    kind: str = ""
    source_kind: SourceKind = SourceKind.OWN
    source_url: str = ""
    note: str = ""

    def status(self, day: dt.date) -> PolicyStatus:
        """Status on that day by the dates seen alone; in force only if first and last day are known."""
        starts = self.effective.exact if self.effective else None
        ends = self.expires.exact if self.expires else None
        if starts and day < starts:
            return PolicyStatus.NOT_YET
        if ends and day > ends:
            return PolicyStatus.EXPIRED
        return PolicyStatus.IN_FORCE if starts and ends else PolicyStatus.UNKNOWN
