"""Where the program starts: straight to the window, or to the commands; failures become sentences."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hpviewer.errors import HpviewerError


def main() -> None:
    """Entry point. Exit codes: 0, 1 nothing found or check failed, 2 bad input with a sentence on stderr."""
    for stream in (sys.stdout, sys.stderr):
        # a pipe on an office PC may be GBK: JSON and sentences stay UTF-8
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8")
    try:
        _run(sys.argv[1:])
    except HpviewerError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def _run(words: list[str]) -> None:
    # the window's way does not pass typer: importing it and the commands takes 110 ms (tests/bench)
    if not words:
        _open_window(None)
    elif words[0] == "--catalogue" and len(words) == 2:
        _open_window(Path(words[1]))
    else:
        from hpviewer.cli.app import app

        app(prog_name="hpviewer")


def _open_window(catalogue: Path | None) -> None:
    from hpviewer.desktop.start import run_window

    sys.exit(run_window(catalogue))
