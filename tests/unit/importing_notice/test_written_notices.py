"""Own notices of all stages and eras in every file format: each field must be read as the fixture says."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from hpviewer.importing.notice.as_json import notice_json
from hpviewer.importing.notice.notice import Origin
from hpviewer.importing.notice.reading import read_notice
from hpviewer.places.place import PlaceCode
from hpviewer.places.resolver import Resolver
from hpviewer.records.kind import Kind
from tests.helpers.notice_documents import (
    FORMATS,
    STRICT,
    WrittenNotice,
    differences,
    file_of,
    written_notices,
)

NOTICES = written_notices(Path(__file__).parent / "fixtures")


def test_there_are_notices_of_every_stage_and_era() -> None:
    assert len(NOTICES) >= 40
    kinds = {notice.expected["kind"] for notice in NOTICES}
    assert {kind.value for kind in Kind} - kinds <= {Kind.OTHER_RENEWAL.value}
    years = {int(notice.expected["published"][:4]) for notice in NOTICES if "published" in notice.expected}
    assert min(years) == 2004
    assert max(years) >= 2025


@pytest.mark.parametrize("form", FORMATS)
def test_every_field_in_every_format(
    form: str,
    tmp_path: Path,
    resolver: Resolver,
    gazetteer_names: dict[PlaceCode, str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    wrong: Counter[str] = Counter()
    reports: list[str] = []
    for notice in NOTICES:
        reading = read_notice(file_of(tmp_path, notice, form), resolver)
        assert len(reading.notices) == 1, notice.name
        found = differences(notice_json(reading.notices[0], gazetteer_names), notice)
        for field, (expected, value) in found.items():
            wrong[field] += 1
            reports.append(f"{notice.name}.{field}: expected {expected!r}, read {value!r}")
    with capsys.disabled():
        whole = len(NOTICES)
        scores = "  ".join(f"{field} {whole - wrong[field]}/{whole}" for field in (*STRICT, "review"))
        print(f"\n[{form}] {scores}")
    assert not reports, "\n".join(reports)


@pytest.mark.parametrize("notice", NOTICES, ids=lambda notice: notice.name)
def test_sources_point_at_their_words(notice: WrittenNotice, tmp_path: Path, resolver: Resolver) -> None:
    reading = read_notice(file_of(tmp_path, notice, notice.format), resolver)
    read = reading.notices[0]
    for source in read.sources:
        if source.origin is Origin.TEXT:
            assert reading.document.text[source.start : source.end] == source.written
            assert source.written.strip()
        else:
            assert (source.start, source.end) == (0, 0) or source.origin is Origin.PAGE
    record = read.record
    for field in (
        "doc_number",
        "approval_number",
        "published",
        "approved",
        "notice_from",
        "area_ha",
        "project",
        "location",
        "issuer",
    ):
        if getattr(record, field):
            assert read.sources_of(field), field
    if record.owners:
        assert read.sources_of("owners")
    if record.communities:
        assert record.place_as_written
        assert all(code[:9] in record.towns for code in record.communities)
