"""What may be committed: where things lie, how large, and nothing that the build makes or a registry serves."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pathspec
import pytest

ROOT = Path(__file__).resolve().parents[2]

TOP_LEVEL = {
    ".ci", ".gitattributes", ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md",
    "data", "docs", "hpviewer", "packaging", "pyproject.toml", "resources", "tests",
}  # fmt: skip

TOO_LONG: dict[str, int] = {}
"""Files of hpviewer/ over 400 lines -> their length on the day they were let in. Only shrinks."""

LONGEST = 400
VAGUE = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
MADE = re.compile(
    r"(^|/)(node_modules|dist|build|\.venv)/|(^|/)(leaflet|echarts|qwebchannel|jquery|bootstrap)[^/]*\.(js|css)$"
    r"|\.min\.(js|css)$|\.(ttf|otf|woff2?|ttc|gpkg|whl|egg|tgz|pyc|so|dll)$"
)
# Put together here: the names themselves stand in no file.
REGISTRIES = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("registry", "npmjs"),
            ("registry", "npmmirror"),
            ("registry", "yarnpkg"),
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("pypi", "tuna"),
            ("deb", "debian", "org"),
        )
    )
    + r"|--(extra-)?index-url\s*[= ]\s*\S|[\"']resolved[\"']\s*:"
)


@cache
def files() -> tuple[str, ...]:
    """Paths from the root, with /, of all that .gitignore lets in."""
    ignore = pathspec.GitIgnoreSpec.from_lines((ROOT / ".gitignore").read_text(encoding="utf-8").splitlines())
    found: list[str] = []
    for folder, folders, names in os.walk(ROOT):
        inner = Path(folder).relative_to(ROOT).as_posix()
        prefix = "" if inner == "." else f"{inner}/"
        folders[:] = [f for f in folders if f != ".git" and not ignore.match_file(f"{prefix}{f}/")]
        found += [f"{prefix}{n}" for n in names if n != ".git" and not ignore.match_file(f"{prefix}{n}")]
    return tuple(sorted(found))


def texts(*suffixes: str) -> Iterator[tuple[str, str]]:
    for name in files():
        if name.endswith(suffixes):
            yield name, (ROOT / name).read_text(encoding="utf-8", errors="replace")


def test_the_top_level_stays_as_drawn() -> None:
    assert {name.split("/")[0] for name in files()} - TOP_LEVEL == set()


def test_nothing_built_or_vendored_is_kept() -> None:
    """Leaflet, ECharts, fonts and the catalogue come from packaging/build_hook.py."""
    assert [name for name in files() if MADE.search(name)] == []


@pytest.mark.parametrize(
    "name",
    [
        "resources/web/leaflet.js",
        "a/echarts.min.js",
        "resources/N.ttf",
        "data/catalogue.gpkg",
        "x/node_modules/y",
    ],
)
def test_what_counts_as_built(name: str) -> None:
    assert MADE.search(name)


def test_no_registry_is_named() -> None:
    """Installing respects the machine's own pip, npm and apt settings; addresses would override them."""
    kinds = (
        ".py",
        ".toml",
        ".json",
        ".txt",
        ".sh",
        ".md",
        ".cfg",
        ".ini",
        ".yml",
        ".yaml",
        ".html",
        ".js",
        "run",
    )
    assert [name for name, text in texts(*kinds) if REGISTRIES.search(text)] == []


def test_the_lock_file_pins_without_addresses() -> None:
    lock = json.loads((ROOT / "resources/web/package-lock.json").read_text(encoding="utf-8"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not [name for name, entry in packages.items() if "resolved" in entry]


def test_constraints_pin_exactly() -> None:
    lines = (ROOT / "packaging/constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    assert pins
    assert [line for line in pins if not re.fullmatch(r"[a-z0-9.-]+==[0-9][\w.]*", line)] == []


def test_files_stay_readable() -> None:
    lengths = {name: text.count("\n") for name, text in texts(".py") if name.startswith("hpviewer/")}
    too_long = {name: length for name, length in lengths.items() if length > LONGEST}
    assert {name: length for name, length in too_long.items() if length > TOO_LONG.get(name, 0)} == {}
    assert set(TOO_LONG) <= set(too_long), "shortened: take it off TOO_LONG"


def test_no_vague_module() -> None:
    inside = [name for name in files() if name.startswith("hpviewer/")]
    assert [name for name in inside if VAGUE & set(name.removesuffix(".py").split("/"))] == []
