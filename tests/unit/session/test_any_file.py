"""Whatever is dropped: every format, whole, damaged, damaged inside its container or under a wrong name, gives a preview
or a sentence, soon, and leaves no file behind."""

from __future__ import annotations

import io
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.session.import_desk import ImportDesk
from hpviewer.session.import_preview import ImportKind
from tests.helpers import boundary_files
from tests.helpers.any_file import (
    BOUNDARIES,
    CONTAINERS,
    ENDINGS,
    FORMATS,
    TABLES,
    damaged,
    damaged_inside,
    whole,
)
from tests.helpers.catalogue import bundled_catalogue

_SOON = 20.0
"""Seconds, on a machine that other work shares."""
KINDS = (None, *ImportKind)
EDITS = st.lists(
    st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=8)), min_size=1, max_size=6
)  # fmt: skip
FUZZ = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


class Place:
    def __init__(self, folder: Path) -> None:
        self.inbox, self.temporary = folder / "in", folder / "tmp"
        self.inbox.mkdir()
        self.temporary.mkdir()
        self.queries = CatalogueQueries(bundled_catalogue(folder))
        self.desk = ImportDesk(self.queries)
        self.folder = folder

    def bring(self, name: str, data: bytes, kind: ImportKind | None = None) -> ImportKind | None:
        """The kind it was read as, None when it was refused."""
        file = self.inbox / name
        file.write_bytes(data)
        before = self._files()
        began = time.perf_counter()
        self.previews = (preview,) = self.desk.preview([file], kind)
        assert time.perf_counter() - began < _SOON
        assert self._files() == before, "no file beside it, none in the temporary folder"
        file.unlink()
        if preview.error is not None:
            assert preview.error.message
            assert preview.error.next_step
            return None
        return preview.kind

    def _files(self) -> set[Path]:
        return {path for path in self.folder.rglob("*") if path.is_file()}


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    made = Place(tmp_path)
    monkeypatch.chdir(made.temporary)
    monkeypatch.setattr(tempfile, "tempdir", str(made.temporary))
    monkeypatch.setenv("TMPDIR", str(made.temporary))
    yield made
    made.queries.close()


@pytest.mark.parametrize("form", FORMATS)
def test_whole_files_are_read(place: Place, form: str) -> None:
    expected = ImportKind.NOTICE
    if form.rpartition(".")[2] in TABLES:
        expected = ImportKind.RECORDS
    elif form in BOUNDARIES:
        expected = ImportKind.BOUNDARIES
    assert place.bring(f"a.{form}", whole(form)) is expected


@settings(FUZZ, max_examples=150)
@given(form=st.sampled_from(FORMATS), edits=EDITS, keep=st.floats(0.05, 2), kind=st.sampled_from(KINDS))
def test_damaged_files(
    place: Place, form: str, edits: list[tuple[float, bytes]], keep: float, kind: ImportKind | None
) -> None:
    place.bring(f"a.{form}", damaged(whole(form), edits, keep), kind)


@settings(FUZZ, max_examples=100)
@given(form=st.sampled_from(CONTAINERS), member=st.integers(0, 20), edits=EDITS, keep=st.floats(0.05, 2))
def test_containers_with_a_damaged_member(
    place: Place, form: str, member: int, edits: list[tuple[float, bytes]], keep: float
) -> None:
    place.bring(f"a.{form}", damaged_inside(whole(form), member, edits, keep))


@settings(FUZZ, max_examples=50)
@given(form=st.sampled_from(FORMATS), ending=st.sampled_from(ENDINGS), kind=st.sampled_from(KINDS))
def test_files_under_a_wrong_name(place: Place, form: str, ending: str, kind: ImportKind | None) -> None:
    place.bring(f"a.{ending}", whole(form), kind)


@settings(FUZZ, max_examples=60)
@given(data=st.binary(max_size=300), ending=st.sampled_from(ENDINGS))
def test_any_bytes(place: Place, data: bytes, ending: str) -> None:
    place.bring(f"a.{ending}", data)


def test_a_coordinate_system_that_gdal_reads_but_cannot_write(place: Place) -> None:
    """Found by fuzzing: pyogrio 0.13 fails on it with an UnboundLocalError."""
    data = whole("shp.zip")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    (prj,) = (name for name in parts if name.endswith(".prj"))
    parts[prj] = parts[prj].replace(b'PRIMEM["Greenwich"', b'PRIMEM["Mp\xc3\x7f\x07wich"')
    assert place.bring("a.zip", boundary_files.zip_of(parts)) is None


@pytest.mark.parametrize("written", ["2023-00-05", "2023-05-00", "2023年0月5日", "20230005"])
def test_a_month_or_day_of_zero_rejects_its_row(place: Place, written: str) -> None:
    """Found by fuzzing: a period that ends in month 0."""
    for value in (written, f"2023-01-05至{written}"):
        rows = f"标题,类别,公告期\n甲地块公告,征收土地公告,{value}\n乙地块公告,征收土地公告,2023-01-05至2023-02-05\n"
        assert place.bring("a.csv", rows.encode()) is ImportKind.RECORDS
        (preview,) = place.previews
        assert [one.value for one in preview.rejected] == [value]
