"""settings.toml: few values, each falling back alone; a damaged file is set aside and nothing is lost."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hpviewer.errors import InputError
from hpviewer.session.settings import Settings, load_settings, machine_file, settings_file
from hpviewer.session.settings_file import ensure_file, save_setting

DAY = dt.date(2026, 11, 24)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HPVIEWER_HOME", str(tmp_path))
    return tmp_path


def write(text: str | bytes, file: Path | None = None) -> Path:
    file = file or settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def test_without_a_file_all_is_default_and_nothing_is_made() -> None:
    loaded = load_settings()
    assert loaded.settings == Settings()
    assert loaded.notes == ()
    assert not settings_file().exists()


def test_a_wrong_value_falls_back_alone_and_is_named() -> None:
    write("theme = 'dark'\nbackups = 0\ntext_size = 3\nnew_data = 'never'\n")
    loaded = load_settings()
    assert loaded.settings == Settings(theme="dark", new_data="never")
    assert len(loaded.notes) == 2
    assert all(str(settings_file()) in note for note in loaded.notes)
    assert "text_size" in loaded.notes[0]
    assert "larger" in loaded.notes[0]
    assert "backups" in loaded.notes[1]
    assert "50" in loaded.notes[1]


@pytest.mark.parametrize(
    "damage", [b"theme = 'dark\n", b"theme = '\xcd\xe2'\n", b"\x00\x01", b"a = 1\na = 2\n"]
)
def test_a_damaged_file_is_set_aside_whole(damage: bytes) -> None:
    file = write(damage)
    loaded = load_settings(lambda: DAY)
    aside = file.with_name("settings.toml.damaged-20261124")
    assert aside.read_bytes() == damage
    assert not file.exists()
    assert loaded.settings == Settings()
    assert str(aside) in loaded.notes[0]
    assert load_settings().notes == ()
    write(damage + b"#")
    load_settings(lambda: DAY)
    assert file.with_name("settings.toml.damaged-20261124-2").read_bytes() == damage + b"#"
    assert aside.read_bytes() == damage


def test_the_editor_of_windows_may_have_saved_it() -> None:
    write(b"\xef\xbb\xbftheme = 'dark'\r\ncatalogue = 'D:\\data\\a.gpkg'\r\n")
    assert load_settings().settings == Settings(theme="dark", catalogue=r"D:\data\a.gpkg")


def test_the_administrators_values_stand_below_the_users() -> None:
    write("theme = 'dark'\nbackups = 9\n", machine_file())
    write("theme = 'light'\n")
    loaded = load_settings()
    assert loaded.settings == Settings(theme="light", backups=9)
    assert loaded.machine == {"backups"}
    write("theme = ", machine_file())
    loaded = load_settings()
    assert loaded.settings == Settings(theme="light")
    assert machine_file().is_file()
    assert str(machine_file()) in loaded.notes[0]


def test_saving_changes_one_line_and_keeps_the_rest() -> None:
    text = "# 我的说明\ntheme = \"dark\"  # 晚上\nfuture = 7\n\n[later]\ntheme = 'x'\n"
    file = write(text)
    save_setting("theme", "light")
    assert file.read_text(encoding="utf-8") == text.replace('"dark"', "'light'")
    save_setting("backups", 8)
    save_setting("catalogue", "D:\\目录\\a'b.gpkg")
    assert load_settings().settings == Settings(theme="light", backups=8, catalogue="D:\\目录\\a'b.gpkg")
    assert "future = 7" in file.read_text(encoding="utf-8")
    assert file.read_text(encoding="utf-8").endswith("[later]\ntheme = 'x'\n")
    assert [one.name for one in file.parent.iterdir()] == ["settings.toml"]


def test_a_new_file_explains_itself() -> None:
    save_setting("theme", "dark")
    text = settings_file().read_text(encoding="utf-8")
    for key in ("theme", "text_size", "catalogue", "new_data", "backups", "slip_template", "pack_key"):
        assert f"# {key} = " in text
    assert load_settings().settings == Settings(theme="dark")
    assert ensure_file() == settings_file()
    assert settings_file().read_text(encoding="utf-8") == text


def test_the_explained_values_are_the_defaults() -> None:
    lines = ensure_file().read_text(encoding="utf-8").splitlines()
    values = [line[2:] for line in lines if " = " in line and line.startswith("# ")]
    write("\n".join(line.split("   ")[0] for line in values))
    loaded = load_settings()
    assert loaded.settings == Settings()
    assert loaded.notes == ()
    assert len(values) == 7


def test_a_value_that_is_not_allowed_is_not_written() -> None:
    with pytest.raises(InputError) as caught:
        save_setting("backups", 99)
    assert "50" in caught.value.message
    assert not settings_file().exists()


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=40))
def test_any_text_comes_back_as_it_was_or_is_refused(text: str) -> None:
    try:
        save_setting("catalogue", text)
    except InputError:
        assert not text.isprintable()
        return
    assert load_settings().settings.catalogue == text
    assert load_settings().notes == ()


def test_reading_costs_less_than_a_millisecond_and_brings_nothing_heavy() -> None:
    save_setting("theme", "dark")
    load_settings()
    best = min(_timed() for _ in range(20))
    assert best < 0.005, best  # 0.2 ms here; five would still be unnoticed
    code = (
        "import sys; import hpviewer.wording; hpviewer.wording.say('cli.help'); before = set(sys.modules);"
        "from hpviewer.session.settings import load_settings; load_settings();"
        "print(*sorted(name for name in set(sys.modules) - before if not name.startswith('hpviewer')))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"msgspec", "apsw", "PySide6", "numpy", "platformdirs", "tomlkit"}
    assert not heavy & {name.partition(".")[0] for name in run.stdout.split()}, run.stdout


def _timed() -> float:
    began = time.perf_counter()
    load_settings()
    return time.perf_counter() - began
