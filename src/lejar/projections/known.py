# SPDX-License-Identifier: Apache-2.0
"""What folds ask so often that the projector keeps it in memory between batches.

It says nothing that the tables do not say; after a failed transaction it is dropped and read again.
"""

from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import Connection, select

from lejar.domain.consent import Stage as ProposalStage
from lejar.domain.settlement import Stage
from lejar.kernel.failure import Broken
from lejar.projections.queue_schema import sender_limits, waiting
from lejar.projections.schema import (
    accounts,
    assets,
    directive_parties,
    directives,
    freezes,
    instruction_parties,
    instructions,
    proposal_parties,
    proposals,
    standing,
)

CURRENCY = "currency"
DEPOSIT = "deposit"
MONEY: Final = (CURRENCY, DEPOSIT)
"""Kinds of assets whose amounts are in a currency's smallest unit."""
PARTY = "party"
"""The role of those who must agree to an instruction."""
PEOPLE_MAX = 500_000
"""About 130 MB; when there are more accounts, those in use are asked for again."""


@dataclass(frozen=True, slots=True)
class Directed:
    """Whom a directive's entries concern, its agency first, and what it freezes, if anything."""

    parties: tuple[bytes, ...]
    frozen: bytes | None


@dataclass(slots=True)
class Limits:
    """Counterparties with a limit (empty bytes for all others), and since when is counted."""

    since: int
    counterparties: dict[bytes, None] = field(default_factory=dict)


@dataclass(slots=True)
class Known:
    """People behind accounts (as far as asked), what is open with its sides, the offset."""

    offset_minutes: int
    open_instructions: dict[bytes, tuple[bytes, ...]] = field(default_factory=dict)
    people: dict[bytes, tuple[bytes, ...]] = field(default_factory=dict)
    """Account to its owner and, where it has one, its beneficiary."""
    open_proposals: dict[bytes, tuple[bytes, ...]] = field(default_factory=dict)
    directives: dict[bytes, Directed] = field(default_factory=dict)
    """Directives, as far as asked."""
    money: dict[bytes, int] = field(default_factory=dict)
    """Currencies and claims in them, with the digits after their point."""
    moves: dict[bytes, bytes] = field(default_factory=dict)
    """Account to the account whose money moves for it, as far as asked."""
    queued: dict[bytes, None] = field(default_factory=dict)
    limits: dict[tuple[bytes, bytes], Limits] = field(default_factory=dict)
    """Party and asset to the limits there are."""
    counterparts: dict[bytes, tuple[bytes, bytes]] = field(default_factory=dict)
    """Outside ledgers, as far as asked: who keeps one, and whose account it mirrors."""

    def stay_small(self) -> None:
        """Forget the people when there are too many of them."""
        if len(self.people) > PEOPLE_MAX:
            self.people.clear()
            self.moves.clear()


def read_known(connection: Connection) -> Known:
    """Read what must be known before the first fold."""
    offset = connection.execute(select(standing.c.offset_minutes)).scalar_one()
    stages = [str(stage) for stage in Stage]
    sides = instruction_parties.c
    query = (
        select(sides.instruction, sides.party)
        .join(instructions, instructions.c.id == sides.instruction)
        .where(instructions.c.stage.in_(stages), sides.role == PARTY)
        .order_by(sides.instruction, sides.party)
    )
    open_now: dict[bytes, tuple[bytes, ...]] = {}
    for instruction, party in connection.execute(query):
        open_now[instruction] = (*open_now.get(instruction, ()), party)
    money = select(assets.c.id, assets.c.decimals).where(assets.c.kind.in_(MONEY))
    return Known(
        int(offset),
        open_now,
        open_proposals=_open_proposals(connection),
        money={bytes(row.id): row.decimals for row in connection.execute(money)},
        queued=dict.fromkeys(connection.execute(select(waiting.c.instruction)).scalars()),
        limits=_limits(connection),
    )


def _limits(connection: Connection) -> dict[tuple[bytes, bytes], Limits]:
    c = sender_limits.c
    found: dict[tuple[bytes, bytes], Limits] = {}
    for party, asset, counterparty, since in connection.execute(
        select(c.party, c.asset, c.counterparty, c.since)
    ):
        limits = found.setdefault((party, asset), Limits(since))
        limits.counterparties[counterparty] = None
    return found


def _open_proposals(connection: Connection) -> dict[bytes, tuple[bytes, ...]]:
    stages = [str(stage) for stage in ProposalStage]
    sides = proposal_parties.c
    query = (
        select(sides.proposal, sides.party)
        .join(proposals, proposals.c.id == sides.proposal)
        .where(proposals.c.stage.in_(stages))
        .order_by(sides.proposal, sides.party)
    )
    open_now: dict[bytes, tuple[bytes, ...]] = {}
    for proposal, party in connection.execute(query):
        open_now[proposal] = (*open_now.get(proposal, ()), party)
    return open_now


def people(owner: bytes, beneficiary: bytes | None) -> tuple[bytes, ...]:
    """Give whom an account concerns, its owner first."""
    return (owner,) if beneficiary is None else (owner, beneficiary)


def people_of(connection: Connection, account: bytes) -> tuple[bytes, ...]:
    """Give an account's owner and, where it has one, its beneficiary."""
    asked = select(accounts.c.owner, accounts.c.beneficiary).where(accounts.c.id == account)
    found = connection.execute(asked).one_or_none()
    if found is None:
        raise Broken("an account that takes part in an instruction was opened before")
    return people(*found)


def moves_for(connection: Connection, account: bytes) -> bytes:
    """Give the account whose money moves for an account: its bank's client account, or itself."""
    asked = select(accounts.c.cash_account).where(accounts.c.id == account)
    return connection.execute(asked).scalar_one() or account


def directed_by(connection: Connection, directive: bytes) -> Directed:
    """Read what an earlier batch has written of a directive."""
    agency = connection.execute(select(directives.c.agency).where(directives.c.id == directive))
    c = directive_parties.c
    concerned = select(c.party).where(c.directive == directive).order_by(c.party)
    frozen = select(freezes.c.subject).where(freezes.c.directive == directive)
    return Directed(
        (bytes(agency.scalar_one()), *connection.execute(concerned).scalars()),
        connection.execute(frozen).scalar_one_or_none(),
    )
