"""--mask-personal of the commands that write files, and what they say of personal numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from hpviewer.exporting.written import Written
from hpviewer.session.export_personal import counts_in_words
from hpviewer.wording import say

MaskOption = Annotated[bool, typer.Option("--mask-personal", help=say("cli_village.mask_personal"))]


def say_personal(written: Written, *, masked: bool) -> None:
    """On stderr, how many of which kind the file holds; nothing when there are none."""
    if written.personal:
        key = "masked_export" if masked else "in_export"
        typer.echo(say(f"session_personal.{key}", counts=counts_in_words(written.personal)), err=True)
