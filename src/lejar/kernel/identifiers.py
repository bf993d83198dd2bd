# SPDX-License-Identifier: Apache-2.0
"""Names of things: 16 raw bytes inside, a prefixed base32 word outside.

Ids of created things come from the command that created them: unguessable to outsiders, without a
counter, equal on every node.
"""

import base64
import binascii
import hashlib
from typing import NewType

from lejar.kernel.failure import Malformed

PartyId = NewType("PartyId", bytes)
AccountId = NewType("AccountId", bytes)
AssetId = NewType("AssetId", bytes)
CommandId = NewType("CommandId", bytes)
HoldId = NewType("HoldId", bytes)
InstructionId = NewType("InstructionId", bytes)

ID_BYTES = 16
NOBODY = bytes(ID_BYTES)

PREFIXES = {
    "party": "party",
    "account": "acct",
    "asset": "instr",
    "command": "cmd",
    "hold": "hold",
    "instruction": "inst",
    "payment": "pay",
    "directive": "dir",
    "cohort": "coh",
    "obligation": "obl",
    "person": "person",
    "proposal": "prop",
    "envelope": "env",
    "counterpart": "ctp",
    "break": "brk",
    "network": "net",
    "credit": "cred",
    "promise": "prom",
}


def derive(command_id: bytes, until: int, ordinal: int, kind: str) -> bytes:
    """Make the id of the `ordinal`-th thing of a kind that a command creates.

    `until` is the end of the command's validity, or the moment at which due work came due.
    """
    made_by = command_id + until.to_bytes(8, "big") + ordinal.to_bytes(4, "big")
    seed = b"lejar/id/1\n" + kind.encode() + b"\n" + made_by
    return hashlib.sha256(seed).digest()[:ID_BYTES]


def show(kind: str, raw: bytes) -> str:
    """Write an id for people: `party_k5qw…`."""
    word = base64.b32encode(raw).decode("ascii").rstrip("=").lower()
    return f"{PREFIXES[kind]}_{word}"


def read(kind: str, text: str) -> bytes:
    """Read an id that people wrote; `Malformed` names what is wrong with it."""
    prefix, _, word = text.partition("_")
    if prefix != PREFIXES[kind]:
        raise Malformed(
            f"An id of a {kind} starts with '{PREFIXES[kind]}_'; this was '{text[:40]}'."
        )
    try:
        raw = base64.b32decode(word.upper() + "=" * (-len(word) % 8))
    except (binascii.Error, ValueError):
        raise Malformed(f"'{text[:40]}' is not base32 after its prefix.") from None
    if len(raw) != ID_BYTES or show(kind, raw) != text:
        raise Malformed(f"'{text[:40]}' is not an id of {ID_BYTES} bytes in lower-case base32.")
    return raw
