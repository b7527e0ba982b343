"""From an older version to today's: after a backup, each step whole or not at all, refused in sentences."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import apsw
import pytest

from hpviewer.catalogue import migrations, origin, schema
from hpviewer.catalogue.check import check_catalogue
from hpviewer.catalogue.kept_backups import keep_backup, kept_backups
from hpviewer.catalogue.migrations import Step, migrate, stored_version
from hpviewer.catalogue.reader import Reader
from hpviewer.catalogue.writer import Writer
from hpviewer.errors import CatalogueError
from hpviewer.session import catalogue_upgrade
from hpviewer.session.catalogue_upgrade import as_current, bring_up_to_date
from tests.helpers.catalogue import bundled_catalogue

ROOT = Path(__file__).resolve().parents[3]


def add_column(connection: apsw.Connection) -> None:
    connection.execute("ALTER TABLE policies ADD COLUMN checked TEXT NOT NULL DEFAULT ''")


def fill_column(connection: apsw.Connection) -> None:
    connection.execute("UPDATE policies SET checked = issued")


STEPS = (Step(2, add_column), Step(3, fill_column))


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A catalogue of version 1, for a program of version 3."""
    return bundled_catalogue(tmp_path)


def columns(path: Path) -> list[str]:
    connection = apsw.Connection(str(path))
    names = [row[1] for row in connection.execute("PRAGMA table_info(policies)")]
    connection.close()
    return names


def test_steps_of_the_program_lead_to_its_version() -> None:
    assert [step.to for step in migrations.STEPS] == list(range(2, schema.SCHEMA_VERSION + 1))


def test_every_step_runs_once_after_a_backup(old: Path) -> None:
    before = old.read_bytes()
    backup = migrate(old, STEPS, 3)
    assert backup is not None
    assert backup.parent == old.parent / "backups"
    assert backup.name.startswith("catalogue-v1-")
    assert stored_version(backup) == 1
    assert Reader(backup).info().records == 25
    assert stored_version(old, 3) == 3
    assert "checked" in columns(old)
    assert migrate(old, STEPS, 3) is None
    assert kept_backups(old) == [backup]
    assert before[:16] == old.read_bytes()[:16]


def test_a_failing_step_leaves_the_version_before_it(old: Path) -> None:
    def broken(connection: apsw.Connection) -> None:
        connection.execute("DELETE FROM policies")
        connection.execute("INSERT INTO no_such_table VALUES (1)")

    with pytest.raises(CatalogueError) as caught:
        migrate(old, (Step(2, add_column), Step(3, broken)), 3)
    assert "第 3 版" in caught.value.message
    assert stored_version(old, 3) == 2
    connection = apsw.Connection(str(old))
    assert connection.execute("SELECT count(*) > 0 FROM policies").fetchone() == (1,)
    connection.close()
    assert migrate(old, STEPS, 3) is not None
    assert stored_version(old, 3) == 3


def test_a_step_that_breaks_references_is_taken_back(old: Path) -> None:
    with pytest.raises(CatalogueError):
        migrate(old, (Step(2, lambda connection: connection.execute("DELETE FROM towns")),), 2)
    assert stored_version(old) == 1
    assert not [problem for result in check_catalogue(old) for problem in result.problems]


def test_two_programs_at_once_do_each_step_once(old: Path) -> None:
    ran: list[int] = []

    def remembered(step: Step) -> Step:
        def run(connection: apsw.Connection) -> None:
            ran.append(step.to)
            step.run(connection)

        return Step(step.to, run)

    steps = [remembered(step) for step in STEPS]
    with ThreadPoolExecutor(2) as programs:
        made = list(programs.map(lambda _: migrate(old, steps, 3), range(2)))
    assert sorted(ran) == [2, 3]
    backups = [backup for backup in made if backup]
    assert stored_version(min(backups)) == 1


def test_killed_at_any_moment_it_is_the_old_or_the_new_version(old: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.helpers.killed_migration", str(old), "12"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    states = Counter(json.loads(run.stdout)["states"])
    assert set(states) <= {"v1", "v2", "v3"}, states
    assert len(states) > 1, states


@pytest.fixture
def newer_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program as it will be with version 3."""
    for module in (schema, migrations, origin, catalogue_upgrade):
        monkeypatch.setattr(module, "SCHEMA_VERSION", 3)
    monkeypatch.setattr(migrations, "migrate", lambda path, kept=5: migrate(path, STEPS, 3, kept))


def test_without_migration_a_reader_says_what_to_do(old: Path, newer_program: None) -> None:
    for opened in (Reader, Writer):
        with pytest.raises(CatalogueError) as caught:
            opened(old)
        assert "第 1 版" in caught.value.message
        assert "备份" in caught.value.next_step


def test_opening_brings_it_up_to_date(old: Path, newer_program: None) -> None:
    assert bring_up_to_date(old, 5) is not None
    assert Reader(old).info().schema_version == 3


def test_a_foreign_catalogue_is_read_through_a_copy(old: Path, newer_program: None) -> None:
    before = old.read_bytes()
    with as_current(old) as path:
        assert Reader(path).info().records == 25
        assert path != old
    assert not path.exists()
    assert old.read_bytes() == before
    assert not (old.parent / "backups").exists()


def test_only_the_newest_backups_stay(old: Path) -> None:
    other = old.parent / "backups" / "catalogue-by-hand.gpkg"
    other.parent.mkdir()
    other.write_bytes(b"mine")
    day = dt.datetime(2026, 11, 24, 12, 0)
    made = [keep_backup(old, "v1", 3, day + dt.timedelta(hours=hour)) for hour in range(4)]
    again = keep_backup(old, "v1", 3, day + dt.timedelta(hours=3))
    assert kept_backups(old) == [again, made[3], made[2]]
    assert other.read_bytes() == b"mine"
