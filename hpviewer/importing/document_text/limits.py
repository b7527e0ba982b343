"""What is too large to be a notice or a policy, and the refusals that say so."""

from __future__ import annotations

from pathlib import Path

from hpviewer.errors import InputError
from hpviewer.wording import say

LARGEST_FILE = 30 * 1024 * 1024
LONGEST_TEXT = 600_000
"""Characters; the longest policy collections seen are a tenth of that."""
MOST_TABLE_CELLS = 50_000
MOST_PAGES = 400


def read_bounded(path: Path) -> bytes:
    """The bytes of a file that exists, is a file, is not empty and not too large; InputError otherwise."""
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise InputError(
                say("importing_notice.file.not_a_file", name=path.name),
                say("importing_notice.file.choose_another"),
            )
        if size > LARGEST_FILE:
            raise InputError(
                say(
                    "importing_notice.file.too_large", name=path.name, megabytes=LARGEST_FILE // 1024 // 1024
                ),
                say("importing_notice.file.choose_another"),
            )
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise InputError(
            say("importing_notice.file.missing", name=path.name), say("importing_notice.file.check_path")
        ) from error
    except OSError as error:
        raise InputError(
            say("importing_notice.file.unreadable", name=path.name),
            say("importing_notice.file.close_elsewhere"),
        ) from error
    if not data.strip(b"\0 \r\n\t"):
        raise InputError(
            say("importing_notice.file.empty", name=path.name), say("importing_notice.file.choose_another")
        )
    return data


def bounded_text(text: str, name: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise InputError(
            say("importing_notice.file.too_long", name=name, characters=LONGEST_TEXT),
            say("importing_notice.file.split"),
        )
    return text


def unreadable_as(name: str, what: str) -> InputError:
    """``what``: html, mht, docx, pdf, txt or doc, a key of the wording file."""
    return InputError(
        say(f"importing_notice.damaged.{what}", name=name), say("importing_notice.damaged.next_step")
    )
