# SPDX-License-Identifier: Apache-2.0
"""Tiles as files give the roots and proofs that the log in memory gives."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest

from lejar.node.tiles import TileFolder, TileWriter
from lejar.proofs.log import Hashes, inclusion_proof, leaf_hash, root_of
from lejar.proofs.tiles import Tile, new_tiles, tile_bytes


def digests(count: int) -> list[bytes]:
    return [sha256(str(number).encode()).digest() for number in range(count)]


def hashes(found: Sequence[bytes]) -> Hashes:
    return Hashes(leaf_hash(digest) for digest in found)


def nothing_sealed(_size: int) -> bytes | None:
    return None


@pytest.mark.parametrize("run", [[1], [255, 1], [256], [257], [300, 400], [1, 2, 70_000, 5]])
def test_roots_and_tiles_are_those_of_the_log(tmp_path: Path, run: list[int]) -> None:
    writer = TileWriter(tmp_path)
    writer.open(nothing_sealed)
    found = digests(sum(run))
    size = 0
    for count in run:
        writer.extend(found[size : size + count])
        size += count
    whole, reader = hashes(found), TileFolder(tmp_path)
    assert reader.size() == size
    assert root_of(reader.reader(size), size) == root_of(whole, size)
    for tile in new_tiles(0, size):
        assert reader.load(tile) == tile_bytes(whole, tile)


def test_an_older_size_is_read_from_grown_tiles(tmp_path: Path) -> None:
    writer = TileWriter(tmp_path)
    writer.open(nothing_sealed)
    found = digests(600)
    for start in range(0, 600, 100):
        writer.extend(found[start : start + 100])
    whole = hashes(found)
    for size in (1, 42, 255, 256, 257, 512, 599):
        reader = TileFolder(tmp_path).reader(size)
        assert root_of(reader, size) == root_of(whole, size)
        assert inclusion_proof(reader, size - 1, size) == inclusion_proof(whole, size - 1, size)


def test_a_writer_goes_on_from_what_is_there(tmp_path: Path) -> None:
    found = digests(700)
    first = TileWriter(tmp_path)
    first.open(nothing_sealed)
    first.extend(found[:300])
    second = TileWriter(tmp_path)
    assert second.open(lambda size: root_of(hashes(found[:300]), size)) == 300
    second.extend(found[300:])
    whole = hashes(found)
    assert root_of(TileFolder(tmp_path).reader(700), 700) == root_of(whole, 700)


def test_tiles_with_another_root_than_was_sealed_are_begun_again(tmp_path: Path) -> None:
    first = TileWriter(tmp_path)
    first.open(nothing_sealed)
    first.extend(digests(300))
    path = tmp_path / "tiles" / Tile(0, 1, 44).path
    path.write_bytes(bytes(len(path.read_bytes())))
    second = TileWriter(tmp_path)
    assert second.open(lambda size: root_of(hashes(digests(300)), size)) == 0
    assert TileFolder(tmp_path).size() == 0


def test_a_tile_that_is_not_there_is_a_lookup_error(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="There is no tile"):
        TileFolder(tmp_path).load(Tile(0, 0, 1))
