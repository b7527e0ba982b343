"""Signed data packs: minisign's format, trusted keys, and what is refused. Needs PyNaCl."""

from __future__ import annotations

import shutil
import stat
import subprocess
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("nacl", reason="PyNaCl is not installed")

from hpviewer.errors import InputError
from hpviewer.session.pack_desk import Mine, PackDesk, Trust
from hpviewer.session.pack_keys import make_key, read_public_key, read_secret_key, sign, verify
from hpviewer.session.settings import Settings
from tests.helpers.catalogue import bundled_catalogue

CONTENT = b'{"format": "hpviewer-pack"}'
needs_minisign = pytest.mark.skipif(shutil.which("minisign") is None, reason="minisign is not installed")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    make_key(tmp_path / "office.key")
    return tmp_path / "office.key"


def desk_of(folder: Path, pack_key: str = "") -> PackDesk:
    folder.mkdir(exist_ok=True)
    path = folder / "catalogue.gpkg"
    return PackDesk(
        path if path.is_file() else bundled_catalogue(folder),
        lambda: Settings(pack_key=pack_key),
        cache=folder / "cache",
    )


def line_of(secret: Path) -> str:
    return read_public_key(f"{secret}.pub").line


def test_a_signature_is_of_one_content_and_one_key(secret: Path, tmp_path: Path) -> None:
    other = make_key(tmp_path / "other.key")
    key = read_secret_key(secret)
    text = sign(CONTENT, key, "comment")
    assert verify(CONTENT, text, [other, key.public]) == key.public
    assert verify(CONTENT, text, [other]) is None
    assert verify(CONTENT, text, []) is None
    assert verify(CONTENT + b" ", text, [key.public]) is None
    assert verify(CONTENT, text.replace("comment: comment", "comment: another"), [key.public]) is None
    assert verify(CONTENT, "", [key.public]) is None
    assert verify(CONTENT, "\n".join(text.splitlines()[:3]), [key.public]) is None


def test_only_the_owner_reads_the_secret_key_and_none_is_overwritten(secret: Path) -> None:
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    before = secret.read_bytes()
    with pytest.raises(InputError, match=r"office\.key"):
        make_key(secret)
    assert secret.read_bytes() == before


@pytest.mark.parametrize("text", ["", "x", "untrusted comment: x\nRWQ=", "一\n二"])
def test_what_is_no_key_is_a_sentence(tmp_path: Path, text: str) -> None:
    file = tmp_path / "x.key"
    file.write_text(text, encoding="utf-8")
    for read in (read_secret_key, lambda file: read_public_key(str(file))):
        with pytest.raises(InputError) as caught:
            read(file)
        assert caught.value.next_step


def test_a_damaged_secret_key_is_refused(secret: Path) -> None:
    text = secret.read_text()
    secret.write_text(text[:-30] + ("A" if text[-30] != "A" else "B") + text[-29:])
    with pytest.raises(InputError):
        read_secret_key(secret)


def test_a_trusted_signature_is_verified(secret: Path, tmp_path: Path) -> None:
    made = desk_of(tmp_path / "theirs").pack(tmp_path / "a.hppack", key=secret)
    assert desk_of(tmp_path / "mine").preview(made.path).signature.trust is Trust.UNCHECKED
    for desk, key in (
        (desk_of(tmp_path / "mine", line_of(secret)), ""),
        (desk_of(tmp_path / "mine"), f"{secret}.pub"),
        (desk_of(tmp_path / "mine"), line_of(secret)),
    ):
        signature = desk.preview(made.path, key).signature
        assert signature.trust is Trust.VERIFIED
        assert signature.key == made.key


def test_once_a_key_is_trusted_everything_else_is_refused(secret: Path, tmp_path: Path) -> None:
    make_key(tmp_path / "other.key")
    theirs, desk = desk_of(tmp_path / "theirs"), desk_of(tmp_path / "mine", line_of(secret))
    unsigned = theirs.pack(tmp_path / "unsigned.hppack").path
    foreign = theirs.pack(tmp_path / "foreign.hppack", key=tmp_path / "other.key").path
    changed = tmp_path / "changed.hppack"
    good = theirs.pack(tmp_path / "good.hppack", note="真", key=secret).path
    with zipfile.ZipFile(good) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("真".encode(), "假".encode()))
    for pack, words in ((unsigned, "没有签名"), (foreign, "未被信任"), (changed, "不符")):
        for attempt in (desk.preview, lambda file: desk.unpack(file, Mine.REPLACE)):
            with pytest.raises(InputError, match=words):
                attempt(pack)
    with pytest.raises(InputError, match="不在设置中"):
        desk.preview(foreign, str(tmp_path / "other.key.pub"))
    assert not (tmp_path / "mine" / "backups").exists()


@needs_minisign
def test_minisign_reads_ours_and_we_read_its(secret: Path, tmp_path: Path) -> None:
    file = tmp_path / "manifest.json"
    file.write_bytes(CONTENT)
    (tmp_path / "manifest.json.minisig").write_text(sign(CONTENT, read_secret_key(secret), "x"))
    subprocess.run(
        ["minisign", "-Vm", str(file), "-p", f"{secret}.pub"], check=True, capture_output=True, timeout=20
    )
    theirs = tmp_path / "theirs.key"
    subprocess.run(
        ["minisign", "-G", "-W", "-p", f"{theirs}.pub", "-s", str(theirs)],
        check=True,
        capture_output=True,
        timeout=20,
    )
    subprocess.run(
        ["minisign", "-Sm", str(file), "-s", str(theirs)], check=True, capture_output=True, timeout=20
    )
    key = read_public_key(f"{theirs}.pub")
    assert read_secret_key(theirs).public == key
    assert verify(CONTENT, (tmp_path / "manifest.json.minisig").read_text(), [key]) == key
