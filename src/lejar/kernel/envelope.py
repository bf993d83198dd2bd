# SPDX-License-Identifier: Apache-2.0
"""The one way in: a command, who signed it, for which network, until when.

The body travels as the very bytes that were signed, so that nobody has to encode it again to check
a signature.
"""

from collections.abc import Iterable
from typing import Annotated

import msgspec

from lejar.kernel import signature
from lejar.kernel.codec import BYTES_MAX, Record, decoder, encode
from lejar.kernel.failure import Malformed

FORMAT = 1
PREFIX = b"lejar/envelope/1\n"
SIGNATURES_MAX = 16

Id = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Salt = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Key = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]
Signature = Annotated[bytes, msgspec.Meta(min_length=64, max_length=64)]
Instant = Annotated[int, msgspec.Meta(ge=0, le=2**62)]


class Command(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """The base of every command; a module's commands carry a tag `module.verb`."""


class Body(Record, frozen=True):
    """What a signature covers."""

    format: Annotated[int, msgspec.Meta(ge=FORMAT, le=FORMAT)]
    network: Id
    command_id: Id
    valid_until: Instant
    salt: Salt
    command: msgspec.Raw


class Signed(Record, frozen=True):
    """One signature, with the party that claims it."""

    party: Id
    key: Key
    signature: Signature


class Envelope(Record, frozen=True):
    """The signed bytes and their signatures, in the order of (party, key)."""

    body: bytes
    signatures: Annotated[tuple[Signed, ...], msgspec.Meta(min_length=1, max_length=SIGNATURES_MAX)]


class Head(Record, frozen=True):
    """A body without its command."""

    format: Annotated[int, msgspec.Meta(ge=FORMAT, le=FORMAT)]
    network: Id
    command_id: Id
    valid_until: Instant
    salt: Salt


read_envelope = decoder(Envelope)
read_head = decoder(Head)

_BODY, _HEAD = b"\x96", b"\x95"
_INSTANT_AT = 2 + 18 + 18
_INSTANT_BYTES = {0xCC: 2, 0xCD: 3, 0xCE: 5, 0xCF: 9}
_SALT_BYTES = 34


class Opened(msgspec.Struct, frozen=True, gc=False):
    """An envelope that decoded, beside its bytes; whether it is well signed is another question."""

    data: bytes
    body: Body
    signatures: tuple[Signed, ...]
    signed: bytes


def opened(data: bytes) -> Opened:
    """Decode an envelope strictly, or raise `Malformed`."""
    if len(data) > BYTES_MAX:
        raise Malformed(f"An envelope has at most {BYTES_MAX} bytes; this had {len(data)}.")
    envelope: Envelope = read_envelope(data)
    last = b""
    for one in envelope.signatures:
        place = one.party + one.key
        if place <= last:
            raise Malformed("Signatures stand in the order of (party, key), each once.")
        last = place
    return Opened(data, read_body(envelope.body), envelope.signatures, envelope.body)


def read_body(data: bytes) -> Body:
    """Decode a body strictly, but for its command, which stands last and is taken as it is.

    Whoever knows the commands decodes it.  To skip over unknown bytes would recurse as deep as the
    sender likes, and how deep that may go differs from one Python to the next.
    """
    if len(data) <= _INSTANT_AT or data[:1] != _BODY:
        raise Malformed("A body is an array of six: format, network, id, end, salt, command.")
    end = _INSTANT_AT + _INSTANT_BYTES.get(data[_INSTANT_AT], 1) + _SALT_BYTES
    head: Head = read_head(_HEAD + data[1:end])
    command = msgspec.Raw(data[end:])
    return Body(FORMAT, head.network, head.command_id, head.valid_until, head.salt, command)


def is_well_signed(envelope: Opened) -> bool:
    """Say whether every signature is arithmetically right; asks no state."""
    message = PREFIX + envelope.signed
    return all(signature.is_valid(message, one.signature, one.key) for one in envelope.signatures)


def sealed(body: Body, signers: Iterable[tuple[bytes, bytes]]) -> bytes:
    """Sign a body with (party, seed) pairs and give the envelope's bytes."""
    data = encode(body)
    message = PREFIX + data
    made = [
        Signed(party, signature.public_key_of(seed), signature.sign(message, seed))
        for party, seed in signers
    ]
    made.sort(key=lambda one: one.party + one.key)
    return encode(Envelope(data, tuple(made)))
