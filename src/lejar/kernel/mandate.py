# SPDX-License-Identifier: Apache-2.0
"""Mandates: commands that run by themselves because those who must agree have agreed.

Due work of the kind `KIND` holds only the name of its authority.  The command and who stands behind
it are asked of the module that keeps authorities when the moment comes, so that nothing that
changed in between is overlooked.
"""

from lejar.kernel.codec import Record

KIND = "kernel.mandate"
"""The kind of due work, and the name of its entry when the command was not carried out."""


class Mandate(Record, frozen=True):
    """One command, in its canonical bytes, and those who agreed to it."""

    command: bytes
    signers: tuple[bytes, ...]
    """The parties that agreed, in the order of their ids: the handler sees them as its signers."""
    authority: bytes
    """The id of what gave the mandate."""


class Carried(Record, frozen=True):
    """What a command that carries another one carries, as far as the carrier may know it."""

    name: str
    """The carried command's tag."""
    role: str
    """The role that a key needs to sign it."""
    matter: str
    """What it is about where one verb serves several matters; otherwise empty."""
    subject: bytes | None
    """What it acts on, as far as its verb can name it."""
