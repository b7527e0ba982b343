"""`hpviewer snapshot` as a process, and what its picture shows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage

from hpviewer import paths
from tests.helpers.catalogue import bundled_catalogue


def take(folder: Path, *words: str) -> QImage:
    out = folder / "shot.png"
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HPVIEWER_HOME": str(folder / "home")}
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        environment["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    done = subprocess.run(
        [
            *(sys.executable, "-m", "hpviewer", "snapshot", "--out", str(out), *words),
            *("--catalogue", str(bundled_catalogue(folder))),
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=55,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert [path.name for path in folder.glob("*.png")] == ["shot.png"]
    image = QImage(str(out))
    assert not image.isNull()
    return image


def colours(image: QImage, left: float, right: float) -> dict[str, int]:
    """How often each colour stands between two vertical lines (0..1 of the width), sampled at each 2nd pixel."""
    found: dict[str, int] = {}
    for x in range(int(image.width() * left), int(image.width() * right), 2):
        for y in range(0, image.height(), 2):
            name = image.pixelColor(x, y).name()
            found[name] = found.get(name, 0) + 1
    return found


def tokens(theme: str) -> dict[str, str]:
    import tomllib

    loaded = tomllib.loads((paths.resources() / "style" / "tokens.toml").read_text(encoding="utf-8"))
    return {name: QColor(value).name() for name, value in loaded[theme].items()}


def test_the_whole_district(tmp_path: Path) -> None:
    image = take(tmp_path)
    assert (image.width(), image.height()) == (1366, 768)
    look = tokens("light")
    on_the_map = colours(image, 0.17, 0.46)
    assert len(on_the_map) > 50, "text, lines and areas"
    for level in ("map_1", "map_2", "map_3", "map_4"):
        assert on_the_map.get(look[level], 0) > 300, level
    in_the_table = colours(image, 0.5, 1.0)
    assert in_the_table[look["surface"]] > 10_000
    assert len(in_the_table) > 100, "text in several colours, not an empty panel"
    assert in_the_table[look["accent_soft"]] > 1_000, "the first record is chosen"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_town_is_outlined(tmp_path: Path, scheme: str) -> None:
    words = ["--town", "龙湖", "--size", "1024x700", *(["--dark"] if scheme == "dark" else [])]
    image = take(tmp_path, *words)
    look = tokens(scheme)
    assert (image.width(), image.height()) == (1024, 700)
    assert colours(image, 0.2, 0.5).get(look["select"], 0) > 100, "the edge of the chosen town"
    assert image.pixelColor(512, 690).name() != image.pixelColor(300, 200).name()
