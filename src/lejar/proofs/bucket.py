# SPDX-License-Identifier: Apache-2.0
"""A bucket of the state tree: the leaves of one small subtree, packed in byte arrays.

Packed because there are millions of leaves: 32 bytes of key hash, 16 of salt and 32 of digest
are what they cost here, where a bytes object each would cost 180. What only an insertion changes is
immutable: one allocation less, one place in memory less to visit, nothing for the collector.
"""

from hashlib import sha256
from typing import Final

from lejar.proofs.tree_proof import BUCKET_PREFIX, EMPTY

LEAVES_AT: Final = 33
"""Where the leaf digests start in a bucket's image."""


class Bucket:
    """Leaves in the order of their key hashes.

    `tree.py` also reads and writes the arrays directly where a call a leaf would be too slow:
    leaf number i has its hash at `hashes[32*i]`, its salt at `salts[16*i]`, its digest at
    `image[33 + 32*i]`.
    """

    __slots__ = ("hashes", "image", "keys", "salts", "stale")

    def __init__(self) -> None:
        self.keys: tuple[bytes, ...] = ()
        self.hashes = b""
        self.salts = bytearray()
        self.image = bytearray(BUCKET_PREFIX + EMPTY)
        self.stale = True  # bytes 1 to 33 of the image, the digest of the hashes, are out of date

    def __len__(self) -> int:
        """Return the number of leaves."""
        return len(self.keys)

    def find(self, key_hash: bytes) -> int:
        """Return the number of the leaf with this key hash, or -1."""
        at = self.hashes.find(key_hash)
        while at > 0 and at & 31:  # the same bytes across the border of two hashes: look on
            at = self.hashes.find(key_hash, at + 1)
        return at >> 5

    def salt(self, number: int) -> bytes:
        """Return the salt of leaf `number`."""
        return bytes(self.salts[number << 4 : (number + 1) << 4])

    def insert(self, key: bytes, key_hash: bytes, salt: bytes, digest: bytes) -> None:
        """Put a leaf that is not here yet at its place."""
        low, high = 0, len(self.keys)
        while low < high:
            middle = (low + high) >> 1
            if self.hashes[middle << 5 : (middle + 1) << 5] < key_hash:
                low = middle + 1
            else:
                high = middle
        self.keys = (*self.keys[:low], key, *self.keys[low:])
        self.hashes = self.hashes[: low << 5] + key_hash + self.hashes[low << 5 :]
        self.salts[low << 4 : low << 4] = salt
        at = LEAVES_AT + (low << 5)
        self.image[at:at] = digest
        self.stale = True

    def remove(self, number: int) -> None:
        """Take leaf `number` out."""
        self.keys = self.keys[:number] + self.keys[number + 1 :]
        self.hashes = self.hashes[: number << 5] + self.hashes[(number + 1) << 5 :]
        del self.salts[number << 4 : (number + 1) << 4]
        at = LEAVES_AT + (number << 5)
        del self.image[at : at + 32]
        self.stale = True

    def part(self, start: int, end: int) -> "Bucket":
        """Return a new bucket with the leaves `start` until `end`."""
        part = Bucket()
        part.keys = self.keys[start:end]
        part.hashes = self.hashes[start << 5 : end << 5]
        part.salts = self.salts[start << 4 : end << 4]
        part.image += self.image[LEAVES_AT + (start << 5) : LEAVES_AT + (end << 5)]
        return part

    def take(self, other: "Bucket") -> None:
        """Append the leaves of a bucket whose key hashes are all greater."""
        self.keys += other.keys
        self.hashes += other.hashes
        self.salts += other.salts
        self.image += other.image[LEAVES_AT:]
        self.stale = True

    def digest(self) -> bytes:
        """Return `sha256(0x02 + sha256(key hashes) + leaf digests)`."""
        if self.stale:
            self.refresh()
        return sha256(self.image).digest()

    def refresh(self) -> None:
        """Bring the digest of the key hashes up to date."""
        self.image[1:LEAVES_AT] = sha256(self.hashes).digest()
        self.stale = False
