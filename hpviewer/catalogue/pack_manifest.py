"""What a data pack says of itself: `manifest.json`, the part of it that is signed."""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from hpviewer.errors import InputError
from hpviewer.wording import say

FORMAT = "hpviewer-pack"
FORMAT_VERSION = 1
SUFFIX = ".hppack"
MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.minisig"
CATALOGUE = "catalogue.gpkg"
_PART_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class PackPart:
    """``size`` in bytes, ``sha256`` in hexadecimal."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PackCounts:
    records: int
    towns: int
    communities: int
    projects: int
    policies: int


@dataclass(frozen=True, slots=True)
class PackManifest:
    """``made`` is an ISO moment with its offset from UTC, ``schema`` the version of the catalogue's tables."""

    format: str
    format_version: int
    program: str
    schema: int
    made: str
    name: str
    data_date: str
    counts: PackCounts
    note: str
    parts: tuple[PackPart, ...]

    @property
    def catalogue(self) -> PackPart:
        return next(part for part in self.parts if part.name == CATALOGUE)


def encoded(manifest: PackManifest) -> bytes:
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2)


def decoded(text: bytes, schema: int) -> PackManifest:
    """InputError for what is no manifest, or needs a newer program: one that reads a higher format or ``schema``.

    Fields that this program does not know are passed over.
    """

    class Head(msgspec.Struct):
        format: str
        format_version: int

    try:
        head = msgspec.json.decode(text, type=Head)
        if head.format != FORMAT:
            raise InputError(say("catalogue.pack.not_ours"), say("catalogue.pack.not_ours_next"))
        if head.format_version > FORMAT_VERSION:
            raise InputError(
                say("catalogue.pack.newer_format", version=head.format_version, ours=FORMAT_VERSION),
                say("catalogue.pack.newer_next"),
            )
        manifest = msgspec.json.decode(text, type=PackManifest)
    except msgspec.DecodeError as problem:
        raise InputError(say("catalogue.pack.bad_manifest"), say("catalogue.pack.bad_next")) from problem
    if manifest.schema > schema:
        raise InputError(
            say(
                "catalogue.pack.newer_schema", version=manifest.schema, ours=schema, program=manifest.program
            ),
            say("catalogue.pack.newer_next"),
        )
    names = [part.name for part in manifest.parts]
    sound = all(
        _PART_NAME.fullmatch(part.name) and _SHA256.fullmatch(part.sha256) and part.size >= 0
        for part in manifest.parts
    )
    if not sound or CATALOGUE not in names or len(set(names)) != len(names):
        raise InputError(say("catalogue.pack.bad_manifest"), say("catalogue.pack.bad_next"))
    return manifest
