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


def instruction(message: Message) -> Iterator[Finding]:
    """Yield what is wrong with a settlement instruction."""
    yield from _settlement(message.root, "SttlmTpAndAddtlParams", "SttlmAmt", "SttlmQty")


def confirmation(message: Message) -> Iterator[Finding]:
    """Yield what is wrong with a settlement confirmation."""
    yield from _settlement(message.root, "TxIdDtls", "SttldAmt", "SttldQty")


def balances(message: Message) -> Iterator[Finding]:
    """Yield the balances whose instrument is not named by ISIN."""
    held = (*message.root.every("BalForAcct"), *message.root.every("SubAcctDtls/BalForSubAcct"))
    for balance in held:
        yield from _instrument(balance, "FinInstrmId")


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
    paths = (f"QtyAndAcctDtls/{quantity}/Qty/{kind}" for kind in QUANTITIES)
    for number in (money, root.first(*paths)):
        if number is not None and not Decimal(number.text.strip()):
            yield at(number, Rule.AMOUNT_ZERO)


def _instrument(node: Node, name: str) -> Iterator[Finding]:
    if node.first(f"{name}/ISIN") is None:
        yield at(node.first(name) or node, Rule.INSTRUMENT_MISSING)
