"""The empty filter, with which every start begins: answered by the counts that the file keeps."""

from __future__ import annotations

from itertools import islice

import apsw

from hpviewer.catalogue.kept_counts import kept_facets, kept_total, kept_unlocated
from hpviewer.catalogue.sorted_scan import scan
from hpviewer.records.filter import Part
from hpviewer.records.results import Facets, Sort


class KeptAnswer:
    """All of an Answer but the statistics."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    def count(self, *leaving_out: Part) -> int:
        return kept_total(self._connection)

    def unlocated(self) -> int:
        return kept_unlocated(self._connection)

    def facets(self) -> Facets:
        return kept_facets(self._connection)

    def fids(self, sort: Sort, offset: int, limit: int) -> list[int]:
        stop = None if limit < 0 else offset + limit
        return list(islice(scan(self._connection, sort), offset, stop))
