"""One key under which a place is found, and how that key relates to the place."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from hpviewer.places.place import PlaceCode


class NameForm(StrEnum):
    """Order is rank: an earlier form says more surely that the place was meant."""

    OFFICIAL = "official"
    """As the statistics bureau lists it: 文冲社区居民委员会."""
    SHOWN = "shown"
    """As the window shows it: 文冲社区, 文冲街道."""
    SHORT = "short"
    """Shortened but with a suffix that tells the level: 文冲街, 文冲居委会, 文冲街道办事处."""
    VILLAGE = "village"
    """A community called by the village it was: 文冲村, 黄陂村民委员会."""
    STEM = "stem"
    """Without suffix: 文冲. Town and community may share it."""
    ALIAS = "alias"
    """The same name written with another character or shortened by custom: 佛朗, 汤村."""
    FORMER_NAME = "former_name"
    """A town's earlier name: 九龙镇, 东区街道."""
    FORMER_TOWN = "former_town"
    """A community under the town it belonged to: 钟落潭镇埔心村. The key has no district."""
    AREA = "area"
    """A natural village, project area, co-operative or estate inside the community: 元贝."""
    PINYIN = "pinyin"
    INITIALS = "initials"

    @property
    def rank(self) -> int:
        return _RANK[self]

    @property
    def is_written(self) -> bool:
        """Chinese characters, not a way of typing them."""
        return self not in (NameForm.PINYIN, NameForm.INITIALS)


_RANK = {form: number for number, form in enumerate(NameForm)}


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One row of the name index.

    ``key`` is normalise()d and what lookups compare with; ``written`` the name as people write it (for
    pinyin and initials the name that is spelt). ``detail`` holds what the reason for a match needs, joined
    by "|": FORMER_NAME and FORMER_TOWN "relation|former|year|source", AREA "kind|source", ALIAS "source",
    else "". Several places may share a key and a place has many keys; (key, code, form) is unique.
    """

    key: str
    code: PlaceCode
    written: str
    form: NameForm
    detail: str = ""
