"""Running text as names are looked for in it, with the way back to the text's own positions."""

from __future__ import annotations

import unicodedata

from hpviewer.places.normalise import simplified


class FlatText:
    """``characters``: plain, Simplified, small, without the spaces inside Chinese words; separators and line
    ends stay, because a name does not reach across them."""

    def __init__(self, text: str) -> None:
        plain: list[str] = []
        positions: list[int] = []
        for at, character in enumerate(text):
            if character < "\u0080":
                if (
                    character in " \t"
                    and plain
                    and plain[-1] >= "\u4e00"
                    and text[at + 1 : at + 2] >= "\u4e00"
                ):
                    continue
                plain.append(character.lower())
                positions.append(at)
                continue
            if "\u4e00" <= character <= "\u9fff":
                plain.append(character)
                positions.append(at)
                continue
            if character in "\u3000\u00a0\u200b\ufeff" and plain and plain[-1] >= "\u4e00":
                continue
            for one in unicodedata.normalize("NFKC", character).lower():
                plain.append(one)
                positions.append(at)
        self.characters = simplified("".join(plain))
        self._positions = positions

    def original(self, at: int) -> int:
        """Position in the text that was given of the character at ``at``."""
        return self._positions[at]
