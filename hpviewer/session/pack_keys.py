"""Signing data packs: Ed25519 as minisign writes it, so that `minisign -Vm manifest.json -p KEY.pub` checks one, too.

https://jedisct1.github.io/minisign/ gives the format. The signature is of the BLAKE2b-512 of the manifest, which
holds the SHA-256 of every part. Ed25519 itself is libsodium's, through PyNaCl, which is imported only here and only
when a key is used; without it unsigned packs work and signed ones are refused.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hpviewer.errors import InputError
from hpviewer.wording import say

_PLAIN, _HASHED = b"Ed", b"ED"
_NO_PASSWORD, _PASSWORD = b"\0\0", b"Sc"
_BLAKE2 = b"B2"
_UNTRUSTED = "untrusted comment: "
_TRUSTED = "trusted comment: "
_LIMIT = 10_000


@dataclass(frozen=True, slots=True)
class PublicKey:
    """``number`` is the eight bytes by which a signature names its key."""

    number: bytes
    point: bytes

    @property
    def name(self) -> str:
        """As minisign prints it."""
        return self.number[::-1].hex().upper()

    @property
    def line(self) -> str:
        """One line of text that says the whole key."""
        return base64.b64encode(_PLAIN + self.number + self.point).decode()


@dataclass(frozen=True, slots=True)
class SecretKey:
    public: PublicKey
    seed: bytes


def make_key(file: Path) -> PublicKey:
    """A new pair: the secret key in ``file``, for its owner's eyes only, the public one in ``file``.pub.

    InputError when one of them exists or the folder cannot be written; then neither is left behind.
    """
    from_library = _library()
    public_file = file.with_name(f"{file.name}.pub")
    for one in (file, public_file):
        if one.exists():
            raise InputError(say("session_packs.key_exists", file=one), say("session_packs.key_exists_next"))
    seed, number = secrets.token_bytes(32), secrets.token_bytes(8)
    key = PublicKey(number, bytes(from_library.SigningKey(seed).verify_key))
    pair = seed + key.point
    check = hashlib.blake2b(_PLAIN + number + pair, digest_size=32).digest()
    secret = _PLAIN + _NO_PASSWORD + _BLAKE2 + bytes(48) + number + pair + check
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(f"{_UNTRUSTED}hpviewer secret key {key.name}\n{base64.b64encode(secret).decode()}\n")
        public_file.write_text(f"{_UNTRUSTED}hpviewer public key {key.name}\n{key.line}\n", encoding="ascii")
    except OSError as problem:
        file.unlink(missing_ok=True)
        raise InputError(
            say("session_packs.key_unwritable", file=file), say("session_packs.key_unwritable_next")
        ) from problem
    return key


def read_secret_key(file: Path) -> SecretKey:
    """InputError for a file that is no secret key, or one that minisign protected with a password."""
    raw = _decoded(_last_line(_text_of(file)))
    if len(raw) != 158 or raw[:2] != _PLAIN:
        raise _no_key(file)
    if raw[2:4] == _PASSWORD:
        raise InputError(say("session_packs.key_locked", file=file), say("session_packs.key_locked_next"))
    number, seed, point, check = raw[54:62], raw[62:94], raw[94:126], raw[126:]
    # minisign -W leaves the check empty
    if check not in (bytes(32), hashlib.blake2b(_PLAIN + raw[54:126], digest_size=32).digest()):
        raise _no_key(file)
    return SecretKey(PublicKey(number, point), seed)


def read_public_key(given: str) -> PublicKey:
    """From a file's path, or from the key's own line of text. InputError when it is neither."""
    key = public_key_of(given)
    if key is None:
        key = public_key_of(_last_line(_text_of(Path(given))))
    if key is None:
        raise _no_key(Path(given))
    return key


def trusted_keys(setting: str) -> tuple[PublicKey, ...]:
    """The keys of the setting ``pack_key``, one or several with spaces between; none for "".

    InputError when a word of it is no key: a slip in it must not mean that every pack is taken.
    """
    keys = []
    for word in setting.split():
        key = public_key_of(word)
        if key is None:
            raise InputError(say("session_packs.bad_setting"), say("session_packs.bad_setting_next"))
        keys.append(key)
    return tuple(keys)


def public_key_of(line: str) -> PublicKey | None:
    raw = _decoded(line)
    return PublicKey(raw[2:10], raw[10:]) if len(raw) == 42 and raw[:2] == _PLAIN else None


def sign(content: bytes, key: SecretKey, comment: str) -> str:
    """The text of a signature file. ``comment`` is signed with it, one line. InputError for a damaged key."""
    signing = _library().SigningKey(key.seed)
    if bytes(signing.verify_key) != key.public.point:  # damaged: nobody could verify what it signs
        raise InputError(
            say("session_packs.not_a_key", file=key.public.name), say("session_packs.not_a_key_next")
        )
    signature = signing.sign(hashlib.blake2b(content).digest()).signature
    whole = signing.sign(signature + comment.encode()).signature
    first = base64.b64encode(_HASHED + key.public.number + signature).decode()
    return (
        f"{_UNTRUSTED}signature of an hpviewer data pack\n{first}\n"
        f"{_TRUSTED}{comment}\n{base64.b64encode(whole).decode()}\n"
    )


def signer(signature: str) -> str:
    """Which key it says it is from, as PublicKey.name; "" when it cannot be read. Proves nothing."""
    lines = signature.splitlines()
    raw = _decoded(lines[1]) if len(lines) > 1 else b""
    return PublicKey(raw[2:10], b"").name if len(raw) == 74 else ""


def verify(content: bytes, signature: str, keys: Sequence[PublicKey]) -> PublicKey | None:
    """The key of ``keys`` that signed exactly this content, None when none of them did."""
    library = _library()
    lines = signature.splitlines()
    if len(lines) < 4 or not lines[2].startswith(_TRUSTED):
        return None
    first, whole = _decoded(lines[1]), _decoded(lines[3])
    if len(first) != 74 or len(whole) != 64 or first[:2] not in (_PLAIN, _HASHED):
        return None
    signed = hashlib.blake2b(content).digest() if first[:2] == _HASHED else content
    comment = lines[2].removeprefix(_TRUSTED).encode()
    for key in keys:
        if key.number != first[2:10]:
            continue
        try:
            library.VerifyKey(key.point).verify(signed, first[10:])
            library.VerifyKey(key.point).verify(first[10:] + comment, whole)
        except library.BadSignatureError:
            continue
        return key
    return None


@dataclass(frozen=True, slots=True)
class _Library:
    SigningKey: Any
    VerifyKey: Any
    BadSignatureError: type[Exception]


def _library() -> _Library:
    try:
        from nacl.exceptions import BadSignatureError  # type: ignore[import-not-found, unused-ignore]
        from nacl.signing import SigningKey, VerifyKey  # type: ignore[import-not-found, unused-ignore]
    except ImportError as problem:
        raise InputError(say("session_packs.no_library"), say("session_packs.no_library_next")) from problem
    return _Library(SigningKey, VerifyKey, BadSignatureError)


def _text_of(file: Path) -> str:
    try:
        with file.open("rb") as content:
            return content.read(_LIMIT).decode("utf-8", "replace")
    except (OSError, ValueError) as problem:
        raise InputError(
            say("session_packs.key_missing", file=file), say("session_packs.key_missing_next")
        ) from problem


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else ""


def _decoded(line: str) -> bytes:
    try:
        return base64.b64decode(line.strip(), validate=True)
    except (binascii.Error, ValueError):
        return b""


def _no_key(file: Path) -> InputError:
    return InputError(say("session_packs.not_a_key", file=file), say("session_packs.not_a_key_next"))
