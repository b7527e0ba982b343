"""Reading a data pack from an unknown hand. Nothing in it decides where anything is written."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import dataclass
from pathlib import Path

from hpviewer.cancelling import Wanted, always
from hpviewer.catalogue.pack_manifest import MANIFEST, SIGNATURE, PackManifest, PackPart, decoded
from hpviewer.errors import CancelledError, InputError
from hpviewer.importing.bounded_zip import Limits, inspect, pieces, read_member
from hpviewer.wording import say

_MB = 1024 * 1024
LIMITS = Limits(
    file_size=2048 * _MB, members=16, member_size=3072 * _MB, total_size=4000 * _MB, ratio=100, nesting=0
)
"""A catalogue of a million records has 1.2 GB and packs to a fifth."""
_TEXTS = Limits(file_size=LIMITS.file_size, members=LIMITS.members, member_size=_MB)
"""For manifest and signature, which are read whole."""


@dataclass(frozen=True, slots=True)
class PackFile:
    """A pack whose container is sound; its parts are not compared with their sums yet.

    ``content`` is the manifest as it stands in the file, ``signature`` the text of a minisign signature of it.
    """

    path: Path
    manifest: PackManifest
    content: bytes
    signature: str | None


def open_pack(path: Path, schema: int, limits: Limits = LIMITS) -> PackFile:
    """``schema`` is the newest version of the catalogue's tables that this program reads. InputError, with a
    sentence, for anything that is not a whole pack of ours: damaged, over a limit, with members besides the
    manifest's parts (absolute names and .. are among them), without one of them, or of a newer program."""
    if not path.is_file():
        raise InputError(say("importing_pack.missing", file=path), say("importing_pack.missing_next"))
    try:
        inspect(path, limits)
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            sizes = {member.filename: member.file_size for member in archive.infolist()}
        content = read_member(path, MANIFEST, _TEXTS) if MANIFEST in sizes else None
        signature = read_member(path, SIGNATURE, _TEXTS) if SIGNATURE in sizes else None
    except OSError as problem:
        raise InputError(
            say("importing_pack.unreadable", file=path), say("importing_pack.unreadable_next")
        ) from problem
    except InputError as problem:
        # of the container: what to do about a document does not fit a pack
        raise InputError(
            say("importing_pack.refused", file=path.name, why=problem.message), say("catalogue.pack.bad_next")
        ) from problem
    if content is None:
        raise InputError(say("catalogue.pack.not_ours"), say("catalogue.pack.not_ours_next"))
    manifest = decoded(content, schema)
    expected = {MANIFEST, *(part.name for part in manifest.parts)}
    foreign = [name for name in names if name not in expected | {SIGNATURE}]
    if foreign or len(set(names)) != len(names):
        name = foreign[0] if foreign else next(name for name in names if names.count(name) > 1)
        raise InputError(
            say("importing_pack.foreign", file=path.name, name=name[:80]), say("catalogue.pack.bad_next")
        )
    for part in manifest.parts:
        if part.name not in sizes:
            raise InputError(
                say("importing_pack.no_part", file=path.name, name=part.name), say("catalogue.pack.bad_next")
            )
        if sizes[part.name] != part.size:
            raise _wrong(path, part)
    text = None if signature is None else signature.decode("utf-8", "replace")
    return PackFile(path, manifest, content, text)


def unpack_part(pack: PackFile, part: PackPart, target: Path, wanted: Wanted = always) -> None:
    """Write one part to ``target`` and compare it with its sum. After any failure there is no ``target``.

    InputError for a part that is not what the manifest says, or without room on the disk.
    """
    digest = hashlib.sha256()
    try:
        with pack.path.open("rb") as stream, target.open("xb") as out:
            with zipfile.ZipFile(pack.path) as archive:
                member = archive.getinfo(part.name)
            for piece in pieces(stream, member, LIMITS):
                if not wanted():
                    raise CancelledError("")
                digest.update(piece)
                out.write(piece)
        if digest.hexdigest() != part.sha256:
            raise _wrong(pack.path, part)
    except OSError as problem:
        target.unlink(missing_ok=True)
        raise InputError(
            say("importing_pack.no_room", file=pack.path.name, folder=target.parent),
            say("importing_pack.no_room_next", size=-(-part.size // _MB)),
        ) from problem
    except (KeyError, zipfile.BadZipFile) as problem:  # exchanged since it was opened
        target.unlink(missing_ok=True)
        raise _wrong(pack.path, part) from problem
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _wrong(path: Path, part: PackPart) -> InputError:
    return InputError(
        say("importing_pack.wrong_part", file=path.name, name=part.name), say("catalogue.pack.bad_next")
    )
