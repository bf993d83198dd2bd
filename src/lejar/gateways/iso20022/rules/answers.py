# SPDX-License-Identifier: Apache-2.0
"""Rules of messages about other messages: status, return, request to cancel, and its answer."""

from collections.abc import Iterator
from typing import Final

from lejar.gateways.iso20022.codec import Message
from lejar.gateways.iso20022.findings import Finding, at
from lejar.gateways.iso20022.rule_table import Rule
from lejar.gateways.iso20022.tree import Node

NAMED: Final = ("OrgnlUETR", "OrgnlInstrId", "OrgnlEndToEndId", "OrgnlTxId")


def status(message: Message) -> Iterator[Finding]:
    """Yield what is wrong with a payment status report."""
    groups = message.root.every("OrgnlGrpInfAndSts")
    items = message.root.every("TxInfAndSts")
    if not groups and not items:
        yield at(message.root, Rule.ORIGINAL_MISSING)
    for group in groups:
        if group.says("GrpSts") == "RJCT":
            yield from reason(group, "StsRsnInf")
    for item in items:
        yield from original(item)
        if item.says("TxSts") == "RJCT":
            yield from reason(item, "StsRsnInf")


def cancellation(message: Message) -> Iterator[Finding]:
    """Yield what is wrong with a request to cancel."""
    items = message.root.every("Undrlyg/TxInf")
    if not items:
        yield at(message.root, Rule.ORIGINAL_MISSING)
        return
    yield from counted(message.root.first("CtrlData/NbOfTxs"), len(items))
    for item in items:
        yield from original(item)
        yield from reason(item, "CxlRsnInf")


def resolution(message: Message) -> Iterator[Finding]:
    """Yield what is wrong with the answer to a request to cancel."""
    items = message.root.every("CxlDtls/TxInfAndSts")
    if not items:
        yield at(message.root, Rule.ORIGINAL_MISSING)
    for item in items:
        yield from original(item)
        if item.says("TxCxlSts") == "RJCR":
            yield from reason(item, "CxlStsRsnInf")


def counted(node: Node | None, count: int) -> Iterator[Finding]:
    """Yield a finding when a stated number is not the number that came."""
    if node is not None and int(node.text) != count:
        yield at(node, Rule.COUNT_WRONG, f"says {int(node.text)}, has {count}")


def original(item: Node) -> Iterator[Finding]:
    """Yield a finding when nothing says which transaction is meant."""
    if item.first(*NAMED) is None:
        yield at(item, Rule.ORIGINAL_MISSING)


def reason(node: Node, name: str) -> Iterator[Finding]:
    """Yield a finding when there is no reason, or one that says nothing without its narrative."""
    if node.first(f"{name}/Rsn/Cd", f"{name}/Rsn/Prtry") is None:
        yield at(node, Rule.STATUS_REASON)
    for one in node.every(name):
        if one.says("Rsn/Cd") == "NARR" and one.first("AddtlInf") is None:
            yield at(one, Rule.REASON_TEXT)
