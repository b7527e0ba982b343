"""Where a command finds its catalogue when none is named."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from hpviewer import paths
from hpviewer.catalogue.origin import Origin, read_origin
from hpviewer.errors import CatalogueError
from hpviewer.session.own_catalogue import find_catalogue
from tests.helpers.catalogue import bundled_catalogue


@pytest.fixture
def bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shipped = bundled_catalogue(tmp_path)
    monkeypatch.setattr(paths, "bundled_catalogue", lambda: shipped)
    monkeypatch.setenv("HPVIEWER_HOME", str(tmp_path / "home"))
    return shipped


def set_meta(path: Path, key: str, value: str) -> None:
    connection = apsw.Connection(str(path))
    connection.execute("INSERT OR REPLACE INTO hpviewer_meta VALUES (?, ?)", (key, value))
    connection.close()


def test_first_use_makes_the_users_own_copy(bundled: Path) -> None:
    own = find_catalogue(None)
    assert own == paths.user_catalogue()
    assert read_origin(own) == read_origin(bundled) != Origin("", changed=False)


def test_a_named_file_is_taken_as_it_is(bundled: Path, tmp_path: Path) -> None:
    assert find_catalogue(tmp_path / "mine.gpkg") == tmp_path / "mine.gpkg"


def test_an_unchanged_copy_follows_new_bundled_data(bundled: Path) -> None:
    own = find_catalogue(None)
    set_meta(bundled, "fingerprint", "newer")
    assert find_catalogue(None) == own
    assert read_origin(own).fingerprint == "newer"


def test_a_changed_catalogue_is_never_touched(bundled: Path) -> None:
    own = find_catalogue(None)
    set_meta(own, "changed", "1")
    set_meta(bundled, "fingerprint", "newer")
    before = own.read_bytes()
    assert find_catalogue(None).read_bytes() == before


def test_without_anything_to_copy_a_sentence_says_so(bundled: Path) -> None:
    bundled.unlink()
    with pytest.raises(CatalogueError) as caught:
        find_catalogue(None)
    assert "run.sh" in caught.value.next_step
