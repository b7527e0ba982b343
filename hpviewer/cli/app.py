"""The command `hpviewer`: what it understands."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from hpviewer.cli import (
    ask_command,
    catalogue_commands,
    deadlines_command,
    export_command,
    find_command,
    gaps_command,
    import_commands,
    pack_commands,
    place_command,
    project_command,
    report_commands,
    slip_command,
    snapshot_command,
    village_command,
)
from hpviewer.cli.options import CatalogueOption
from hpviewer.cli.versions import version_lines
from hpviewer.session.settings import load_settings
from hpviewer.wording import say

app = typer.Typer(
    name="hpviewer",
    help=say("cli.help"),
    invoke_without_command=True,
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
app.command("find", help=say("cli.find.help"))(find_command.find)
app.command("place", help=say("cli.place.help"))(place_command.place)
app.command("ask", help=say("cli_ask.help"))(ask_command.ask)
app.command("village", help=say("cli_village.village.help"))(village_command.village)
app.command("project", help=say("cli_village.project.help"))(project_command.project)
app.command("deadlines", help=say("cli_village.deadlines.help"))(deadlines_command.deadlines)
app.command("gaps", help=say("cli_village.gaps.help"))(gaps_command.gaps)
app.command("slip", help=say("cli_village.slip.help"))(slip_command.slip)
app.command("export", help=say("cli_village.export.help"))(export_command.export)
app.command("snapshot", help=say("cli.snapshot.help"))(snapshot_command.snapshot)
app.command("import", help=say("cli_import.help"))(import_commands.bring_in)
app.command("undo", help=say("cli_import.undo"))(import_commands.undo)
app.command("pack", help=say("cli_packs.pack.help"))(pack_commands.pack)
app.command("unpack", help=say("cli_packs.unpack.help"))(pack_commands.unpack)
app.add_typer(report_commands.app, name="report")
app.add_typer(catalogue_commands.app, name="catalogue", help=say("cli.catalogue.help"))


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo("\n".join(version_lines()))
        raise typer.Exit


@app.callback()
def window(
    context: typer.Context,
    catalogue: CatalogueOption = None,
    version: Annotated[
        Optional[bool],  # noqa: UP045  # typer reads the annotation at run time on 3.11
        typer.Option("--version", help=say("cli.version"), callback=_version, is_eager=True),
    ] = None,
) -> None:
    """Open the window when no command is named."""
    context.obj = catalogue
    if context.invoked_subcommand is not None:
        for note in load_settings().notes:
            typer.echo(note, err=True)
    if context.invoked_subcommand is None:
        from hpviewer.desktop.start import run_window

        raise typer.Exit(run_window(catalogue))
