"""The charts' palette repeats tokens of the theme, which charting cannot import: they must not drift apart."""

from __future__ import annotations

import tomllib

import pytest

from hpviewer import paths
from hpviewer.charting.palette import DARK, LIGHT, Palette


@pytest.mark.parametrize(("mode", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_the_palette_is_the_themes(mode: str, palette: Palette) -> None:
    style = paths.resources() / "style" / "tokens.toml"
    tokens = tomllib.loads(style.read_text(encoding="utf-8"))[mode]
    assert palette == Palette(
        bar=tokens["map_4"],
        bar_hover=tokens["accent"],
        text=tokens["text"],
        text_muted=tokens["text_muted"],
        line=tokens["border"],
        ground=tokens["surface"],
    )
