"""Tables of the catalogue as they are made today; the steps from older files are in migrations.py."""

from __future__ import annotations

from collections.abc import Container

import apsw

from hpviewer.catalogue.geopackage import make_geopackage, register_attributes, register_features
from hpviewer.catalogue.kept_counts import COUNTS_TABLE, keep_counts
from hpviewer.errors import CatalogueError
from hpviewer.wording import say

SCHEMA_VERSION = 1

_STEP_1 = """
CREATE TABLE hpviewer_meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE towns (
  fid INTEGER PRIMARY KEY, geom BLOB, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, official_name TEXT NOT NULL,
  kind TEXT NOT NULL, label_lon REAL, label_lat REAL, schematic INTEGER NOT NULL, boundary_source TEXT NOT NULL);
CREATE TABLE communities (
  fid INTEGER PRIMARY KEY, geom BLOB, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, official_name TEXT NOT NULL,
  kind TEXT NOT NULL, town_code TEXT NOT NULL REFERENCES towns(code), label_lon REAL, label_lat REAL,
  schematic INTEGER NOT NULL, boundary_source TEXT NOT NULL);

CREATE TABLE place_names (
  fid INTEGER PRIMARY KEY, key TEXT NOT NULL, code TEXT NOT NULL, written TEXT NOT NULL, form TEXT NOT NULL,
  rank INTEGER NOT NULL, detail TEXT NOT NULL);

CREATE TABLE projects (
  fid INTEGER PRIMARY KEY, geom BLOB, name TEXT NOT NULL UNIQUE, column_name TEXT NOT NULL, place_codes TEXT NOT NULL,
  location_basis TEXT NOT NULL, area_ha REAL);
CREATE VIRTUAL TABLE projects_text USING fts5(name, content='', contentless_delete=1,
  prefix='2 3', tokenize='unicode61 remove_diacritics 0');

CREATE TABLE records (
  fid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, column_name TEXT NOT NULL, kind TEXT NOT NULL,
  kind_order INTEGER NOT NULL, title TEXT NOT NULL, doc_number TEXT NOT NULL, approval_number TEXT NOT NULL,
  issuer TEXT NOT NULL, published TEXT NOT NULL, year INTEGER, approved TEXT NOT NULL, notice_from TEXT NOT NULL,
  notice_to TEXT NOT NULL, project TEXT NOT NULL, location TEXT NOT NULL, area_ha REAL, land_classes TEXT NOT NULL,
  owners TEXT NOT NULL, place_as_written TEXT NOT NULL, places_shown TEXT NOT NULL, unlocated INTEGER NOT NULL,
  source_kind TEXT NOT NULL, source_name TEXT NOT NULL, source_url TEXT NOT NULL, source_id TEXT NOT NULL,
  note TEXT NOT NULL,
  flags TEXT NOT NULL);
CREATE TABLE record_places (
  fid INTEGER PRIMARY KEY, record INTEGER NOT NULL REFERENCES records(fid) ON DELETE CASCADE, code TEXT NOT NULL,
  position INTEGER NOT NULL);
CREATE VIRTUAL TABLE records_text USING fts5(title, numbers, project, place, other, content='', contentless_delete=1,
  prefix='2 3', tokenize='unicode61 remove_diacritics 0');

CREATE TABLE policies (
  fid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, doc_number TEXT NOT NULL, unified_number TEXT NOT NULL,
  issuer TEXT NOT NULL, issued TEXT NOT NULL, effective TEXT NOT NULL, expires TEXT NOT NULL, kind TEXT NOT NULL,
  source_kind TEXT NOT NULL, source_url TEXT NOT NULL, note TEXT NOT NULL);

CREATE TABLE policy_clauses (
  fid INTEGER PRIMARY KEY, policy INTEGER NOT NULL REFERENCES policies(fid) ON DELETE CASCADE, position INTEGER NOT NULL,
  number TEXT NOT NULL, heading TEXT NOT NULL, text TEXT NOT NULL, start INTEGER NOT NULL, end_ INTEGER NOT NULL,
  chapter TEXT NOT NULL);
CREATE INDEX policy_clauses_policy ON policy_clauses(policy, position);
CREATE VIRTUAL TABLE clauses_text USING fts5(title, heading, body, content='', contentless_delete=1,
  tokenize='unicode61 remove_diacritics 0');

CREATE TABLE water (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT NOT NULL);
CREATE TABLE metro_lines (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT NOT NULL);
CREATE TABLE metro_stations (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT NOT NULL, line TEXT NOT NULL);
CREATE TABLE guessed_edges (fid INTEGER PRIMARY KEY, geom BLOB, towns TEXT NOT NULL);

CREATE TABLE batches (
  fid INTEGER PRIMARY KEY, started TEXT NOT NULL, source TEXT NOT NULL, undone TEXT NOT NULL);
CREATE TABLE record_history (
  fid INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES batches(fid), record_id TEXT NOT NULL, before TEXT,
  after TEXT);
CREATE TABLE item_history (
  fid INTEGER PRIMARY KEY, batch INTEGER NOT NULL REFERENCES batches(fid), kind TEXT NOT NULL, key TEXT NOT NULL,
  before BLOB, after BLOB);
CREATE INDEX item_history_batch ON item_history(batch);
CREATE INDEX item_history_key ON item_history(kind, key, batch);

CREATE TABLE reports (
  fid INTEGER PRIMARY KEY, year INTEGER NOT NULL UNIQUE, body TEXT NOT NULL, complete INTEGER NOT NULL,
  source TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE report_dismissals (
  fid INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, reason TEXT NOT NULL, made TEXT NOT NULL);

CREATE TABLE map_layers (fid INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, content BLOB NOT NULL);
"""

_INDEXES_1 = """
CREATE INDEX communities_town ON communities(town_code, code);
CREATE INDEX place_names_key ON place_names(key, code);
CREATE INDEX place_names_written ON place_names(length(key), key) WHERE form NOT IN ('pinyin', 'initials');

CREATE INDEX records_source_id ON records(source_id) WHERE source_id <> '';
CREATE INDEX records_project ON records(project);
CREATE INDEX records_facets ON records(kind_order, year, column_name, unlocated);
CREATE UNIQUE INDEX record_places_code ON record_places(code, record);
CREATE INDEX record_places_record ON record_places(record, position);

CREATE INDEX records_published ON records(published DESC, fid);
CREATE INDEX records_title ON records(title);
CREATE INDEX records_places_shown ON records(places_shown);
CREATE INDEX records_area ON records(area_ha);
CREATE INDEX records_doc_number ON records(doc_number);
CREATE INDEX records_source ON records(source_kind);
CREATE INDEX records_source_down ON records(source_kind DESC);
CREATE INDEX records_kind ON records(kind_order);
CREATE INDEX records_kind_down ON records(kind_order DESC);

CREATE INDEX record_history_record ON record_history(record_id, fid);
CREATE INDEX record_history_batch ON record_history(batch);
"""
"""Apart from the tables, because a file that is written whole gets them at its end: sorted, not inserted."""

_FEATURES = (
    ("towns", "MULTIPOLYGON", "Towns (streets and towns) of the district"),
    ("communities", "MULTIPOLYGON", "Communities and villages; no geometry where the position is not known"),
    ("projects", "GEOMETRY", "Projects that records name, placed at their communities"),
    ("water", "MULTIPOLYGON", "Pearl River, coarse"),
    ("metro_lines", "MULTILINESTRING", "Metro and tram lines, for orientation"),
    ("metro_stations", "POINT", "Metro and tram stations, for orientation"),
    ("guessed_edges", "MULTILINESTRING", "Boundaries between towns that are a guess"),
)
_ATTRIBUTES = (
    ("records", "Disclosure records"),
    ("record_places", "Places of each record, towns first"),
    ("place_names", "Names, former names, aliases and readings of places"),
    ("policies", "Policy documents"),
    ("policy_clauses", "Clauses of policy documents"),
    ("item_history", "Boundaries, policies, reports and layers before and after each batch"),
    ("batches", "Imports and edits, each of which can be taken back"),
    ("record_history", "Every record before and after each batch, as JSON"),
    ("reports", "Annual disclosure reports, or headline figures of a year, as JSON"),
    ("report_dismissals", "Findings that a person has dismissed, with the reason"),
    ("map_layers", "The map page's layers as JSON, derived from the feature tables"),
)


def create_tables(connection: apsw.Connection, changed: str) -> None:
    """All tables of an empty file, inside the caller's transaction. ``changed``: ISO moment of the content.

    `finish_tables` must follow once the file's first content is written.
    """
    make_geopackage(connection)
    connection.execute(_STEP_1)
    connection.execute(COUNTS_TABLE)
    for table, geometry, description in _FEATURES:
        register_features(connection, table, geometry, description, changed)
    for table, description in _ATTRIBUTES:
        register_attributes(connection, table, description, changed)
    set_meta(connection, "schema_version", str(SCHEMA_VERSION))
    set_meta(connection, "tables", tables_fingerprint())


def finish_tables(connection: apsw.Connection) -> None:
    """The indexes, and the counts with the triggers that keep them. The projects' R-tree is the builder's affair."""
    connection.execute(_INDEXES_1)
    keep_counts(connection)


def schema_text() -> str:
    """What the tables look like, for the fingerprint of a file's content."""
    from hpviewer.catalogue.spatial_index import INDEX  # here, as below

    return _STEP_1 + _INDEXES_1 + INDEX.format("projects")


def tables_fingerprint() -> str:
    """Tells tables of one version apart while a version is still being worked on."""
    import hashlib  # here: for whoever writes; a start only reads

    return hashlib.sha256(schema_text().encode()).hexdigest()


def set_meta(connection: apsw.Connection, key: str, value: str) -> None:
    connection.execute("INSERT OR REPLACE INTO hpviewer_meta VALUES (?, ?)", (key, value))


def read_meta(connection: apsw.Connection, readable: Container[int] | None = None) -> dict[str, str]:
    """Facts about the whole file. CatalogueError when the file is not a catalogue of ours, or not of a version that
    is ``readable``: without that only today's is (migrations.migrate brings older files there)."""
    file = connection.db_filename("main")
    try:
        meta = dict(connection.execute("SELECT key, value FROM hpviewer_meta"))
        version = int(meta.get("schema_version", "0"))
    except (apsw.SQLError, ValueError) as error:
        raise CatalogueError(say("catalogue.not_ours", file=file), say("catalogue.not_ours_next")) from error
    if version not in (readable or (SCHEMA_VERSION,)):
        key = "too_new" if version > SCHEMA_VERSION else "too_old"
        raise CatalogueError(
            say(f"catalogue.{key}", file=file, version=version, ours=SCHEMA_VERSION),
            say(f"catalogue.{key}_next"),
        )
    return meta
