"""What a place is: a town or a community of the district, with its official code."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

PlaceCode = NewType("PlaceCode", str)
"""9 digits for a town, 12 for a community; a community's code starts with its town's (statistics bureau)."""


class Level(StrEnum):
    TOWN = "town"
    COMMUNITY = "community"


@dataclass(frozen=True, slots=True)
class Place:
    """A town or community.

    ``name`` is what the window shows (文冲街道, 文冲社区, 汤村村); ``official_name`` is as the statistics
    bureau lists it (文冲社区居民委员会, 汤村村委会); ``kind`` is 街道, 镇, 社区 or 村.
    """

    code: PlaceCode
    name: str
    official_name: str
    level: Level
    kind: str
    town_code: PlaceCode


@dataclass(frozen=True, slots=True)
class Match:
    """One reading of a name as written. ``score`` is 0..1, 1 for an official name written in full.

    ``why`` is a sentence for a person (曾用名：九龙镇汤村村), ``written`` the text that was understood.
    """

    code: PlaceCode
    name: str
    level: Level
    town: str
    why: str
    score: float
    written: str
