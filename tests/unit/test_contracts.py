"""The import contracts of pyproject.toml hold, and each one can fail: a planted import breaks it and only it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"

PLANTS = [
    ("Imports point down only", "places", "import hpviewer.session"),
    ("Imports point down only", "mapping", "import hpviewer.exporting"),
    ("Qt only in desktop", "session", "from PySide6.QtCore import QObject"),
    ("SQL only in catalogue", "session", "import sqlite3"),
    ("folium only in mapping", "exporting", "import folium"),
    ("pyecharts only in charting", "session", "from pyecharts.charts import Bar"),
    ("Geometry and data frames only in importing, exporting, mapping", "catalogue", "import shapely"),
    ("The window reaches data only through session", "desktop", "from hpviewer import catalogue"),
]
"""A contract, the room in which an import is planted, the import."""


def declared() -> set[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]}


def verdicts(folder: Path) -> dict[str, bool]:
    """Contract -> whether import-linter found it kept in the tree that stands in ``folder``."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": str(folder), "PYTHONUTF8": "1", "COLUMNS": "400", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    found = re.findall(r"^(.+?) (KEPT|BROKEN)(?: |$)", done.stdout, re.MULTILINE)
    assert found, done.stdout + done.stderr
    kept = {name: word == "KEPT" for name, word in found}
    assert done.returncode == (0 if all(kept.values()) else 1), done.stdout + done.stderr
    return kept


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A copy of the package and its settings, to plant in."""
    shutil.copytree(ROOT / "hpviewer", tmp_path / "hpviewer", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def as_it_is() -> dict[str, bool]:
    return verdicts(ROOT)


def test_every_contract_holds(as_it_is: dict[str, bool]) -> None:
    assert as_it_is == dict.fromkeys(declared(), True)


@pytest.mark.parametrize(("contract", "room", "planted"), PLANTS)
def test_contract_can_fail(
    tree: Path, as_it_is: dict[str, bool], contract: str, room: str, planted: str
) -> None:
    (tree / "hpviewer" / room / "planted.py").write_text(f"def late() -> None:\n    {planted}\n")
    assert as_it_is[contract]
    assert verdicts(tree) == {**as_it_is, contract: False}


def test_a_new_room_must_find_its_layer(tree: Path, as_it_is: dict[str, bool]) -> None:
    room = tree / "hpviewer" / "attic"
    room.mkdir()
    (room / "__init__.py").write_text('"""Belongs to no layer."""\n')
    assert verdicts(tree) == {**as_it_is, "Imports point down only": False}


def test_every_contract_is_planted_against() -> None:
    assert {contract for contract, _, _ in PLANTS} == declared()
