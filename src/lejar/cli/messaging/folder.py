# SPDX-License-Identifier: Apache-2.0
"""The file drop: in/ to work/ to done/ or refused/, answers to out/.

Each step is one rename, and each can be the last before the program is killed. A file in work/
was being taken: it is taken again, and what follows from it has the same names and ids as before.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lejar.cli.messaging.bank import Bank
from lejar.cli.messaging.following import Following
from lejar.cli.messaging.log import Reply
from lejar.gateways.iso20022.tree import BYTES_MAX
from lejar.kernel.digest import sha256

SUFFIX: Final = ".xml"
FOLDERS: Final = ("in", "work", "done", "refused", "out")
DIGEST_DIGITS: Final = 16


class Drop:
    """One bank's folder."""

    def __init__(self, root: Path, bank: Bank) -> None:
        self._bank = bank
        self._following = Following(bank)
        self.inbox, self.work, self.done, self.refused, self.out = (root / name for name in FOLDERS)
        for folder in (self.inbox, self.work, self.done, self.refused, self.out):
            folder.mkdir(parents=True, exist_ok=True)

    def round(self) -> Iterator[str]:
        """Take what is there, tell what is new, and deliver; gives a line for each thing done."""
        for file in _messages(self.work):
            yield from self._take(file, resumed=True)
        for file in _messages(self.inbox):
            working = self.work / file.name
            file.replace(working)
            yield from self._take(working, resumed=False)
        self._following.look()
        yield from self.deliver()
        self._bank.log.forget(self._bank.clock())

    def deliver(self) -> Iterator[str]:
        """Put out every answer that is not out yet."""
        for reply in self._bank.log.undelivered():
            self._put(reply)
            yield f"-> {reply.name}"

    def _take(self, file: Path, *, resumed: bool) -> Iterator[str]:
        data = _bounded(file)
        replies = self._bank.take(data, resumed=resumed)
        for reply in replies:
            self._put(reply)
            yield f"{file.name} -> {reply.name}"
        folder = self.done if any(one.fingerprint for one in replies) else self.refused
        # The digest keeps a later file of the same name from covering this one.
        name = f"{file.stem}.{sha256(data).hex()[:DIGEST_DIGITS]}{SUFFIX}"
        file.replace(folder / name)

    def _put(self, reply: Reply) -> None:
        """Write an answer whole or not at all, and note that it is out."""
        written = self.out / f".{reply.name}.new"
        written.write_bytes(reply.data)
        written.replace(self.out / reply.name)
        self._bank.log.delivered(reply.name)


def _messages(folder: Path) -> list[Path]:
    """List the files of a folder by name; a name that begins with a dot is still being written."""
    return sorted(
        one
        for one in folder.iterdir()
        if one.suffix == SUFFIX and not one.name.startswith(".") and one.is_file()
    )


def _bounded(file: Path) -> bytes:
    """Read a file, but no more of it than tells that it is too large."""
    with file.open("rb") as opened:
        return opened.read(BYTES_MAX + 1)
