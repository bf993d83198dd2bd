# SPDX-License-Identifier: Apache-2.0
"""Rules of payments and of their return: counts, sums, dates, methods, and who the banks are."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from lejar.gateways.iso20022.codec import Message
from lejar.gateways.iso20022.findings import Finding, at, shown
from lejar.gateways.iso20022.rule_table import Rule
from lejar.gateways.iso20022.rules.answers import counted, original, reason
from lejar.gateways.iso20022.tree import Node

METHODS: Final = ("INGA", "INDA", "CLRG")

AGENTS: Final = (
    "PrvsInstgAgt1",
    "PrvsInstgAgt2",
    "PrvsInstgAgt3",
    "InstgAgt",
    "InstdAgt",
    "IntrmyAgt1",
    "IntrmyAgt2",
    "IntrmyAgt3",
    "DbtrAgt",
    "CdtrAgt",
)
BANKS_IN_PACS_009: Final = (*AGENTS, "Dbtr", "Cdtr")

IDENTIFIED: Final = ("FinInstnId/BICFI", "FinInstnId/ClrSysMmbId/MmbId", "FinInstnId/LEI")


def payment(message: Message) -> Iterator[Finding]:
    """Yield what is wrong with a credit transfer."""
    transfers = message.root.every("CdtTrfTxInf")
    yield from _group(message.root, transfers, "IntrBkSttlmAmt", "TtlIntrBkSttlmAmt")
    banks = BANKS_IN_PACS_009 if message.version.kind.name == "pacs.009" else AGENTS
    for transfer in transfers:
        if transfer.first("PmtId/UETR") is None:
            yield at(transfer, Rule.UETR_MISSING)
        yield from _agents(transfer, banks)


def returned(message: Message) -> Iterator[Finding]:
    """Yield what is wrong with a return."""
    returns = message.root.every("TxInf")
    yield from _group(message.root, returns, "RtrdIntrBkSttlmAmt", "TtlRtrdIntrBkSttlmAmt")
    for one in returns:
        yield from original(one)
        yield from reason(one, "RtrRsnInf")
        yield from _agents(one, AGENTS)


def _group(root: Node, items: Sequence[Node], amount: str, total: str) -> Iterator[Finding]:
    yield from counted(root.first("GrpHdr/NbOfTxs"), len(items))
    amounts = [found for item in items for found in item.every(amount)]
    yield from _sums(root, amounts, total)
    for found in amounts:
        if not Decimal(found.text.strip()):
            yield at(found, Rule.AMOUNT_ZERO)
    if root.first("GrpHdr/IntrBkSttlmDt") is None:
        for item in items:
            if item.first("IntrBkSttlmDt") is None:
                yield at(item, Rule.DATE_MISSING)
    method = root.first("GrpHdr/SttlmInf/SttlmMtd")
    if method is not None and method.text.strip() not in METHODS:
        yield at(method, Rule.METHOD_UNSUPPORTED, shown(method.text))
    yield from _agents(root.first("GrpHdr") or root, ("InstgAgt", "InstdAgt"))


def _sums(root: Node, amounts: Sequence[Node], total: str) -> Iterator[Finding]:
    added = exact_sum(amounts)
    stated = root.first(f"GrpHdr/{total}")
    if stated is not None:
        currencies = {one.attributes.get("Ccy") for one in amounts}
        if currencies != {stated.attributes.get("Ccy")}:
            yield at(stated, Rule.SUM_CURRENCIES)
        elif Decimal(stated.text.strip()) != added:
            yield at(stated, Rule.SUM_WRONG, f"the sum is {added}")
    control = root.first("GrpHdr/CtrlSum")
    if control is not None and Decimal(control.text.strip()) != added:
        yield at(control, Rule.SUM_WRONG, f"the sum is {added}")


def exact_sum(amounts: Sequence[Node]) -> Decimal:
    """Add amounts without rounding: in units of 10 to the minus five, which no amount is below."""
    units = sum(int(Decimal(one.text.strip()).scaleb(5)) for one in amounts)
    return Decimal(units).scaleb(-5).normalize() + Decimal(0)


def _agents(node: Node, names: Sequence[str]) -> Iterator[Finding]:
    for name in names:
        agent = node.first(name)
        if agent is not None and agent.first(*IDENTIFIED) is None:
            yield at(agent, Rule.AGENT_UNIDENTIFIED)
