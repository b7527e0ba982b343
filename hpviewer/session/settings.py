"""The few settings of the program, in one readable file: settings.toml.

A value that cannot be used falls back alone; a file that cannot be read at all is set aside. Either way the program
starts, and a note says which file and what is allowed. Reading costs 0.2 ms and imports nothing but tomllib, which the
sentences have loaded already: it is on the way to the first picture.
"""

from __future__ import annotations

import datetime as dt
import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from hpviewer import paths
from hpviewer.wording import say

FILE = "settings.toml"
THEMES = ("system", "light", "dark")
TEXT_SIZES = ("normal", "large", "larger")
NEW_DATA = ("ask", "follow", "never")
MOST_BACKUPS = 50
_LONGEST = 1_000


@dataclass(frozen=True, slots=True)
class Settings:
    """``catalogue``, ``slip_template``: path of a file, "" for the program's own way of finding it. ``pack_key``: the
    public key that data packs must be signed with, "" for none. ``new_data``: a newer bundled data set is offered
    ("ask"), taken at once where nothing was imported or edited ("follow"; offered otherwise), or ignored ("never").
    ``backups``: how many of the program's own backups of a catalogue stay."""

    theme: str = "system"
    text_size: str = "normal"
    catalogue: str = ""
    new_data: str = "ask"
    backups: int = 5
    slip_template: str = ""
    pack_key: str = ""

    def catalogue_path(self) -> Path | None:
        return Path(self.catalogue).expanduser() if self.catalogue else None

    def slip_template_path(self) -> Path | None:
        return Path(self.slip_template).expanduser() if self.slip_template else None


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """``notes`` are finished sentences about what could not be used; empty when all is well. ``machine`` names the
    settings that come from the administrator's file."""

    settings: Settings
    notes: tuple[str, ...] = ()
    machine: frozenset[str] = frozenset()


def settings_file() -> Path:
    return paths.user_config() / FILE


def machine_file() -> Path:
    """The administrator's file with the same keys; the user's own file goes before it, key by key."""
    return paths.machine_config() / FILE


def load_settings(now: Callable[[], dt.date] = dt.date.today) -> LoadedSettings:
    """From the administrator's file and over it the user's. Never fails."""
    notes: list[str] = []
    values: dict[str, Any] = {}
    machine = _usable(_read(machine_file(), notes, None), machine_file(), notes)
    own = _usable(_read(settings_file(), notes, now), settings_file(), notes)
    values = machine | own
    return LoadedSettings(Settings(**values), tuple(notes), frozenset(set(machine) - set(own)))


def allowed(key: str) -> str:
    """What a setting may be, for a person."""
    return say(f"session_settings.allowed.{key}", most=MOST_BACKUPS)


def is_allowed(key: str, value: object) -> bool:
    return _RULES[key](value)


def _one_of(*choices: str) -> Callable[[object], bool]:
    return lambda value: value in choices


def _line(value: object) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST and value.isprintable()


_RULES: Mapping[str, Callable[[object], bool]] = {
    "theme": _one_of(*THEMES),
    "text_size": _one_of(*TEXT_SIZES),
    "catalogue": _line,
    "new_data": _one_of(*NEW_DATA),
    "backups": lambda value: type(value) is int and 1 <= value <= MOST_BACKUPS,
    "slip_template": _line,
    "pack_key": _line,
}
assert list(_RULES) == [field.name for field in fields(Settings)]


def _usable(values: Mapping[str, Any], file: Path, notes: list[str]) -> dict[str, Any]:
    good = {}
    for key, allows in _RULES.items():
        if key in values:
            if allows(values[key]):
                good[key] = values[key]
            else:
                notes.append(say("session_settings.bad_value", file=file, name=key, allowed=allowed(key)))
    return good


def _read(file: Path, notes: list[str], now: Callable[[], dt.date] | None) -> dict[str, Any]:
    """The keys of a file, none when there is no file. ``now`` is given for a file that may be set aside."""
    try:
        # Windows' editor begins a file with a mark of its encoding
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError:
        notes.append(say("session_settings.unreadable", file=file))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        reason = (
            str(problem) if isinstance(problem, tomllib.TOMLDecodeError) else say("session_settings.encoding")
        )
        if now is None:
            notes.append(say("session_settings.machine_damaged", file=file, reason=reason))
            return {}
        aside = _set_aside(file, now())
        key = "damaged" if aside else "damaged_stays"
        notes.append(say(f"session_settings.{key}", file=file, aside=aside, reason=reason))
    return {}


def _set_aside(file: Path, today: dt.date) -> Path | None:
    """The new place of the damaged file; None when it could not be moved. Nothing is overwritten."""
    name = f"{file.name}.damaged-{today:%Y%m%d}"
    target, number = file.with_name(name), 1
    while target.exists():
        number += 1
        target = file.with_name(f"{name}-{number}")
    try:
        os.replace(file, target)
    except OSError:
        return None
    return target
