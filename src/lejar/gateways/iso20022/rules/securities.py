# SPDX-License-Identifier: Apache-2.0
"""Rules of securities messages: the instrument is named, and money runs against it."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from lejar.gateways.iso20022.codec import Message
from lejar.gateways.iso20022.findings import Finding, at
from lejar.gateways.iso20022.rule_table import Rule
from lejar.gateways.iso20022.tree import Node

DIRECTIONS: Final = {"DELI": "CRDT", "RECE": "DBIT"}

QUANTITIES: Final = ("Unit", "FaceAmt", "AmtsdVal", "DgtlTknUnit")

QUANTITY_DECIMALS: Final = 4
"""Quantities are ten-thousandths: what custodians state of funds and split lots."""

BALANCES: Final = ("AggtBal/Qty/Qty/Qty", "AggtBal/Qty/Qty")

STATES: Final = (
    "PrcgSts/AckdAccptd",
    "PrcgSts/PdgPrcg",
    "PrcgSts/Rjctd",
    "PrcgSts/Canc",
    "MtchgSts/Mtchd",
    "MtchgSts/Umtchd",
    "SttlmSts/Pdg",
    "SttlmSts/Flng",
)
"""Where the states that we understand stand in sese.024; a later one says more."""


def instruction(message: Message) -> Iterator[Finding]:
    """Yield what is wrong with a settlement instruction."""
    day = message.root.first("TradDtls/SttlmDt")
    if day is not None and day.first("Dt/Dt", "Dt/DtTm") is None:
        yield at(day, Rule.DATE_MISSING)
    yield from _settlement(message.root, "SttlmTpAndAddtlParams", "SttlmAmt", "SttlmQty")


def confirmation(message: Message) -> Iterator[Finding]:
    """Yield what is wrong with a settlement confirmation."""
    yield from _settlement(message.root, "TxIdDtls", "SttldAmt", "SttldQty")


def balances(message: Message) -> Iterator[Finding]:
    """Yield the balances whose instrument or quantity is not stated as we can read it."""
    held = (*message.root.every("BalForAcct"), *message.root.every("SubAcctDtls/BalForSubAcct"))
    for balance in held:
        yield from _instrument(balance, "FinInstrmId")
        yield from _quantity(balance, *BALANCES)
        if balance.first("AvlblBal") is not None:
            yield from _quantity(balance, "AvlblBal/Qty/Qty", "AvlblBal/Qty")


def status(message: Message) -> Iterator[Finding]:
    """Yield a finding when an instruction's status is none of those that we understand."""
    if message.root.first(*STATES) is None:
        yield at(message.root, Rule.STATUS_UNSUPPORTED)


def underlying(message: Message) -> Iterator[Finding]:
    """Yield a finding when a corporate action does not name its security by ISIN."""
    root = message.root.first("CorpActnGnlInf/UndrlygScty", "CorpActnGnlInf")
    if root is not None:
        yield from _instrument(root, "FinInstrmId")


def _settlement(root: Node, head: str, amount: str, quantity: str) -> Iterator[Finding]:
    yield from _instrument(root, "FinInstrmId")
    money = root.first(f"{amount}/Amt")
    if (root.says(f"{head}/Pmt") == "APMT") != (money is not None):
        yield at(root.first(amount) or root, Rule.PAYMENT_AMOUNT)
    direction = root.first(f"{amount}/CdtDbtInd")
    wanted = DIRECTIONS.get(root.says(f"{head}/SctiesMvmntTp") or "")
    if direction is not None and direction.text.strip() != wanted:
        yield at(direction, Rule.PAYMENT_DIRECTION)
    held = f"QtyAndAcctDtls/{quantity}/Qty"
    yield from _quantity(root, held)
    for number in (money, _number(root, held)):
        if number is not None and not Decimal(number.text.strip()):
            yield at(number, Rule.AMOUNT_ZERO)


def _quantity(node: Node, *paths: str) -> Iterator[Finding]:
    if _number(node, *paths) is None:
        yield at(node, Rule.QUANTITY_FORM)


def _number(node: Node, *paths: str) -> Node | None:
    return node.first(*(f"{path}/{kind}" for path in paths for kind in QUANTITIES))


def _instrument(node: Node, name: str) -> Iterator[Finding]:
    if node.first(f"{name}/ISIN") is None:
        yield at(node.first(name) or node, Rule.INSTRUMENT_MISSING)
