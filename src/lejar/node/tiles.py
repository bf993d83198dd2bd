# SPDX-License-Identifier: Apache-2.0
"""The entry log's hash tiles as files, so that a proof needs neither replay nor the writer.

The layout is C2SP tlog-tiles below `<home>/tiles`: any web server can publish the folder.  Tiles
are computed from receipts' digests and can always be computed again, so nothing here is synced;
whoever opens them compares their root with one that was sealed.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from shutil import rmtree
from typing import Final

from lejar.proofs.log import DIGEST_BYTES, HashReader, leaf_hash, node_hash, root_of
from lejar.proofs.tiles import TILE_HEIGHT, TILE_WIDTH, Tile, tile_reader

FOLDER: Final = "tiles"
SIZE_NAME: Final = "size"
NEW_SUFFIX: Final = ".new"


class TileFolder:
    """Reads tiles; any number of processes may."""

    def __init__(self, home: Path) -> None:
        self.path = home / FOLDER

    def size(self) -> int:
        """Give the number of leaves whose tiles are there."""
        try:
            return int((self.path / SIZE_NAME).read_text(encoding="ascii"))
        except (FileNotFoundError, ValueError):
            return 0

    def load(self, tile: Tile) -> bytes:
        """Give a tile's bytes, from a wider one where it has grown; `LookupError` if not there."""
        for width in (tile.width, TILE_WIDTH):
            try:
                data = (self.path / Tile(tile.level, tile.index, width).path).read_bytes()
            except FileNotFoundError:
                continue
            return data[: tile.width * DIGEST_BYTES]
        wider = self._wider(tile)
        if wider is None:
            message = f"There is no tile {tile.path} yet."
            raise LookupError(message)
        return wider

    def reader(self, size: int) -> HashReader:
        """Give the hashes of the log as it stood at a size."""
        return tile_reader(self.load, size)

    def _wider(self, tile: Tile) -> bytes | None:
        folder = (self.path / Tile(tile.level, tile.index, 1).path).parent
        if not folder.is_dir():
            return None
        widths = sorted(int(path.name) for path in folder.iterdir() if path.name.isdigit())
        for width in widths:
            if width >= tile.width:
                return (folder / str(width)).read_bytes()[: tile.width * DIGEST_BYTES]
        return None


class TileWriter(TileFolder):
    """The one writer of tiles: keeps the open tile of each level."""

    def __init__(self, home: Path) -> None:
        super().__init__(home)
        self._size = 0
        self._rows: list[list[bytes]] = []
        self._full: list[tuple[Tile, bytes]] = []

    def open(self, root_at: Callable[[int], bytes | None]) -> int:
        """Go on from what is there, if it has the root that was sealed at its size.

        Otherwise begin again.  `root_at` gives the log's sealed root at a size, or none where no
        block ended there.  Gives the size to go on from.
        """
        there = self.size()
        expected = root_at(there) if there else None
        try:
            if expected is not None and root_of(self.reader(there), there) == expected:
                self._resume(there)
                return there
        except (LookupError, ValueError, OSError):
            pass
        rmtree(self.path, ignore_errors=True)
        self._size, self._rows = 0, []
        return 0

    def extend(self, digests: Iterable[bytes]) -> int:
        """Append leaves, by their receipts' digests, and write the tiles; gives the new size."""
        before = self._size
        for digest in digests:
            self._add(0, leaf_hash(digest))
            self._size += 1
        if self._size == before:
            return before
        for tile, data in self._full:
            self._write(tile.path, data)
        for level, row in enumerate(self._rows):
            if row:
                index = (self._size >> (TILE_HEIGHT * level)) // TILE_WIDTH
                self._write(Tile(level, index, len(row)).path, b"".join(row))
        self._write(SIZE_NAME, str(self._size).encode("ascii"))
        for tile, _ in self._full:
            partial = (self.path / Tile(tile.level, tile.index, 1).path).parent
            rmtree(partial, ignore_errors=True)
        self._full.clear()
        return self._size

    def _add(self, level: int, digest: bytes) -> None:
        if level == len(self._rows):
            self._rows.append([])
        row = self._rows[level]
        row.append(digest)
        if len(row) == TILE_WIDTH:
            above = (self._size + 1) >> (TILE_HEIGHT * (level + 1))
            self._full.append((Tile(level, above - 1), b"".join(row)))
            self._rows[level] = []
            self._add(level + 1, _root_of_row(row))

    def _resume(self, size: int) -> None:
        self._size, self._rows = size, []
        level = 0
        while size >> (TILE_HEIGHT * level):
            index, width = divmod(size >> (TILE_HEIGHT * level), TILE_WIDTH)
            data = self.load(Tile(level, index, width)) if width else b""
            self._rows.append(
                [data[at : at + DIGEST_BYTES] for at in range(0, len(data), DIGEST_BYTES)]
            )
            level += 1

    def _write(self, name: str, data: bytes) -> None:
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh = path.with_name(path.name + NEW_SUFFIX)
        fresh.write_bytes(data)
        fresh.replace(path)


def _root_of_row(row: list[bytes]) -> bytes:
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]
