# SPDX-License-Identifier: Apache-2.0
"""How a leg of a currency really moves between accounts of which some hold a bank's claim.

A payment between customers of two banks ends one claim, moves central-bank money from bank to
bank and makes the other claim, for one amount and in one entry: at par, always.  Customers of one
bank pass the claim on; who holds the currency itself gives and takes it directly.
"""

from typing import TypeAlias

from lejar.domain.accounts import paying_account, receiving_account
from lejar.domain.money.deposits.model import DEPOSITS, deposit_kept
from lejar.domain.money.deposits.refusals import DepositRefusal
from lejar.domain.money.deposits.rules import bank_may_act
from lejar.domain.policy import Leg, known_profile
from lejar.kernel.refusal import Fact, Refused
from lejar.kernel.state import Reader

_Side: TypeAlias = tuple[bytes, Leg | None]
"""The account of the currency itself that moves for a side, and what becomes of its claim."""


def money_legs(reader: Reader, leg: Leg) -> tuple[Leg, ...] | None:
    """Give what moves for a leg of a currency, none when neither side holds a claim in its place.

    What the payer gives comes first.  Refuses when a bank that would have to pay may not act.
    """
    given = deposit_kept(reader, leg.source, leg.asset)
    taken = deposit_kept(reader, leg.target, leg.asset)
    if given is None and taken is None:
        return None
    if given == taken and given is not None:
        _bank_pays(reader, given, account=leg.source)
        return (Leg(given, leg.source, leg.target, leg.amount),)
    source, ends = _payer(reader, leg, given)
    target, begins = _payee(reader, leg, taken)
    between = None if source == target else Leg(leg.asset, source, target, leg.amount)
    return tuple(one for one in (ends, between, begins) if one is not None)


def _payer(reader: Reader, leg: Leg, given: bytes | None) -> _Side:
    """Give where central-bank money leaves, and the claim's way back to its bank."""
    if given is None:
        return paying_account(reader, leg.source, leg.amount), None
    settles_in = _bank_pays(reader, given, account=leg.source)
    issuance = known_profile(reader, given).issuance_account
    return settles_in, Leg(given, leg.source, issuance, leg.amount)


def _payee(reader: Reader, leg: Leg, taken: bytes | None) -> _Side:
    """Give where central-bank money arrives, and the claim that it makes."""
    if taken is None:
        return receiving_account(reader, leg.target), None
    settles_in = _bank_pays(reader, taken, account=leg.target)
    issuance = known_profile(reader, taken).issuance_account
    return settles_in, Leg(taken, issuance, leg.target, leg.amount)


def _bank_pays(reader: Reader, asset: bytes, **facts: Fact) -> bytes:
    """Give a bank's account of central-bank money, or refuse when the bank may not act.

    The account is named and not its bank: a payer need not learn where a payee banks.
    """
    deposit = DEPOSITS.require(reader, asset)
    if not bank_may_act(reader, deposit.bank):
        raise Refused(DepositRefusal.DEPOSIT_BANK_STOPPED, **facts)
    return deposit.settles_in


def held_form(reader: Reader, account: bytes, currency: bytes) -> bytes:
    """Give the asset in which an account holds a currency: a bank's claim, or the currency."""
    return deposit_kept(reader, account, currency) or currency
