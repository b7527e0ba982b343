"""The oldest systems that a folder's compiled files run on: python check_symbols.py FOLDER [--skip REGEX].

Prints the newest version of glibc that any of them asks for. Fails, and names the files, where one asks for more than
Debian 10 has (and with it UOS 20 and Kylin V10). Linux only: needs binutils.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

LIMITS = {"GLIBC": (2, 28), "GLIBCXX": (3, 4, 25), "CXXABI": (1, 3, 11), "GCC": (8, 0, 0)}
"""The newest versions in Debian 10: libc6 2.28, and libstdc++6 and libgcc1 of GCC 8."""

_SECTION = re.compile(r"^  required from (\S+):$")
_REFERENCE = re.compile(r"^    0x[0-9a-f]+ 0x[0-9a-f]+ \d+ ([A-Z]+)_(\d+(?:\.\d+)*)$")
_PACKED_RELOCATIONS = "GLIBC_ABI_DT_RELR"
"""Not a number: asks for a loader that knows a kind of relocation that came with glibc 2.36."""

Version = tuple[int, ...]


def required(headers: str, own: frozenset[str] = frozenset()) -> dict[str, Version]:
    """Name -> newest version that ``headers``, as ``objdump -p`` prints them, ask for.

    ``own``: libraries that the folder brings itself, whatever versions they have.
    """
    newest: dict[str, Version] = {}
    library = ""
    for line in headers.splitlines():
        if section := _SECTION.match(line):
            library = section[1]
        elif library and library not in own:
            if line.endswith(f" {_PACKED_RELOCATIONS}"):
                newest["GLIBC"] = max(newest.get("GLIBC", ()), (2, 36))
            elif (reference := _REFERENCE.match(line)) and reference[1] in LIMITS:
                version = tuple(int(part) for part in reference[2].split("."))
                newest[reference[1]] = max(newest.get(reference[1], ()), version)
    return newest


def _elf_files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                if file.read(4) == b"\x7fELF":
                    yield path


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))


def main() -> int:
    """Status 1 where a file asks for more than LIMITS."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--skip", default="(?!)", help="names of files that do not count")
    wanted = parser.parse_args()
    found = [path for path in _elf_files(wanted.folder) if not re.fullmatch(wanted.skip, path.name)]
    own = frozenset(path.name for path in wanted.folder.rglob("*.so*"))
    newest: dict[str, Version] = {}
    too_new: list[str] = []
    for path in found:
        headers = subprocess.run(["objdump", "-p", path], check=True, capture_output=True, text=True).stdout
        for name, version in required(headers, own).items():
            newest[name] = max(newest.get(name, ()), version)
            if version > LIMITS[name]:
                too_new.append(f"{path.relative_to(wanted.folder)}: {name}_{_dotted(version)}")
    print(_dotted(newest.get("GLIBC", (2, 17))))
    asked = [
        f"{name} {_dotted(newest[name])} (≤ {_dotted(LIMITS[name])})" for name in LIMITS if name in newest
    ]
    print(
        f"hpviewer: {len(found)} files; {', '.join(asked)}",
        *too_new,
        sep="\n  ",
        file=sys.stderr,
    )
    return 1 if too_new or not found else 0


if __name__ == "__main__":
    sys.exit(main())
