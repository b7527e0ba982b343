"""Proves a folder of wheels complete for Windows: python check_kit.py WHEELS 3.12

pip on Linux evaluates markers such as ``sys_platform == "win32"`` for Linux. So this walks from hpviewer through every
requirement as Windows' pip would: each must have a wheel in the folder that fits version, Python and win_amd64.
"""

from __future__ import annotations

import sys
import zipfile
from email.parser import HeaderParser
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.tags import Tag, compatible_tags, cpython_tags
from packaging.utils import canonicalize_name, parse_wheel_filename
from packaging.version import Version


def windows(python: str) -> dict[str, str]:
    """What markers read on 64-bit Windows with this Python."""
    return {
        "implementation_name": "cpython",
        "implementation_version": f"{python}.0",
        "os_name": "nt",
        "platform_machine": "AMD64",
        "platform_python_implementation": "CPython",
        "platform_release": "10",
        "platform_system": "Windows",
        "platform_version": "10.0.17763",
        "python_full_version": f"{python}.0",
        "python_version": python,
        "sys_platform": "win32",
    }


def fitting_tags(python: str) -> set[Tag]:
    """What tags of wheels that Python installs on 64-bit Windows."""
    number = tuple(int(part) for part in python.split("."))
    return {
        *cpython_tags(number, platforms=["win_amd64"]),
        *compatible_tags(number, interpreter=f"cp{number[0]}{number[1]}", platforms=["win_amd64"]),
    }


def wheels(folder: Path, python: str) -> dict[str, list[tuple[Version, Path]]]:
    """Name -> version and file of each wheel in the folder that this Python can install."""
    tags = fitting_tags(python)
    found: dict[str, list[tuple[Version, Path]]] = {}
    for path in sorted(folder.glob("*.whl")):
        name, version, _, own = parse_wheel_filename(path.name)
        if own & tags:
            found.setdefault(name, []).append((version, path))
    return found


def asked_by(wheel: Path) -> tuple[list[Requirement], SpecifierSet]:
    """What the wheel requires, and the Pythons it is for."""
    with zipfile.ZipFile(wheel) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = HeaderParser().parsestr(archive.read(name).decode("utf-8"))
    required = [Requirement(text) for text in metadata.get_all("Requires-Dist", [])]
    return required, SpecifierSet(metadata.get("Requires-Python", ""))


def missing(folder: Path, python: str, root: str = "hpviewer") -> list[str]:
    """One line per requirement that no wheel of the folder meets; empty when the kit is complete."""
    environment = windows(python)
    have = wheels(folder, python)
    problems: list[str] = []
    waiting: list[tuple[Requirement, str]] = [(Requirement(root), "the kit")]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        wanted, asker = waiting.pop()
        name = canonicalize_name(wanted.name)
        named = (
            path
            for version, path in have.get(name, [])
            if wanted.specifier.contains(version, prereleases=True)
        )
        fits = [path for path in named if asked_by(path)[1].contains(f"{python}.0")]
        if not fits:
            problems.append(f"{asker} needs {wanted} on Windows with Python {python}: no such wheel")
            continue
        key = (name, frozenset(wanted.extras))
        if key in seen:
            continue
        seen.add(key)
        requirements, _ = asked_by(fits[-1])
        for requirement in requirements:
            extras = wanted.extras or {""}
            marker = requirement.marker
            if marker is None or any(marker.evaluate({**environment, "extra": extra}) for extra in extras):
                waiting.append((requirement, f"{name} {fits[-1].name.split('-')[1]}"))
    return problems


if __name__ == "__main__":
    found = missing(Path(sys.argv[1]), sys.argv[2])
    print("\n".join(found) or f"complete for Windows, Python {sys.argv[2]}")
    sys.exit(bool(found))
