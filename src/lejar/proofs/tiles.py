# SPDX-License-Identifier: Apache-2.0
"""The log as static files in the C2SP tlog-tiles layout: names and bytes, no I/O.

A hash tile holds up to 256 hashes of one height of the tree; an entry bundle holds up to 256
entries. Published as plain files they let anybody compute every proof, and existing tools check us.

Source: https://c2sp.org/tlog-tiles.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

import msgspec

from lejar.proofs.log import DIGEST_BYTES, HashReader, node_hash

TILE_HEIGHT: Final = 8
TILE_WIDTH: Final = 1 << TILE_HEIGHT
LEVEL_MAX: Final = 63
ENTRY_BYTES_MAX: Final = 0xFFFF

_PATH: Final = re.compile(
    r"tile/(?P<level>entries|0|[1-9][0-9]?)/(?P<index>(?:x[0-9]{3}/)*[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)


class Tile(msgspec.Struct, frozen=True, order=True):
    """The name of one tile: `level` 0 holds leaf hashes; `level` None is the bundle of entries."""

    level: int | None
    index: int
    width: int = TILE_WIDTH

    def __post_init__(self) -> None:
        """Raise ValueError for a tile that no log can have."""
        level = 0 if self.level is None else self.level
        if not (0 <= level <= LEVEL_MAX and self.index >= 0 and 1 <= self.width <= TILE_WIDTH):
            raise ValueError(f"no such tile: {self.level}, {self.index}, {self.width}")

    @property
    def path(self) -> str:
        """The path below the log's prefix, such as `tile/0/x001/x234/067.p/8`."""
        level = "entries" if self.level is None else str(self.level)
        partial = f".p/{self.width}" if self.width < TILE_WIDTH else ""
        return f"tile/{level}/{_index_path(self.index)}{partial}"


def parse_path(path: str) -> Tile:
    """Return the tile that `path` names; ValueError where it is not exactly a tile's path."""
    match = _PATH.fullmatch(path)
    if match is None:
        raise ValueError(f"not a tile path: {path!r}")
    level = None if match["level"] == "entries" else int(match["level"])
    index = int(match["index"].replace("x", "").replace("/", ""))
    tile = Tile(level, index, int(match["width"] or TILE_WIDTH))
    if tile.path != path:  # extra leading groups of zeros, or a partial tile of full width
        raise ValueError(f"not a canonical tile path: {path!r}")
    return tile


def new_tiles(old_size: int, new_size: int) -> Iterator[Tile]:
    """Yield the hash tiles to write when the log grows from `old_size` to `new_size` leaves.

    Full tiles once, lower levels first; the partial tile at each level's right edge where it grew.
    """
    for level in range(LEVEL_MAX + 1):
        old, new = old_size >> TILE_HEIGHT * level, new_size >> TILE_HEIGHT * level
        if new == 0:
            return
        yield from _grown(level, old, new)


def new_bundles(old_size: int, new_size: int) -> Iterator[Tile]:
    """Yield the entry bundles to write when the log grows from `old_size` to `new_size` leaves."""
    return _grown(None, old_size, new_size)


def tile_bytes(read: HashReader, tile: Tile) -> bytes:
    """Return the content of a hash tile: `width` hashes of 32 bytes."""
    if tile.level is None:
        raise ValueError("a bundle of entries is not made of hashes")
    level, start = tile.level * TILE_HEIGHT, tile.index * TILE_WIDTH
    return b"".join(read(level, start + offset) for offset in range(tile.width))


def tile_reader(load: Callable[[Tile], bytes], size: int) -> HashReader:
    """Return a `HashReader` over stored hash tiles of a log that stands at `size` leaves.

    `load` returns a tile's bytes; it is asked for the width that a log of `size` leaves has, and
    may return more (a partial tile since grown). A hash inside a tile is computed from the tile.
    """

    def read(level: int, index: int) -> bytes:
        tile_level, height = divmod(level, TILE_HEIGHT)
        first = index << height
        tile_index, offset = divmod(first, TILE_WIDTH)
        width = min(TILE_WIDTH, (size >> tile_level * TILE_HEIGHT) - tile_index * TILE_WIDTH)
        tile = Tile(tile_level, tile_index, width)
        count = 1 << height
        part = load(tile)[offset * DIGEST_BYTES : (offset + count) * DIGEST_BYTES]
        if len(part) != count * DIGEST_BYTES:
            raise ValueError(f"{tile.path} is shorter than the log it belongs to")
        return _complete_root(part)

    return read


def encode_bundle(entries: Sequence[bytes]) -> bytes:
    """Return an entry bundle: each entry after its length as a big-endian uint16."""
    if not 1 <= len(entries) <= TILE_WIDTH:
        raise ValueError(f"a bundle holds 1 to {TILE_WIDTH} entries, not {len(entries)}")
    if any(len(entry) > ENTRY_BYTES_MAX for entry in entries):
        raise ValueError(f"an entry has at most {ENTRY_BYTES_MAX} bytes")
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def decode_bundle(bundle: bytes) -> tuple[bytes, ...]:
    """Return the entries of a bundle; ValueError where its bytes are not exactly a bundle."""
    entries: list[bytes] = []
    at = 0
    while at < len(bundle):
        start = at + 2
        end = start + int.from_bytes(bundle[at:start], "big")
        if start > len(bundle) or end > len(bundle):
            raise ValueError("the bundle ends inside an entry")
        entries.append(bundle[start:end])
        at = end
    if not 1 <= len(entries) <= TILE_WIDTH:
        raise ValueError(f"a bundle holds 1 to {TILE_WIDTH} entries, not {len(entries)}")
    return tuple(entries)


def _index_path(index: int) -> str:
    groups = [f"{index % 1000:03}"]
    while index >= 1000:  # noqa: PLR2004 - three digits a path element, by the layout
        index //= 1000
        groups.append(f"x{index % 1000:03}")
    return "/".join(reversed(groups))


def _grown(level: int | None, old: int, new: int) -> Iterator[Tile]:
    """Yield the tiles of one level that changed when it grew from `old` to `new` hashes."""
    if old == new:
        return
    full, width = divmod(new, TILE_WIDTH)
    for index in range(old // TILE_WIDTH, full):
        yield Tile(level, index)
    if width:
        yield Tile(level, full, width)


def _complete_root(hashes: bytes) -> bytes:
    """Return the root over 1, 2, 4 ... 256 concatenated hashes."""
    row = [hashes[at : at + DIGEST_BYTES] for at in range(0, len(hashes), DIGEST_BYTES)]
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]
