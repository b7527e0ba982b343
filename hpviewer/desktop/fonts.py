"""A family that really has the characters of our texts: installed, or the bundled one.

Names are only a preference: a family counts when its glyphs are there. Many offices' Linux PCs have only a
fallback font without Latin letters of its own or without a bold weight, which is why any font that happens to
hold Chinese is the last resort.
"""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase, QRawFont

from hpviewer import paths

# Rare characters of place names here (the pu of the district, xian, jing, dang, luo), the brackets of document
# numbers, units, Latin and digits, as code points: what a reduced font misses first.
_NEEDED = (
    0x57D4, 0x66B9, 0x8FF3, 0x6C39, 0x841D, 0x6D8C, 0x83BA,
    0x3014, 0x3015, 0x300C, 0x3007, 0x33A1, 0x00B7, 0x2026,
    0x41, 0x7A, 0x30, 0x39,
)  # fmt: skip

_PREFERRED = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "PingFang SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "HarmonyOS Sans SC",
    "MiSans",
    "WenQuanYi Micro Hei",
)

_BUNDLED = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")


def covers(family: str) -> bool:
    """Whether the family itself, without Qt's fallbacks, has every character we need."""
    raw = QRawFont.fromFont(QFont(family))
    return (
        raw.isValid() and raw.familyName() == family and all(raw.supportsCharacter(code) for code in _NEEDED)
    )


def load_bundled() -> str:
    """The family of the bundled font, made known to Qt; empty when the package build has not brought it."""
    family = ""
    for name in _BUNDLED:
        file = paths.built() / "web" / "fonts" / name
        if file.is_file():
            number = QFontDatabase.addApplicationFont(str(file))
            loaded = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
            family = family or (loaded[0] if loaded else "")
    return family


def interface_family() -> str:
    """The family for the whole interface; empty to leave the choice to Qt."""
    installed = set(QFontDatabase.families())
    for family in _PREFERRED:
        if family in installed and covers(family):
            return family
    bundled = load_bundled()
    if bundled:
        return bundled
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return next((family for family in chinese if covers(family)), "")
