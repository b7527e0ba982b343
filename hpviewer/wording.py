"""Sentences of the interface, kept in resources/i18n/<language>/<room>.toml, never in code.

``say("desktop.search.placeholder")`` reads key ``search.placeholder`` of ``desktop.toml``; values are
put in with str.format: ``say("cli.found", count=3)``. The vocabulary of the domain itself (names of
kinds, columns, table rows) is data of its room, not wording.
"""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from hpviewer import paths

LANGUAGE = "zh_CN"


@cache
def _room(name: str) -> dict[str, str]:
    text = (paths.resources() / "i18n" / LANGUAGE / f"{name}.toml").read_text(encoding="utf-8")
    flat: dict[str, str] = {}

    def walk(prefix: str, table: dict[str, Any]) -> None:
        for key, value in table.items():
            if isinstance(value, dict):
                walk(f"{prefix}{key}.", value)
            else:
                flat[f"{prefix}{key}"] = value

    walk("", tomllib.loads(text))
    return flat


def say(key: str, **values: object) -> str:
    """The sentence of this key with its values filled in.

    Raises KeyError for an unknown key: tests/unit/test_wording.py proves that none is used.
    """
    room, _, rest = key.partition(".")
    sentence = _room(room)[rest]
    return sentence.format(**values) if values else sentence
