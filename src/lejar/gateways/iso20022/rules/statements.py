# SPDX-License-Identifier: Apache-2.0
"""Rules of statements: counts, sums, and whether the entries lead from opening to closing."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from lejar.gateways.iso20022.codec import Message
from lejar.gateways.iso20022.findings import Finding, at
from lejar.gateways.iso20022.rule_table import Rule
from lejar.gateways.iso20022.rules.answers import counted
from lejar.gateways.iso20022.rules.payments import exact_sum
from lejar.gateways.iso20022.tree import Node

STATEMENTS: Final = {"camt.052": "Rpt", "camt.053": "Stmt", "camt.054": "Ntfctn"}
OPENING: Final = ("OPBD", "PRCD")
CLOSING: Final = "CLBD"
BOOKED: Final = "BOOK"


def entries(message: Message) -> Iterator[Finding]:
    """Yield where the summary of a statement is not what its entries say."""
    for one in message.root.every(STATEMENTS[message.version.kind.name]):
        every = one.every("Ntry")
        yield from _summary(one, "TtlNtries", every)
        yield from _summary(one, "TtlCdtNtries", _in_direction(every, "CRDT"))
        yield from _summary(one, "TtlDbtNtries", _in_direction(every, "DBIT"))


def statement(message: Message) -> Iterator[Finding]:
    """Yield where opening balance and booked entries do not give the closing balance.

    A statement in several pages is whole only with all of them, so its parts are not added up.
    """
    for one in message.root.every("Stmt"):
        first, last = one.says("StmtPgntn/PgNb"), one.says("StmtPgntn/LastPgInd")
        if first in (None, "1") and last in (None, "true", "1"):
            yield from _whole(one)


def _whole(one: Node) -> Iterator[Finding]:
    booked = [entry for entry in one.every("Ntry") if _status(entry) == BOOKED]
    opening = next((b for b in one.every("Bal") if _kind(b) in OPENING), None)
    closing = next((b for b in one.every("Bal") if _kind(b) == CLOSING), None)
    if opening is None or closing is None:
        yield at(one, Rule.BALANCE_MISSING)
        return
    parts = [opening, *booked]
    if len({_currency(part) for part in (*parts, closing)}) > 1:
        yield at(closing, Rule.SUM_CURRENCIES)
        return
    reached = exact_sum(_amounts(_in_direction(parts, "CRDT")))
    reached -= exact_sum(_amounts(_in_direction(parts, "DBIT")))
    if reached != _signed(closing):
        yield at(closing, Rule.BALANCE_WRONG, f"the entries lead to {reached}")


def _summary(one: Node, name: str, items: Sequence[Node]) -> Iterator[Finding]:
    total = one.first(f"TxsSummry/{name}")
    if total is None:
        return
    yield from counted(total.first("NbOfNtries"), len(items))
    stated, added = total.first("Sum"), exact_sum(_amounts(items))
    if stated is not None and Decimal(stated.text.strip()) != added:
        yield at(stated, Rule.SUM_WRONG, f"the sum is {added}")


def _in_direction(items: Sequence[Node], direction: str) -> list[Node]:
    return [item for item in items if item.says("CdtDbtInd") == direction]


def _amounts(items: Sequence[Node]) -> list[Node]:
    return [amount for item in items for amount in item.every("Amt")]


def _currency(item: Node) -> str | None:
    amount = item.first("Amt")
    return None if amount is None else amount.attributes.get("Ccy")


def _kind(balance: Node) -> str | None:
    return balance.says("Tp/CdOrPrtry/Cd")


def _status(entry: Node) -> str | None:
    return entry.says("Sts/Cd", "Sts")


def _signed(balance: Node) -> Decimal:
    amount = exact_sum(_amounts([balance]))
    return amount if balance.says("CdtDbtInd") == "CRDT" else -amount
