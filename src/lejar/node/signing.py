# SPDX-License-Identifier: Apache-2.0
"""What the node itself signs: ticks, in the name of its party, and checkpoints, as the log.

The keys are one of the four seams; they come from files, and later from hardware.
"""

import secrets
from collections.abc import Callable

import msgspec

from lejar.domain.calendar.commands import Tick
from lejar.kernel.codec import encode
from lejar.kernel.entry import Seal
from lejar.kernel.envelope import FORMAT, Body, sealed
from lejar.kernel.moment import MICROS_PER_MINUTE
from lejar.proofs.checkpoint import Checkpoint, Note, Signer, VerifierKey

TICK_VALID = 10 * MICROS_PER_MINUTE


class NodeSigner:
    """Holds the node's seeds; `party` has the power to tick."""

    def __init__(
        self,
        party: bytes,
        seed: bytes,
        log: Signer,
        witnesses: tuple[Signer, ...] = (),
        entropy: Callable[[int], bytes] = secrets.token_bytes,
    ) -> None:
        self._party = party
        self._seed = seed
        self._log = log
        self._witnesses = witnesses
        self._entropy = entropy

    @property
    def keys(self) -> tuple[VerifierKey, ...]:
        """The public keys that check this node's checkpoints."""
        return (self._log.public, *(witness.public for witness in self._witnesses))

    def tick(self, network: bytes, now: int) -> tuple[bytes, bytes]:
        """Sign a tick; gives its command id and its envelope."""
        command_id = self._entropy(16)
        command = msgspec.Raw(encode(Tick()))
        body = Body(FORMAT, network, command_id, now + TICK_VALID, self._entropy(32), command)
        return command_id, sealed(body, [(self._party, self._seed)])

    def checkpoint(self, seal: Seal) -> str:
        """Sign the log and the state as a seal states them, as a C2SP checkpoint."""
        body = Checkpoint(
            self._log.public.name,
            seal.last,
            seal.log_root,
            seal.block,
            seal.state_root,
            seal.at,
        ).text
        seconds = seal.ordered_at // 1_000_000
        cosigned = [witness.cosign(body, seconds) for witness in self._witnesses]
        return Note(body, (self._log.sign(body), *cosigned)).text
