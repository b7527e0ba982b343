"""--mask-personal of the commands that write files, and what they say of personal numbers."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from hpviewer.exporting.written import Written
from hpviewer.records.personal_values import masked_value, personal_in_value
from hpviewer.session.export_personal import PersonalCounts, counted, counts_in_words
from hpviewer.wording import say

MaskOption = Annotated[bool, typer.Option("--mask-personal", help=say("cli_village.mask_personal"))]
MaskShownOption = Annotated[bool, typer.Option("--mask-personal", help=say("cli_village.mask_shown"))]
"""Of commands that print."""


def say_personal(written: Written, *, masked: bool) -> None:
    """On stderr, how many of which kind the file holds; nothing when there are none."""
    _say("masked_export" if masked else "in_export", written.personal)


def say_shown(counts: PersonalCounts, *, masked: bool) -> None:
    """The same of what a command prints."""
    _say("masked_output" if masked else "in_output", counts)


def personal_document(document: dict[str, Any], *, mask: bool) -> dict[str, Any]:
    """What a command prints as JSON, masked where that is asked for; says on stderr what it holds."""
    say_shown(counted(personal_in_value(document)), masked=mask)
    return masked_value(document) if mask else document


def _say(key: str, counts: PersonalCounts) -> None:
    if counts:
        typer.echo(say(f"session_personal.{key}", counts=counts_in_words(counts)), err=True)
