"""Makes PyInstaller's folder smaller without taking anything away that runs: python slim_bundle.py FOLDER [COMPILER].

Linux only: needs binutils, and fontTools in the Python that runs it.
"""

from __future__ import annotations

import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

_LOCALE = re.compile(r"[a-z]{2,3}(_\w*)*\.res")
_OURS = re.compile(r"(root|pool|res_index|supplementalData|en|en_US|zh(_Hans|_Hant)?(_(CN|TW|HK))?)\.res")
_CONVERTERS = re.compile(
    r"(gb18030|windows-9(36|50)-2000|big5-html|ibm-(1383|1386|1373|1375|5471|5348|1252)_.*)\.cnv"
)
_NOT_FOR_QT = frozenset(("brkitr", "rbnf", "translit", "unit"))
"""Where words end, spelt-out numbers, transliteration, units: Qt has its own or none of it."""
_NOT_FOR_CHROMIUM = frozenset(("rbnf", "translit"))


_GBM_BRIDGE = "libgbm.so.b"
"""As long as "libgbm.so.1", whose place it takes."""


def is_kept(item: str, unused: frozenset[str]) -> bool:
    """Whether Chinese and English text needs this item of ICU's data, such as "coll/zh.res".

    ``unused``: folders that the reader of the data has no use for.
    """
    folder, _, name = item.rpartition("/")
    if folder in unused or name == "unames.icu":
        return False
    if name.endswith(".cnv"):
        return bool(_CONVERTERS.fullmatch(name))
    if name.endswith(".dict"):
        return name == "cjdict.dict"  # the others: where Thai, Burmese and the like end a word
    if folder:
        return bool(_OURS.fullmatch(name)) or not name.endswith(".res")
    return not _LOCALE.fullmatch(name) or bool(_OURS.fullmatch(name))


def _run(*words: str | Path, cwd: Path | None = None) -> str:
    return subprocess.run(
        [os.fspath(word) for word in words], cwd=cwd, check=True, capture_output=True, text=True
    ).stdout


def _elf_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def trimmed(content: bytes, unused: frozenset[str]) -> bytes:
    """ICU's .dat with the items that is_kept() lets stay.

    Its layout (ICU's udata.h, ucmndata.h): a header whose length stands in its first two bytes, a count, then pairs of
    offsets (name, data) from the count on, sorted by name; names are zero-ended and begin with "icudtNNl/".
    """
    start = int.from_bytes(content[:2], "little")
    (count,) = struct.unpack_from("<I", content, start)
    pairs = [struct.unpack_from("<II", content, start + 4 + 8 * number) for number in range(count)]
    ends = [data for _, data in pairs[1:]] + [len(content) - start]
    items: list[tuple[bytes, bytes]] = []
    for (name_at, data_at), end in zip(pairs, ends, strict=True):
        name = content[start + name_at : content.index(b"\0", start + name_at)]
        if is_kept(name.decode().partition("/")[2], unused):
            items.append((name, content[start + data_at : start + end]))
    names_at = 4 + 8 * len(items)
    names, table, body = b"", [], b""
    data_from = names_at + sum(len(name) + 1 for name, _ in items)
    data_from += -(start + data_from) % 16
    for name, data in items:
        table.append(struct.pack("<II", names_at + len(names), data_from + len(body)))
        names += name + b"\0"
        body += data + bytes(-len(data) % 16)
    head = content[:start] + struct.pack("<I", len(items)) + b"".join(table) + names
    return head + bytes(start + data_from - len(head)) + body


def _assembled(lines: str, library: Path) -> None:
    """Replace ``library`` by one of the same name made from these lines of assembler."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        (work / "part.s").write_text(f'.section .note.GNU-stack,"",%progbits\n{lines}')
        _run("as", "-o", work / "part.o", work / "part.s")
        _run("ld", "-shared", "-soname", library.name, "-o", work / "part.so", work / "part.o")
        shutil.copyfile(work / "part.so", library)


def trim_icu_library(library: Path) -> None:
    """Qt's libicudata.so.NN, 32 MB for all the world's languages, becomes 5 MB."""
    symbols = _run("readelf", "-Ws", "--dyn-syms", library)
    sections = _run("readelf", "-WS", library)
    symbol = re.search(r"([0-9a-f]+)\s+\S+\s+OBJECT\s+GLOBAL\s+DEFAULT\s+\d+\s+(icudt\d+_dat)", symbols)
    section = re.search(r"\.rodata\s+PROGBITS\s+([0-9a-f]+)\s+([0-9a-f]+)\s+([0-9a-f]+)", sections)
    if not symbol or not section:
        raise SystemExit(f"{library}: no ICU data found in it.")
    address, offset, size = (int(text, 16) for text in section.groups())
    content = library.read_bytes()[offset + int(symbol[1], 16) - address : offset + size]
    with tempfile.NamedTemporaryFile(suffix=".dat") as file:
        file.write(trimmed(content, _NOT_FOR_QT))
        file.flush()
        _assembled(
            f".section .rodata\n.balign 16\n.globl {symbol[2]}\n.type {symbol[2]},%object\n"
            f'{symbol[2]}:\n.incbin "{file.name}"\n.size {symbol[2]}, .-{symbol[2]}\n',
            library,
        )


def silence_curl(library: Path) -> None:
    """PROJ links curl (6 MB, its own OpenSSL) to fetch grids from the network, which is off and stays off.

    Every call answers 0: curl_easy_init() then means "no handle", and PROJ goes on without a network.
    """
    asked = sorted(set(re.findall(r"\b(curl_\w+)", _run("objdump", "-T", *library.parent.glob("libproj*")))))
    body = "".join(f".globl {name}\n.type {name},%function\n{name}:\nxor %eax, %eax\nret\n" for name in asked)
    _assembled(f".text\n{body}", library)
    for unused in library.parent.glob("libnghttp2*"):
        unused.unlink()


def with_other_library(content: bytes, start: int, size: int, old: str, new: str) -> bytes:
    """An ELF file that links ``new`` where it linked ``old``: names in its .dynstr at ``start``, equally long."""
    name, other = (b"\0" + text.encode() + b"\0" for text in (old, new))
    if len(name) != len(other) or content.count(name, start, start + size) != 1:
        raise SystemExit(f"{old} cannot become {new}: it is not there once, or not as long.")
    at = content.index(name, start, start + size)
    return content[:at] + other + content[at + len(other) :]


def bridge_gbm(library: Path, compiler: str) -> None:
    """Qt WebEngine also starts where libgbm is older than Mesa 21.1: older_gbm.c says how."""
    section = re.search(
        r"\.dynstr\s+STRTAB\s+[0-9a-f]+\s+([0-9a-f]+)\s+([0-9a-f]+)", _run("readelf", "-WS", library)
    )
    if not section:
        raise SystemExit(f"{library}: no names of libraries found in it.")
    source = Path(__file__).with_name("older_gbm.c")
    with tempfile.TemporaryDirectory() as folder:
        system = Path(folder) / "libgbm.so.1"  # only its name is linked; the real one is the PC's
        (Path(folder) / "system.c").write_text("int gbm_bo_get_fd(void *bo) { return bo != 0; }\n")
        _run(
            compiler, "-shared", "-O2", f"-Wl,-soname,{system.name}", "-o", system, Path(folder) / "system.c"
        )
        bridge = library.with_name(_GBM_BRIDGE)
        _run(
            compiler,
            "-shared",
            "-fPIC",
            "-O2",
            f"-Wl,-soname,{bridge.name}",
            "-o",
            bridge,
            source,
            system,
            "-ldl",
        )
    start, size = (int(text, 16) for text in section.groups())
    library.write_bytes(with_other_library(library.read_bytes(), start, size, system.name, bridge.name))


def strip_symbols(folder: Path) -> None:
    """Names and line numbers for debuggers: Python, GDAL and the Cython modules carry 60 MB of them.

    The program itself is left alone: PyInstaller appends its archive to it.
    """
    for path in _elf_files(folder / "_internal"):
        mode = path.stat().st_mode
        _run("strip", "--strip-unneeded", path)
        path.chmod(mode & ~0o022)


def shrink_font(bundled: Path) -> None:
    """The interface's font for PCs without a Chinese one: 10 MB for 30,000 characters become 4.

    What stays: GB 2312, the commoner half of Big5, everything below U+3400, and each character of our own data and
    texts. What goes is drawn with whatever font the PC has.
    """
    from fontTools import subset  # type: ignore[import-untyped,unused-ignore]

    kept = {chr(code) for code in range(0x3400)} | {chr(code) for code in range(0xFE00, 0x10000)}
    for encoding, first, last in (("gb2312", 0xB0A1, 0xF7FE), ("big5", 0xA440, 0xC67E)):
        for code in range(first, last + 1):
            kept.update(code.to_bytes(2, "big").decode(encoding, errors="ignore"))
    for folder in ("data", "resources"):
        for path in (bundled / folder).rglob("*"):
            if path.suffix in {".csv", ".json", ".geojson", ".toml", ".md", ".txt"}:
                kept.update(path.read_text(encoding="utf-8"))
    font = bundled / "built" / "web" / "fonts" / "NotoSansSC-Regular.ttf"
    options = subset.Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True)
    whole = subset.load_font(str(font), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(kept)))
    subsetter.subset(whole)
    subset.save_font(whole, str(font), options)


def share_proj_database(internal: Path) -> None:
    """pyproj and pyogrio bring PROJ's database each; the newer one serves both (its layout only grows)."""
    newer = internal / "pyogrio" / "proj_data" / "proj.db"
    older = internal / "pyproj" / "proj_dir" / "share" / "proj" / "proj.db"
    older.unlink()
    older.symlink_to(os.path.relpath(newer, older.parent))


def slim(folder: Path, compiler: str = "") -> None:
    """All of it, on PyInstaller's fresh folder.

    ``compiler``: makes libraries for the older systems; without one the folder is for this machine's like.
    """
    internal = folder / "_internal"
    for library in (internal / "PySide6" / "Qt" / "lib").glob("libicudata.so.*"):
        trim_icu_library(library)
    chromium = internal / "PySide6" / "Qt" / "resources" / "icudtl.dat"
    chromium.write_bytes(trimmed(chromium.read_bytes(), _NOT_FOR_CHROMIUM))
    for library in (internal / "pyproj.libs").glob("libcurl*"):
        silence_curl(library)
    shrink_font(internal / "hpviewer" / "bundled")
    share_proj_database(internal)
    if compiler:
        bridge_gbm(internal / "PySide6" / "Qt" / "lib" / "libQt6WebEngineCore.so.6", compiler)
        # PyInstaller links each of Qt's libraries from here, and their $ORIGIN is then this folder
        (internal / _GBM_BRIDGE).symlink_to(f"PySide6/Qt/lib/{_GBM_BRIDGE}")
    strip_symbols(folder)


if __name__ == "__main__":
    slim(Path(sys.argv[1]), *sys.argv[2:])
