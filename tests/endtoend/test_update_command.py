"""`hpviewer catalogue update` and the settings file, as a user of commands meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hpviewer.cli.app import app
from hpviewer.session.settings import settings_file
from tests.helpers.newer_catalogue import overtaken_catalogue, record_ids, stored


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's catalogue with one edit; a newer data set is bundled."""
    return overtaken_catalogue(tmp_path, monkeypatch)


def run(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def document(*words: str) -> dict[str, object]:
    done = run("catalogue", "update", "--json", *words)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


def test_without_an_answer_it_only_shows(own: Path) -> None:
    before = own.read_bytes()
    text = run("catalogue", "update").stdout
    assert "2099-01-01" in text
    assert "公开记录  新增 1，改动 2，不再有 1" in text
    assert "新公布的记录" in text
    assert "手工" in text
    found = document()
    assert found["newer"] is True
    assert found["own_lost"] == 1
    assert found["answer"] is None
    assert own.read_bytes() == before


def test_both_then_undo(own: Path) -> None:
    found = document("--both")
    assert found["batch"] == 2
    assert found["kept_own"] == 1
    assert stored(own, "brand-new") is not None
    assert document()["newer"] is False
    assert run("undo").exit_code == 0
    assert stored(own, "brand-new") is None
    assert document()["newer"] is True


def test_take_names_the_backup(own: Path) -> None:
    found = document("--take")
    assert Path(str(found["backup"])).is_file()
    assert "一致" in run("catalogue", "update").stdout


def test_keep_is_remembered_and_can_be_thought_over(own: Path) -> None:
    before = stored(own, record_ids(own)[3])
    assert "不再提示" in run("catalogue", "update", "--keep").stdout
    assert document()["newer"] is False
    assert stored(own, record_ids(own)[3]) == before
    assert document("--both")["batch"] == 2


def test_two_answers_are_refused(own: Path) -> None:
    done = run("catalogue", "update", "--take", "--both")
    assert done.exit_code != 0
    assert "--keep" in str(done.exception)


def test_a_damaged_settings_file_is_told_on_stderr_and_the_command_works(own: Path) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text("theme = 'dark", encoding="utf-8")
    done = run("catalogue", "info", "--json")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["records"] == 25
    assert "settings.toml.damaged-" in done.stderr
    assert run("catalogue", "info").stderr == ""
