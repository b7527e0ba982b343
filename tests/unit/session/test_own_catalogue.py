"""Where a command finds its catalogue when none is named, and what happens when newer data are bundled."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from hpviewer import paths
from hpviewer.catalogue.kept_backups import kept_backups
from hpviewer.catalogue.origin import Origin, read_origin
from hpviewer.catalogue.writer import Writer
from hpviewer.errors import CatalogueError
from hpviewer.session.data_update import DataUpdate, offered_update, pending_update
from hpviewer.session.own_catalogue import catalogue_for_window, find_catalogue
from hpviewer.session.settings import Settings
from hpviewer.session.settings_file import save_setting
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.newer_catalogue import edit, make_newer, record_ids, stored


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


def offered(own: Path) -> DataUpdate:
    update = pending_update(own, Settings())
    assert update is not None
    return update


def test_first_use_makes_the_users_own_copy(bundled: Path) -> None:
    own = find_catalogue(None)
    assert own == paths.user_catalogue()
    assert read_origin(own) == read_origin(bundled) != Origin("", changed=False)
    assert pending_update(own, Settings()) is None


def test_a_named_file_is_taken_as_it_is(bundled: Path, tmp_path: Path) -> None:
    assert find_catalogue(tmp_path / "mine.gpkg") == tmp_path / "mine.gpkg"


def test_the_settings_name_the_catalogue_of_a_share(bundled: Path, tmp_path: Path) -> None:
    shared = tmp_path / "share" / "district.gpkg"
    save_setting("catalogue", str(shared))
    with pytest.raises(CatalogueError) as caught:
        find_catalogue(None)
    assert str(shared) in caught.value.message
    assert catalogue_for_window(None, Settings(catalogue=str(shared))) == shared
    shared.parent.mkdir()
    shared.write_bytes(bundled.read_bytes())
    assert find_catalogue(None) == shared
    assert find_catalogue(tmp_path / "other.gpkg") == tmp_path / "other.gpkg"
    make_newer(bundled)
    assert pending_update(shared, Settings()) is None


def test_newer_bundled_data_are_offered_and_never_forced(bundled: Path) -> None:
    own = find_catalogue(None)
    before = own.read_bytes()
    make_newer(bundled)
    assert find_catalogue(None).read_bytes() == before
    preview = offered(own).preview()
    assert preview.untouched
    assert preview.difference.lost == 0
    assert pending_update(own, Settings(new_data="never")) is None
    set_meta(bundled, "data_date", "2001-01-01")
    assert pending_update(own, Settings()) is None


def test_a_copy_without_changes_follows_where_the_settings_say_so(bundled: Path) -> None:
    own = find_catalogue(None)
    make_newer(bundled)
    save_setting("new_data", "follow")
    find_catalogue(None)
    assert read_origin(own).fingerprint == "newer"
    assert len(kept_backups(own)) == 1


def test_a_changed_catalogue_follows_nothing_by_itself(bundled: Path) -> None:
    own = find_catalogue(None)
    edit(own, record_ids(own)[3], note="我的")
    make_newer(bundled)
    before = own.read_bytes()
    assert find_catalogue(None, Settings(new_data="follow")).read_bytes() == before


def test_keeping_is_remembered_for_this_data_set_alone(bundled: Path) -> None:
    own = find_catalogue(None)
    make_newer(bundled)
    offered(own).keep()
    assert pending_update(own, Settings()) is None
    assert not read_origin(own).changed
    set_meta(bundled, "fingerprint", "newer still")
    assert pending_update(own, Settings()) is not None


def test_taking_puts_the_old_catalogue_aside(bundled: Path) -> None:
    own = find_catalogue(None)
    touched = record_ids(own)[3]
    edit(own, touched, note="我的")
    make_newer(bundled)
    with Writer(own, looking=True) as open_elsewhere:
        backup = offered(own).take()
        assert open_elsewhere.batches() == []
    assert stored(own, "brand-new") is not None
    kept = stored(backup, touched)
    assert kept is not None
    assert kept.note == "我的"
    assert pending_update(own, Settings()) is None


def test_both_is_a_batch_and_undo_brings_the_offer_back(bundled: Path) -> None:
    own = find_catalogue(None)
    edit(own, record_ids(own)[3], note="我的")
    make_newer(bundled)
    outcome = offered(own).both()
    assert outcome.batch == 2
    assert pending_update(own, Settings()) is None
    with Writer(own) as writer:
        assert "2099-01-01" in writer.batches()[0].source
        writer.undo(outcome.batch)
    assert pending_update(own, Settings()) is not None


def test_without_a_changed_fact_nothing_is_asked(bundled: Path) -> None:
    own = find_catalogue(None)
    set_meta(bundled, "fingerprint", "drawn otherwise")
    assert offered_update(own, Settings()) is None
    assert read_origin(own).fingerprint == "drawn otherwise"
    edit(own, record_ids(own)[3], note="我的")
    before = own.read_bytes()
    make_newer(bundled)
    offer = offered_update(own, Settings())
    assert offer is not None
    assert not offer.preview.untouched
    assert own.read_bytes() == before


def test_a_copy_of_unfinished_tables_is_made_anew(bundled: Path) -> None:
    own = find_catalogue(None)
    set_meta(own, "tables", "")
    set_meta(own, "name", "old")
    find_catalogue(None)
    assert read_origin(own) == read_origin(bundled)


def test_without_anything_to_copy_a_sentence_says_so(bundled: Path) -> None:
    bundled.unlink()
    with pytest.raises(CatalogueError) as caught:
        find_catalogue(None)
    assert "run.sh" in caught.value.next_step
    with pytest.raises(CatalogueError):
        catalogue_for_window(None, Settings())


def test_a_file_of_a_newer_program_is_refused_naming_both_versions(bundled: Path) -> None:
    own = find_catalogue(None)
    set_meta(own, "schema_version", "7")
    before = own.read_bytes()
    with pytest.raises(CatalogueError) as caught:
        find_catalogue(None)
    assert "第 7 版" in caught.value.message
    assert "第 1 版" in caught.value.message
    assert catalogue_for_window(None, Settings()) == own
    assert own.read_bytes() == before
