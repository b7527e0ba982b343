"""Where the rendered page lies: built with the package, else in the cache, never rendered without need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hpviewer import paths
from hpviewer.mapping.page_store import STAMP, build_page, page_folder, source_hash


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """User folders and built files below tmp_path."""
    monkeypatch.setenv("HPVIEWER_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(paths, "built", lambda: tmp_path / "built")
    return tmp_path


def test_the_built_page_is_used_while_its_stamp_fits(home: Path) -> None:
    build_page(home / "built" / "map")
    assert page_folder() == home / "built" / "map"
    assert not (home / "home").exists()
    names = {file.name for file in page_folder().iterdir()}
    assert {"index.html", "page.js", "parts.css", "parts.js", STAMP} <= names
    joined = (page_folder() / "parts.js").read_text(encoding="utf-8")
    assert joined.index("const hp") < joined.index("hp.MapView = class")
    assert "folium" in (page_folder() / STAMP).read_text(encoding="utf-8")


def test_a_page_of_other_sources_is_rendered_anew_into_the_cache(home: Path) -> None:
    build_page(home / "built" / "map")
    (home / "built" / "map" / STAMP).write_text("old\n", encoding="utf-8")
    folder = page_folder()
    assert folder.parent == home / "home" / "cache"
    first = (folder / "index.html").stat().st_mtime_ns
    assert page_folder() == folder
    assert (folder / "index.html").stat().st_mtime_ns == first
    assert [file.name for file in folder.parent.iterdir()] == [folder.name]


def test_pages_of_older_sources_leave_the_cache(home: Path) -> None:
    old = home / "home" / "cache" / "map-0123456789abcdef"
    old.mkdir(parents=True)
    page_folder()
    assert not old.exists()


def test_an_unfinished_page_is_not_used(home: Path) -> None:
    folder = page_folder()
    (folder / STAMP).unlink()
    (folder / "index.html").unlink()
    again = page_folder()
    assert (again / "index.html").is_file()


def test_every_source_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = tmp_path / "resources"
    shutil.copytree(paths.resources(), copy)
    monkeypatch.setattr(paths, "resources", lambda: copy)
    before = source_hash()
    for file in (copy / "web" / "map" / "labels.js", copy / "i18n" / "zh_CN" / "mapping.toml"):
        file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
        after = source_hash()
        assert after != before
        before = after


def test_finding_a_built_page_imports_nothing_heavy(tmp_path: Path) -> None:
    """The start path of the window: asked in a process of its own."""
    build_page(tmp_path / "built" / "map")
    code = (
        "import sys, pathlib; from hpviewer import paths; "
        f"paths.built = lambda: pathlib.Path({str(tmp_path / 'built')!r}); "
        "from hpviewer.mapping.page_store import page_folder; "
        "print(page_folder()); "
        "heavy = {'folium', 'branca', 'jinja2', 'pandas', 'geopandas', 'shapely', 'numpy'} & set(sys.modules); "
        "print(sorted(heavy))"
    )
    env = {**os.environ, "PYTHONPATH": str(Path(paths.__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout.split() == [str(tmp_path / "built" / "map"), "[]"]
