"""Writing a data pack: a zip with the manifest, its signature if there is one, and the parts."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Mapping
from pathlib import Path

from hpviewer.cancelling import Wanted, always
from hpviewer.catalogue.pack_manifest import MANIFEST, SIGNATURE
from hpviewer.errors import CancelledError
from hpviewer.exporting.atomic_file import replacing

_CHUNK = 1024 * 1024


def write_pack(
    target: Path,
    manifest: bytes,
    signature: str | None,
    parts: Mapping[str, Path],
    wanted: Wanted = always,
) -> None:
    """Whole or not at all. ``parts`` are the manifest's, by name; InputError as in ``replacing``."""
    with replacing(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, manifest)
        if signature is not None:
            archive.writestr(SIGNATURE, signature)
        for name, source in parts.items():
            entry = zipfile.ZipInfo(name, time.localtime()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            with source.open("rb") as content, archive.open(entry, "w") as member:
                while piece := content.read(_CHUNK):
                    if not wanted():
                        raise CancelledError("")
                    member.write(piece)
