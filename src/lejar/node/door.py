# SPDX-License-Identifier: Apache-2.0
"""The door of a gateway process: envelopes are opened and their signatures checked here.

The writer never spends its core on signatures.  A batch is checked in one go: a gateway runs it off
its event loop, and the arithmetic releases the interpreter while it runs.
"""

from collections.abc import Sequence

import msgspec

from lejar.kernel.envelope import Opened, is_well_signed, opened
from lejar.kernel.failure import Malformed


class Unsigned(Malformed):
    """A signature is arithmetically wrong."""


class Turned(msgspec.Struct, frozen=True):
    """An envelope that was turned away, and why."""

    code: str
    reason: str


class Door:
    """Opens envelopes for one network."""

    def __init__(self, network: bytes) -> None:
        self.network = network

    def admit(self, data: bytes) -> Opened:
        """Open one envelope, or raise `Malformed` or `Unsigned`.

        An envelope for another network is turned away here, and would be refused behind.
        """
        envelope = opened(data)
        if envelope.body.network != self.network:
            raise Malformed("The envelope was signed for another network.")
        if not is_well_signed(envelope):
            raise Unsigned("A signature does not fit the signed bytes and the key named.")
        return envelope

    def admit_all(self, batch: Sequence[bytes]) -> list[Opened | Turned]:
        """Open a batch; gives for each envelope what it holds, or why it was turned away."""
        found: list[Opened | Turned] = []
        for data in batch:
            try:
                found.append(self.admit(data))
            except Unsigned as unsigned:
                found.append(Turned("signature_invalid", str(unsigned)))
            except Malformed as malformed:
                found.append(Turned("malformed", str(malformed)))
        return found
