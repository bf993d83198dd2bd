# SPDX-License-Identifier: Apache-2.0
"""Statements that banks and custodians send: camt.053 and semt.002, as they are compared.

Nothing is guessed: a file that breaks its schema or a rule, or holds several statements, is refused
with the line of what is wrong.
"""

from datetime import date
from typing import Final

from lejar.gateways.iso20022 import Message, decode, rule_findings
from lejar.gateways.iso20022.findings import Finding
from lejar.gateways.iso20022.messages import CashEntry
from lejar.gateways.iso20022.messages import Holding as Said
from lejar.gateways.iso20022.messages import Statement as Stated
from lejar.gateways.iso20022.reading import statements
from lejar.gateways.iso20022.rules.securities import QUANTITY_DECIMALS
from lejar.gateways.reconciling.outside import (
    Holdings,
    Outside,
    Position,
    Statement,
    StatementEntry,
)
from lejar.kernel.failure import Malformed

BOOKED: Final = "BOOK"
UNNAMED: Final = "NOTPROVIDED"
OPENINGS: Final = ("OPBD", "PRCD")


def read_message(data: bytes) -> Outside:
    """Read a statement or a list of holdings, or raise `Malformed` with its line."""
    decoded = decode(data)
    findings = decoded.findings
    if decoded.message is not None:
        findings = tuple(rule_findings(decoded.message))
    if decoded.message is None or findings:
        raise Malformed(_said(findings[0]))
    match decoded.message.version.kind.name:
        case "camt.053":
            return _statement(decoded.message)
        case "semt.002":
            return _holdings(decoded.message)
        case other:
            raise Malformed(f"{other} is no statement; camt.053 and semt.002 are.")


def _said(finding: Finding) -> str:
    return f"Line {finding.line}: {finding.told('en')}"


def _statement(message: Message) -> Statement:
    said = statements.statements(message)
    if len(said) != 1:
        raise Malformed(f"The file holds {len(said)} statements; split it, one to a file.")
    (one,) = said
    opening, (closing, day) = _balance(one, OPENINGS)[0], _balance(one, ("CLBD",))
    first = day if one.from_moment is None else date.fromisoformat(one.from_moment[:10])
    return Statement(
        name=one.statement_id,
        sequence=_number(one.sequence),
        day=day,
        opening=opening,
        closing=closing,
        entries=tuple(_entry(each, day) for each in one.entries if each.status == BOOKED),
        from_day=None if first == day else first,
    )


def _balance(one: Stated, kinds: tuple[str, ...]) -> tuple[int, date]:
    for kind in kinds:
        for balance in one.balances:
            if balance.kind == kind:
                return balance.units, date.fromisoformat(balance.date)
    raise Malformed(f"The statement has no balance {' or '.join(kinds)}.")


def _entry(said: CashEntry, day: date) -> StatementEntry:
    value_date = said.value_date or said.booking_date
    return StatementEntry(
        reference=_reference(said),
        amount=said.units,
        value_date=day if value_date is None else date.fromisoformat(value_date),
    )


def _reference(said: CashEntry) -> str:
    """Choose what both sides are likeliest to call it: what the payer gave, then the servicer."""
    names = (
        None if said.uetr is None else said.uetr.lower(),
        said.end_to_end,
        said.transaction_id,
        said.servicer_reference,
        said.reference,
    )
    return next((name for name in names if name and name != UNNAMED), "")


def _number(sequence: str | None) -> int:
    number = int(sequence or 1)
    if number < 1:
        raise Malformed("The statement's sequence number begins at 1.")
    return number


def _holdings(message: Message) -> Holdings:
    said = statements.holdings(message)
    if not (said.complete and said.last_page and said.page == 1):
        raise Malformed("The list is a part of one; give all of its pages in one message.")
    return Holdings(
        name=said.statement_id or said.account,
        sequence=1,
        day=date.fromisoformat(said.as_at[:10]),
        positions=tuple(_position(one) for one in said.holdings),
    )


def _position(said: Said) -> Position:
    if said.isin is None or said.face_amount:
        raise Malformed(f"Line {said.line}: a holding is stated in units of an ISIN.")
    units, rest = divmod(said.aggregate, 10**QUANTITY_DECIMALS)
    if rest:
        raise Malformed(f"Line {said.line}: the hub keeps whole units.")
    return Position(said.isin, units)
