# SPDX-License-Identifier: Apache-2.0
"""Tickets: one-time links by which the local command line signs a browser in.

A link may end in a browser's history, so it carries no pass.  It carries a random word, and the
pass waits in a file of the data folder that only this user can read, under the word's digest, until
the gateway takes it: once, and within minutes.
"""

import contextlib
import hashlib
import os
import re
import secrets
from pathlib import Path
from typing import Final

import msgspec

from lejar.kernel.moment import MICROS_PER_MINUTE

FOLDER: Final = "tickets"
WORD_BYTES: Final = 24
WORD: Final = re.compile(r"[A-Za-z0-9_-]{32}")
"""24 random bytes in base64url."""
VALIDITY: Final = 5 * MICROS_PER_MINUTE
PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700


class Waiting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a ticket's file holds: the pass, and until when (microseconds UTC) it may be taken."""

    pass_text: str
    valid_until: int


class TicketFolder:
    """The tickets of one data folder."""

    def __init__(self, home: Path) -> None:
        self.path = home / FOLDER

    def issue(self, pass_text: str, now: int) -> str:
        """Keep a pass and give the word of its ticket; clears away what nobody took in time."""
        self.path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        self._clear(now)
        word = secrets.token_urlsafe(WORD_BYTES)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        with os.fdopen(os.open(self._place(word), flags, PRIVATE_FILE), "wb") as file:
            file.write(msgspec.json.encode(Waiting(pass_text, now + VALIDITY)))
        return word

    def redeem(self, word: str, now: int) -> str | None:
        """Take a ticket: its pass, or none when it was never issued, taken already, or is late.

        The file is renamed before it is read, so that of two who come at once one gets it.
        """
        if WORD.fullmatch(word) is None:
            return None
        place = self._place(word)
        taken = place.with_suffix(".taken")
        try:
            place.rename(taken)
            waiting = msgspec.json.decode(taken.read_bytes(), type=Waiting)
            taken.unlink()
        except (OSError, msgspec.DecodeError):
            return None
        return waiting.pass_text if now <= waiting.valid_until else None

    def _place(self, word: str) -> Path:
        return self.path / hashlib.sha256(word.encode()).hexdigest()

    def _clear(self, now: int) -> None:
        for path in self.path.iterdir():
            with contextlib.suppress(OSError, msgspec.DecodeError):
                if msgspec.json.decode(path.read_bytes(), type=Waiting).valid_until < now:
                    path.unlink()
