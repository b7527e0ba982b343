"""Data packs: one file that carries a catalogue to another PC, looked at before it is taken, and taken back.

A pack is a zip of manifest.json, catalogue.gpkg and, where it is signed, manifest.json.minisig. Everything in it is
checked again each time it is opened: container, signature, sums, then the catalogue itself.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from hpviewer import __version__, paths
from hpviewer.cancelling import Wanted, always
from hpviewer.catalogue.access import is_read_only
from hpviewer.catalogue.backup import back_up, put_in_place
from hpviewer.catalogue.check import check_catalogue
from hpviewer.catalogue.former import Former, become_successor, clean_for_others, read_former
from hpviewer.catalogue.holdings import Holdings
from hpviewer.catalogue.items import ItemKind
from hpviewer.catalogue.kept_backups import keep_backup
from hpviewer.catalogue.migrations import migrate
from hpviewer.catalogue.pack_manifest import (
    CATALOGUE,
    FORMAT,
    FORMAT_VERSION,
    SUFFIX,
    PackCounts,
    PackManifest,
    PackPart,
    encoded,
)
from hpviewer.catalogue.reader import Reader
from hpviewer.catalogue.schema import SCHEMA_VERSION
from hpviewer.errors import CatalogueError, InputError, NotFoundError
from hpviewer.exporting.pack_file import write_pack
from hpviewer.importing.pack_file import PackFile, open_pack, unpack_part
from hpviewer.session.catalogue_difference import CatalogueDifference, compare_catalogues
from hpviewer.session.catalogue_merge import Kept, merge_catalogue, plan_merge
from hpviewer.session.pack_keys import read_public_key, read_secret_key, sign, signer, trusted_keys, verify
from hpviewer.session.settings import Settings, load_settings
from hpviewer.wording import say

__all__ = [
    "SUFFIX",
    "Former",
    "Mine",
    "PackDesk",
    "PackPreview",
    "PackSignature",
    "Packed",
    "Trust",
    "Unpacked",
]

_PREFIX = "pack-"
_FORGOTTEN = 24 * 3600
_STRANGE = (ValueError, TypeError, LookupError, AttributeError, AssertionError, msgspec.MsgspecError)


class Trust(StrEnum):
    UNSIGNED = "unsigned"
    UNCHECKED = "unchecked"
    """Signed, and no key is trusted yet that it could be compared with."""
    VERIFIED = "verified"


class Mine(StrEnum):
    """What becomes of the own catalogue."""

    KEEP = "keep"
    """It stays, and what the pack knows more comes in as a batch."""
    REPLACE = "replace"
    """The pack's takes its place; the own one is kept as a backup."""


@dataclass(frozen=True, slots=True)
class PackSignature:
    """``key`` is the name of the key that signed, or says it did; "" without a signature."""

    trust: Trust
    key: str


@dataclass(frozen=True, slots=True)
class PackPreview:
    """``difference`` is what replacing would change; ``added``, ``updated`` and ``items`` what keeping one's own
    would bring in: new records, changed records, and policies, reports, places and boundaries. ``kept`` is where
    both differ and one's own stays. ``digest`` tells this pack from another of the same name."""

    path: Path
    manifest: PackManifest
    signature: PackSignature
    difference: CatalogueDifference
    added: int
    updated: int
    items: int
    kept: tuple[Kept, ...]
    digest: str


@dataclass(frozen=True, slots=True)
class Packed:
    path: Path
    manifest: PackManifest
    key: str
    size: int


@dataclass(frozen=True, slots=True)
class Unpacked:
    """``batch`` is the number of the batch of Mine.KEEP, 0 when there was nothing to bring in; ``former`` the
    backup of Mine.REPLACE; ``kept`` counts what stayed one's own."""

    mine: Mine
    manifest: PackManifest
    batch: int = 0
    changes: int = 0
    kept: int = 0
    former: Path | None = None


class PackDesk:
    """Works on one catalogue; every method may take long.

    ``settings`` say by which keys packs must be signed and how many backups stay; asked each time. ``cache`` is the
    folder where packs are opened.
    """

    def __init__(
        self,
        catalogue: Path,
        settings: Callable[[], Settings] = lambda: load_settings().settings,
        *,
        cache: Path | None = None,
        now: Callable[[], dt.datetime] = dt.datetime.now,
    ) -> None:
        self.catalogue = catalogue
        self._settings = settings
        self._cache = cache or paths.user_cache()
        self._now = now

    # -- out -------------------------------------------------------------------------------------------

    def pack(self, target: Path, note: str = "", key: Path | None = None, wanted: Wanted = always) -> Packed:
        """The whole catalogue as one file, also while it is in use. ``key`` is the file of the secret key.

        Never overwrites. InputError, CatalogueError or CancelledError leave nothing behind.
        """
        if target.suffix.lower() != SUFFIX:
            target = target.with_name(f"{target.name}{SUFFIX}")
        if target.exists():
            raise InputError(say("catalogue.backup_exists", file=target), say("catalogue.backup_exists_next"))
        secret = read_secret_key(key) if key else None
        with self._folder() as folder:
            copy = folder / CATALOGUE
            back_up(self.catalogue, copy)
            clean_for_others(copy)
            manifest = self._manifest(copy, note)
            content = encoded(manifest)
            signature = sign(content, secret, f"{manifest.made} {target.name}") if secret else None
            write_pack(target, content, signature, {CATALOGUE: copy}, wanted)
        return Packed(target, manifest, secret.public.name if secret else "", target.stat().st_size)

    # -- in --------------------------------------------------------------------------------------------

    def preview(self, path: Path, key: str = "", wanted: Wanted = always) -> PackPreview:
        """What taking the pack would change. Changes nothing, and reads a read-only catalogue, too.

        ``key`` is a public key, as its line of text or the path of its file, by which the pack must be signed.
        InputError, with a sentence, when the pack is damaged, of a newer program or not signed as it must be.
        """
        pack, signature = self._opened(path, key)
        with self._unpacked(pack, wanted) as copy, Holdings(self.catalogue) as mine, Holdings(copy) as other:
            difference = compare_catalogues(mine, other, wanted)
            plan = plan_merge(mine, other, wanted)
            known = {raw[0] for raw in mine.raw_records()} if plan.records else set()
        added = sum(record.id not in known for record in plan.records)
        shown = sum(item.kind not in (ItemKind.LAYER, ItemKind.META) for item in plan.items)
        return PackPreview(
            path=path,
            manifest=pack.manifest,
            signature=signature,
            difference=difference,
            added=added,
            updated=len(plan.records) - added,
            items=shown,
            kept=plan.kept,
            digest=_digest(pack),
        )

    def unpack(
        self, path: Path, mine: Mine, key: str = "", wanted: Wanted = always, digest: str = ""
    ) -> Unpacked:
        """Take the pack, whole or not at all. ``digest`` is that of the preview which the user agreed to."""
        self._refuse_read_only()
        pack, _ = self._opened(path, key)
        if digest and digest != _digest(pack):
            raise InputError(
                say("session_packs.exchanged", file=path.name), say("session_packs.exchanged_next")
            )
        source = say("session_packs.source", file=path.name, date=pack.manifest.data_date)
        with self._unpacked(pack, wanted) as copy:
            if mine is Mine.KEEP:
                outcome = merge_catalogue(self.catalogue, copy, source, wanted)
                changes = len(outcome.changes) + outcome.items
                return Unpacked(mine, pack.manifest, outcome.batch, changes, len(outcome.kept))
            _read_through(copy)
            former = keep_backup(self.catalogue, "pack", self._settings().backups, self._now())
            try:
                become_successor(copy, former, self._moment(), source)
                put_in_place(copy, self.catalogue)
            except BaseException:
                former.unlink(missing_ok=True)
                raise
        return Unpacked(mine, pack.manifest, former=former)

    # -- back ------------------------------------------------------------------------------------------

    def former(self) -> Former | None:
        """The catalogue that a pack took the place of; also after a restart."""
        return read_former(self.catalogue)

    def undo(self) -> Former:
        """Put the former catalogue back. What took its place stays among the backups.

        NotFoundError when none was replaced or its backup is gone.
        """
        former = self.former()
        if former is None:
            raise NotFoundError(say("session_packs.no_former"), say("session_packs.no_former_next"))
        if not former.file.is_file():
            raise NotFoundError(
                say("session_packs.former_gone", file=former.file), say("session_packs.former_gone_next")
            )
        self._refuse_read_only()
        # one more than usual, so that the one which is put back is not the one that goes
        keep_backup(self.catalogue, "undo", self._settings().backups + 1, self._now())
        put_in_place(former.file, self.catalogue)
        migrate(self.catalogue)
        return former

    # -- inside ----------------------------------------------------------------------------------------

    def _refuse_read_only(self) -> None:
        """Before anything is read or backed up."""
        if is_read_only(self.catalogue):
            raise CatalogueError(
                say("catalogue.read_only", file=self.catalogue), say("catalogue.read_only_next")
            )

    def _opened(self, path: Path, key: str) -> tuple[PackFile, PackSignature]:
        """A sound container whose signature is as it must be."""
        pack = open_pack(path, SCHEMA_VERSION)
        trusted = trusted_keys(self._settings().pack_key)
        keys = trusted
        if key:
            asked = read_public_key(key)
            if trusted and asked not in trusted:
                raise InputError(
                    say("session_packs.untrusted_key", name=asked.name), say("session_packs.unsigned_next")
                )
            keys = (asked,)
        if not keys:
            if pack.signature is None:
                return pack, PackSignature(Trust.UNSIGNED, "")
            return pack, PackSignature(Trust.UNCHECKED, signer(pack.signature))
        if pack.signature is None:
            raise InputError(
                say("session_packs.unsigned", file=path.name), say("session_packs.unsigned_next")
            )
        found = verify(pack.content, pack.signature, keys)
        if found is None:
            said = signer(pack.signature)
            known = said in {one.name for one in keys}
            raise InputError(
                say(
                    "session_packs.wrong_signature" if known else "session_packs.foreign_signature",
                    file=path.name,
                    name=said or say("session_packs.no_key_name"),
                ),
                say("session_packs.unsigned_next"),
            )
        return pack, PackSignature(Trust.VERIFIED, found.name)

    @contextmanager
    def _unpacked(self, pack: PackFile, wanted: Wanted) -> Iterator[Path]:
        """The pack's catalogue as a file of its own, brought up to today's tables and found to be whole."""
        with self._folder() as folder:
            copy = folder / CATALOGUE
            unpack_part(pack, pack.manifest.catalogue, copy, wanted)
            try:
                migrate(copy)
                problems = [problem for result in check_catalogue(copy) for problem in result.problems]
            except CatalogueError as problem:
                raise _unsound(pack) from problem
            if problems:
                raise _unsound(pack)
            try:
                yield copy
            except _STRANGE as problem:  # values that no catalogue of ours holds
                raise _unsound(pack) from problem

    @contextmanager
    def _folder(self) -> Iterator[Path]:
        try:
            self._cache.mkdir(parents=True, exist_ok=True)
            self._sweep()
            folder = TemporaryDirectory(prefix=_PREFIX, dir=self._cache, ignore_cleanup_errors=True)
        except OSError as problem:
            raise InputError(
                say("catalogue.no_folder", folder=self._cache), say("catalogue.no_folder_next")
            ) from problem
        with folder as name:
            yield Path(name)

    def _sweep(self) -> None:
        """What a program that was killed left behind a day or more ago."""
        for folder in self._cache.glob(f"{_PREFIX}*"):
            if folder.stat().st_mtime < time.time() - _FORGOTTEN:
                shutil.rmtree(folder, ignore_errors=True)

    def _manifest(self, copy: Path, note: str) -> PackManifest:
        reader = Reader(copy)
        try:
            info = reader.info()
        finally:
            reader.close()
        with copy.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        return PackManifest(
            format=FORMAT,
            format_version=FORMAT_VERSION,
            program=__version__,
            schema=info.schema_version,
            made=self._now().astimezone().isoformat(timespec="seconds"),
            name=info.name,
            data_date=info.data_date,
            counts=PackCounts(info.records, info.towns, info.communities, info.projects, info.policies),
            note=note,
            parts=(PackPart(CATALOGUE, copy.stat().st_size, digest),),
        )

    def _moment(self) -> str:
        return self._now().isoformat(sep=" ", timespec="seconds")


def _read_through(catalogue: Path) -> None:
    """Every record and item once, so that nothing takes the own catalogue's place that cannot be shown."""
    with Holdings(catalogue) as holdings:
        for raw in holdings.raw_records():
            holdings.record_of(raw)
        for kind in ItemKind:
            for key in holdings.keys(kind) if kind is not ItemKind.LAYER else ():
                holdings.value(kind, key)


def _digest(pack: PackFile) -> str:
    """The manifest has the sum of every part."""
    return hashlib.sha256(pack.content).hexdigest()


def _unsound(pack: PackFile) -> InputError:
    return InputError(say("session_packs.unsound", file=pack.path.name), say("session_packs.unsound_next"))
