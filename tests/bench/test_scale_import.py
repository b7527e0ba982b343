"""Records a second into a catalogue, beside the same rows put into the same tables by a bare executemany.

HPVIEWER_BENCH_IMPORT is the number of records: a million takes 3 minutes, 6 GB of memory and as much of disk.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import apsw
import pytest

from hpviewer.catalogue.connection import open_writer, transaction
from hpviewer.catalogue.places_on_map import PlacesOnMap
from hpviewer.catalogue.record_values import COLUMNS, RecordValues
from hpviewer.catalogue.record_writer import write_records
from hpviewer.catalogue.schema import create_tables, finish_tables
from hpviewer.catalogue.search_text import all_indexed
from hpviewer.records.record import Record
from tests.bench.conftest import Figures
from tests.bench.generate import Land, Publications, Size

pytestmark = pytest.mark.timeout(900)

RECORDS = int(os.environ.get("HPVIEWER_BENCH_IMPORT", "100000"))
RUNS = 3 if RECORDS <= 100_000 else 1


def test_records_a_second(tmp_path: Path, figures: Figures) -> None:
    size = Size(RECORDS)
    land = Land(size, 1)
    known = PlacesOnMap(
        {place.code: place.name for place in land.places},
        {code: (shape.label_lon, shape.label_lat) for code, shape in land.shapes.items()},
    )
    records = list(Publications(size, 1, land).records())
    # as our import makes them, but for the first column, the number
    rows = [row[1:] for row in RecordValues(known).rows(records, range(len(records)))]
    ours, bare = [], []
    for run in range(RUNS):
        ours.append(_ours(tmp_path / f"ours{run}.gpkg", records, known))
        bare.append(_bare(tmp_path / f"bare{run}.gpkg", rows, records))
    figures.add(
        f"µs a record, {RECORDS:,} records",
        ours,
        "< 50 (20,000 a second)",
        bare,
        "bare executemany, with text",
    )


def _ours(path: Path, records: list[Record], known: PlacesOnMap) -> float:
    connection = open_writer(path, create=True)
    began = time.perf_counter()
    with transaction(connection):
        create_tables(connection, "2026-06-30T00:00:00.000Z")
        write_records(connection, records, known)
        finish_tables(connection)
    took = time.perf_counter() - began
    connection.close()
    return took / len(records) * 1e6


def _bare(path: Path, rows: list[tuple[object, ...]], records: list[Record]) -> float:
    """The rows as they are, places and text, into the same tables with the same indexes; nothing is looked at."""
    connection: apsw.Connection = open_writer(path, create=True)
    texts = all_indexed([record.title for record in records])
    began = time.perf_counter()
    with transaction(connection):
        create_tables(connection, "2026-06-30T00:00:00.000Z")
        marks = ", ".join("?" * len(rows[0]))
        names = ", ".join(COLUMNS[1:])
        connection.executemany(f"INSERT INTO records ({names}) VALUES ({marks})", rows)
        connection.executemany(
            "INSERT INTO record_places (record, code, position) VALUES (?, ?, ?)",
            (
                (fid, code, at)
                for fid, record in enumerate(records, 1)
                for at, code in enumerate((*record.towns, *record.communities))
            ),
        )
        connection.executemany("INSERT INTO records_text (rowid, title) VALUES (?, ?)", enumerate(texts, 1))
        finish_tables(connection)
    took = time.perf_counter() - began
    connection.close()
    return took / len(records) * 1e6
