# SPDX-License-Identifier: Apache-2.0
"""The entry log: an RFC 6962 / RFC 9162 Merkle tree of receipt digests.

The writer appends one leaf hash for each entry and needs only the frontier (the roots of the
complete subtrees that make up the tree), so an append costs about two hashes however long the log
is. Proofs come from pure functions that read hashes of complete subtrees through a `HashReader`:
stored tiles (`tiles.tile_reader`) are one, `Hashes` is one in memory. A proof about millions of
leaves therefore reads O(log n) hashes.

Source: RFC 6962 section 2.1 (hashes); RFC 9162 sections 2.1.3 and 2.1.4 (proofs, verification).
"""

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import Final, TypeAlias

DIGEST_BYTES: Final = 32
EMPTY_ROOT: Final = sha256(b"").digest()

HashReader: TypeAlias = Callable[[int, int], bytes]
"""`(level, index)` to the hash over leaves `index * 2**level` until `(index + 1) * 2**level`."""


def leaf_hash(data: bytes) -> bytes:
    """Return the 32-byte hash of a leaf: `sha256(0x00 + data)`."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the 32-byte hash of an inner node: `sha256(0x01 + left + right)`."""
    return sha256(b"\x01" + left + right).digest()


class Log:
    """The growing end of the log: its size and its frontier, enough to append and to know the root.

    The frontier holds the root of each complete subtree, the largest (leftmost) first: one for
    each bit set in the size.
    """

    __slots__ = ("_frontier", "_size")

    def __init__(self) -> None:
        self._size = 0
        self._frontier: list[bytes] = []

    @classmethod
    def resume(cls, size: int, frontier: Sequence[bytes]) -> "Log":
        """Return the log that had this size and frontier.

        Raises ValueError where the two do not fit each other.
        """
        if size < 0 or len(frontier) != size.bit_count():
            raise ValueError(f"a log of size {size} has another number of frontier hashes")
        if any(len(digest) != DIGEST_BYTES for digest in frontier):
            raise ValueError("a frontier hash has 32 bytes")
        log = cls()
        log._size = size
        log._frontier = [bytes(digest) for digest in frontier]
        return log

    @property
    def size(self) -> int:
        """The number of leaves."""
        return self._size

    def frontier(self) -> tuple[bytes, ...]:
        """Return what `resume` needs beside the size: roots of complete subtrees, largest first."""
        return tuple(self._frontier)

    def append(self, leaf: bytes) -> None:
        """Append one 32-byte leaf hash; about two sha256 calls on average."""
        self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Append 32-byte leaf hashes in order."""
        frontier, size, digest_of = self._frontier, self._size, sha256
        for leaf in leaves:
            digest, rest = leaf, size
            # each trailing one bit of the size is a complete left sibling waiting to be joined
            while rest & 1:
                digest = digest_of(b"\x01" + frontier.pop() + digest).digest()
                rest >>= 1
            frontier.append(digest)
            size += 1
        self._size = size

    def root(self) -> bytes:
        """Return the 32-byte Merkle tree hash over all leaves so far."""
        return _fold(self._frontier)


class Hashes:
    """All hashes of complete subtrees, in memory: a `HashReader` for tests and small logs."""

    __slots__ = ("_levels",)

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        for leaf in leaves:
            self.append(leaf)

    @property
    def size(self) -> int:
        """The number of leaves."""
        return len(self._levels[0])

    def append(self, leaf: bytes) -> None:
        """Append one 32-byte leaf hash and the subtrees that it completes."""
        level, digest = 0, leaf
        while True:
            row = self._levels[level]
            row.append(digest)
            if len(row) % 2:
                return
            digest = node_hash(row[-2], row[-1])
            level += 1
            if level == len(self._levels):
                self._levels.append([])

    def __call__(self, level: int, index: int) -> bytes:
        """Return the hash of a complete subtree; IndexError where it is not complete yet."""
        return self._levels[level][index]


def root_of(read: HashReader, size: int) -> bytes:
    """Return the root that the log had at `size` leaves."""
    return _range_root(read, 0, size) if size else EMPTY_ROOT


def inclusion_proof(read: HashReader, index: int, size: int) -> tuple[bytes, ...]:
    """Return the audit path of leaf `index` (from 0) in the tree of `size` leaves.

    Raises ValueError where the tree has no such leaf. Source: RFC 9162 section 2.1.3.1.
    """
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            path.append(_range_root(read, split, end))
            end = split
        else:
            path.append(_range_root(read, start, split))
            start = split
    return tuple(reversed(path))


def consistency_proof(read: HashReader, first: int, second: int) -> tuple[bytes, ...]:
    """Return the proof that the tree of `first` leaves is a prefix of the tree of `second`.

    Empty where `first` is 0 or equals `second`. Raises ValueError where `first > second`.
    Source: RFC 9162 section 2.1.4.1.
    """
    if not 0 <= first <= second:
        raise ValueError(f"a tree of {first} leaves is no prefix of one of {second}")
    path: list[bytes] = []
    start, end = 0, second
    while 0 < first < end:
        split = start + _split(end - start)
        if first <= split:
            path.append(_range_root(read, split, end))
            end = split
        else:
            path.append(_range_root(read, start, split))
            start = split
    if start:
        path.append(_range_root(read, start, end))
    return tuple(reversed(path))


def verify_inclusion(
    leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> bool:
    """Say whether `proof` shows that the leaf hash stands at `index` in the tree with this root.

    Source: RFC 9162 section 2.1.3.2. Over-long and over-short proofs are false.
    """
    if not 0 <= index < size or not _all_digests((leaf, root, *proof)):
        return False
    node, last, digest = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            digest = node_hash(sibling, digest)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            digest = node_hash(digest, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and digest == root


def verify_consistency(
    first: int, first_root: bytes, second: int, second_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Say whether `proof` shows that the second tree only appends to the first.

    Source: RFC 9162 section 2.1.4.2. The empty tree is a prefix of every tree, with an empty proof.
    """
    if not 0 <= first <= second or not _all_digests((first_root, second_root, *proof)):
        return False
    if first == second:
        return not proof and first_root == second_root
    if first == 0:
        return not proof and first_root == EMPTY_ROOT
    # a first tree of 2**k leaves is itself the node where the proof starts
    path = list(proof) if first & (first - 1) else [first_root, *proof]
    if not path:
        return False
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    old = new = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new = node_hash(new, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root


def _split(width: int) -> int:
    """Return the largest power of two below `width` (at least 2)."""
    return 1 << ((width - 1).bit_length() - 1)


def _range_root(read: HashReader, start: int, end: int) -> bytes:
    """Return the Merkle tree hash over leaves `start` until `end`, a subtree of some tree."""
    roots: list[bytes] = []
    while start < end:
        level = (end - start).bit_length() - 1
        roots.append(read(level, start >> level))
        start += 1 << level
    return _fold(roots)


def _fold(roots: Sequence[bytes]) -> bytes:
    """Join roots of complete subtrees, largest first, into one; `EMPTY_ROOT` for none."""
    if not roots:
        return EMPTY_ROOT
    digest = roots[-1]
    for left in reversed(roots[:-1]):
        digest = node_hash(left, digest)
    return digest


def _all_digests(digests: Sequence[bytes]) -> bool:
    return all(len(digest) == DIGEST_BYTES for digest in digests)
