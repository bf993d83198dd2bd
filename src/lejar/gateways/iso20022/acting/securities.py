# SPDX-License-Identifier: Apache-2.0
"""sese.023 as an instruction of the hub: one side's word, which the other side's word matches.

Both sides' messages must make the same legs, day and terms. So names that both use (a common
reference, a pool) become digests of the names, and each side's own references stay outside.
"""

from typing import Final

from lejar.domain.settlement.commands import Instruct
from lejar.domain.settlement.model import (
    LINKS_MAX,
    POOL_MAX,
    InstructionLeg,
    OnShortfall,
    Pool,
    Priority,
    Terms,
)
from lejar.gateways.iso20022.acting.asked import Asked, Names, day_of, name_id
from lejar.gateways.iso20022.acting.refusals import ChannelRefusal, NotActed
from lejar.gateways.iso20022.acting.session import Gives
from lejar.gateways.iso20022.messages import SecuritiesInstruction, Side
from lejar.gateways.iso20022.rules.securities import QUANTITY_DECIMALS
from lejar.kernel import identifiers

PRIORITIES: Final = {"0001": Priority.URGENT, "0002": Priority.URGENT, "0003": Priority.HIGH}
"""Numbers as TARGET2-Securities gives them: 1 reserved, 2 top, 3 high, 4 normal."""
PARTIAL: Final = frozenset({"PART", "PARQ", "PARC"})


class Instructions:
    """The hub's instructions by what their sender called them."""

    def __init__(self, by_reference: dict[str, str]) -> None:
        self._by_reference = by_reference

    def id(self, reference: str) -> bytes:
        """Give an instruction's id, or say no."""
        text = self._by_reference.get(reference, reference)
        if not text.startswith(f"{identifiers.PREFIXES['instruction']}_"):
            raise NotActed(ChannelRefusal.LINK_UNFIT)
        return identifiers.read("instruction", text)


def instruct(names: Names, said: SecuritiesInstruction, known: Instructions) -> Asked:
    """Make an instruction of one side's message."""
    if names.directory.party(said.owner) not in {names.sender, None}:
        raise NotActed(ChannelRefusal.SENDER_UNFIT)
    legs = _legs(names, said)
    command = Instruct(
        legs=legs,
        value_date=day_of(said.settlement_date),
        terms=_terms(said, known),
    )
    command_id = names.command_id("securities", said.reference)
    return Asked(command, said.reference, command_id, _gives(said, legs))


def _gives(said: SecuritiesInstruction, legs: tuple[InstructionLeg, ...]) -> Gives | None:
    given = legs[:1] if said.side is Side.DELIVERS else legs[1:]
    for leg in given:
        account = identifiers.show("account", leg.source)
        return Gives(account, identifiers.show("asset", leg.asset), leg.amount)
    return None


def _legs(names: Names, said: SecuritiesInstruction) -> tuple[InstructionLeg, ...]:
    ours = names.account(said.account or None, said.owner)
    theirs = names.account(said.counterparty_account, said.counterparty)
    giver, taker = (ours, theirs) if said.side is Side.DELIVERS else (theirs, ours)
    asset = names.instruments.instrument(said.isin)
    if asset is None:
        raise NotActed(ChannelRefusal.INSTRUMENT_UNKNOWN)
    units = _units(said, None if not said.face_amount else names.instruments.nominal(asset))
    delivered = InstructionLeg(identifiers.read("asset", asset), giver, taker, units)
    if said.units is None or said.currency is None:
        return (delivered,)
    money = names.currency(said.currency)
    paid = InstructionLeg(money, names.cash(taker), names.cash(giver), said.units)
    return (delivered, paid)


def _units(said: SecuritiesInstruction, nominal: int | None) -> int:
    """Turn ten-thousandths into whole units; face amount by the nominal of a unit."""
    each = nominal if said.face_amount else 10**QUANTITY_DECIMALS
    units, rest = (0, 0) if each is None else divmod(said.quantity, each)
    if rest or units < 1:
        raise NotActed(ChannelRefusal.QUANTITY_UNFIT)
    return units


def _terms(said: SecuritiesInstruction, known: Instructions) -> Terms:
    after = tuple(known.id(one.reference) for one in said.linkages if one.position == "AFTE")
    beside = [one.reference for one in said.linkages if one.position == "WITH"]
    if len(after) + len(beside) < len(said.linkages) or len(after) > LINKS_MAX:
        raise NotActed(ChannelRefusal.LINK_UNFIT)
    return Terms(
        on_shortfall=OnShortfall.QUEUE,
        priority=PRIORITIES.get(said.priority or "", Priority.NORMAL),
        partial_from=1 if said.partial in PARTIAL else None,
        after=after,
        pool=_pool(said, beside),
        on_hold=said.hold,
        reference=None if said.common_reference is None else name_id(said.common_reference),
    )


def _pool(said: SecuritiesInstruction, beside: list[str]) -> Pool | None:
    """Make a pool of the common references of all its instructions, which both sides know."""
    if not beside:
        return None
    named = {said.common_reference or "", *beside}
    if said.common_reference is None or not 1 < len(named) <= POOL_MAX:
        raise NotActed(ChannelRefusal.LINK_UNFIT)
    return Pool(name_id("\n".join(sorted(named))), len(named))
