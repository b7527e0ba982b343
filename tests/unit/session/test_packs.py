"""Data packs: out, looked at, in, and back; and everything that is refused with nothing changed."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import sys
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import apsw
import pytest

from hpviewer.catalogue.check import check_catalogue
from hpviewer.catalogue.connection import open_reader, open_writer
from hpviewer.catalogue.reader import Reader
from hpviewer.catalogue.writer import Writer
from hpviewer.errors import CancelledError, CatalogueError, HpviewerError, InputError, NotFoundError
from hpviewer.records.change import ChangeKind
from hpviewer.session.catalogue_difference import Part
from hpviewer.session.pack_desk import Mine, PackDesk, Trust
from hpviewer.session.settings import Settings
from tests.helpers.catalogue import bundled_catalogue
from tests.helpers.newer_catalogue import DATE, edit, make_newer, record_ids, stored

NOW = dt.datetime(2026, 11, 24, 9, 30)


def desk_of(path: Path, pack_key: str = "") -> PackDesk:
    settings = Settings(pack_key=pack_key, backups=3)
    return PackDesk(path, lambda: settings, cache=path.parent / "cache", now=lambda: NOW)


@pytest.fixture
def desk(tmp_path: Path) -> PackDesk:
    (tmp_path / "mine").mkdir()
    return desk_of(bundled_catalogue(tmp_path / "mine"))


@pytest.fixture
def theirs(tmp_path: Path) -> PackDesk:
    (tmp_path / "theirs").mkdir()
    path = bundled_catalogue(tmp_path / "theirs")
    make_newer(path)
    return desk_of(path)


@pytest.fixture
def pack(theirs: PackDesk, tmp_path: Path) -> Path:
    return theirs.pack(tmp_path / "update.hppack", "给南岗").path


def content(path: Path) -> str:
    connection = open_reader(path)
    text = hashlib.sha256()
    for table in ("records", "record_places", "towns", "communities", "policies", "batches", "hpviewer_meta"):
        text.update(repr(connection.execute(f"SELECT * FROM {table}").fetchall()).encode())
    connection.close()
    return text.hexdigest()


def files(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def refused(desk: PackDesk, pack: Path, key: str = "") -> HpviewerError:
    """By preview and by unpacking, with a sentence and a next step, and nothing is changed or left."""
    before, lying = content(desk.catalogue), files(desk.catalogue.parent)
    with pytest.raises(HpviewerError) as caught:
        desk.preview(pack, key)
    for mine in Mine:
        with pytest.raises(HpviewerError) as again:
            desk.unpack(pack, mine, key)
        assert again.value.message == caught.value.message
    assert caught.value.message
    assert caught.value.next_step
    assert content(desk.catalogue) == before
    assert files(desk.catalogue.parent) == lying
    return caught.value


def remade(pack: Path, change: Callable[[dict[str, bytes]], None]) -> Path:
    """The pack with other members; the sums in the manifest stay as they were."""
    with zipfile.ZipFile(pack) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    change(members)
    out = pack.with_name("remade.hppack")
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out


def with_manifest(pack: Path, **values: object) -> Path:
    def change(members: dict[str, bytes]) -> None:
        members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | values).encode()

    return remade(pack, change)


def with_catalogue(pack: Path, sql: str) -> Path:
    """Somebody's own pack, its sums right, its catalogue changed by ``sql``."""

    def change(members: dict[str, bytes]) -> None:
        file = pack.with_name("changed.gpkg")
        file.write_bytes(members["catalogue.gpkg"])
        connection = apsw.Connection(str(file))
        connection.execute(sql)
        connection.close()
        members["catalogue.gpkg"] = data = file.read_bytes()
        manifest = json.loads(members["manifest.json"])
        manifest["parts"][0] |= {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        members["manifest.json"] = json.dumps(manifest).encode()

    return remade(pack, change)


# -- out -----------------------------------------------------------------------------------------------


def test_a_pack_says_what_it_holds_and_its_parts_are_whole(desk: PackDesk, tmp_path: Path) -> None:
    made = desk.pack(tmp_path / "资料", "附言")
    assert made.path == tmp_path / "资料.hppack"
    with zipfile.ZipFile(made.path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        part = archive.read("catalogue.gpkg")
        assert archive.namelist() == ["manifest.json", "catalogue.gpkg"]
    assert manifest["format"] == "hpviewer-pack"
    assert manifest["note"] == "附言"
    assert manifest["counts"]["records"] == len(record_ids(desk.catalogue))
    assert dt.datetime.fromisoformat(manifest["made"]).tzinfo is not None
    assert manifest["parts"] == [
        {"name": "catalogue.gpkg", "size": len(part), "sha256": hashlib.sha256(part).hexdigest()}
    ]
    assert files(desk.catalogue.parent) == ["catalogue.gpkg"]


def test_a_catalogue_that_is_being_written_is_packed_whole(desk: PackDesk, tmp_path: Path) -> None:
    connection = open_writer(desk.catalogue)
    connection.execute("BEGIN IMMEDIATE; UPDATE records SET note = 'half'")
    made = desk.pack(tmp_path / "out.hppack")
    connection.execute("COMMIT")
    connection.close()
    preview = desk_of(desk.catalogue).preview(made.path)
    assert preview.difference.count(Part.RECORD, ChangeKind.UPDATED) == len(record_ids(desk.catalogue))


def test_what_was_deleted_is_not_in_a_pack(desk: PackDesk, pack: Path, tmp_path: Path) -> None:
    desk.unpack(pack, Mine.REPLACE)  # the pack tells nobody where our backups lie
    connection = open_writer(desk.catalogue)
    connection.execute("CREATE TABLE secret (text)")
    connection.execute("INSERT INTO secret VALUES (?)", ("deleted-secret" * 400,))
    connection.execute("DROP TABLE secret")
    connection.close()
    assert b"deleted-secret" in desk.catalogue.read_bytes()
    made = desk.pack(tmp_path / "out.hppack")
    with zipfile.ZipFile(made.path) as archive:
        inside = archive.read("catalogue.gpkg")
    assert b"deleted-secret" not in inside
    assert b"backups/" not in inside


def test_a_pack_never_overwrites_and_a_cancelled_one_leaves_nothing(desk: PackDesk, tmp_path: Path) -> None:
    out = tmp_path / "out.hppack"
    with pytest.raises(CancelledError):
        desk.pack(out, wanted=lambda: False)
    assert not out.exists()
    desk.pack(out)
    before = out.read_bytes()
    with pytest.raises(InputError, match=r"out\.hppack"):
        desk.pack(out)
    assert out.read_bytes() == before


def test_a_folder_that_is_not_there_is_a_sentence(desk: PackDesk, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        desk.pack(tmp_path / "none" / "out.hppack")
    assert caught.value.next_step


# -- preview -------------------------------------------------------------------------------------------


def test_the_preview_tells_both_ways_and_changes_nothing(desk: PackDesk, pack: Path) -> None:
    own = record_ids(desk.catalogue)[3]
    edit(desk.catalogue, own, note="我的说明")
    before = content(desk.catalogue)
    preview = desk.preview(pack)
    assert content(desk.catalogue) == before
    assert preview.manifest.note == "给南岗"
    assert preview.signature.trust is Trust.UNSIGNED
    assert preview.difference.data_dates[1] == DATE
    assert preview.difference.count(Part.RECORD, ChangeKind.ADDED) == 1
    assert preview.difference.count(Part.RECORD, ChangeKind.REMOVED) == 1
    assert [one.key for one in preview.difference.lost_entries()] == [own]
    assert [source for _, _, source in preview.difference.batches] == ["手工"]
    assert (preview.added, preview.updated) == (1, 1)
    assert [kept.key for kept in preview.kept] == [own]
    assert files(desk.catalogue.parent) == ["catalogue.gpkg"]


def test_ones_own_pack_changes_nothing(desk: PackDesk, tmp_path: Path) -> None:
    made = desk.pack(tmp_path / "own.hppack")
    preview = desk.preview(made.path)
    assert preview.difference.empty
    assert (preview.added, preview.updated, preview.items) == (0, 0, 0)
    assert desk.unpack(made.path, Mine.KEEP).batch == 0


# -- in and back ---------------------------------------------------------------------------------------


def test_keeping_ones_own_is_a_batch_that_undo_takes_back(desk: PackDesk, pack: Path) -> None:
    own = record_ids(desk.catalogue)[3]
    edit(desk.catalogue, own, note="我的说明")
    ids = record_ids(desk.catalogue)
    done = desk.unpack(pack, Mine.KEEP)
    assert done.batch == 2
    assert done.kept == 1
    assert set(record_ids(desk.catalogue)) == {*ids, "brand-new"}
    kept = stored(desk.catalogue, own)
    assert kept is not None
    assert kept.note == "我的说明"
    assert desk.former() is None
    with Writer(desk.catalogue) as writer:
        assert writer.batches()[0].source.startswith("数据包 update.hppack")
        writer.undo(done.batch)
    assert record_ids(desk.catalogue) == ids


def test_a_replaced_catalogue_comes_back_after_a_restart(
    desk: PackDesk, pack: Path, theirs: PackDesk
) -> None:
    own = record_ids(desk.catalogue)[3]
    edit(desk.catalogue, own, note="我的说明")
    before = content(desk.catalogue)
    reader = Reader(desk.catalogue)  # a window that has it open
    done = desk.unpack(pack, Mine.REPLACE)
    assert record_ids(desk.catalogue) == record_ids(theirs.catalogue)
    assert reader.info().data_date == DATE
    assert not [problem for result in check_catalogue(desk.catalogue) for problem in result.problems]
    assert done.former is not None
    assert content(done.former) == before

    again = desk_of(desk.catalogue)
    former = again.former()
    assert former is not None
    assert (former.file, former.newest) == (done.former, True)
    assert again.undo() == former
    assert content(desk.catalogue) == before
    assert reader.info().data_date != DATE
    reader.close()
    with pytest.raises(NotFoundError):
        again.undo()


def test_work_after_the_replacement_is_kept_when_it_is_taken_back(desk: PackDesk, pack: Path) -> None:
    desk.unpack(pack, Mine.REPLACE)
    edit(desk.catalogue, "brand-new", note="后来的说明")
    former = desk.former()
    assert former is not None
    assert not former.newest
    later = content(desk.catalogue)
    desk.undo()
    kept = [file for file in (desk.catalogue.parent / "backups").iterdir() if "-undo-" in file.name]
    assert [content(file) for file in kept] == [later]


def test_two_replacements_are_taken_back_one_after_the_other(
    desk: PackDesk, pack: Path, theirs: PackDesk, tmp_path: Path
) -> None:
    states = [content(desk.catalogue)]
    desk.unpack(pack, Mine.REPLACE)
    states.append(content(desk.catalogue))
    edit(theirs.catalogue, "brand-new", note="第二版")
    second = theirs.pack(tmp_path / "second.hppack").path
    preview = desk.preview(second)
    assert preview.difference.lost == 0
    assert preview.difference.batches == ()
    desk.unpack(second, Mine.REPLACE)
    # the batch that came with the pack is not the user's own work
    assert desk.preview(pack).difference.lost == 0
    desk.undo()
    assert content(desk.catalogue) == states[1]
    desk.undo()
    assert content(desk.catalogue) == states[0]


def test_a_backup_that_is_gone_is_a_sentence(desk: PackDesk, pack: Path) -> None:
    done = desk.unpack(pack, Mine.REPLACE)
    assert done.former is not None
    done.former.unlink()
    before = content(desk.catalogue)
    with pytest.raises(NotFoundError, match=done.former.name):
        desk.undo()
    assert content(desk.catalogue) == before


def test_a_catalogue_in_use_is_not_replaced_and_no_backup_stays(
    desk: PackDesk, pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hpviewer.catalogue.connection._BUSY_MS", 50)
    other = open_writer(desk.catalogue)
    other.execute("BEGIN IMMEDIATE")
    for mine in Mine:
        with pytest.raises(CatalogueError, match="正被另一个程序写入"):
            desk.unpack(pack, mine)
    other.execute("ROLLBACK")
    other.close()
    assert files(desk.catalogue.parent) == ["catalogue.gpkg"]


def test_a_cancelled_unpacking_changes_nothing(desk: PackDesk, pack: Path) -> None:
    before = content(desk.catalogue)
    for mine in Mine:
        with pytest.raises(CancelledError):
            desk.unpack(pack, mine, wanted=lambda: False)
    assert content(desk.catalogue) == before
    assert files(desk.catalogue.parent) == ["catalogue.gpkg"]


def test_a_pack_that_was_exchanged_after_the_preview_is_refused(desk: PackDesk, pack: Path) -> None:
    preview = desk.preview(pack)
    with_catalogue(pack, "UPDATE records SET note = 'x'").replace(pack)
    with pytest.raises(InputError, match="换过"):
        desk.unpack(pack, Mine.REPLACE, digest=preview.digest)


def test_what_a_killed_program_left_is_swept_away_a_day_later(desk: PackDesk, pack: Path) -> None:
    cache = desk.catalogue.parent / "cache"
    for name, age in (("pack-old", 90_000), ("pack-new", 60), ("other", 90_000)):
        (cache / name).mkdir(parents=True)
        (cache / name / "catalogue.gpkg").touch()
        moment = time.time() - age
        os.utime(cache / name, (moment, moment))
    desk.preview(pack)
    assert sorted(folder.name for folder in cache.iterdir()) == ["other", "pack-new"]


# -- refused -------------------------------------------------------------------------------------------


def test_a_missing_file_and_one_that_is_no_pack(desk: PackDesk, tmp_path: Path) -> None:
    refused(desk, tmp_path / "none.hppack")
    text = tmp_path / "text.hppack"
    text.write_text("不是压缩包", encoding="utf-8")
    refused(desk, text)
    other = tmp_path / "other.hppack"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "不是本软件的数据包" in refused(desk, other).message


@pytest.mark.parametrize("part", [0.02, 0.3, 0.6, 0.9, 0.999])
def test_a_truncated_pack(desk: PackDesk, pack: Path, part: float) -> None:
    data = pack.read_bytes()
    pack.write_bytes(data[: int(len(data) * part)])
    refused(desk, pack)


def test_a_flipped_bit_anywhere(desk: PackDesk, pack: Path) -> None:
    whole = pack.read_bytes()
    before = content(desk.catalogue)
    for at in range(40, len(whole), len(whole) // 15):
        pack.write_bytes(whole[:at] + bytes((whole[at] ^ 0x10,)) + whole[at + 1 :])
        with suppress(HpviewerError):
            preview = desk.preview(pack)  # a byte that means nothing, such as a member's date
            assert preview.difference.count(Part.RECORD, ChangeKind.ADDED) == 1
    assert content(desk.catalogue) == before


def test_a_missing_part(desk: PackDesk, pack: Path) -> None:
    error = refused(desk, remade(pack, lambda members: members.pop("catalogue.gpkg")))
    assert "缺少" in error.message


@pytest.mark.parametrize("name", ["/etc/cron.d/x", "../../outside", "C:\\x.exe", "extra.txt", "a/../b"])
def test_a_member_that_is_no_part(desk: PackDesk, pack: Path, name: str) -> None:
    def change(members: dict[str, bytes]) -> None:
        members[name] = b"x"

    assert "不属于清单" in refused(desk, remade(pack, change)).message


@pytest.mark.parametrize("name", ["../catalogue.gpkg", "/tmp/x", "A B", ""])
def test_a_manifest_that_names_a_path(desk: PackDesk, pack: Path, name: str) -> None:
    part = {"name": name, "size": 1, "sha256": "0" * 64}
    with zipfile.ZipFile(pack) as archive:
        parts = json.loads(archive.read("manifest.json"))["parts"]
    refused(desk, with_manifest(pack, parts=[*parts, part]))


def test_another_content_than_the_sum_says(desk: PackDesk, pack: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        members["catalogue.gpkg"] = bytes(reversed(members["catalogue.gpkg"]))

    assert "校验和不符" in refused(desk, remade(pack, change)).message


def test_a_zip_bomb(desk: PackDesk, pack: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        members["catalogue.gpkg"] = bytes(40_000_000)

    refused(desk, remade(pack, change))


def test_an_archive_inside_is_refused_before_it_is_read(desk: PackDesk, pack: Path) -> None:
    def change(members: dict[str, bytes]) -> None:
        members["catalogue.gpkg"] = b"PK\x03\x04" + members["catalogue.gpkg"]

    refused(desk, remade(pack, change))


def test_a_newer_format_and_newer_tables(desk: PackDesk, pack: Path) -> None:
    assert "格式是第 2 版" in refused(desk, with_manifest(pack, format_version=2)).message
    assert "第 99 版" in refused(desk, with_manifest(pack, schema=99, program="9.9")).message
    # the manifest says less than the catalogue is
    newer = with_catalogue(pack, "UPDATE hpviewer_meta SET value = '99' WHERE key = 'schema_version'")
    assert "没有通过检查" in refused(desk, newer).message


def test_fields_of_a_later_program_are_passed_over(desk: PackDesk, pack: Path) -> None:
    assert desk.preview(with_manifest(pack, colour="blue")).manifest.note == "给南岗"


@pytest.mark.parametrize(
    "values",
    [{"format": "other"}, {"parts": []}, {"parts": "x"}, {"counts": {}}, {"made": 3}, {"schema": "1"}],
)
def test_a_manifest_that_is_none(desk: PackDesk, pack: Path, values: dict[str, object]) -> None:
    refused(desk, with_manifest(pack, **values))


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TABLE records",
        "DROP TABLE hpviewer_meta",
        "UPDATE hpviewer_meta SET value = 'one' WHERE key = 'schema_version'",
        "UPDATE records SET kind = '没有这个类别' WHERE fid = 3",
        "UPDATE records SET land_classes = 'x' WHERE fid = 3",
        "UPDATE records SET published = '昨天' WHERE fid = 3",
        "DELETE FROM map_layers",
        "PRAGMA writable_schema = 1; UPDATE sqlite_schema SET sql = 'x' WHERE name = 'records'",
    ],
)
def test_a_catalogue_inside_that_cannot_be_shown(desk: PackDesk, pack: Path, sql: str) -> None:
    assert "没有通过检查" in refused(desk, with_catalogue(pack, sql)).message


# -- signatures ----------------------------------------------------------------------------------------


def test_without_the_library_a_trusted_key_refuses_and_an_unsigned_pack_works(
    desk: PackDesk, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("nacl", "nacl.exceptions", "nacl.signing"):
        monkeypatch.setitem(sys.modules, name, None)
    from hpviewer.session.pack_keys import PublicKey, make_key

    with pytest.raises(InputError, match="PyNaCl"):
        make_key(tmp_path / "office.key")
    assert not (tmp_path / "office.key").exists()
    assert desk.preview(pack).signature.trust is Trust.UNSIGNED
    trusting = desk_of(desk.catalogue, PublicKey(bytes(8), bytes(32)).line)
    refused(trusting, pack)


def test_a_setting_that_is_no_key_refuses_every_pack(desk: PackDesk, pack: Path) -> None:
    assert "pack_key" in refused(desk_of(desk.catalogue, "RWQslip"), pack).message
