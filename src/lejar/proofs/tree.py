# SPDX-License-Identifier: Apache-2.0
"""The state tree: one root over every key and value of the state, with salted leaves.

A radix-16 tree over `sha256(key)`. A subtree of at most `BUCKET_MAX` keys is a bucket, hashed in
one go; a larger one is a branch of 16 children. That rule asks nothing but which keys exist, so
the shape, and with it the root, depends on the content alone and never on its history.

Why this shape: a block touches some hundred to some thousand keys, in no order, of up to millions.
One sha256 call over 800 bytes costs about two calls over 64, so wide branches and buckets spend
far less on each touched key than a binary tree, at the price of longer proofs (2 to 4 kB).

Nodes live in two flat dictionaries named by their path: 1 is the root, `node << 4 | nibble` a
child. No object points at another, so a walk up needs no parent links and a walk down mostly
needs no walk: the depth at which the last bucket was found is tried first.
"""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import Final

from lejar.proofs.bucket import LEAVES_AT, Bucket
from lejar.proofs.tree_proof import (
    BRANCH_PREFIX,
    BUCKET_MAX,
    EMPTY,
    LEAF_PREFIX,
    SALT_BYTES,
    Absence,
    Inclusion,
    TreeProof,
    leaf_digest,
    verify_proof,
)

__all__ = ["Absence", "Inclusion", "StateTree", "TreeProof", "leaf_digest", "verify_proof"]

NO_SALT_YET: Final = bytes(32)

_ROOT: Final = 1
_TOP: Final = 1 << 256
_DEPTH_MAX: Final = 64
_BRANCH: Final = BRANCH_PREFIX + EMPTY * 16


class StateTree:
    """The tree, changed in place by each block."""

    __slots__ = ("_branches", "_buckets", "_root", "_shift", "_size")

    def __init__(self) -> None:
        self._buckets: dict[int, Bucket] = {}
        self._branches: dict[int, bytearray] = {}
        self._root = EMPTY
        self._size = 0
        self._shift = 256  # a key hash shifted so far names its bucket, as last seen

    @classmethod
    def load(cls, items: Iterable[tuple[bytes, bytes, bytes]]) -> "StateTree":
        """Return the tree over `(key, value, salt)`, each key once, in any order.

        Every digest is computed anew, so the root tells whether a snapshot is intact.
        Raises ValueError for a key given twice and for a salt of other than 16 bytes.
        """
        tree = cls()
        for key, value, salt in items:
            if len(salt) != SALT_BYTES:
                raise ValueError(f"a salt has {SALT_BYTES} bytes")
            tree._add(key, value, salt)
        tree._rehash(tree._buckets)
        return tree

    def __len__(self) -> int:
        """Return the number of keys."""
        return self._size

    def root(self) -> bytes:
        """Return the 32-byte root; 32 zero bytes where there is no key."""
        return self._root

    def salt(self, key: bytes) -> bytes | None:
        """Return the 16-byte salt of a key, or None where the key is absent."""
        key_hash = sha256(key).digest()
        bucket = self._buckets.get(self._seek(key_hash))
        number = -1 if bucket is None else bucket.find(key_hash)
        return None if bucket is None or number < 0 else bucket.salt(number)

    def items(self) -> Iterator[tuple[bytes, bytes]]:
        """Yield `(key, salt)` in key order: with the state's values, what `load` needs."""
        pairs = [
            (key, bucket.salt(number))
            for bucket in self._buckets.values()
            for number, key in enumerate(bucket.keys)
        ]
        pairs.sort()
        return iter(pairs)

    def update(self, changes: Iterable[tuple[bytes, bytes | None]], secret: bytes) -> None:
        """Put `(key, value)`, or take a key out where the value is None; then rehash.

        `secret` is known to the node alone. A key that is put, also with the value that it had,
        gets the salt `sha256(old salt or 32 zero bytes + secret + key)[:16]`. Taking out an absent
        key does nothing. Changes apply in order; a block gives each key once.
        """
        touched: dict[int, None] = {}
        grown: dict[int, None] = {}
        shrunk: dict[int, None] = {}
        digest_of, number_of = sha256, int.from_bytes
        buckets, shift = self._buckets, self._shift
        for key, value in changes:
            key_hash = digest_of(key).digest()
            node = (number_of(key_hash, "big") | _TOP) >> shift
            if node not in buckets:
                node = self._seek(key_hash)
                shift = self._shift
            touched[node] = None
            if value is None:
                shrunk[node] = None
                self._remove(node, key_hash)
                continue
            bucket = buckets.get(node) or self._new_bucket(node)
            at = bucket.hashes.find(key_hash)
            if at > 0 and at & 31:  # the same bytes across the border of two hashes: look on
                at = bucket.find(key_hash) << 5
            at >>= 1
            old = bucket.salts[at : at + 16] if at >= 0 else NO_SALT_YET
            salt = digest_of(old + secret + key).digest()[:16]
            inner = salt + key_hash + digest_of(value).digest()
            digest = digest_of(LEAF_PREFIX + inner).digest()
            if at >= 0:
                bucket.salts[at : at + 16] = salt
                at = LEAVES_AT + (at << 1)
                bucket.image[at : at + 32] = digest
            else:
                grown[node] = None
                self._size += 1
                bucket.insert(key, key_hash, salt, digest)
        self._reshape(touched, grown, shrunk)
        self._rehash(touched)

    def prove(self, key: bytes) -> TreeProof:
        """Return the proof of the key's value, or of its absence."""
        key_hash = sha256(key).digest()
        node = self._seek(key_hash)
        bucket = self._buckets.get(node) or Bucket()
        branches: list[bytes] = []
        above = node
        while above != _ROOT:
            at = 1 + ((above & 15) << 5)
            above >>= 4
            branch = self._branches[above]
            branches.append(bytes(branch[1:at] + branch[at + 32 :]))
        path = tuple(reversed(branches))
        leaves = bytes(bucket.image[LEAVES_AT:])
        if bucket.find(key_hash) < 0:
            return Absence(key_hash, path, bytes(bucket.hashes), leaves)
        return Inclusion(path, sha256(bucket.hashes).digest(), leaves)

    def _seek(self, key_hash: bytes) -> int:
        """Return the node where a key is or would be: a bucket, or a place with nothing in it."""
        place = int.from_bytes(key_hash, "big") | _TOP
        shift, node = 256, _ROOT
        while node in self._branches:
            shift -= 4
            node = place >> shift
        self._shift = shift
        return node

    def _new_bucket(self, node: int) -> Bucket:
        bucket = self._buckets[node] = Bucket()
        return bucket

    def _add(self, key: bytes, value: bytes, salt: bytes) -> None:
        """Put a key that must be new, with the salt that it had; leaves the hashes for later."""
        key_hash = sha256(key).digest()
        node = self._seek(key_hash)
        bucket = self._buckets.get(node) or self._new_bucket(node)
        if bucket.find(key_hash) >= 0:
            raise ValueError(f"key {key.hex()} is given twice")
        bucket.insert(key, key_hash, salt, leaf_digest(key, value, salt))
        self._size += 1
        if len(bucket) > BUCKET_MAX:
            self._split(node, {})

    def _remove(self, node: int, key_hash: bytes) -> None:
        bucket = self._buckets.get(node)
        number = -1 if bucket is None else bucket.find(key_hash)
        if bucket is not None and number >= 0:
            bucket.remove(number)
            self._size -= 1

    def _reshape(
        self, touched: dict[int, None], grown: dict[int, None], shrunk: dict[int, None]
    ) -> None:
        """Bring back the canonical shape: merge what became small, split what became large.

        Order does not matter: whichever change makes a branch small enough is followed by a look
        at that branch. `touched` ends as the nodes whose digest must be computed.
        """
        for node in shrunk:
            bucket = self._buckets.get(node)
            if bucket is not None and not bucket:
                del self._buckets[node]
            while node != _ROOT and self._merge(node >> 4, touched):
                node >>= 4  # noqa: PLW2901 - climbing is the point
        for node in grown:
            bucket = self._buckets.get(node)
            if bucket is not None and len(bucket) > BUCKET_MAX:
                self._split(node, touched)

    def _merge(self, node: int, touched: dict[int, None]) -> bool:
        """Turn a branch into a bucket where its keys fit into one; say whether it was so."""
        children = range(node << 4, (node << 4) + 16)
        size = 0
        for child in children:
            # a branch among the children has more keys than fit into a bucket
            if child in self._branches:
                return False
            size += len(self._buckets.get(child, ()))
        if size > BUCKET_MAX or node not in self._branches:
            return False
        del self._branches[node]
        merged = Bucket()
        for child in children:
            touched.pop(child, None)
            bucket = self._buckets.pop(child, None)
            if bucket is not None:
                merged.take(bucket)
        if merged:
            self._buckets[node] = merged
        touched[node] = None
        return True

    def _split(self, node: int, touched: dict[int, None]) -> None:
        """Turn a bucket that holds too much into a branch."""
        bucket = self._buckets.pop(node)
        touched.pop(node, None)
        self._branches[node] = bytearray(_BRANCH)
        byte, low = divmod((node.bit_length() - 1) >> 2, 2)
        start = 0
        for nibble in range(16):
            end = start
            while end < len(bucket):
                pair = bucket.hashes[(end << 5) + byte]
                if (pair & 15 if low else pair >> 4) != nibble:
                    break
                end += 1
            if end == start:
                continue
            child = node << 4 | nibble
            self._buckets[child] = bucket.part(start, end)
            touched[child] = None
            if end - start > BUCKET_MAX:
                self._split(child, touched)
            start = end

    def _rehash(self, touched: Iterable[int]) -> None:
        """Compute the digests of these nodes, the deepest first, and of all above them."""
        rows: dict[int, dict[int, None]] = {}
        for node in touched:
            # a node with its leading 1 has one bit and four bits for each level: equal lengths
            # are equal depths
            length = node.bit_length()
            if length in rows:
                rows[length][node] = None
            else:
                rows[length] = {node: None}
        for length in range(max(rows, default=1), 1, -4):
            self._rehash_row(rows.get(length, {}), rows.setdefault(length - 4, {}))
        bucket = self._buckets.get(_ROOT)
        branch = self._branches.get(_ROOT, b"")
        self._root = bucket.digest() if bucket else sha256(branch).digest() if branch else EMPTY

    def _rehash_row(self, row: Iterable[int], above: dict[int, None]) -> None:
        """Write the digests of nodes of one depth into their parents, which join `above`."""
        digest_of, buckets, branches = sha256, self._buckets, self._branches
        for node in row:
            if node in buckets:
                bucket = buckets[node]
                if bucket.stale:
                    bucket.refresh()
                digest = digest_of(bucket.image).digest()
            else:
                digest = digest_of(branches[node]).digest() if node in branches else EMPTY
            parent = node >> 4
            at = 1 + ((node & 15) << 5)
            branches[parent][at : at + 32] = digest
            above[parent] = None
