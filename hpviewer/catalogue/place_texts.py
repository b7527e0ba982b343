"""Towns and communities as a PlaceTable: SQLite joins the texts of each town, without the interpreter's lock."""

from __future__ import annotations

import apsw

from hpviewer.catalogue.connection import fetch
from hpviewer.catalogue.stored_names import place_of
from hpviewer.places.place import PlaceCode
from hpviewer.places.place_table import BETWEEN_FIELDS, BETWEEN_PLACES, PlaceTable

_TOWNS = "SELECT code, name, official_name, kind, code FROM towns ORDER BY code"
_COMMUNITIES = (
    "SELECT town_code, group_concat(concat_ws(?1, code, name, official_name, kind), ?2 ORDER BY code)"
    " FROM communities GROUP BY town_code ORDER BY town_code"
)


def read_place_table(connection: apsw.Connection) -> PlaceTable:
    inside = fetch(connection, _COMMUNITIES, (BETWEEN_FIELDS, BETWEEN_PLACES))
    return PlaceTable(
        [place_of(row) for row in fetch(connection, _TOWNS)],
        {PlaceCode(town): written for town, written in inside},
    )
