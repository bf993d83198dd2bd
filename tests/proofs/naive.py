# SPDX-License-Identifier: Apache-2.0
"""The definitions of log and state tree again, the slow and obvious way.

Written from the formats in the room's README, sharing no code with it, so that a property can
compare two independent readings.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256


def digest(*parts: bytes) -> bytes:
    """Return sha256 over the parts."""
    return sha256(b"".join(parts)).digest()


def log_root(leaves: Sequence[bytes]) -> bytes:
    """Return MTH of RFC 6962 over leaf hashes."""
    if not leaves:
        return digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return digest(b"\x01", log_root(leaves[:k]), log_root(leaves[k:]))


def audit_path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return PATH(m, D) of RFC 6962 section 2.1.1."""
    if len(leaves) == 1:
        return []
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m < k:
        return [*audit_path(m, leaves[:k]), log_root(leaves[k:])]
    return [*audit_path(m - k, leaves[k:]), log_root(leaves[:k])]


def subproof(m: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    """Return SUBPROOF(m, D, b) of RFC 6962 section 2.1.2."""
    if m == len(leaves):
        return [] if whole else [log_root(leaves)]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    if m <= k:
        return [*subproof(m, leaves[:k], whole=whole), log_root(leaves[k:])]
    return [*subproof(m - k, leaves[k:], whole=False), log_root(leaves[:k])]


def next_salt(old: bytes | None, secret: bytes, key: bytes) -> bytes:
    """Return the salt a key gets when it is put."""
    return digest(bytes(32) if old is None else old, secret, key)[:16]


def state_root(content: Mapping[bytes, tuple[bytes, bytes]]) -> bytes:
    """Return the root over key -> (value, salt)."""
    leaves = {
        sha256(key).hexdigest(): digest(b"\x00", salt, sha256(key).digest(), sha256(value).digest())
        for key, (value, salt) in content.items()
    }
    return _subtree("", leaves)


def _subtree(path: str, leaves: Mapping[str, bytes]) -> bytes:
    below = sorted(name for name in leaves if name.startswith(path))
    if not below:
        return bytes(32)
    if len(below) <= 64:
        names = digest(*(bytes.fromhex(name) for name in below))
        return digest(b"\x02", names, *(leaves[name] for name in below))
    return digest(b"\x01", *(_subtree(path + nibble, leaves) for nibble in "0123456789abcdef"))
