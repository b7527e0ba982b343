"""Writing settings.toml: only the lines that change, everything else stays as the user wrote it."""

from __future__ import annotations

import re
from pathlib import Path

from hpviewer.errors import InputError
from hpviewer.exporting.atomic_file import replacing
from hpviewer.session.settings import allowed, is_allowed, settings_file
from hpviewer.wording import say


def save_setting(key: str, value: str | int, file: Path | None = None) -> None:
    """Write one setting; comments and keys of other versions stay. The file is whole before and after.

    InputError for a value that is not allowed, and when the folder cannot be written. A damaged file must have been
    set aside before (load_settings does).
    """
    file = file or settings_file()
    if not is_allowed(key, value):
        raise InputError(say("session_settings.bad_value", file=file, name=key, allowed=allowed(key)))
    text = _present(file)
    line = f"{key} = {_written(value)}"
    # a key stands before the first table; a table of an unknown version is not ours to look into
    head, table, rest = _before_tables(text)
    pattern = re.compile(rf"^[ \t]*(?:{key}|\"{key}\"|'{key}')[ \t]*=.*$", re.MULTILINE)
    found = pattern.search(head)
    if found:
        comment = re.search(r"(?<=[\s\"'\d])\s*#[^\"']*$", found[0])
        head = head[: found.start()] + line + (comment[0] if comment else "") + head[found.end() :]
    else:
        head = head.rstrip("\n") + f"\n{line}\n" + ("\n" if table else "")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise InputError(say("session_settings.unwritable", file=file)) from problem
    with replacing(file) as out:
        out.write((head + table + rest).encode())


def ensure_file() -> Path:
    """The user's file, made with its explanation when there is none, for opening it in an editor."""
    file = settings_file()
    if not file.is_file():
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
        except OSError as problem:
            raise InputError(say("session_settings.unwritable", file=file)) from problem
        with replacing(file) as out:
            out.write(say("session_settings.header").encode())
    return file


def _present(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        return say("session_settings.header")
    except (OSError, UnicodeDecodeError) as problem:
        raise InputError(say("session_settings.unreadable", file=file)) from problem


def _before_tables(text: str) -> tuple[str, str, str]:
    found = re.search(r"^[ \t]*\[", text, re.MULTILINE)
    return (text[: found.start()], text[found.start() :], "") if found else (text, "", "")


def _written(value: str | int) -> str:
    """A literal string where that can be, so that Windows paths stay readable."""
    if isinstance(value, int):
        return str(value)
    if "'" not in value:
        return f"'{value}'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
