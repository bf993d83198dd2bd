# SPDX-License-Identifier: Apache-2.0
"""pacs.009, pacs.008 and pacs.004 as payments of the hub.

pacs.009 moves a bank's own money, pacs.008 that of its customers' accounts: there deposits or
client money move. In both the bank that sends signs, and the hub judges whether it may.
"""

from dataclasses import dataclass
from typing import Final

from lejar.domain.settlement.commands import Pay
from lejar.domain.settlement.model import Priority
from lejar.gateways.iso20022.acting.asked import Asked, Names, day_of, uetr_id
from lejar.gateways.iso20022.acting.refusals import ChannelRefusal, NotActed
from lejar.gateways.iso20022.messages import CreditTransfer, Party, Return

PRIORITIES: Final = {"URGT": Priority.URGENT, "HIGH": Priority.HIGH}
"""Of SttlmPrty and InstrPrty; whatever else is said is normal."""


@dataclass(frozen=True, slots=True)
class Credit:
    """What came on an account, and may go back."""

    uetr: str
    asset: bytes
    source: bytes
    target: bytes
    amount: int


def pay(names: Names, said: CreditTransfer) -> Asked:
    """Make a payment of one credit transfer."""
    if names.directory.party(_payer(said)) != names.sender:
        raise NotActed(ChannelRefusal.SENDER_UNFIT)
    command = Pay(
        asset=names.currency(said.currency),
        source=names.account(said.debtor_account, said.debtor),
        target=names.account(said.creditor_account, said.creditor),
        amount=said.units,
        value_date=day_of(said.settlement_date),
        priority=PRIORITIES.get(said.priority or "", Priority.NORMAL),
        reference=uetr_id(said.uetr),
    )
    return Asked(command, said.uetr, names.command_id("payment", said.uetr.lower()))


def pay_back(names: Names, said: Return, came: Credit | None) -> Asked:
    """Make a payment back of what came, under the original's reference."""
    if came is None:
        raise NotActed(ChannelRefusal.ORIGINAL_UNKNOWN)
    if said.units > came.amount or names.currency(said.currency) != came.asset:
        raise NotActed(ChannelRefusal.RETURN_UNFIT)
    command = Pay(
        asset=came.asset,
        source=came.target,
        target=came.source,
        amount=said.units,
        value_date=day_of(said.settlement_date) if said.settlement_date else None,
        reference=uetr_id(came.uetr),
    )
    # One payment goes back once: a second return of it is the same command.
    return Asked(command, came.uetr, names.command_id("return", came.uetr))


def _payer(said: CreditTransfer) -> Party:
    """Give who must sign: between banks the debtor, for a customer its bank."""
    return said.debtor if said.between_banks else said.debtor_agent
