"""pack, unpack and undo as two office PCs use them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from hpviewer.cli.start import main
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.newer_catalogue import edit, make_newer, record_ids


class Said(NamedTuple):
    stdout: str
    stderr: str


class Office:
    """One PC: its own catalogue and its own folders. Commands run in this process, as from the terminal."""

    def __init__(
        self, folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder.mkdir()
        self.catalogue = bundled_catalogue(folder)
        self.home = folder / "home"
        self._capsys, self._monkeypatch = capsys, monkeypatch

    def run(self, *words: str | Path, code: int = 0) -> Said:
        self._monkeypatch.setenv("HPVIEWER_HOME", str(self.home))
        words_given = ["hpviewer", *map(str, words), "--catalogue", str(self.catalogue)]
        self._monkeypatch.setattr(sys, "argv", words_given)
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = Said(*self._capsys.readouterr())
        assert (ended.value.code or 0) == code, said.stderr
        return said

    def json(self, *words: str | Path) -> Any:
        done = self.run(*words, "--json")
        assert done.stderr == ""
        return json.loads(done.stdout)


@pytest.fixture
def sender(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Office:
    office = Office(tmp_path / "sender", capsys, monkeypatch)
    make_newer(office.catalogue)
    return office


@pytest.fixture
def receiver(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Office:
    return Office(tmp_path / "receiver", capsys, monkeypatch)


def test_previewed_replaced_and_taken_back(sender: Office, receiver: Office, tmp_path: Path) -> None:
    pack = tmp_path / "update.hppack"
    made = sender.json("pack", pack, "--note", "第一版")
    assert made["path"] == str(pack)
    assert made["signed_by"] == ""
    before = record_ids(receiver.catalogue)

    shown = receiver.json("unpack", pack)
    assert shown["manifest"]["note"] == "第一版"
    assert shown["signature"] == {"trust": "unsigned", "key": ""}
    assert shown["replace"]["parts"]["record"]["added"] == 1
    assert shown["keep"]["added"] == 1
    assert shown["done"] is None
    said = receiver.run("unpack", pack).stdout
    assert "只是预览" in said
    assert "第一版" in said
    assert record_ids(receiver.catalogue) == before

    done = receiver.json("unpack", pack, "--yes")["done"]
    assert done["mine"] == "replace"
    assert Path(done["backup"]).is_file()
    assert record_ids(receiver.catalogue) == record_ids(sender.catalogue)
    assert "没有不同" in receiver.run("unpack", pack).stdout

    assert receiver.json("undo")["backup"] == done["backup"]
    assert record_ids(receiver.catalogue) == before
    assert "没有可以恢复" in receiver.run("unpack", "--undo", code=1).stderr


def test_ones_own_work_asks_for_a_decision(sender: Office, receiver: Office, tmp_path: Path) -> None:
    pack = tmp_path / "update.hppack"
    sender.run("pack", pack)
    edit(receiver.catalogue, record_ids(receiver.catalogue)[3], note="我的说明")
    before = record_ids(receiver.catalogue)
    refused = receiver.run("unpack", pack, "--yes", code=2)
    assert "--mine keep" in refused.stderr
    assert record_ids(receiver.catalogue) == before

    done = receiver.json("unpack", pack, "--yes", "--mine", "keep")["done"]
    assert done["batch"] == 2
    assert done["kept_own"] == 1
    assert "brand-new" in record_ids(receiver.catalogue)
    receiver.run("undo")
    assert record_ids(receiver.catalogue) == before

    receiver.run("unpack", pack, "--yes", "--mine", "replace")
    edit(receiver.catalogue, "brand-new", note="后来的")
    assert receiver.json("undo")["batch"] > 0  # the newest change is the edit, not the replacement
    receiver.run("unpack", "--undo")
    assert record_ids(receiver.catalogue) == before


def test_words_that_make_no_sense_are_a_sentence(receiver: Office, tmp_path: Path) -> None:
    for words in (
        ("pack",),
        ("unpack",),
        ("unpack", tmp_path / "none.hppack"),
        ("unpack", tmp_path / "none.hppack", "--mine", "both"),
        ("unpack", tmp_path / "none.hppack", "--undo"),
    ):
        said = receiver.run(*words, code=2).stderr
        assert len(said.splitlines()) == 1
        assert "Traceback" not in said


def test_signed_and_trusted(sender: Office, receiver: Office, tmp_path: Path) -> None:
    pytest.importorskip("nacl", reason="PyNaCl is not installed")
    key, pack = tmp_path / "office.key", tmp_path / "signed.hppack"
    made = sender.json("pack", "--new-key", key)
    assert sender.json("pack", pack, "--key", key)["signed_by"] == made["key"]
    assert receiver.json("unpack", pack)["signature"]["trust"] == "unchecked"
    assert receiver.json("unpack", pack, "--key", f"{key}.pub")["signature"]["trust"] == "verified"

    config = receiver.home / "config"
    config.mkdir(parents=True, exist_ok=True)
    (config / "settings.toml").write_text(f"pack_key = '{made['public_key']}'\n", encoding="utf-8")
    assert receiver.json("unpack", pack)["signature"] == {"trust": "verified", "key": made["key"]}
    unsigned = tmp_path / "unsigned.hppack"
    sender.run("pack", unsigned)
    before = record_ids(receiver.catalogue)
    assert "没有签名" in receiver.run("unpack", unsigned, "--yes", code=2).stderr
    assert record_ids(receiver.catalogue) == before
