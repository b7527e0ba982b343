"""Small fonts for the names on the map, for PCs on which no Chinese font is installed.

The whole bundled font has 10 MB: the page's first names then come 250 to 600 ms later (measured on two cores).
``names.ttf`` is the part of it that the bundled places and texts need, 100 KB; ``common.ttf``, with the 6,763
characters of GB 2312, is for places imported later, 2 MB. Characters that both lack come from the whole font.
"""

from __future__ import annotations

import string
from pathlib import Path

from hpviewer import paths, wording

_TABLES_LEFT_OUT = ["BASE", "GPOS", "GSUB", "vhea", "vmtx"]  # for vertical text and typographic variants


def write_names_fonts(folder: Path) -> str:
    """Cut the font (a second). Returns the characters of names.ttf as the style sheet's ``unicode-range``: for others
    the page then asks for the next font at once and not when this one has come.

    Empty, and no files, where the package build has not brought the font or fontTools is not installed: the page
    then uses the whole font.
    """
    whole = paths.built() / "web" / "fonts" / "NotoSansSC-Regular.ttf"
    try:
        import fontTools.subset  # type: ignore[import-untyped]  # noqa: F401
    except ImportError:
        return ""
    if not whole.is_file():
        return ""
    _cut(whole, folder / "common.ttf", _common())
    return _ranges(_cut(whole, folder / "names.ttf", _characters()))


def _cut(whole: Path, target: Path, characters: set[str]) -> list[int]:
    """The characters that the font has of these."""
    from fontTools import subset

    options = subset.Options(hinting=False, layout_features=[])
    options.drop_tables += _TABLES_LEFT_OUT
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(characters)))
    with subset.load_font(str(whole), options) as font:
        subsetter.subset(font)
        subset.save_font(font, str(target), options)
        return sorted(font.getBestCmap())


def _common() -> set[str]:
    rows, cells = range(0xB0, 0xF8), range(0xA1, 0xFF)
    return set(
        bytes(pair for row in rows for cell in cells for pair in (row, cell)).decode("gb2312", "ignore")
    )


def _ranges(numbers: list[int]) -> str:
    """U+20-7e, U+4e00 …: runs of successive characters."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"U+{first:x}" if first == last else f"U+{first:x}-{last:x}" for first, last in runs)


def _characters() -> set[str]:
    texts = paths.resources() / "i18n" / wording.LANGUAGE
    files = [
        *(paths.data() / "places").glob("*.csv"),
        *(paths.data() / "basemap").glob("*.csv"),
        texts / "mapping.toml",
        texts / "desktop_map.toml",
        *(paths.resources() / "web" / "map").glob("*.js"),  # the dash between two numbers of the legend
    ]
    return set(string.printable).union(*(file.read_text(encoding="utf-8") for file in files))
