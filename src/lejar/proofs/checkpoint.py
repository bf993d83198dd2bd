# SPDX-License-Identifier: Apache-2.0
"""Signed checkpoints: what the log and the state were at one moment, in formats others can check.

A checkpoint is text (origin, size, root, and our extension lines for block, state and time) inside
a signed note. The log signs with Ed25519; agencies cosign as witnesses, with the time they did so.
Parsing is strict: what does not read back to the same bytes is malformed.

Source: https://c2sp.org/signed-note, https://c2sp.org/tlog-checkpoint and
https://c2sp.org/tlog-cosignature (the Ed25519 type, `cosignature/v1`).
"""

import re
import struct
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from hashlib import sha256
from typing import Final

import msgspec

from lejar.kernel.signature import SIGNATURE_BYTES, is_valid, public_key_of, sign

ED25519: Final = 0x01
"""Signature type of a log: Ed25519 over the note's text."""
COSIGNATURE: Final = 0x04
"""Signature type of a witness: Ed25519 over a time and the note's text."""

SIGNATURES_MAX: Final = 64
INTEGER_MAX: Final = 2**63 - 1
MOMENT_MAX: Final = 253_402_300_799_999_999
"""The last microsecond of the year 9999."""

_PUBLIC_BYTES: Final = 32
_ID_BYTES: Final = 4
_DECIMAL: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\ud800-\udfff]")
_KEY_ID: Final = re.compile(r"[0-9a-f]{8}", re.ASCII)


class MalformedNote(ValueError):
    """Text that is not a note, a checkpoint or a key, with the reason as a sentence."""


class VerifierKey(msgspec.Struct, frozen=True):
    """A public key with its name, as verifiers are told it: `name+id+base64(type + key)`."""

    name: str
    algorithm: int
    public: bytes

    @property
    def key_id(self) -> bytes:
        """The 4 bytes that, with the name, mark this key's signatures."""
        named = self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public
        return sha256(named).digest()[:_ID_BYTES]

    @property
    def text(self) -> str:
        """The key in the form `parse_key` reads."""
        material = b64encode(bytes([self.algorithm]) + self.public).decode()
        return f"{self.name}+{self.key_id.hex()}+{material}"


class Signature(msgspec.Struct, frozen=True):
    """One signature line of a note; `blob` is what follows the key id."""

    name: str
    key_id: bytes
    blob: bytes

    @property
    def text(self) -> str:
        """The line, without its newline."""
        return f"\u2014 {self.name} {b64encode(self.key_id + self.blob).decode()}"

    def seconds(self) -> int:
        """Return the POSIX time in a cosignature; MalformedNote where it is none."""
        if len(self.blob) != 8 + SIGNATURE_BYTES:
            raise MalformedNote("a cosignature has 8 bytes of time and 64 of signature")
        (seconds,) = struct.unpack(">Q", self.blob[:8])
        return int(seconds)


class Note(msgspec.Struct, frozen=True):
    """A text (it ends with a newline) and the signatures under it."""

    body: str
    signatures: tuple[Signature, ...]

    @property
    def text(self) -> str:
        """The whole note in the form `parse_note` reads."""
        return self.body + "\n" + "".join(line.text + "\n" for line in self.signatures)


class Checkpoint(msgspec.Struct, frozen=True):
    """The log's size and root, and the block after which it stood there."""

    origin: str
    """The log's name; its own key has the same name."""
    size: int
    root: bytes
    block: int
    state: bytes
    """Root of the state tree after the block."""
    at: int
    """Moment of the block, microseconds UTC."""

    @property
    def text(self) -> str:
        """The body of the note to sign."""
        root, state = b64encode(self.root).decode(), b64encode(self.state).decode()
        extension = f"block {self.block}\nstate {state}\nat {self.at}\n"
        return f"{self.origin}\n{self.size}\n{root}\n{extension}"


class Signer:
    """A private key that signs as a log (`ED25519`) or as a witness (`COSIGNATURE`)."""

    __slots__ = ("_seed", "public")

    def __init__(self, name: str, seed: bytes, algorithm: int = ED25519) -> None:
        """Take a 32-byte Ed25519 seed; MalformedNote for a name or algorithm that cannot be."""
        self._seed = seed
        self.public = VerifierKey(name, algorithm, public_key_of(seed))
        parse_key(self.public.text)

    def sign(self, body: str) -> Signature:
        """Return the log's signature over a note's body."""
        if self.public.algorithm != ED25519:
            raise MalformedNote("a witness cosigns, with a time; it does not sign")
        return self._signature(sign(body.encode(), self._seed))

    def cosign(self, body: str, seconds: int) -> Signature:
        """Return the witness's signature over a note's body at a POSIX time in seconds."""
        if self.public.algorithm != COSIGNATURE or not 0 <= seconds <= INTEGER_MAX:
            raise MalformedNote("only a witness cosigns, at a time from 0 to 2**63 - 1")
        blob = sign(_cosigned(body, seconds), self._seed)
        return self._signature(struct.pack(">Q", seconds) + blob)

    def _signature(self, blob: bytes) -> Signature:
        return Signature(self.public.name, self.public.key_id, blob)


def parse_key(text: str) -> VerifierKey:
    """Return the verifier key; MalformedNote where the text is not exactly one."""
    name, _, rest = text.partition("+")
    key_id, _, material = rest.partition("+")
    _check_name(name)
    packed = _decode(material)
    if len(packed) != 1 + _PUBLIC_BYTES or packed[0] not in {ED25519, COSIGNATURE}:
        raise MalformedNote("the key is not Ed25519 of type 1 (log) or 4 (witness)")
    key = VerifierKey(name, packed[0], packed[1:])
    if not _KEY_ID.fullmatch(key_id) or key.key_id.hex() != key_id:
        raise MalformedNote(f"the key id of {name} does not belong to its key")
    return key


def parse_note(text: str) -> Note:
    """Return the note; MalformedNote where the text is not exactly one."""
    if _CONTROL.search(text):
        raise MalformedNote("a note has no control characters")
    body, gap, tail = text.rpartition("\n\n")
    lines = tail.split("\n")
    if not gap or not body or lines.pop() or not 1 <= len(lines) <= SIGNATURES_MAX:
        raise MalformedNote(
            f"a note is a text, an empty line and 1 to {SIGNATURES_MAX} signature lines"
        )
    note = Note(body + "\n", tuple(_parse_signature(line) for line in lines))
    marks = [(line.name, line.key_id) for line in note.signatures]
    if any(mark in marks[:at] for at, mark in enumerate(marks)):
        raise MalformedNote("a key signs a note once")
    return note


def parse_checkpoint(body: str) -> Checkpoint:
    """Return the checkpoint in a note's body; MalformedNote where it is not exactly one of ours."""
    lines = body.split("\n")
    if len(lines) != 7 or lines[6]:  # noqa: PLR2004 - six lines, each ended
        raise MalformedNote("a checkpoint has the lines origin, size, root, block, state and at")
    _check_name(lines[0])
    return Checkpoint(
        origin=lines[0],
        size=_decimal(lines[1], INTEGER_MAX),
        root=_digest(lines[2]),
        block=_decimal(_extension(lines[3], "block "), INTEGER_MAX),
        state=_digest(_extension(lines[4], "state ")),
        at=_decimal(_extension(lines[5], "at "), MOMENT_MAX),
    )


def verify_signature(body: str, signature: Signature, key: VerifierKey) -> bool:
    """Say whether the signature over a note's body was made by this key."""
    if (signature.name, signature.key_id) != (key.name, key.key_id):
        return False
    message, blob = body.encode(), signature.blob
    if key.algorithm == COSIGNATURE:
        if len(blob) != 8 + SIGNATURE_BYTES or signature.seconds() > INTEGER_MAX:
            return False
        message, blob = _cosigned(body, signature.seconds()), blob[8:]
    # the length matters: verification joins signature and message, and must cut where we mean
    return len(blob) == SIGNATURE_BYTES and is_valid(message, blob, key.public)


def _cosigned(body: str, seconds: int) -> bytes:
    return f"cosignature/v1\ntime {seconds}\n{body}".encode()


def _parse_signature(line: str) -> Signature:
    dash, _, rest = line.partition(" ")
    name, _, encoded = rest.partition(" ")
    packed = _decode(encoded)
    if dash != "\u2014" or len(packed) <= _ID_BYTES:
        raise MalformedNote(
            "a signature line is a dash, a name, and base64 of key id and signature"
        )
    _check_name(name)
    return Signature(name, packed[:_ID_BYTES], packed[_ID_BYTES:])


def _check_name(name: str) -> None:
    if not name or "+" in name or any(char.isspace() for char in name) or _CONTROL.search(name):
        raise MalformedNote("a name is not empty and has no space, plus or control character")


def _extension(line: str, prefix: str) -> str:
    if not line.startswith(prefix):
        raise MalformedNote(f"the checkpoint lacks its line {prefix.strip()!r}")
    return line[len(prefix) :]


def _decimal(text: str, most: int) -> int:
    if not _DECIMAL.fullmatch(text) or int(text) > most:
        raise MalformedNote(f"not a decimal number from 0 to {most}: {text[:40]!r}")
    return int(text)


def _digest(text: str) -> bytes:
    digest = _decode(text)
    if len(digest) != sha256().digest_size:
        raise MalformedNote("a root has 32 bytes")
    return digest


def _decode(text: str) -> bytes:
    """Return the bytes of standard base64, which must be their one canonical encoding."""
    try:
        decoded = b64decode(text, validate=True)
    except (Base64Error, ValueError) as error:
        raise MalformedNote("not base64") from error
    if b64encode(decoded).decode() != text:
        raise MalformedNote("not canonical base64")
    return decoded
