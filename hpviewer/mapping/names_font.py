"""A small font with just the characters of the map, for PCs on which no Chinese font is installed.

The whole bundled font has 10 MB: the page's first names then come 250 to 600 ms later (measured on two cores).
This part of it has about 100 KB. Characters it lacks, in data imported later, come from the whole font.
"""

from __future__ import annotations

import string
from pathlib import Path

from hpviewer import paths, wording

_TABLES_LEFT_OUT = ["BASE", "GPOS", "GSUB", "vhea", "vmtx"]  # for vertical text and typographic variants


def write_names_font(target: Path) -> bool:
    """Cut the font to the characters of the bundled places, stations and texts (half a second).

    False, and no file, where the package build has not brought the font or fontTools is not installed: the page
    then uses the whole font.
    """
    whole = paths.built() / "web" / "fonts" / "NotoSansSC-Regular.ttf"
    try:
        from fontTools import subset  # type: ignore[import-untyped]
    except ImportError:
        return False
    if not whole.is_file():
        return False
    options = subset.Options(hinting=False, layout_features=[])
    options.drop_tables += _TABLES_LEFT_OUT
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(_characters())))
    with subset.load_font(str(whole), options) as font:
        subsetter.subset(font)
        subset.save_font(font, str(target), options)
    return True


def _characters() -> set[str]:
    texts = paths.resources() / "i18n" / wording.LANGUAGE
    files = [
        *(paths.data() / "places").glob("*.csv"),
        *(paths.data() / "basemap").glob("*.csv"),
        texts / "mapping.toml",
        texts / "desktop_map.toml",
    ]
    return set(string.printable).union(*(file.read_text(encoding="utf-8") for file in files))
