"""The Debian package's frame around a bundle of one script: fields, files, installing, updating, removing.

The real bundle takes minutes: `bash packaging/build.sh check` builds it, installs it in a clean Debian and uses it. Run
that when packaging/, constraints or dependencies change.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGING = ROOT / "packaging"
SCRIPTS = [
    "build.sh",
    "check_deb.sh",
    "install.sh",
    "portable_python.sh",
    "run.sh",
    "test.sh",
    "debian/postinst",
    "debian/postrm",
]

needs_dpkg = pytest.mark.skipif(not shutil.which("dpkg-deb"), reason="no dpkg on this system")


def run(*words: str | Path, **environment: str) -> str:
    done = subprocess.run(
        [str(word) for word in words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "LC_ALL": "C.UTF-8", **environment},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("package")
    bundle = folder / "bundle"
    (bundle / "_internal").mkdir(parents=True)
    (bundle / "hpviewer").write_text("#!/bin/sh\necho started\n")
    (bundle / "hpviewer").chmod(0o700)
    (bundle / "_internal" / "libxcb-cursor.so.0").write_text("carried")
    out = folder / "hpviewer.deb"
    run("bash", PACKAGING / "build.sh", "pack", bundle, out)
    return out


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_are_well_formed(name: str) -> None:
    shell = "bash" if name.endswith(".sh") else "sh"
    run(shell, "-n", PACKAGING / name)


@needs_dpkg
def test_fields(package: Path) -> None:
    fields = dict(
        re.findall(
            r"^ ?(Package|Version|Depends|Installed-Size): (.*)$", run("dpkg-deb", "-f", package), re.M
        )
    )
    version = re.search(r'"(.*)"', (ROOT / "hpviewer/__init__.py").read_text().split("__version__")[1])
    assert version
    assert fields["Package"] == "hpviewer"
    assert fields["Version"] == version[1]
    depends = fields["Depends"].split(", ")
    assert "libasound2t64 | libasound2" in depends
    assert "libnss3" in depends
    assert not [name for name in depends if "libxcb-cursor" in name], "the bundle carries it"
    assert not [field for field in depends if "@" in field]


@needs_dpkg
def test_files_belong_to_root_and_all_may_read(package: Path) -> None:
    lines = run("dpkg-deb", "-c", package).splitlines()
    assert [line for line in lines if " root/root " not in line] == []
    assert [
        line for line in lines if not re.match(r"(drwxr-xr-x|-rwxr-xr-x|-rw-r--r--|lrwxrwxrwx) ", line)
    ] == []
    names = {line.split(None, 5)[5].split(" -> ")[0] for line in lines}
    assert {
        "./opt/hpviewer/hpviewer",
        "./usr/bin/hpviewer",
        "./usr/share/applications/hpviewer.desktop",
        "./usr/share/applications/hpviewer-open.desktop",
        "./usr/share/mime/packages/hpviewer.xml",
        "./usr/share/icons/hicolor/scalable/apps/hpviewer.svg",
        "./usr/share/doc/hpviewer/INSTALL.md",
        "./usr/share/doc/hpviewer/copyright",
    } <= names


@needs_dpkg
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="dpkg wants root")
def test_install_update_remove(package: Path, tmp_path: Path) -> None:
    """In a root of its own; the maintainer scripts run for it."""
    system = tmp_path / "system"
    admin = system / "var/lib/dpkg"
    for folder in ("info", "updates", "triggers"):
        (admin / folder).mkdir(parents=True)
    (admin / "status").touch()
    kept = system / "home/clerk/.local/share/hpviewer/catalogue.gpkg"
    kept.parent.mkdir(parents=True)
    kept.write_text("mine")
    dpkg = (
        "dpkg", f"--root={system}", "--force-depends", "--force-script-chrootless", "--no-triggers",
        f"--log={tmp_path / 'log'}",
    )  # fmt: skip
    run(*dpkg, "-i", package)
    assert run(system / "opt/hpviewer/hpviewer") == "started\n"
    assert os.readlink(system / "usr/bin/hpviewer") == "/opt/hpviewer/hpviewer"
    run(*dpkg, "-i", package)
    run(*dpkg, "--purge", "hpviewer")
    left = {p.relative_to(system).as_posix() for p in system.rglob("*") if p.is_file() or p.is_symlink()}
    assert {name for name in left if not name.startswith("var/lib/dpkg/")} == {
        "home/clerk/.local/share/hpviewer/catalogue.gpkg"
    }
    assert kept.read_text() == "mine"
