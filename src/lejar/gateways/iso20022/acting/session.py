# SPDX-License-Identifier: Apache-2.0
"""What becomes of a transaction, as one table: from its receipt by the channel to its end.

A state follows from what the hub has sealed, never from what was sent: settled is said only where
an entry says it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

import msgspec

from lejar.gateways.iso20022.acting.refusals import ChannelRefusal
from lejar.gateways.iso20022.messages import Original, SecuritiesInstruction
from lejar.kernel.failure import Broken


class State(StrEnum):
    """Where a transaction stands between its bank and the hub."""

    RECEIVED = "received"
    """Written down; perhaps sent to the hub, whose answer is not here."""
    REJECTED = "rejected"
    """The channel or the hub said no; nothing came of it."""
    PENDING = "pending"
    """The hub has it, and it has not settled."""
    FAILED = "failed"
    """Its day came and it could not settle; its owner may try it again."""
    SETTLED = "settled"
    CANCELLED = "cancelled"


NEXT: Final[Mapping[State, frozenset[State]]] = {
    State.RECEIVED: frozenset(set(State) - {State.RECEIVED}),
    State.PENDING: frozenset({State.PENDING, State.FAILED, State.SETTLED, State.CANCELLED}),
    State.FAILED: frozenset({State.PENDING, State.FAILED, State.SETTLED, State.CANCELLED}),
    State.REJECTED: frozenset(),
    State.SETTLED: frozenset(),
    State.CANCELLED: frozenset(),
}
"""What may follow what."""

OPEN: Final = frozenset(state for state, following in NEXT.items() if following)


class Form(StrEnum):
    """In which words a transaction is answered."""

    PAYMENT = "payment"
    RETURN = "return"
    SECURITIES = "securities"


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """What the hub says of a transaction."""

    state: State
    stage: str = ""
    """The hub's own word, finer than the state: alleged, matched, queued."""
    cause: str | None = None
    """A refusal's code."""
    sentence: str = ""
    """What a person reads of the cause."""
    instruction: str | None = None
    entry: int | None = None
    short_here: bool | None = None
    """Whether what is missing is missing on the side that is answered; none where nobody knows."""


def channel_no(refusal: ChannelRefusal) -> Standing:
    """Make a standing of the channel's own no."""
    return Standing(state=State.REJECTED, cause=refusal.code, sentence=refusal.sentence("en"))


class Gives(msgspec.Struct, frozen=True):
    """What the side that is answered will give, in ids of the hub."""

    account: str
    asset: str
    amount: int


class Transaction(msgspec.Struct, frozen=True, kw_only=True):
    """One transaction of one message, as the channel keeps it."""

    reference: str
    """What its sender calls it: a UETR, or the reference of a securities instruction."""
    fingerprint: str
    """Of its message."""
    form: Form
    command_id: str
    original: Original
    instructed: SecuritiesInstruction | None = None
    gives: Gives | None = None
    """Of securities, so that what is missing can be said to be missing here or there."""
    standing: Standing = Standing(state=State.RECEIVED)

    def stands(self, standing: Standing) -> "Transaction":
        """Move on, as the table allows."""
        if standing.state not in NEXT[self.standing.state]:
            raise Broken(f"{self.standing.state} is not followed by {standing.state}")
        return msgspec.structs.replace(self, standing=standing)
