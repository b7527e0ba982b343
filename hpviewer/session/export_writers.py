"""The formats of an export, each with its writer. Their libraries are imported when one is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum
from pathlib import Path

from hpviewer.exporting.about import ExportAbout
from hpviewer.exporting.atomic_file import replacing
from hpviewer.exporting.record_fields import RecordField
from hpviewer.exporting.written import Written
from hpviewer.records.results import RecordDetail
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.wording import say

__all__ = ["ExportFormat", "Written", "write_export"]


class ExportFormat(StrEnum):
    """Named as on the command line and as file names end."""

    XLSX = "xlsx"
    CSV = "csv"
    GEOJSON = "geojson"
    DOCX = "docx"
    HTML = "html"

    @property
    def has_columns(self) -> bool:
        """Whether columns can be chosen; the directory list and the map have a form of their own."""
        return self in (ExportFormat.XLSX, ExportFormat.CSV, ExportFormat.GEOJSON)


def write_export(
    format: ExportFormat,
    target: Path,
    details: Iterable[RecordDetail],
    about: ExportAbout,
    fields: Sequence[RecordField],
    queries: CatalogueQueries,
) -> Written:
    """``queries`` gives the shapes. InputError when the file cannot be written."""
    match format:
        case ExportFormat.XLSX:
            from hpviewer.exporting.records_xlsx import write_records_xlsx

            return write_records_xlsx(target, details, about, fields)
        case ExportFormat.CSV:
            from hpviewer.exporting.records_csv import write_records_csv

            return write_records_csv(target, details, fields)
        case ExportFormat.GEOJSON:
            from hpviewer.exporting.records_geojson import write_records_geojson

            return write_records_geojson(target, details, about, queries.reader().shapes(), fields)
        case ExportFormat.DOCX:
            from hpviewer.exporting.records_docx import write_directory_docx

            return write_directory_docx(target, details, about)
        case ExportFormat.HTML:
            return _write_html(target, details, about, queries)


def _write_html(
    target: Path, details: Iterable[RecordDetail], about: ExportAbout, queries: CatalogueQueries
) -> Written:
    from hpviewer.mapping.offline_map import OfflineMap, render_offline_map

    records = tuple(details)
    sources = Counter(one.record.source_kind for one in records)
    page = OfflineMap(
        title=say("session_village.export.html_title"),
        notice=about.notice,
        data_date=about.data_date,
        facts=tuple(about.lines(len(records), sources)),
        records=records,
        start_layer=queries.map_layer("start"),
        community_layer=queries.map_layer("communities"),
    )
    text = render_offline_map(page)
    with replacing(target) as file:
        file.write(text.encode())
    return Written(target, len(records))
