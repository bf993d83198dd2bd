# SPDX-License-Identifier: Apache-2.0
"""Tiles as the C2SP layout says, and proofs from nothing but stored tiles."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lejar.proofs.log import (
    Hashes,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from lejar.proofs.tiles import (
    TILE_WIDTH,
    Tile,
    decode_bundle,
    encode_bundle,
    new_bundles,
    new_tiles,
    parse_path,
    tile_bytes,
    tile_reader,
)
from tests.proofs import naive

LEAVES = [leaf_hash(number.to_bytes(3, "big")) for number in range(70_000)]
HASHES = Hashes(LEAVES)


@pytest.mark.parametrize(
    ("tile", "path"),
    [
        (Tile(0, 1_234_067), "tile/0/x001/x234/067"),  # the specification's own example
        (Tile(0, 0), "tile/0/000"),
        (Tile(1, 273, 17), "tile/1/273.p/17"),
        (Tile(63, 1000, 255), "tile/63/x001/000.p/255"),
        (Tile(None, 5, 1), "tile/entries/005.p/1"),
    ],
)
def test_paths(tile: Tile, path: str) -> None:
    """A tile and its path name each other."""
    assert tile.path == path
    assert parse_path(path) == tile


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/x000/001",
        "tile/00/001",
        "tile/64/001",
        "tile/0/1",
        "tile/0/001/002",
        "tile/0/x001",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/999",
        "tile/0/001.p/07",
        "tile/0/001.p/",
        "tile/entry/001",
        "/tile/0/001",
        "tile/0/001\n",
        "tile/0/\u0660\u0660\u0661",
        "tile/0/../001",
    ],
)
def test_paths_that_are_none(path: str) -> None:
    """Anything but the one way of writing a path is refused."""
    with pytest.raises(ValueError, match="tile"):
        parse_path(path)


@given(st.integers(0, 10**13), st.integers(1, 256), st.none() | st.integers(0, 63))
def test_paths_go_round(index: int, width: int, level: int | None) -> None:
    """Every tile's path reads back."""
    tile = Tile(level, index, width)
    assert parse_path(tile.path) == tile


def test_the_tiles_of_70000() -> None:
    """The specification's example: 273 full and one of 112; 1 full and one of 17; one of 1."""
    tiles = list(new_tiles(0, 70_000))
    assert [tile for tile in tiles if tile.width < TILE_WIDTH] == [
        Tile(0, 273, 112),
        Tile(1, 1, 17),
        Tile(2, 0, 1),
    ]
    assert sum(tile.width == TILE_WIDTH for tile in tiles) == 274
    assert list(new_tiles(0, 256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(new_bundles(0, 257)) == [Tile(None, 0), Tile(None, 1, 1)]
    assert not list(new_tiles(70_000, 70_000))
    first_hash = tile_bytes(HASHES, Tile(1, 0))[:32]
    assert first_hash == naive.log_root(LEAVES[:256])


@settings(max_examples=40)
@given(st.lists(st.integers(1, 3000), min_size=1, max_size=5), st.data())
def test_proofs_from_tiles(growth: list[int], data: st.DataObject) -> None:
    """Whatever the steps in which a log grew, its stored tiles give all its proofs."""
    store: dict[str, bytes] = {}
    size = 0
    for more in growth:
        for tile in new_tiles(size, size + more):
            store[tile.path] = tile_bytes(HASHES, tile)
        size += more
    read = tile_reader(lambda tile: store[tile.path], size)
    root = root_of(read, size)
    assert root == root_of(HASHES, size)
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_proof(read, index, size)
    assert verify_inclusion(LEAVES[index], index, size, path, root)
    first = data.draw(st.integers(1, size))
    old = root_of(HASHES, first)
    assert verify_consistency(first, old, size, root, consistency_proof(read, first, size))


def test_a_short_tile_is_seen() -> None:
    """A stored tile that lacks hashes is an error, not another root."""
    read = tile_reader(lambda _: bytes(32 * 3), 10)
    with pytest.raises(ValueError, match="shorter"):
        root_of(read, 10)


@given(st.lists(st.binary(max_size=70), min_size=1, max_size=256))
def test_bundles_go_round(entries: list[bytes]) -> None:
    """A bundle reads back; cut anywhere it is refused or has fewer entries."""
    bundle = encode_bundle(entries)
    assert decode_bundle(bundle) == tuple(entries)
    with pytest.raises(ValueError, match="bundle"):
        decode_bundle(bundle + b"\x00")


def test_bundles_that_are_none() -> None:
    """Too many, too few, too long."""
    for wrong in ([], [b""] * 257, [bytes(65_536)]):
        with pytest.raises(ValueError, match=r"bundle|entry"):
            encode_bundle(wrong)
    for bytes_ in (b"", b"\x00", b"\x00\x02a", b"\x00\x00" * 257):
        with pytest.raises(ValueError, match="bundle"):
            decode_bundle(bytes_)


def test_tiles_that_are_none() -> None:
    """Widths and levels outside the layout."""
    for level, index, width in ((64, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)):
        with pytest.raises(ValueError, match="tile"):
            Tile(level, index, width)
    with pytest.raises(ValueError, match="bundle"):
        tile_bytes(HASHES, Tile(None, 0))
