"""Files that are no ledgers, are locked, lie about their size, or are broken anywhere: an InputError, never more."""

from __future__ import annotations

import struct
import tempfile
import zipfile
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hpviewer.errors import CancelledError, InputError
from hpviewer.importing.ledger.reader import read_ledger
from tests.helpers.gazetteer import resolver
from tests.helpers.ledger_files import (
    FORMATS,
    HEADER,
    ROW,
    biff,
    compound,
    ods_of,
    patched,
    row,
    write,
    xls_bytes,
)

SHEET = "xl/worksheets/sheet1.xml"


def refused(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_ledger(path, resolver())
    assert caught.value.next_step
    return caught.value.message


@pytest.mark.parametrize(
    ("name", "data", "word"),
    [
        ("t.xlsx", b"", "空"),
        ("t.xlsx", b"PK\x03\x04 not a zip", "损坏"),
        ("t.xls", b"<html><table><tr><td>1</td></tr></table></html>", "网页"),
        ("t.csv", b"\x01\x02\x03\x04\x05" * 50, "表格"),
        ("t.csv", "只有一行文字".encode(), "没有找到记录"),
        ("t.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "损坏"),
        ("t.xls", compound("WordDocument", b"x"), "不是表格"),
        ("t.xlsx", compound("EncryptedPackage", b"x" * 5000), "密码"),
        ("t.xls", xls_bytes({"一": [["标题"]]}, extra=biff(0x002F, b"\0" * 6)), "密码"),
    ],
)
def test_what_is_no_ledger(tmp_path: Path, name: str, data: bytes, word: str) -> None:
    assert word in refused(tmp_path / name, data)


def test_missing_files_and_folders(tmp_path: Path) -> None:
    for path in (tmp_path / "no.xlsx", tmp_path):
        with pytest.raises(InputError):
            read_ledger(path, resolver())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<c r="S2"', b'<c r="XFD1048576"'),
        (b'<c r="S2"', b'<c r="ZZ2"'),
        (b'<c r="S2"', b'<c r="Z999999"'),
        (b'<c r="S2"', b"<c r='XFD999999'"),
        (b'<row r="2"', b'<row r="1040000"'),
        (b'<c r="S2"', b"<c><v>1</v></c>" * 300 + b'<c r="S2"'),
    ],
)
def test_a_cell_far_away_is_refused_before_it_takes_the_memory(
    tmp_path: Path, old: bytes, new: bytes
) -> None:
    path = write(tmp_path / "t.xlsx", [HEADER, ROW])
    data = patched(path, SHEET, old, new)
    if old.startswith(b"<row"):
        data = patched(_saved(tmp_path, data), SHEET, b'<c r="S2"', b"<c")
    assert refused(tmp_path / "u.xlsx", data)


def _saved(folder: Path, data: bytes) -> Path:
    path = folder / "between.xlsx"
    path.write_bytes(data)
    return path


def test_a_formatted_empty_cell_far_away_does_no_harm(tmp_path: Path) -> None:
    path = write(tmp_path / "t.xlsx", [HEADER, ROW])
    data = patched(
        path, SHEET, b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    )
    path.write_bytes(data)
    assert len(read_ledger(path, resolver()).records) == 1


def test_an_ods_that_repeats_its_cells_is_refused(tmp_path: Path) -> None:
    cell = (
        '<table:table-cell table:number-columns-repeated="{0}" office:value-type="float" office:value="1"/>'
    )
    line = '<table:table-row table:number-rows-repeated="{0}">{1}</table:table-row>'
    for rows, columns in ((2_000_000_000, 1), (1, 2_000_000_000), (900_000, 200)):
        table = line.format(rows, cell.format(columns))
        content = (
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
            ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"><office:body><office:spreadsheet>'
            f'<table:table table:name="一">{table}</table:table></office:spreadsheet></office:body></office:document-content>'
        )
        assert refused(tmp_path / "t.ods", ods_of(content))


def test_an_xls_that_claims_too_much_is_refused(tmp_path: Path) -> None:
    far = biff(0x0203, struct.pack("<HHHd", 60_000, 60_000, 0, 1.0))
    assert refused(tmp_path / "t.xls", xls_bytes({"一": [HEADER, ROW]}, extra=far))
    claim = biff(0x0200, struct.pack("<IIHHH", 0, 0xFFFFFFF0, 0, 255, 0))
    assert refused(tmp_path / "u.xls", xls_bytes({"一": [HEADER, ROW]}, extra=claim))


def test_cancelling(tmp_path: Path) -> None:
    rows = [HEADER, *(row(公告文号=f"穗埔府征〔2023〕{number}号") for number in range(1, 1700))]
    path = write(tmp_path / "t.csv", rows)
    asked: list[int] = []
    heard: list[tuple[int, int]] = []

    def wanted() -> bool:
        asked.append(1)
        return len(asked) < 5

    with pytest.raises(CancelledError):
        read_ledger(path, resolver(), None, wanted, lambda done, total: heard.append((done, total)))
    assert heard
    assert all(0 <= done <= total for done, total in heard)


@cache
def _sample(kind: str) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        return write(
            Path(folder, f"t.{kind}"), [["台账"], HEADER, ROW, row(公告文号="")], [(2, 15, 3, 15)]
        ).read_bytes()


def _read(name: str, data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(data)
        try:
            read_ledger(path, resolver())
        except InputError:
            return


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(FORMATS),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=6)), min_size=1, max_size=6),
    length=st.floats(0.2, 1),
)
def test_a_broken_file_is_read_or_refused(kind: str, cuts: list[tuple[float, bytes]], length: float) -> None:
    data = bytearray(_sample(kind))
    for place, piece in cuts:
        at = int(place * max(0, len(data) - len(piece)))
        data[at : at + len(piece)] = piece
    _read(f"t.{kind}", bytes(data if length > 0.9 else data[: int(len(data) * length)]))


@settings(max_examples=80, deadline=None)
@given(st.integers(0, 10**6), st.binary(min_size=1, max_size=8))
def test_broken_xml_inside_a_whole_container(at: int, piece: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "t.xlsx")
        path.write_bytes(_sample("xlsx"))
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith(".xml")]
            name = names[at % len(names)]
            content = archive.read(name)
        place = at % len(content)
        _read("u.xlsx", patched(path, name, content, content[:place] + piece + content[place + len(piece) :]))


@settings(max_examples=100, deadline=None)
@given(
    st.binary(max_size=400),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xef\xbb\xbf"]),
)
def test_any_bytes(data: bytes, beginning: bytes) -> None:
    _read("t.bin", beginning + data)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.text(max_size=20) | st.sampled_from([*HEADER, *map(str, ROW)]), max_size=6), max_size=12
    )
)
def test_any_table_of_text(rows: list[list[str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = write(Path(folder, "t.csv"), [["标题", "类别"], *rows])
        try:
            reading = read_ledger(path, resolver())
        except InputError:
            return
    assert len({record.id for record in reading.records}) == len(reading.records)
    assert all(record.title for record in reading.records)
