"""Compiles domain values into a new catalogue file. The same content gives the same file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from itertools import chain
from pathlib import Path

import apsw

from hpviewer.catalogue.connection import open_writer, sentences, transaction
from hpviewer.catalogue.content import Content
from hpviewer.catalogue.geopackage import geometry_blob, multi_line, point, set_extent
from hpviewer.catalogue.places_on_map import PlacesOnMap
from hpviewer.catalogue.policy_rows import StoredPolicy, insert_policy
from hpviewer.catalogue.projects import fill_projects
from hpviewer.catalogue.record_writer import write_records
from hpviewer.catalogue.report_store import write_year
from hpviewer.catalogue.schema import create_tables, finish_tables, schema_text, set_meta
from hpviewer.catalogue.spatial_index import add_spatial_index
from hpviewer.places.place import Level
from hpviewer.records.record import Record

_SCHEMATIC_SOURCE = "schematic"


def build_catalogue(content: Content, out: Path, further: Iterable[Record] = ()) -> None:
    """Write ``out`` anew, through a temporary file beside it: a failed build leaves the old one.

    ``further`` are records too many to hold at once, after those of the content; the file's fingerprint
    does not know them, so the content's sources must tell one such file from another.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    temporary.unlink(missing_ok=True)
    try:
        connection = open_writer(temporary, create=True)
        connection.pragma("cache_size", -128_000)  # nobody else needs the memory while a file is built
        try:
            with sentences(out), transaction(connection):
                _fill(connection, content, further)
            connection.execute("VACUUM")
        finally:
            connection.close()
        temporary.replace(out)
    finally:
        temporary.unlink(missing_ok=True)


def _fill(connection: apsw.Connection, content: Content, further: Iterable[Record]) -> None:
    # the moment of the content, not of the build: building twice gives the same file
    create_tables(connection, f"{content.dataset.data_date.isoformat()}T00:00:00.000Z")
    dataset = content.dataset
    for key, value in {
        "name": dataset.name,
        "data_date": dataset.data_date.isoformat(),
        "boundary_notice": dataset.boundary_notice,
        "review_number": dataset.review_number,
        "sources": "\n".join(f"{source.title} ({source.licence})" for source in dataset.sources),
        "fingerprint": hashlib.sha256((schema_text() + repr(content)).encode()).hexdigest(),
    }.items():
        set_meta(connection, key, value)
    _write_places(connection, content)
    _write_basemap(connection, content)
    _write_policies(connection, content)
    for report in content.reports:
        write_year(connection, report, source="")
    known = PlacesOnMap(
        names={place.code: place.name for place in content.places},
        positions={code: (shape.label_lon, shape.label_lat) for code, shape in content.shapes.items()},
    )
    write_records(connection, chain(content.records, further), known)
    finish_tables(connection)
    fill_projects(connection)
    add_spatial_index(connection, "projects")  # of all at once: by triggers it takes ten times as long
    connection.executemany(
        "INSERT INTO map_layers (name, content) VALUES (?, ?)", sorted(content.layers.items())
    )


def _write_places(connection: apsw.Connection, content: Content) -> None:
    for level, table in ((Level.TOWN, "towns"), (Level.COMMUNITY, "communities")):
        of_level = [place for place in content.places if place.level is level]
        town_column = "" if level is Level.TOWN else "town_code, "
        boxes = []
        for place in sorted(of_level, key=lambda place: place.code):
            shape = content.shapes.get(place.code)
            values: list[object] = [
                geometry_blob(shape.wkb, shape.bbox) if shape else None,
                place.code,
                place.name,
                place.official_name,
                place.kind,
            ]
            if level is Level.COMMUNITY:
                values.append(place.town_code)
            values += [
                shape.label_lon if shape else None,
                shape.label_lat if shape else None,
                1,
                _SCHEMATIC_SOURCE,
            ]
            connection.execute(
                f"INSERT INTO {table} (geom, code, name, official_name, kind, {town_column}label_lon, label_lat,"
                f" schematic, boundary_source) VALUES ({','.join('?' * len(values))})",
                tuple(values),
            )
            if shape:
                boxes.append(shape.bbox)
        set_extent(connection, table, boxes)
    connection.executemany(
        "INSERT INTO place_names (key, code, written, form, rank, detail) VALUES (?, ?, ?, ?, ?, ?)",
        [(n.key, n.code, n.written, n.form.value, n.form.rank, n.detail) for n in content.names],
    )


def _write_basemap(connection: apsw.Connection, content: Content) -> None:
    connection.executemany(
        "INSERT INTO water (geom, name) VALUES (?, ?)",
        [(geometry_blob(water.wkb, None), water.name) for water in content.water],
    )
    connection.executemany(
        "INSERT INTO metro_lines (geom, name) VALUES (?, ?)",
        [(geometry_blob(multi_line(line.paths), None), line.full_name) for line in content.metro_lines],
    )
    connection.executemany(
        "INSERT INTO metro_stations (geom, name, line) VALUES (?, ?, ?)",
        [
            (geometry_blob(point(station.lon, station.lat), None), station.name, "、".join(station.lines))
            for station in content.metro_stations
        ],
    )
    connection.executemany(
        "INSERT INTO guessed_edges (geom, towns) VALUES (?, ?)",
        [(geometry_blob(edge.wkb, None), f"{edge.town} {edge.other}") for edge in content.guessed_edges],
    )


def _write_policies(connection: apsw.Connection, content: Content) -> None:
    for policy in content.policies:
        insert_policy(connection, StoredPolicy(policy))
