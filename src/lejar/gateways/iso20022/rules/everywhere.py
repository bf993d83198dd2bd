# SPDX-License-Identifier: Apache-2.0
"""Rules of single texts, wherever they stand: identifiers, currencies, references, characters."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lejar.gateways.iso20022.amounts import scaled
from lejar.gateways.iso20022.characters import EXTENDED, REFERENCE
from lejar.gateways.iso20022.codec import Message
from lejar.gateways.iso20022.currencies import DECIMALS
from lejar.gateways.iso20022.findings import Finding, at, shown
from lejar.gateways.iso20022.identifiers import is_bic, is_iban, is_isin, is_lei
from lejar.gateways.iso20022.rule_table import Rule
from lejar.gateways.iso20022.rules.securities import QUANTITIES, QUANTITY_DECIMALS
from lejar.gateways.iso20022.tree import Node
from lejar.kernel.failure import Malformed

IDENTIFIERS: Final[Mapping[str, tuple[Callable[[str], bool], Rule]]] = {
    "BICFI": (is_bic, Rule.BIC_FORM),
    "AnyBIC": (is_bic, Rule.BIC_FORM),
    "BICOrBEI": (is_bic, Rule.BIC_FORM),
    "LEI": (is_lei, Rule.LEI_DIGITS),
    "ISIN": (is_isin, Rule.ISIN_DIGITS),
    "IBAN": (is_iban, Rule.IBAN_DIGITS),
}

PASSED_ON: Final = frozenset({"EndToEndId", "OrgnlEndToEndId"})
"""A customer's own reference is passed on as it came, slashes and all."""

REFERENCES: Final = PASSED_ON | {
    "BizMsgIdr", "MsgId", "InstrId", "TxId", "ClrSysRef", "StsId", "RtrId", "CxlId",
    "OrgnlMsgId", "OrgnlInstrId", "OrgnlTxId", "OrgnlClrSysRef",
    "AcctOwnrTxId", "AcctSvcrTxId", "CmonId", "CorpActnEvtId", "NtryRef", "AcctSvcrRef",
}  # fmt: skip

OPEN: Final = frozenset({"SplmtryData", "Sgntr"})
"""What stands inside is agreed between two banks, or a signature, and not ours to judge."""


def texts_and_identifiers(message: Message) -> Iterator[Finding]:
    """Yield what is wrong with single texts of the header and the document."""
    if message.header_node is not None:
        yield from _below(message.header_node.node)
    yield from _below(message.root)


def _below(node: Node) -> Iterator[Finding]:
    if node.name in OPEN:
        return
    leaf = True
    for child in node.children():
        leaf = False
        yield from _below(child)
    if leaf:
        yield from _leaf(node)


def _leaf(node: Node) -> Iterator[Finding]:
    currency = node.attributes.get("Ccy")
    if currency is not None:
        yield from _amount(node, currency)
    elif node.name in IDENTIFIERS:
        valid, rule = IDENTIFIERS[node.name]
        if not valid(node.text):
            yield at(node, rule, shown(node.text))
    elif node.name in QUANTITIES:
        yield from _quantity(node)
    elif node.name == "Ccy" and node.text not in DECIMALS:
        yield at(node, Rule.CURRENCY_UNKNOWN, shown(node.text))
    else:
        yield from _characters(node)


def _amount(node: Node, currency: str) -> Iterator[Finding]:
    decimals = DECIMALS.get(currency)
    if decimals is None:
        yield at(node, Rule.CURRENCY_UNKNOWN, shown(currency))
        return
    try:
        scaled(node.text, decimals)
    except Malformed:
        yield at(node, Rule.CURRENCY_DECIMALS, f"{currency} has {decimals}")


def _quantity(node: Node) -> Iterator[Finding]:
    try:
        scaled(node.text, QUANTITY_DECIMALS)
    except Malformed:
        yield at(node, Rule.QUANTITY_DECIMALS)


def _characters(node: Node) -> Iterator[Finding]:
    text, reference = node.text, node.name in REFERENCES
    if set(text) - (REFERENCE if reference else EXTENDED):
        rule = Rule.CHARACTER_REFERENCE if reference else Rule.CHARACTER_TEXT
        yield at(node, rule, shown(text))
    elif text != text.strip():
        yield at(node, Rule.TEXT_BLANK)
    slashed = text.startswith("/") or text.endswith("/") or "//" in text
    if slashed and reference and node.name not in PASSED_ON:
        yield at(node, Rule.REFERENCE_SLASH)
