# SPDX-License-Identifier: Apache-2.0
"""Charges: the duties and fees that a movement brings with it, posted in the same entry."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lejar.domain.policy import events, persons
from lejar.domain.policy.kinds.duty import Duty, Payer, due
from lejar.domain.policy.model import PROFILES, Movement
from lejar.domain.policy.program import Charged, Program, is_of_market
from lejar.domain.policy.rule_refusals import RuleRefusal
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader
from lejar.ledger.accounts import ACCOUNTS, known_account


@dataclass(frozen=True, slots=True)
class Charge:
    """A duty worked out for one movement."""

    rule: str
    pack: str
    base: int
    movement: Movement

    def event(self) -> events.DutyCharged:
        """Say what was charged."""
        moved = self.movement
        return events.DutyCharged(
            self.rule, self.pack, moved.asset, moved.source, moved.target, self.base, moved.amount
        )


def charges(reader: Reader, programs: Sequence[tuple[Movement, Program]]) -> list[Charge]:
    """Work out what every leg costs; refuses where nobody is named to collect it."""
    return [
        charge
        for leg, program in programs
        for charged in program.charged
        if leg.paid and is_due(reader, charged, leg)
        for charge in _of(reader, charged, leg)
    ]


def is_due(reader: Reader, charged: Charged, leg: Movement) -> bool:
    """Say whether a duty's scope and conditions are about a leg."""
    scope, duty = charged.rule.scope, charged.duty
    if not is_of_market(scope.market, leg):
        return False
    person = leg.receiver.person

    def any_of(patterns: tuple[str, ...]) -> bool:
        return persons.holds_any(reader, person, patterns, None)

    wanted = (scope.only, duty.only_with)
    return all(not only or any_of(only) for only in wanted) and not any_of(
        (*scope.unless, *duty.unless_with)
    )


def _of(reader: Reader, charged: Charged, leg: Movement) -> Iterator[Charge]:
    amount = due(charged.duty, leg.paid)
    if not amount:
        return
    collector = charged.collector
    account = None if collector is None else ACCOUNTS.get(reader, collector)
    if collector is None or account is None:  # the word stands for nothing, or for no account
        raise Refused(
            RuleRefusal.COLLECTOR_UNNAMED, rule=charged.rule.id, name=charged.duty.collector
        )
    for payer in _payers(charged.duty, leg):
        if payer != collector:
            movement = Movement(
                leg.currency,
                payer,
                collector,
                amount,
                PROFILES.require(reader, leg.currency),
                known_account(reader, payer),
                account,
            )
            yield Charge(charged.rule.id, charged.pack, leg.paid, movement)


def _payers(duty: Duty, leg: Movement) -> tuple[bytes, ...]:
    if duty.payer is Payer.BUYER:
        return (leg.pays_from,)
    if duty.payer is Payer.SELLER:
        return (leg.paid_to,)
    return (leg.pays_from, leg.paid_to)
