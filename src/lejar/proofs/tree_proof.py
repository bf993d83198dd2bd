# SPDX-License-Identifier: Apache-2.0
"""Proofs about one key of the state tree, and their verification: all that an outsider needs.

Apart from the tree itself, so that whoever verifies runs none of the code that builds.
"""

from hashlib import sha256
from itertools import pairwise
from typing import Final, TypeAlias

import msgspec

BUCKET_MAX: Final = 64
"""A subtree of at most so many keys is a bucket. Part of the format: another value, other roots."""

SALT_BYTES: Final = 16
EMPTY: Final = bytes(32)
"""The digest of a subtree without keys, and the root of the empty tree."""

LEAF_PREFIX: Final = b"\x00"
BRANCH_PREFIX: Final = b"\x01"
BUCKET_PREFIX: Final = b"\x02"
SIBLINGS_BYTES: Final = 15 * 32


class Inclusion(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="shows", tag="inclusion"
):
    """That a key has a value: the bucket it is in and the siblings on the way to the root."""

    branches: tuple[bytes, ...]
    """From the root down, 480 bytes each: the digests of the 15 children beside the one we take."""
    keys_digest: bytes
    """`sha256` over the key hashes of the bucket, which stay unseen."""
    leaves: bytes
    """The leaf digests of the bucket, 32 bytes each, in the order of their key hashes."""


class Absence(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="shows", tag="absence"
):
    """That a key is not there: the place where it would be, and what is there instead."""

    place: bytes
    """`sha256(key)`. Implied by the key; said again because the same nodes show the absence of
    many keys, and a proof that was changed to speak of another key must not pass."""
    branches: tuple[bytes, ...]
    """As in `Inclusion`."""
    key_hashes: bytes
    """`sha256(key)` of each key of the bucket in order; empty where nothing is there at all."""
    leaves: bytes
    """The leaf digests of the bucket; as many as key hashes."""


TreeProof: TypeAlias = Inclusion | Absence


def leaf_digest(key: bytes, value: bytes, salt: bytes) -> bytes:
    """Return a leaf's 32-byte digest: `sha256(0x00 + salt + sha256(key) + sha256(value))`."""
    inner = salt + sha256(key).digest() + sha256(value).digest()
    return sha256(LEAF_PREFIX + inner).digest()


def verify_proof(
    root: bytes, key: bytes, value: bytes | None, salt: bytes, proof: TreeProof
) -> bool:
    """Say whether `proof` shows that `key` has `value` under `root`, or is absent (None).

    The salt of an absent key is empty.
    """
    if any(len(siblings) != SIBLINGS_BYTES for siblings in proof.branches):
        return False
    if len(proof.leaves) % 32 or len(proof.leaves) > BUCKET_MAX * 32:
        return False
    if isinstance(proof, Inclusion):
        if value is None or len(salt) != SALT_BYTES or len(proof.keys_digest) != len(EMPTY):
            return False
        if leaf_digest(key, value, salt) not in _split(proof.leaves):
            return False
        bottom = sha256(BUCKET_PREFIX + proof.keys_digest + proof.leaves).digest()
    else:
        if value is not None or salt or not _is_absent(key, proof):
            return False
        keys_digest = sha256(proof.key_hashes).digest()
        packed = BUCKET_PREFIX + keys_digest + proof.leaves
        bottom = sha256(packed).digest() if proof.leaves else EMPTY
    return _climb(key, bottom, proof.branches) == root


def _is_absent(key: bytes, proof: Absence) -> bool:
    """Say whether the bucket shown is in order, belongs where the key would be, and lacks it."""
    key_hash = sha256(key).digest()
    if proof.place != key_hash or len(proof.key_hashes) != len(proof.leaves):
        return False
    hashes = _split(proof.key_hashes)
    if key_hash in hashes or any(not a < b for a, b in pairwise(hashes)):
        return False
    depth = len(proof.branches)
    path = key_hash.hex()[:depth]
    return all(other.hex()[:depth] == path for other in hashes)


def _climb(key: bytes, bottom: bytes, branches: tuple[bytes, ...]) -> bytes | None:
    """Return the root above `bottom`, which lies on the key's path below these branches."""
    path = sha256(key).hexdigest()
    if len(branches) > len(path):
        return None
    digest = bottom
    for nibble, siblings in reversed(tuple(zip(path, branches, strict=False))):
        at = int(nibble, 16) * 32
        digest = sha256(BRANCH_PREFIX + siblings[:at] + digest + siblings[at:]).digest()
    return digest


def _split(packed: bytes) -> list[bytes]:
    return [packed[at : at + 32] for at in range(0, len(packed), 32)]
