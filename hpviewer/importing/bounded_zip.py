"""Opening a zip container (docx, xlsx, zipped shapes) from an unknown hand without running out of memory.

A 289 KB xlsx can unpack to 868 MB, and the libraries that read these files unpack without asking. So the container is
measured first: file size, number of members, sizes as declared, and then the real size of each member, unpacked in small
pieces that are thrown away. What passes may be handed to python-docx or calamine.

Limits of ``OFFICE``: file 32 MB, 2,000 members, 24 MB per member, 96 MB together, 200 times the packed size (members
under 1 MB may exceed that: empty sheets pack well), archives nested at most 2 deep, and per XML part 400,000 tags and
1,000,000 attributes (a parsed element costs about 120 bytes, however short it was written) and no DTD.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from hpviewer.errors import InputError
from hpviewer.wording import say

_MB = 1024 * 1024
_CHUNK = 64 * 1024
_END = b"PK\x05\x06"
_END_SIZE = 22
_ZIP64_LOCATOR = b"PK\x06\x07"
_DIRECTORY_BYTES_PER_MEMBER = 512


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; ``ratio`` is unpacked to packed size and counts for members above ``ratio_from`` bytes."""

    file_size: int = 32 * _MB
    members: int = 2_000
    member_size: int = 24 * _MB
    total_size: int = 96 * _MB
    ratio: int = 200
    ratio_from: int = _MB
    nesting: int = 2
    xml_tags: int = 400_000
    xml_attributes: int = 1_000_000


OFFICE = Limits()


@dataclass(frozen=True, slots=True)
class Contents:
    """Member names with their real unpacked sizes."""

    sizes: dict[str, int]

    def __contains__(self, name: str) -> bool:
        return name in self.sizes


Take = Callable[[bytes], None]


def _unwatched(name: str) -> Take | None:
    return None


def inspect(
    source: Path | bytes, limits: Limits = OFFICE, watch: Callable[[str], Take | None] = _unwatched
) -> Contents:
    """Measure a container completely. InputError, with a sentence, when it is damaged, locked or over a limit.

    ``watch`` gives for a member, by its name, who wants to see its pieces on the way, or None: unpacking costs more
    than looking. It must not raise and must not rely on what it saw until this has returned.
    """
    with _opened(source, limits) as stream:
        return _inspect(stream, limits, depth=0, spent=[0], watch=watch)


def read_member(source: Path | bytes, name: str, limits: Limits = OFFICE) -> bytes:
    """One member, unpacked, never more than ``limits.member_size`` bytes. Call ``inspect`` first."""
    with _opened(source, limits) as stream, zipfile.ZipFile(stream) as archive:
        return b"".join(pieces(stream, archive.getinfo(name), limits))


def pieces(stream: BinaryIO, member: zipfile.ZipInfo, limits: Limits = OFFICE) -> Iterator[bytes]:
    """The member in pieces of at most 64 KB. Refuses more than the declared size, whatever the header claims."""
    if member.flag_bits & 0x1:
        raise _refusal(say("bounded_zip.encrypted", name=member.filename))
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise _refusal(say("bounded_zip.method", name=member.filename))
    if member.file_size > limits.member_size:
        raise _refusal(say("bounded_zip.member_size", name=member.filename, limit=limits.member_size // _MB))
    stream.seek(member.header_offset)
    header = stream.read(30)
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise _damaged()
    stream.seek(
        int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"), io.SEEK_CUR
    )
    produced = 0
    for piece in _unpacked(stream, member):
        produced += len(piece)
        if produced > member.file_size:
            raise _refusal(say("bounded_zip.lies", name=member.filename))
        yield piece
    if produced != member.file_size:
        raise _damaged()


def _unpacked(stream: BinaryIO, member: zipfile.ZipInfo) -> Iterator[bytes]:
    left = member.compress_size
    unpack = zlib.decompressobj(-15) if member.compress_type == zipfile.ZIP_DEFLATED else None
    while left > 0:
        packed = stream.read(min(_CHUNK, left))
        if not packed:
            raise _damaged()
        left -= len(packed)
        if unpack is None:
            yield packed
            continue
        more = True
        while more:
            try:
                piece = unpack.decompress(packed, _CHUNK)
            except zlib.error as problem:
                raise _damaged() from problem
            packed = unpack.unconsumed_tail
            more = not unpack.eof and (bool(packed) or len(piece) == _CHUNK)
            if piece:
                yield piece
        if unpack.eof:
            break
    if unpack is not None and not unpack.eof:
        raise _damaged()


def _opened(source: Path | bytes, limits: Limits) -> BinaryIO:
    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    if size > limits.file_size:
        raise _refusal(say("bounded_zip.file_size", size=size // _MB, limit=limits.file_size // _MB))
    return io.BytesIO(source) if isinstance(source, bytes) else source.open("rb")


def _inspect(
    stream: BinaryIO,
    limits: Limits,
    depth: int,
    spent: list[int],
    watch: Callable[[str], Take | None] = _unwatched,
) -> Contents:
    _check_directory(stream, limits)
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, UnicodeDecodeError) as problem:
        raise _damaged() from problem
    members = archive.infolist()
    if len(members) > limits.members:
        raise _refusal(say("bounded_zip.members", count=len(members), limit=limits.members))
    if sum(each.file_size for each in members) + spent[0] > limits.total_size:
        raise _refusal(say("bounded_zip.total_size", limit=limits.total_size // _MB))
    _check_overlap(members)
    sizes: dict[str, int] = {}
    for member in members:
        if member.file_size > limits.ratio_from and member.file_size > limits.ratio * max(
            member.compress_size, 1
        ):
            raise _refusal(say("bounded_zip.ratio", name=member.filename, limit=limits.ratio))
        sizes[member.filename] = _measure(stream, member, limits, depth, spent, watch(member.filename))
    return Contents(sizes)


def _check_directory(stream: BinaryIO, limits: Limits) -> None:
    """The list of members itself, before zipfile builds an object of 500 bytes for each entry of it."""
    end = stream.seek(0, io.SEEK_END)
    start = max(0, end - _END_SIZE - 0xFFFF)
    stream.seek(start)
    tail = stream.read()
    found = tail.rfind(_END)
    if found < 0 or len(tail) - found < _END_SIZE:
        raise _damaged()
    directory = int.from_bytes(tail[found + 12 : found + 16], "little")
    count = int.from_bytes(tail[found + 10 : found + 12], "little")
    if _ZIP64_LOCATOR in tail[max(0, found - 20) : found] or directory == 0xFFFFFFFF:
        raise _refusal(say("bounded_zip.zip64"))
    if count > limits.members or directory > limits.members * _DIRECTORY_BYTES_PER_MEMBER:
        raise _refusal(say("bounded_zip.members", count=count, limit=limits.members))


def _check_overlap(members: list[zipfile.ZipInfo]) -> None:
    """Members that share their packed bytes unpack to far more than the file holds."""
    end = 0
    for member in sorted(members, key=lambda each: each.header_offset):
        if member.header_offset < end:
            raise _refusal(say("bounded_zip.overlap"))
        end = member.header_offset + 30 + len(member.filename) + member.compress_size


def _measure(
    stream: BinaryIO,
    member: zipfile.ZipInfo,
    limits: Limits,
    depth: int,
    spent: list[int],
    take: Take | None,
) -> int:
    size = 0
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    # no member has more tags than bytes, and none unpacks to more than it declares
    may_exceed = member.file_size > min(2 * limits.xml_tags, limits.xml_attributes)
    kept: list[bytes] | None = None
    tags = attributes = 0
    last = b""
    for piece in pieces(stream, member, limits):
        if size == 0 and piece.startswith(b"PK\x03\x04"):
            if depth >= limits.nesting:  # before it is kept in memory
                raise _refusal(say("bounded_zip.nesting", limit=limits.nesting))
            kept = []
        size += len(piece)
        spent[0] += len(piece)
        if spent[0] > limits.total_size:
            raise _refusal(say("bounded_zip.total_size", limit=limits.total_size // _MB))
        if kept is not None:
            kept.append(piece)
        if take is not None:
            take(piece)
        if is_xml:
            if may_exceed:
                tags += piece.count(b"<")
                attributes += piece.count(b"=")
            if b"!" in piece or b"!" in last:  # one letter is found ten times as fast as two
                joined = last + piece
                if b"<!DOCTYPE" in joined or b"<!ENTITY" in joined:
                    raise _refusal(say("bounded_zip.dtd", name=member.filename))
            if tags > 2 * limits.xml_tags or attributes > limits.xml_attributes:  # "<" opens and closes
                raise _refusal(say("bounded_zip.xml", name=member.filename))
            last = piece[-16:]
    if kept is not None:
        _inspect(io.BytesIO(b"".join(kept)), limits, depth + 1, spent)
    return size


def _refusal(message: str) -> InputError:
    return InputError(message, say("bounded_zip.next_step"))


def _damaged() -> InputError:
    return InputError(say("bounded_zip.damaged"), say("bounded_zip.damaged_next_step"))
