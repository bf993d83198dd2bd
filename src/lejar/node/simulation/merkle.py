# SPDX-License-Identifier: Apache-2.0
"""RFC 6962's tree hash, written again from the RFC, so that the node's own log is checked by another."""

import hashlib


def root(leaves: list[bytes], kept: dict[tuple[int, int], bytes]) -> bytes:
    """Give the root over leaf hashes; `kept` remembers complete subtrees of a growing log."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    return _tree(leaves, 0, len(leaves), kept)


def _tree(leaves: list[bytes], start: int, end: int, kept: dict[tuple[int, int], bytes]) -> bytes:
    size = end - start
    if size == 1:
        return leaves[start]
    found = kept.get((start, end))
    if found is not None:
        return found
    left = 1
    while left * 2 < size:
        left *= 2
    both = _tree(leaves, start, start + left, kept) + _tree(leaves, start + left, end, kept)
    made = hashlib.sha256(b"\1" + both).digest()
    if left * 2 == size:
        kept[start, end] = made
    return made
