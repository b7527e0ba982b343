"""Where the rendered map page lies, so that starting the window does not render it (and import folium).

The package build renders it into ``build/bundled/map``. After a change of the page's sources in a
checkout, or where nothing was built, it is rendered once into the user's cache.
"""

from __future__ import annotations

import shutil
import tempfile
import zlib
from pathlib import Path

from hpviewer import paths, wording

STAMP = "stamp.txt"
ALL_CHARACTERS = "U+0-10FFFF"
"""Stands in the style sheet for those of the font of names."""


def build_page(folder: Path) -> None:
    """Render the page into this folder (made when missing): index.html, page.js, parts.js, parts.css, stamp.

    Imports folium, about two seconds. The stamp is written last: a folder without it is not finished.
    """
    from importlib.metadata import version

    from hpviewer.mapping.names_font import write_names_fonts
    from hpviewer.mapping.page import PARTS_SCRIPT, PARTS_STYLE, SCRIPTS, STYLES, render_page

    folder.mkdir(parents=True, exist_ok=True)
    (folder / STAMP).unlink(missing_ok=True)
    characters = write_names_fonts(folder)
    page = render_page("names.ttf" if characters else "")
    (folder / "index.html").write_text(page.html, encoding="utf-8", newline="\n")
    (folder / "page.js").write_text(page.script, encoding="utf-8", newline="\n")
    web = paths.resources() / "web" / "map"
    styles = STYLES if characters else STYLES[1:]
    for target, names in ((PARTS_SCRIPT, SCRIPTS), (PARTS_STYLE, styles)):
        joined = "\n".join((web / name).read_text(encoding="utf-8") for name in names)
        joined = joined.replace(ALL_CHARACTERS, characters or ALL_CHARACTERS)
        (folder / target).write_text(joined, encoding="utf-8", newline="\n")
    (folder / STAMP).write_text(f"{source_hash()}\nfolium {version('folium')}\n", encoding="utf-8")


def page_folder() -> Path:
    """A folder with the page as its sources are now; renders it when there is none."""
    stamp = source_hash()
    built = paths.built() / "map"
    if _fits(built, stamp):
        return built
    cached = paths.user_cache() / f"map-{stamp}"
    if not _fits(cached, stamp):
        _build_aside(cached)
    return cached


def source_hash() -> str:
    """Of everything that the rendered page depends on, except folium's own version."""
    digest = 0  # notices an edit; nobody forges it, and hashlib would load OpenSSL on the way of the start
    for file in (*_own_sources(), *_web_files()):
        digest = zlib.crc32(
            file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0", digest
        )
    return f"{digest:08x}"


def _fits(folder: Path, stamp: str) -> bool:
    try:
        return (folder / STAMP).read_text(encoding="utf-8").split("\n", 1)[0] == stamp
    except OSError:
        return False


def _build_aside(target: Path) -> None:
    """Build in a folder of its own and move it into place: a second window sees all of it or nothing."""
    target.parent.mkdir(parents=True, exist_ok=True)
    for old in target.parent.glob("map-*"):
        shutil.rmtree(old, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix="new-map-", dir=target.parent))
    try:
        build_page(work / "page")
        try:
            (work / "page").rename(target)
        except OSError:
            if not _fits(target, source_hash()):  # else another window was faster
                raise
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _own_sources() -> list[Path]:
    texts = paths.resources() / "i18n" / wording.LANGUAGE / "mapping.toml"
    here = Path(__file__)
    return [here, here.with_name("page.py"), here.with_name("names_font.py"), texts]


def _web_files() -> list[Path]:
    folder = paths.resources() / "web" / "map"
    return sorted(file for file in folder.iterdir() if file.suffix in {".js", ".css"})
