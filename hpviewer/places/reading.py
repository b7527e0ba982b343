"""How names are read aloud: the district's own readings first, then a general dictionary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache


class Readings:
    """``table`` maps a name to its syllables (长洲 -> chang, zhou); the longest name inside a text wins."""

    def __init__(self, table: Mapping[str, Sequence[str]]) -> None:
        self._table = {name: tuple(syllables) for name, syllables in table.items()}
        self._lengths = sorted({len(name) for name in table}, reverse=True)

    def syllables(self, text: str) -> list[str]:
        """One syllable without tone for each Chinese character; other runs stay one piece, as written."""
        found: list[str] = []
        start = at = 0
        while at < len(text):
            name = next((text[at : at + n] for n in self._lengths if text[at : at + n] in self._table), None)
            if name is None:
                at += 1
                continue
            found += _dictionary(text[start:at])
            found += self._table[name]
            start = at = at + len(name)
        return [*found, *_dictionary(text[start:])]


@lru_cache(maxsize=4096)
def _dictionary(text: str) -> tuple[str, ...]:
    if not text:
        return ()
    import pypinyin  # here: 200 ms that only building a catalogue pays

    return tuple(pypinyin.lazy_pinyin(text))


@lru_cache(maxsize=1024)
def sounds(character: str) -> frozenset[str]:
    """All readings of one character, without tone."""
    import pypinyin  # here: 200 ms, paid only by the first name that is written wrongly

    return frozenset(pypinyin.pinyin(character, style=pypinyin.Style.NORMAL, heteronym=True)[0])
