"""Tokens, light and dark, icons, fonts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hpviewer import paths
from hpviewer.desktop.fonts import covers, interface_family
from hpviewer.desktop.icons import application_icon, icon
from hpviewer.desktop.theme import Theme

TOKENS = tomllib.loads((paths.resources() / "style" / "tokens.toml").read_text(encoding="utf-8"))
ICONS = sorted(file.stem for file in (paths.resources() / "icons").glob("*.svg"))


def luminance(colour: QColor) -> float:
    """Relative luminance of WCAG 2."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.getRgbF()[:3]]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(QColor(one)), luminance(QColor(other))), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_text_can_be_read_on_its_ground(mode: str) -> None:
    tokens = TOKENS[mode]
    for text in ("text", "text_muted", "accent", "warn", "ok"):
        for ground in ("surface", "surface_alt"):
            assert contrast(tokens[text], tokens[ground]) >= 4.5, (text, ground)
    for text, ground in (("accent", "accent_soft"), ("on_accent", "accent"), ("text", "warn_soft")):
        assert contrast(tokens[text], tokens[ground]) >= 4.5, (text, ground)
    for edge in ("select", "accent"):
        assert contrast(tokens[edge], tokens["surface"]) >= 3, edge


def test_both_modes_name_the_same_colours() -> None:
    assert TOKENS["light"].keys() == TOKENS["dark"].keys()
    for mode in ("light", "dark"):
        assert all(re.fullmatch(r"#[0-9a-f]{6}", value) for value in TOKENS[mode].values())


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_map_sequence_goes_one_way(mode: str) -> None:
    steps = [luminance(QColor(TOKENS[mode][f"map_{number}"])) for number in range(6)]
    assert steps == sorted(steps, reverse=mode == "light")


def test_dark_and_light_by_override(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(qapp, Qt.ColorScheme.Light)
    light = qapp.styleSheet()
    assert not theme.dark
    with qtbot.waitSignal(theme.changed):
        theme.follow(Qt.ColorScheme.Dark)
    assert theme.dark
    assert theme.token("surface") == TOKENS["dark"]["surface"] == theme.tokens()["surface"]
    assert qapp.styleSheet() != light
    assert qapp.palette().color(QPalette.ColorRole.Base) == QColor(TOKENS["dark"]["surface"])
    with qtbot.assertNotEmitted(theme.changed):
        theme.follow(Qt.ColorScheme.Dark)
    theme.follow(Qt.ColorScheme.Light)
    assert qapp.styleSheet() == light
    theme.deleteLater()


def test_follows_the_desktop(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(qapp)
    assert theme.dark == (qapp.styleHints().colorScheme() == Qt.ColorScheme.Dark)
    with pytest.raises(KeyError):
        theme.token("no such colour")
    theme.deleteLater()


def test_the_style_sheet_names_files_that_exist(qapp: QApplication) -> None:
    for scheme in (Qt.ColorScheme.Light, Qt.ColorScheme.Dark):
        theme = Theme(qapp, scheme)
        named = re.findall(r"url\(([^)]*)\)", qapp.styleSheet())
        assert named
        assert [path for path in named if not Path(path).is_file()] == []
        theme.deleteLater()


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_draws_something_sharp_at_each_scale(qapp: QApplication, name: str) -> None:
    drawn = icon(name, "#1f6f8b")
    for scale in (1, 2, 3):
        image = drawn.pixmap(QSize(16, 16), float(scale)).toImage()
        assert image.width() == 16 * scale
        points = [(x, y) for x in range(image.width()) for y in range(image.height())]
        assert any(image.pixelColor(x, y).alpha() > 128 for x, y in points)


def test_the_application_icon_has_the_sizes_that_desktops_ask_for(qapp: QApplication) -> None:
    assert {size.width() for size in application_icon().availableSizes()} >= {16, 32, 48, 256}


def test_a_font_counts_by_its_glyphs(qapp: QApplication) -> None:
    assert not covers("no such family")
    systems = QFontDatabase.WritingSystem
    chinese = set(QFontDatabase.families(systems.SimplifiedChinese))
    latin_only = [family for family in QFontDatabase.families(systems.Latin) if family not in chinese]
    assert not any(covers(family) for family in latin_only)
    family = interface_family()
    assert family == "" or covers(family)
    if (paths.built() / "web" / "fonts" / "NotoSansSC-Regular.ttf").is_file():
        assert family, "with the bundled font there is always one"
