"""Wrong and hostile files end in a sentence, not in a crash or a full memory."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from hpviewer.errors import InputError
from hpviewer.importing.annual_report import read_report, read_report_text
from hpviewer.importing.bounded_zip import Limits, inspect, read_member
from hpviewer.reports.form import ReportFormat, cell_names
from tests.helpers.report_documents import Written, as_html, write_docx, write_xlsx

MB = 1024 * 1024
CHECKOUT = Path(__file__).parents[3]


def _zeros() -> Written:
    return Written(dict.fromkeys(cell_names(ReportFormat.UNIFORM), "0"))


def _refused(path: Path) -> InputError:
    with pytest.raises(InputError) as caught:
        read_report(path)
    assert caught.value.message.endswith("。")
    assert caught.value.next_step.endswith("。")
    return caught.value


@pytest.mark.parametrize(
    ("name", "data", "found"),
    [
        ("a.txt", "今天天气很好。\n明天下雨。".encode(), "今天天气很好"),
        ("a.txt", b"", "没有文字"),
        ("a.pdf", b"%PDF-1.7 ...", "PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "docx"),
        (
            "a.html",
            "<html><body><p>通知</p><table><tr><td>序号</td><td>1</td></tr></table></body></html>".encode(),
            "通知",
        ),
    ],
)
def test_a_wrong_file_says_what_was_found_and_what_is_needed(
    tmp_path: Path, name: str, data: bytes, found: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    problem = _refused(path)
    assert found in problem.message
    assert "收到和处理政府信息公开申请情况" in problem.next_step


def test_a_wrong_workbook_document_or_archive(tmp_path: Path) -> None:
    import docx
    import xlsxwriter

    document = docx.Document()
    document.add_paragraph("会议纪要")
    document.save(str(tmp_path / "a.docx"))
    assert "会议纪要" in _refused(tmp_path / "a.docx").message
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as book:
        book.add_worksheet().write_row(0, 0, ["姓名", 3])
    assert "姓名" in _refused(tmp_path / "a.xlsx").message
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("photo.jpg", b"x")
    assert "photo.jpg" in _refused(tmp_path / "a.zip").message


def test_missing_file_and_folder(tmp_path: Path) -> None:
    _refused(tmp_path / "none.docx")
    _refused(tmp_path)


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_a_file_cut_short_or_damaged(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    whole = (write_docx if kind == "docx" else write_xlsx)(_zeros(), path).read_bytes()
    for data in (
        whole[: len(whole) // 2],
        whole[:30],
        whole[:-10],
        whole.replace(b"PK\x01\x02", b"PK\x01\x03"),
    ):
        path.write_bytes(data)
        _refused(path)
    flipped = bytearray(whole)
    for place in range(60, len(whole), max(1, len(whole) // 40)):
        flipped[place] ^= 0xFF
    path.write_bytes(bytes(flipped))
    _refused(path)


def _archive(path: Path, members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_limits_one_by_one(tmp_path: Path) -> None:
    path = _archive(tmp_path / "a.zip", {f"{i}.xml": b"<a/>" * 100 for i in range(20)})
    assert inspect(path).sizes["3.xml"] == 400
    assert read_member(path, "3.xml") == b"<a/>" * 100
    for limits in (
        Limits(file_size=100),
        Limits(members=19),
        Limits(member_size=399),
        Limits(total_size=20 * 400 - 1),
        Limits(ratio=5, ratio_from=100),
        Limits(xml_tags=49),
    ):
        with pytest.raises(InputError):
            inspect(path, limits)
    exact = Limits(members=20, member_size=400, total_size=20 * 400, xml_tags=50)
    assert len(inspect(path, exact).sizes) == 20


def test_archives_in_archives(tmp_path: Path) -> None:
    path = _archive(tmp_path / "1.zip", {"a.txt": b"x"})
    for depth in range(2, 5):
        path = _archive(tmp_path / f"{depth}.zip", {"in.bin": path.read_bytes()})
        if depth <= 3:
            inspect(path)
    with pytest.raises(InputError, match="嵌套"):
        inspect(path)


def test_a_member_larger_than_it_says(tmp_path: Path) -> None:
    path = _archive(tmp_path / "a.zip", {"a.xml": b"x" * 50_000})
    data = path.read_bytes()
    size = (50_000).to_bytes(4, "little")
    path.write_bytes(data.replace(size, (1_000).to_bytes(4, "little")))
    with pytest.raises(InputError, match="不符"):
        inspect(path)
    path.write_bytes(data.replace(size, (60_000).to_bytes(4, "little")))
    with pytest.raises(InputError, match="损坏"):
        inspect(path)


def test_members_that_share_their_bytes(tmp_path: Path) -> None:
    path = _archive(tmp_path / "a.zip", {"a.xml": b"x" * 1000, "b.xml": b"x" * 1000})
    data = bytearray(path.read_bytes())
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="重叠"):
        inspect(path)


def test_external_definitions(tmp_path: Path) -> None:
    path = _archive(tmp_path / "a.docx", {"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'})
    assert "外部定义" in _refused(path).message


_READ = """
import json, re, sys
from pathlib import Path
from hpviewer.errors import InputError
from hpviewer.importing.annual_report import read_report
try:
    read_report(Path(sys.argv[1]))
    outcome = "read"
except InputError as problem:
    outcome = problem.message
# Not ru_maxrss: a child inherits the peak of the process that started it.
peak = re.search(r"VmHWM:\\s*(\\d+) kB", Path("/proc/self/status").read_text())
print(json.dumps([outcome, int(peak[1]) // 1024]))
"""


needs_proc = pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="measures memory in /proc")


def _read_apart(path: Path) -> tuple[str, int]:
    """What reading ends with, and the peak memory in MB of a process that does only this (address space 2 GB)."""
    command = f"ulimit -v 2000000; exec {sys.executable} - {path}"
    done = subprocess.run(
        ["bash", "-c", command], input=_READ, capture_output=True, text=True, cwd=CHECKOUT, timeout=50
    )
    assert done.returncode == 0, done.stderr
    outcome, peak = json.loads(done.stdout)
    return str(outcome), int(peak)


def _office(
    path: Path,
    source: Path,
    member: str,
    pieces: tuple[bytes, bytes, int, bytes],
    method: int = zipfile.ZIP_STORED,
) -> Path:
    """``source`` with one member replaced by head + filling × count + tail, written in a stream."""
    head, filling, count, tail = pieces
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w", method, compresslevel=1) as new:
        for name in old.namelist():
            if name == member:
                with new.open(name, "w") as target:
                    target.write(head)
                    for _ in range(count // 1000):
                        target.write(filling * 1000)
                    target.write(tail)
            else:
                new.writestr(name, old.read(name))
    return path


@needs_proc
def test_a_small_workbook_of_hundreds_of_megabytes(tmp_path: Path) -> None:
    source = write_xlsx(_zeros(), tmp_path / "a.xlsx")
    filling = b'<row r="1"><c r="A1"><v>1</v></c></row>' + b" " * 200
    path = _office(
        tmp_path / "bomb.xlsx",
        source,
        "xl/worksheets/sheet1.xml",
        (b"<worksheet><sheetData>", filling, 1_500_000, b""),
        zipfile.ZIP_DEFLATED,
    )
    assert path.stat().st_size < 5 * MB
    outcome, peak = _read_apart(path)
    assert "没有打开" in outcome
    assert peak < 300


@needs_proc
@pytest.mark.parametrize(
    ("kind", "member", "filling", "count"),
    [
        # As much as the limits let through, in the form that costs the parser most.
        ("docx", "word/document.xml", b"<w:p/>", 290_000),
        ("docx", "word/document.xml", b'<w:p w:a="" w:b="" w:c="" w:d=""/>', 60_000),
        ("xlsx", "xl/sharedStrings.xml", b"<si><t>a</t></si>", 190_000),
    ],
)
def test_what_just_passes_the_limits_stays_in_memory(
    tmp_path: Path, kind: str, member: str, filling: bytes, count: int
) -> None:
    source = (write_docx if kind == "docx" else write_xlsx)(_zeros(), tmp_path / f"a.{kind}")
    head = (
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        if kind == "docx"
        else b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    )
    tail = b"</w:body></w:document>" if kind == "docx" else b"</sst>"
    generous = _office(tmp_path / f"b.{kind}", source, member, (head, filling, count, tail))
    outcome, peak = _read_apart(generous)
    assert "没有打开" not in outcome
    assert peak < 300


@needs_proc
@pytest.mark.parametrize(
    "cells",
    [
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b'<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="900000"><c><v>1</v></c></row>',
    ],
)
def test_a_sheet_as_large_as_excel_allows(tmp_path: Path, cells: bytes) -> None:
    source = write_xlsx(_zeros(), tmp_path / "a.xlsx")
    head = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name, head + cells + b"</sheetData></worksheet>" if name.endswith("sheet1.xml") else data
            )
    outcome, peak = _read_apart(tmp_path / "b.xlsx")
    assert "工作表过大" in outcome
    assert peak < 300


@needs_proc
def test_one_long_string_in_every_cell(tmp_path: Path) -> None:
    source = write_xlsx(_zeros(), tmp_path / "a.xlsx")
    row = b"".join(b'<c r="%c1" t="s"><v>0</v></c>' % letter for letter in b"ABCDEFGHIJ")
    sheet = b"<worksheet><sheetData>" + b"".join(
        b'<row r="%d">%s</row>' % (r, row.replace(b'1" t', b'%d" t' % r)) for r in range(1, 3001)
    )
    with (
        zipfile.ZipFile(source) as old,
        zipfile.ZipFile(tmp_path / "b.xlsx", "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = sheet + b"</sheetData></worksheet>"
            if name.endswith("sharedStrings.xml"):
                data = b"<sst><si><t>" + b"long" * 50_000 + b"</t></si></sst>"
            new.writestr(name, data)
    outcome, peak = _read_apart(tmp_path / "b.xlsx")
    assert "工作表过大" in outcome
    assert peak < 300


@needs_proc
def test_a_page_of_nothing_but_tags(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_bytes(b"<html><body>" + b"<b>" * 900_000)
    outcome, peak = _read_apart(path)
    assert "标记过多" in outcome
    assert peak < 300
    path.write_bytes(b"<html><body>" + b"<b>" * 300_000)
    outcome, peak = _read_apart(path)
    assert "这不是" in outcome
    assert peak < 300


def test_a_deeply_nested_page_is_read_or_refused() -> None:
    page = as_html(_zeros())
    deep = "<div>" * 3000 + page + "</div>" * 3000
    with pytest.raises(InputError):
        read_report_text(deep)
    tables = "<table><tr><td>" * 500 + "x" + "</td></tr></table>" * 500
    with pytest.raises(InputError):
        read_report_text(tables)
