# SPDX-License-Identifier: Apache-2.0
"""What pays for what: an instruction's legs read once, each security with its price.

Between the same two parties, one security leg and the money that flows the other way belong
together.  Where more than one could be meant, the money leg says which it pays for.
"""

from collections.abc import Sequence

import msgspec

from lejar.domain.money import bank_of
from lejar.domain.policy import AssetKind, Leg, Movement, resolved
from lejar.domain.settlement.model import InstructionLeg
from lejar.domain.settlement.refusals import SettlementRefusal
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader
from lejar.ledger.accounts import known_account

_SECURITY = AssetKind.SECURITY


def read_legs(reader: Reader, legs: Sequence[InstructionLeg]) -> list[Movement]:
    """Read the assets and accounts that an instruction names, and what each security costs."""
    read = [resolved(reader, Leg(leg.asset, leg.source, leg.target, leg.amount)) for leg in legs]
    paying: dict[int, list[int]] = {}
    for at, leg in enumerate(read):
        if leg.profile.kind is not _SECURITY:
            for_ = paid_by(read, legs, at)
            if for_ is not None:
                paying.setdefault(for_, []).append(at)
    for security, money in paying.items():
        _price(reader, read, security, money)
    return read


def paid_by(read: Sequence[Movement], legs: Sequence[InstructionLeg], at: int) -> int | None:
    """Say which leg a money leg pays for: the one it names, or the only one it can mean."""
    named = legs[at].pays_for
    if named is not None:
        if named > len(read) or read[named - 1].profile.kind is not _SECURITY:
            raise Refused(SettlementRefusal.PAID_LEG_UNFIT, leg=at + 1, names=named)
        return named - 1
    payer, payee = read[at].giver.owner, read[at].receiver.owner
    if payer == payee:
        return None
    meant = [
        other
        for other, leg in enumerate(read)
        if leg.profile.kind is _SECURITY
        and leg.giver.owner == payee
        and leg.receiver.owner == payer
    ]
    if len(meant) > 1:
        raise Refused(SettlementRefusal.PRICE_UNCLEAR, leg=at + 1)
    return meant[0] if meant else None


def _price(reader: Reader, read: list[Movement], security: int, money: Sequence[int]) -> None:
    """Write down what is paid for a security, and which banks move for its sides.

    Several currencies are added up: rules that limit money count smallest units, and a price in
    two currencies must not count for less than one in one.
    """
    first = read[money[0]]
    agents = _agents(reader, [read[at] for at in money])
    pays_from = first.giver.cash_account or first.source
    paid_to = first.receiver.cash_account or first.target
    read[security] = msgspec.structs.replace(
        read[security],
        paid=sum([read[at].amount for at in money]),
        currency=first.asset,
        pays_from=pays_from,
        paid_to=paid_to,
        agents=agents,
    )
    if agents:
        for at in money:
            read[at] = msgspec.structs.replace(read[at], agents=agents)


def _agents(reader: Reader, money: Sequence[Movement]) -> tuple[bytes, ...]:
    found: dict[bytes, None] = {}
    for leg in money:
        for side in (leg.giver, leg.receiver):
            if side.cash_account is not None:
                found[known_account(reader, side.cash_account).owner] = None
        for account in (leg.source, leg.target):
            bank = bank_of(reader, account, leg.asset)
            if bank is not None:
                found[bank] = None
    return tuple(found)
