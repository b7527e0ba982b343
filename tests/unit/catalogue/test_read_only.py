"""A catalogue on a share: what reading leaves behind (nothing), who may write, and two programs at one file."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from hpviewer import paths
from hpviewer.catalogue.backup import back_up, put_in_place
from hpviewer.catalogue.connection import open_reader, open_writer, transaction
from hpviewer.catalogue.reader import Reader
from hpviewer.catalogue.writer import Writer
from hpviewer.errors import CatalogueError
from hpviewer.records.column import Column
from hpviewer.records.kind import Kind
from hpviewer.records.record import Record
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.read_only import lock_up, unprivileged

with (paths.data() / "records.csv").open(encoding="utf-8-sig", newline="") as rows:
    RECORDS = sum(1 for _ in csv.DictReader(rows))


@pytest.fixture
def share(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "share"
    folder.mkdir()
    bundled_catalogue(folder)
    yield folder
    folder.chmod(0o755)


def files(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def asked(catalogue: Path, body: str) -> str:
    """What a program without privileges prints."""
    script = f"from pathlib import Path\nfile = Path({str(catalogue)!r})\n{body}"
    done = subprocess.run(
        [*unprivileged(), sys.executable, "-c", script],
        capture_output=True,
        encoding="utf-8",
        timeout=40,
        check=False,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONIOENCODING": "utf-8"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


READ = """
from hpviewer.catalogue.reader import Reader
reader = Reader(file)
print(reader.info().read_only, reader.info().records)
reader.close()
"""
SAID = """
from hpviewer.catalogue.reader import Reader
from hpviewer.errors import CatalogueError
try:
    Reader(file)
except CatalogueError as error:
    print(error)
"""
WRITE = """
from hpviewer.catalogue.writer import Writer
from hpviewer.errors import CatalogueError
try:
    Writer(file)
except CatalogueError as error:
    print(error)
"""


def write_ahead(path: Path) -> None:
    """As QGIS leaves a file."""
    connection = apsw.Connection(str(path))
    assert connection.pragma("journal_mode", "wal") == "wal"
    connection.execute("UPDATE records SET note = 'QGIS'")
    connection.close()


@pytest.mark.parametrize("files_too", [True, False])
def test_a_read_only_catalogue_is_read_and_says_so(share: Path, files_too: bool) -> None:
    lock_up(share, files=files_too)
    assert asked(share / "catalogue.gpkg", READ).split() == ["True", str(RECORDS)]
    assert "是只读的" in asked(share / "catalogue.gpkg", WRITE)
    assert files(share) == ["catalogue.gpkg"]


def test_a_writable_one_does_not(share: Path) -> None:
    assert asked(share / "catalogue.gpkg", READ).split() == ["False", str(RECORDS)]
    assert files(share) == ["catalogue.gpkg"]


def test_only_looking_needs_no_right_to_write(share: Path) -> None:
    with Writer(share / "catalogue.gpkg") as writer:
        writer.save([Record("x", Column.LAND, Kind.APPROVAL, "x")], "x")
    lock_up(share)
    body = """
from hpviewer.catalogue.writer import Writer
from hpviewer.errors import CatalogueError
with Writer(file, looking=True) as writer:
    print(len(writer.batches()), writer.compare([]).changes)
    try:
        writer.undo()
    except CatalogueError as error:
        print(error.message)
"""
    first, second = asked(share / "catalogue.gpkg", body).splitlines()
    assert first == "1 []"
    assert "是只读的" in second


def test_what_qgis_left_in_wal_mode_is_read_without_files_beside_it(share: Path) -> None:
    write_ahead(share / "catalogue.gpkg")
    lock_up(share)
    assert asked(share / "catalogue.gpkg", READ).split() == ["True", str(RECORDS)]
    assert files(share) == ["catalogue.gpkg"]


def test_where_it_may_be_written_it_goes_back_to_the_rollback_journal(share: Path) -> None:
    path = share / "catalogue.gpkg"
    write_ahead(path)
    connection = open_reader(path)
    assert connection.execute("SELECT DISTINCT note FROM records").fetchall() == [("QGIS",)]
    assert files(share) == ["catalogue.gpkg"]
    connection.close()
    assert path.read_bytes()[18:20] == b"\x01\x01"


def test_a_file_that_qgis_has_open_is_read_with_its_changes(share: Path) -> None:
    path = share / "catalogue.gpkg"
    qgis = apsw.Connection(str(path))
    qgis.pragma("journal_mode", "wal")
    qgis.execute("UPDATE records SET note = 'newest'")
    connection = open_reader(path)
    assert connection.execute("SELECT DISTINCT note FROM records").fetchall() == [("newest",)]
    connection.close()
    qgis.close()


def test_open_changes_in_a_read_only_place_are_a_sentence_and_not_old_data(share: Path) -> None:
    path = share / "catalogue.gpkg"
    qgis = apsw.Connection(str(path))
    qgis.pragma("journal_mode", "wal")
    qgis.execute("UPDATE records SET note = 'newest'")
    elsewhere = share.parent / "killed"
    elsewhere.mkdir()
    for name in ("catalogue.gpkg", "catalogue.gpkg-wal"):  # as a killed program leaves them
        shutil.copyfile(share / name, elsewhere / name)
    qgis.close()
    lock_up(elsewhere)
    try:
        assert "没有完成" in asked(elsewhere / "catalogue.gpkg", SAID)
    finally:
        elsewhere.chmod(0o755)


def test_a_killed_writers_journal_in_a_read_only_place_is_a_sentence(share: Path, tmp_path: Path) -> None:
    path = share / "catalogue.gpkg"
    writer = open_writer(path)
    writer.pragma("cache_spill", 1)
    writer.pragma("cache_size", 10)
    writer.execute("BEGIN IMMEDIATE; UPDATE records SET note = hex(randomblob(2000))")
    killed = tmp_path / "killed"
    killed.mkdir()
    for name in files(share):
        shutil.copyfile(share / name, killed / name)
    writer.execute("ROLLBACK")
    writer.close()
    assert files(killed) == ["catalogue.gpkg", "catalogue.gpkg-journal"]
    lock_up(killed)
    try:
        assert "没有完成" in asked(killed / "catalogue.gpkg", SAID)
    finally:
        killed.chmod(0o755)
    for file in killed.iterdir():
        file.chmod(0o644)
    reader = Reader(killed / "catalogue.gpkg")  # where it may be written it is rolled back
    assert reader.info().records == RECORDS
    reader.close()
    assert files(killed) == ["catalogue.gpkg"]


def test_opening_to_read_keeps_the_locks_of_this_process(share: Path) -> None:
    """POSIX drops all locks of a process on a file with the first handle on it that is closed."""
    path = share / "catalogue.gpkg"
    writer = open_writer(path)
    writer.execute("BEGIN IMMEDIATE")
    Reader(path).close()
    body = """
import apsw
try:
    apsw.Connection(str(file)).execute("BEGIN IMMEDIATE")
except apsw.BusyError:
    print("busy")
"""
    assert asked(path, body) == "busy"
    writer.execute("ROLLBACK")
    writer.close()


def test_the_second_writer_gets_a_sentence(share: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = share / "catalogue.gpkg"
    first = open_writer(path)
    first.execute("BEGIN IMMEDIATE")
    body = """
import hpviewer.catalogue.connection as connection
connection._BUSY_MS = 50
from hpviewer.catalogue.writer import Writer
from hpviewer.catalogue.reader import Reader
from hpviewer.errors import CatalogueError
from hpviewer.records.column import Column
from hpviewer.records.kind import Kind
from hpviewer.records.record import Record
record = Record("x", Column.LAND, Kind.APPROVAL, "x")
try:
    with Writer(file) as writer:
        writer.save([record], "x")
except CatalogueError as error:
    print(error.message, error.next_step)
print(Reader(file).info().records)
"""
    said, records = asked(path, body).splitlines()
    assert "正被另一个程序写入" in said
    assert "稍后再试" in said
    assert records == str(RECORDS)
    first.execute("COMMIT")
    first.close()
    assert files(share) == ["catalogue.gpkg"]


def test_a_change_that_a_reader_holds_up_is_rolled_back_whole(
    share: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hpviewer.catalogue.connection._BUSY_MS", 50)
    path = share / "catalogue.gpkg"
    reader, writer = open_reader(path), open_writer(path)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM records").fetchall()
    with pytest.raises(apsw.BusyError), transaction(writer):
        writer.execute("UPDATE records SET note = 'x'")
    assert not writer.in_transaction
    reader.execute("COMMIT")
    with transaction(writer):  # the same connection goes on
        writer.execute("UPDATE records SET note = 'y'")
    writer.close()
    assert reader.execute("SELECT DISTINCT note FROM records").fetchall() == [("y",)]
    reader.close()


def test_a_backup_where_nothing_may_be_written_is_a_sentence(share: Path) -> None:
    lock_up(share)
    body = """
from hpviewer.catalogue.backup import back_up
from hpviewer.errors import CatalogueError
for target in (file.with_name("copy.gpkg"), file.parent / "new" / "copy.gpkg"):
    try:
        back_up(file, target)
    except CatalogueError as error:
        print(bool(error.next_step))
"""
    assert asked(share / "catalogue.gpkg", body).split() == ["True", "True"]
    assert files(share) == ["catalogue.gpkg"]


def test_a_backup_is_never_in_wal_mode(share: Path, tmp_path: Path) -> None:
    qgis = apsw.Connection(str(share / "catalogue.gpkg"))
    qgis.pragma("journal_mode", "wal")
    qgis.execute("UPDATE records SET note = 'newest'")
    back_up(share / "catalogue.gpkg", tmp_path / "copy.gpkg")
    qgis.close()
    assert (tmp_path / "copy.gpkg").read_bytes()[18:20] == b"\x01\x01"
    connection = open_reader(tmp_path / "copy.gpkg")
    assert connection.execute("SELECT DISTINCT note FROM records").fetchall() == [("newest",)]
    connection.close()


def test_a_killed_replacement_leaves_the_old_content(share: Path, tmp_path: Path) -> None:
    """put_in_place is one transaction: half of it, then the process ends."""
    path, other = share / "catalogue.gpkg", tmp_path / "other.gpkg"
    back_up(path, other)
    connection = open_writer(other)
    connection.execute("UPDATE records SET note = 'other'")
    connection.close()
    body = f"""
import os
from hpviewer.catalogue.connection import open_reader, open_writer
writer = open_writer(file)
backup = writer.backup("main", open_reader(Path({str(other)!r})), "main")
backup.step(200)
os._exit(0)
"""
    asked(path, body)
    reader = open_reader(path)
    assert reader.execute("SELECT count(*) FROM records WHERE note = 'other'").fetchall() == [(0,)]
    assert reader.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    reader.close()
    put_in_place(other, path)
    with Writer(path) as writer:
        assert writer.batches() == []


def test_a_folder_is_no_catalogue(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError):
        open_reader(tmp_path)
