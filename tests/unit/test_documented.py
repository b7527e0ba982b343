"""Every command is in the README, and the README names no command that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import typer.main

from hpviewer.cli.app import app

README = Path(__file__).parents[2] / "README.md"


def commands() -> set[str]:
    group = typer.main.get_command(app)
    return set(group.commands)  # type: ignore[attr-defined]


def test_the_readme_lists_exactly_the_commands_that_exist() -> None:
    table = [
        line for line in README.read_text(encoding="utf-8").splitlines() if line.startswith("| `hpviewer ")
    ]
    documented = {found[1] for line in table if (found := re.match(r"\| `hpviewer ([a-z]+)", line))}
    assert documented == commands()
