"""`hpviewer ask`: a policy answer with citations, or that none was found."""

from __future__ import annotations

import datetime as dt
import json
from typing import Annotated

import typer

from hpviewer.cli.options import CatalogueOption, JsonOption, catalogue_for
from hpviewer.session.policy_desk import PolicyDesk
from hpviewer.wording import say


def ask(
    context: typer.Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help=say("cli_ask.question"))],
    as_json: JsonOption = False,
    catalogue: CatalogueOption = None,
) -> None:
    path = catalogue_for(context, catalogue)
    answers = PolicyDesk(path).ask(question, dt.date.today())
    if as_json:
        document = {
            "question": question,
            "answers": [
                {
                    "policy": answer.policy.title,
                    "doc_number": answer.policy.doc_number,
                    "clause": answer.clause,
                    "text": answer.text,
                    "status": answer.status.value,
                    "score": answer.score,
                }
                for answer in answers
            ],
        }
        typer.echo(json.dumps(document, ensure_ascii=False, indent=2))
    elif not answers:
        typer.echo(say("cli_ask.none"))
    for answer in () if as_json else answers:
        number = answer.policy.doc_number or say("cli_ask.no_number")
        typer.echo(f"\n{answer.policy.title}  {number}  {answer.status.value}")
        typer.echo(f"    {answer.clause} {answer.text or say('cli_ask.no_text')}".rstrip())
        if answer.policy.source_url:
            typer.echo(f"    {answer.policy.source_url}")
    raise typer.Exit(0 if answers else 1)
