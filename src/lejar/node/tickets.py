# SPDX-License-Identifier: Apache-2.0
"""One-time words that stand for a pass: a person opens a link instead of pasting a long text.

Whoever can write in the data folder's ticket folder is the node's own user.  A ticket is taken
once, and not later than its end; the pass behind it is checked like any other.
"""

import contextlib
import os
import re
import secrets
import time
from pathlib import Path
from typing import Final

FOLDER: Final = "tickets"
WORD_BYTES: Final = 16
VALID_SECONDS: Final = 15 * 60
_WORD: Final = re.compile(r"[A-Za-z0-9_-]{22}", re.ASCII)


class TicketFolder:
    """The tickets of one data folder; made by the command line, redeemed by the gateway."""

    def __init__(self, home: Path) -> None:
        self._path = home / FOLDER

    def make(self, pass_text: str) -> str:
        """Give a new ticket for a pass."""
        self._path.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._forget_old()
        word = secrets.token_urlsafe(WORD_BYTES)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(self._path / word, flags, 0o600), "w", encoding="ascii") as file:
            file.write(pass_text)
        return word

    def redeem(self, ticket: str) -> str | None:
        """Take a ticket and give its pass; none when it is not there, or too old."""
        if _WORD.fullmatch(ticket) is None:
            return None
        path = self._path / ticket
        taken = path.with_suffix(f".{secrets.token_hex(4)}")
        try:
            path.rename(taken)  # only one of two who come at once succeeds
            age = time.time() - taken.stat().st_mtime
            text = taken.read_text(encoding="ascii")
            taken.unlink()
        except OSError:
            return None
        return text if age <= VALID_SECONDS else None

    def _forget_old(self) -> None:
        for path in self._path.iterdir():
            with contextlib.suppress(OSError):
                if time.time() - path.stat().st_mtime > VALID_SECONDS:
                    path.unlink()
