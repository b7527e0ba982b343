"""Prints what the Windows kit must hold: the dependencies in pyproject.toml and those that only Windows asks for."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path


def requirements(project: Path, only_windows: Path) -> list[str]:
    """Requirement lines, as pip reads them."""
    declared = tomllib.loads(project.read_text(encoding="utf-8"))["project"]["dependencies"]
    further = [
        line for line in only_windows.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"
    ]
    return [*declared, *further]


if __name__ == "__main__":
    print("\n".join(requirements(Path(sys.argv[1]), Path(sys.argv[2]))))
