"""`hpviewer catalogue …`: the file itself."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Annotated, Optional

import typer

from hpviewer import paths
from hpviewer.catalogue.backup import back_up
from hpviewer.catalogue.check import check_catalogue
from hpviewer.cli.changes_command import changes
from hpviewer.cli.options import CatalogueOption, JsonOption, catalogue_for
from hpviewer.cli.update_command import update
from hpviewer.session.catalogue_queries import CatalogueQueries
from hpviewer.wording import say

app = typer.Typer(rich_markup_mode=None)
app.command("changes", help=say("cli_import.changes.help"))(changes)
app.command("update", help=say("cli_update.help"))(update)


@app.command(help=say("cli.catalogue.info"))
def info(context: typer.Context, as_json: JsonOption = False, catalogue: CatalogueOption = None) -> None:
    queries = CatalogueQueries(catalogue_for(context, catalogue))
    facts = dataclasses.asdict(queries.reader().info())
    queries.close()
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False, indent=2))
        return
    for key, value in facts.items():
        shown = say("cli.yes" if value else "cli.no") if isinstance(value, bool) else str(value)
        label = say(f"cli.catalogue.fact.{key}")
        for line in shown.splitlines() or [""]:
            typer.echo(f"{label}  {line}")
            label = "　" * len(label)


@app.command(help=say("cli.catalogue.check"))
def check(context: typer.Context, as_json: JsonOption = False, catalogue: CatalogueOption = None) -> None:
    path = catalogue_for(context, catalogue)
    results = check_catalogue(path)
    passed = not any(result.problems for result in results)
    if as_json:
        document = {
            "path": str(path),
            "passed": passed,
            "checks": [{"name": result.name, "problems": list(result.problems)} for result in results],
        }
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    else:
        for result in results:
            typer.echo(
                f"{say('cli.check_failed' if result.problems else 'cli.check_passed')}  {result.title}"
            )
            for problem in result.problems:
                typer.echo(f"    {problem}")
    raise typer.Exit(0 if passed else 1)


@app.command(help=say("cli.catalogue.backup"))
def backup(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("cli.catalogue.backup_file"))],
    catalogue: CatalogueOption = None,
) -> None:
    source = catalogue_for(context, catalogue)
    back_up(source, file)
    typer.echo(say("cli.catalogue.backed_up", source=source, file=file))


@app.command(help=say("cli.catalogue.build"))
def build(
    context: typer.Context,
    data: Annotated[
        Optional[Path],  # noqa: UP045  # typer reads the annotation at run time
        typer.Option("--data", metavar="FOLDER", help=say("cli.catalogue.data")),
    ] = None,
    catalogue: CatalogueOption = None,
) -> None:
    from hpviewer.session.bundle import compile_catalogue

    target = catalogue or context.find_root().obj or paths.bundled_catalogue()
    out = compile_catalogue(data or paths.data(), target)
    typer.echo(say("cli.catalogue.built", file=out))
