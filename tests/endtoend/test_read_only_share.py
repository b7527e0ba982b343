"""The commands on a catalogue that this user may not write, and two programs at one file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from hpviewer.catalogue.connection import open_writer
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.newer_catalogue import edit, record_ids
from tests.helpers.read_only import lock_up, unprivileged

LEDGER = "标题,类别,发布日期,街镇\n文冲测试公告,征收土地公告,2024-05-01,文冲街道\n"


@pytest.fixture
def shared(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "share"
    folder.mkdir()
    path = bundled_catalogue(folder)
    edit(path, record_ids(path)[3], note="维护人的说明")
    lock_up(folder)
    yield path
    folder.chmod(0o755)


_SEVERAL = """
import contextlib, io, json, sys
from hpviewer.cli.start import main

answers = []
for words in json.loads(sys.argv[1]):
    out, err = io.StringIO(), io.StringIO()
    code = 0
    sys.argv = ["hpviewer", *words]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as ended:
            code = ended.code or 0
    answers.append([code, out.getvalue(), err.getvalue()])
print(json.dumps(answers))
"""
"""Several commands in one process: a start takes half a second, and there are twenty of them."""


class Said(NamedTuple):
    code: int
    stdout: str
    stderr: str


def run(catalogue: Path, *commands: tuple[str | Path, ...]) -> list[Said]:
    """Each command as somebody who has no more rights than the file's permissions give."""
    lines = [[*map(str, words), "--catalogue", str(catalogue)] for words in commands]
    done = subprocess.run(
        [*unprivileged(), sys.executable, "-c", _SEVERAL, json.dumps(lines)],
        capture_output=True,
        encoding="utf-8",
        timeout=55,
        env=os.environ
        | {"HPVIEWER_HOME": str(catalogue.parent.parent / "home"), "PYTHONPATH": os.pathsep.join(sys.path)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [Said(*answer) for answer in json.loads(done.stdout)]


def test_every_command_that_only_reads_works_and_leaves_nothing(shared: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(LEDGER, encoding="utf-8")
    before = (shared.read_bytes(), shared.stat().st_mtime_ns)
    commands: list[tuple[str | Path, ...]] = [
        ("find", "文冲"),
        ("place", "文冲"),
        ("village", "文冲"),
        ("project", "知识城"),
        ("gaps",),
        ("report", "check", "2023"),
        ("undo", "--list"),
        ("import", ledger, "--dry-run"),
        ("catalogue", "info"),
        ("catalogue", "check"),
        ("catalogue", "backup", tmp_path / "copy.gpkg"),
        ("export", "--format", "csv", "--out", tmp_path / "out.csv"),
        ("pack", tmp_path / "out.hppack"),
        ("unpack", tmp_path / "out.hppack"),
        ("catalogue", "info", "--json"),
    ]
    answers = run(shared, *commands)
    assert [(words, said.stderr) for words, said in zip(commands, answers, strict=True) if said.code] == []
    assert json.loads(answers[-1].stdout)["read_only"] is True
    assert [file.name for file in shared.parent.iterdir()] == ["catalogue.gpkg"]
    assert (shared.read_bytes(), shared.stat().st_mtime_ns) == before


def test_every_change_is_refused_in_a_sentence(shared: Path, tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(LEDGER, encoding="utf-8")
    own = tmp_path / "own"
    own.mkdir()
    other = bundled_catalogue(own)
    assert run(other, ("pack", tmp_path / "other.hppack"))[0].code == 0
    before = shared.read_bytes()
    answers = run(
        shared,
        ("import", ledger),
        ("undo",),
        ("undo", "1"),
        ("unpack", tmp_path / "other.hppack", "--yes", "--mine", "keep"),
        ("unpack", tmp_path / "other.hppack", "--yes", "--mine", "replace"),
    )
    for said in answers:
        assert said.code == 2, said.stdout
        assert "只读" in said.stderr
    assert shared.read_bytes() == before
    assert [file.name for file in shared.parent.iterdir()] == ["catalogue.gpkg"]


def test_the_second_program_that_writes_gets_a_sentence(tmp_path: Path) -> None:
    ledger = tmp_path / "ledger.csv"
    ledger.write_text(LEDGER, encoding="utf-8")
    path = bundled_catalogue(tmp_path)
    first = open_writer(path)
    first.execute("BEGIN IMMEDIATE")
    first.execute("UPDATE records SET note = 'first'")
    (second,) = run(path, ("import", ledger))
    assert second.code == 2
    assert "正被另一个程序写入" in second.stderr
    assert run(path, ("find", "文冲"))[0].code == 0  # who reads sees what was there before
    first.execute("COMMIT")
    first.close()
    assert run(path, ("import", ledger))[0].code == 0
