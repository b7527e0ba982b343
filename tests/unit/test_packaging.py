"""What the packages are made of: tables of the spec, ICU's data, the Windows kit's check, file type, versions."""

from __future__ import annotations

import ast
import importlib.util
import re
import shutil
import struct
import sys
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any
from xml.etree import ElementTree

import apsw
import pytest

from hpviewer import __version__, paths
from hpviewer.cli.versions import version_lines

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"


def script(name: str) -> ModuleType:
    path = PACKAGING / name
    spec = importlib.util.spec_from_file_location(f"packaging_{path.stem}", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def table(name: str) -> Any:
    """A literal of hpviewer.spec."""
    for node in ast.parse((PACKAGING / "hpviewer.spec").read_text(encoding="utf-8")).body:
        if (
            isinstance(node, ast.Assign)
            and isinstance(node.targets[0], ast.Name)
            and node.targets[0].id == name
        ):
            value = node.value
            return ast.literal_eval(value.args[0] if isinstance(value, ast.Call) else value)
    raise AssertionError(name)


def imported() -> dict[str, set[str]]:
    """Dotted name -> the files of hpviewer/ that import it."""
    found: dict[str, set[str]] = {}
    for path in sorted((ROOT / "hpviewer").rglob("*.py")):
        where = path.relative_to(ROOT / "hpviewer").as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
            for name in names:
                found.setdefault(name, set()).add(where)
    return found


MAY_MISS = {"fontTools": {"mapping/names_font.py"}}
"""Left out of the bundle, and the importer copes: the page comes without its small font."""


def test_the_bundle_leaves_nothing_out_that_is_imported() -> None:
    used = imported()
    for excluded in table("EXCLUDED_MODULES"):
        importers = set().union(
            *(w for n, w in used.items() if n == excluded or n.startswith(f"{excluded}.")), set()
        )
        assert importers <= MAY_MISS.get(excluded, set()), excluded


def test_the_bundle_keeps_every_qt_library_that_is_imported() -> None:
    pattern = re.compile(table("EXCLUDED_QT"))
    modules = {name.split(".")[1] for name in imported() if name.startswith("PySide6.Qt")}
    assert "QtWebEngineWidgets" in modules
    for module in modules:
        assert not pattern.search(f"PySide6/{module}.abi3.so"), module
        assert not pattern.search(f"PySide6/Qt/lib/libQt6{module.removeprefix('Qt')}.so.6"), module
    assert pattern.search("PySide6/Qt/lib/libQt6Multimedia.so.6")


def icu_data(items: dict[str, bytes]) -> bytes:
    header = (32).to_bytes(2, "little") + b"\xda\x27" + bytes(28)
    names, table, body = b"", b"", b""
    names_at = 4 + 8 * len(items)
    data_at = names_at + sum(len(f"icudt73l/{name}") + 1 for name in items)
    data_at += -(len(header) + data_at) % 16
    for name, content in sorted(items.items()):
        table += struct.pack("<II", names_at + len(names), data_at + len(body))
        names += f"icudt73l/{name}".encode() + b"\0"
        body += content + bytes(-len(content) % 16)
    head = header + struct.pack("<I", len(items)) + table + names
    return head + bytes(len(header) + data_at - len(head)) + body


def read_icu(content: bytes) -> dict[str, bytes]:
    (count,) = struct.unpack_from("<I", content, 32)
    pairs = [struct.unpack_from("<II", content, 36 + 8 * number) for number in range(count)]
    ends = [data for _, data in pairs[1:]] + [len(content) - 32]
    found = {}
    for (name, data), end in zip(pairs, ends, strict=True):
        assert (32 + data) % 16 == 0, "ICU reads items at 16 bytes"
        text = content[32 + name : content.index(b"\0", 32 + name)].decode()
        found[text.removeprefix("icudt73l/")] = content[32 + data : 32 + end]
    assert list(found) == sorted(found), "ICU searches by halves"
    return found


def test_icu_keeps_chinese_and_english() -> None:
    items = {
        name: name.encode() * 3
        for name in (
            "coll/zh.res", "coll/de.res", "coll/ucadata.icu", "gb18030.cnv", "ibm-37_P100-1995.cnv", "root.res",
            "zh_Hans_CN.res", "fr_CA.res", "nfkc.nrm", "brkitr/word.brk", "brkitr/thaidict.dict", "supplementalData.res",
        )
    }  # fmt: skip
    slim = script("slim_bundle.py")
    for_qt = read_icu(slim.trimmed(icu_data(items), slim._NOT_FOR_QT))
    assert set(for_qt) == {
        "coll/zh.res", "coll/ucadata.icu", "gb18030.cnv", "root.res", "zh_Hans_CN.res", "nfkc.nrm",
        "supplementalData.res",
    }  # fmt: skip
    assert all(content.rstrip(b"\0") == items[name] for name, content in for_qt.items())
    for_chromium = read_icu(slim.trimmed(icu_data(items), slim._NOT_FOR_CHROMIUM))
    assert set(for_chromium) - set(for_qt) == {"brkitr/word.brk"}


def test_trimming_twice_changes_nothing() -> None:
    slim = script("slim_bundle.py")
    once = slim.trimmed(icu_data({"root.res": b"r" * 20, "zh.res": b"z", "de.res": b"d"}), frozenset())
    assert slim.trimmed(once, frozenset()) == once


def wheel(folder: Path, file: str, *metadata: str) -> None:
    name, version, *_ = file.split("-")
    with zipfile.ZipFile(folder / file, "w") as archive:
        lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}", *metadata]
        archive.writestr(f"{name}-{version}.dist-info/METADATA", "\n".join(lines) + "\n")


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    wheel(
        tmp_path,
        "hpviewer-1.0-py3-none-any.whl",
        "Requires-Dist: click>=8",
        "Requires-Dist: fast",
        "Requires-Dist: uvloop; sys_platform == 'linux'",
        "Requires-Dist: pytest; extra == 'test'",
    )
    wheel(tmp_path, "click-8.1-py3-none-any.whl", 'Requires-Dist: colorama; platform_system == "Windows"')
    wheel(tmp_path, "colorama-0.4-py2.py3-none-any.whl")
    wheel(tmp_path, "fast-2.0-cp312-cp312-win_amd64.whl")
    return tmp_path


def test_a_complete_kit(kit: Path) -> None:
    assert script("windows/check_kit.py").missing(kit, "3.12") == []


def test_what_only_windows_asks_for_must_be_there(kit: Path) -> None:
    (kit / "colorama-0.4-py2.py3-none-any.whl").unlink()
    (problem,) = script("windows/check_kit.py").missing(kit, "3.12")
    assert problem.startswith("click 8.1 needs colorama")


def test_a_wheel_for_another_python_does_not_count(kit: Path) -> None:
    (problem,) = script("windows/check_kit.py").missing(kit, "3.13")
    assert "needs fast on Windows with Python 3.13" in problem
    wheel(kit, "fast-2.1-cp39-abi3-win_amd64.whl", "Requires-Python: >=3.13")
    assert script("windows/check_kit.py").missing(kit, "3.13") == []
    assert script("windows/check_kit.py").missing(kit, "3.11") != []


def test_a_wheel_for_linux_or_too_old_does_not_count(kit: Path) -> None:
    (kit / "fast-2.0-cp312-cp312-win_amd64.whl").rename(
        kit / "fast-2.0-cp312-cp312-manylinux_2_28_x86_64.whl"
    )
    (kit / "click-8.1-py3-none-any.whl").unlink()
    wheel(kit, "click-7.0-py3-none-any.whl")
    assert len(script("windows/check_kit.py").missing(kit, "3.12")) == 2


def test_the_kit_asks_for_all_that_the_program_does() -> None:
    asked = script("windows/kit_requirements.py").requirements(
        ROOT / "pyproject.toml", PACKAGING / "windows/only-windows.txt"
    )
    assert {"PySide6>=6.8.3", "colorama", "tzdata"} <= set(asked)


def has_magic(content: bytes) -> bool:
    """As shared-mime-info reads packaging/debian/hpviewer.xml."""

    def matches(node: ElementTree.Element) -> bool:
        value = node.attrib["value"].replace("\\0", "\0").encode()
        first, _, last = node.attrib["offset"].partition(":")
        if value not in content[int(first) : int(last or first) + len(value)]:
            return False
        inner = node.findall(f"{MIME}match")
        return not inner or any(matches(child) for child in inner)

    magic = (
        ElementTree.parse(PACKAGING / "debian/hpviewer.xml").getroot().findall(f".//{MIME}magic/{MIME}match")
    )
    return any(matches(node) for node in magic)


def test_the_file_type_is_told_from_other_geopackages(tmp_path: Path) -> None:
    ours = paths.bundled_catalogue().read_bytes()
    assert has_magic(ours)
    assert not has_magic(ours.replace(b"hpviewer_meta", b"somebody_meta"))


def entry(name: str) -> dict[str, str]:
    lines = (PACKAGING / "debian" / name).read_text(encoding="utf-8").splitlines()
    assert lines[0] == "[Desktop Entry]"
    return dict(line.split("=", 1) for line in lines[1:] if line)


def test_menu_and_file_type_fit_together() -> None:
    kind = ElementTree.parse(PACKAGING / "debian/hpviewer.xml").getroot().find(f"{MIME}mime-type")
    assert kind is not None
    menu, opens = entry("hpviewer.desktop"), entry("hpviewer-open.desktop")
    assert opens["MimeType"] == kind.attrib["type"] + ";"
    assert opens["NoDisplay"] == "true"
    assert "NoDisplay" not in menu
    assert menu["Exec"] == "/usr/bin/hpviewer"
    assert opens["Exec"] == "/usr/bin/hpviewer --catalogue %f"
    assert (ROOT / "resources/icons" / f"{menu['Icon']}.svg").is_file()


def test_the_build_pins_exactly() -> None:
    lines = (PACKAGING / "build-constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    assert any(line.startswith("pyinstaller==") for line in pins)
    assert [line for line in pins if not re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*", line)] == []


def test_cmd_files_are_ascii() -> None:
    """cmd.exe reads them in the code page of the PC; PowerShell files get their mark when the kit is made."""
    for path in (PACKAGING / "windows").glob("*.cmd"):
        path.read_bytes().decode("ascii")


def test_versions_are_named() -> None:
    named = dict(line.split(" ", 1) for line in version_lines())
    assert list(named) == ["hpviewer", "Python", "Qt", "SQLite", "GDAL"]
    assert named["hpviewer"] == __version__
    assert named["Python"] == ".".join(map(str, sys.version_info[:3]))
    assert named["SQLite"] == apsw.sqlite_lib_version()
    assert re.fullmatch(r"\d+\.\d+\.\d+", named["GDAL"])
    assert re.fullmatch(r"-|6\.\d+\.\d+", named["Qt"])


HEADERS = """
Dynamic Section:
  NEEDED               libc.so.6

Version definitions:
1 0x01 0x0d3b1a9a GLIBC_9.9

Version References:
  required from libpython3.11.so.1.0:
    0x06969195 0x00 09 GLIBC_2.99
  required from libc.so.6:
    0x06969188 0x00 12 GLIBC_2.28
    0x06969194 0x00 11 GLIBC_2.9
    0x06969195 0x00 10 GLIBC_2.2.5
    0x0963cf85 0x00 08 GLIBC_PRIVATE
  required from libstdc++.so.6:
    0x08922974 0x00 03 GLIBCXX_3.4.11
    0x08922975 0x00 02 GLIBCXX_3.4.9
"""


def test_the_newest_symbols_are_found_as_numbers() -> None:
    required = script("check_symbols.py").required
    own = frozenset(["libpython3.11.so.1.0"])
    assert required(HEADERS, own) == {"GLIBC": (2, 28), "GLIBCXX": (3, 4, 11)}
    assert required(HEADERS)["GLIBC"] == (2, 99)
    packed = HEADERS + "  required from libm.so.6:\n    0x0fd0e42 0x00 13 GLIBC_ABI_DT_RELR\n"
    assert required(packed, own)["GLIBC"] == (2, 36)


@pytest.mark.skipif(not shutil.which("objdump"), reason="no binutils on this system")
@pytest.mark.parametrize(("limit", "status"), [((2, 999), 0), ((2, 1), 1)])
def test_a_file_that_asks_for_more_is_named(
    limit: tuple[int, int],
    status: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    check = script("check_symbols.py")
    compiled = importlib.util.find_spec("apsw")
    assert compiled
    assert compiled.origin
    shutil.copy(next(Path(compiled.origin).parent.glob("__init__*.so")), tmp_path / "part.so")
    (tmp_path / "note.so").write_text("not compiled")
    monkeypatch.setattr(sys, "argv", ["check_symbols.py", str(tmp_path)])
    monkeypatch.setitem(check.LIMITS, "GLIBC", limit)
    assert check.main() == status
    said = capsys.readouterr()
    assert re.fullmatch(r"2\.\d+\n", said.out)
    assert ("part.so: GLIBC_2." in said.err) == bool(status)


def test_the_package_is_built_for_the_systems_it_names() -> None:
    """One number in three places: the compiler's target, the check's limit, the guide for administrators."""
    limit = ".".join(map(str, script("check_symbols.py").LIMITS["GLIBC"]))
    assert f"\nglibc={limit}\n" in (PACKAGING / "portable_python.sh").read_text(encoding="utf-8")
    assert f"glibc {limit}" in (PACKAGING / "INSTALL.md").read_text(encoding="utf-8")


def test_a_library_is_exchanged_only_where_it_is_linked() -> None:
    exchange = script("slim_bundle.py").with_other_library
    content = b"libgbm.so.1\0...\0libm.so.6\0libgbm.so.1\0rest"
    start = content.index(b"\0libm")
    changed = exchange(content, start, len(content) - start, "libgbm.so.1", "libgbm.so.b")
    assert changed == b"libgbm.so.1\0...\0libm.so.6\0libgbm.so.b\0rest"
    with pytest.raises(SystemExit):
        exchange(changed, start, len(content) - start, "libgbm.so.1", "libgbm.so.b")
    with pytest.raises(SystemExit):
        exchange(content, start, len(content) - start, "libgbm.so.1", "libgbm-longer.so")
