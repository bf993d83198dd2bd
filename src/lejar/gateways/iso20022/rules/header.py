# SPDX-License-Identifier: Apache-2.0
"""Rules of the business application header, and of the moment at which a message was made."""

import re
from collections.abc import Iterator
from typing import Final

from lejar.gateways.iso20022.codec import Message
from lejar.gateways.iso20022.findings import Finding, at, shown
from lejar.gateways.iso20022.rule_table import Rule
from lejar.gateways.iso20022.tree import Node

OFFSET: Final = re.compile(r"(Z|[+-]\d{2}:\d{2})$")

IDENTIFIED: Final = (
    "FIId/FinInstnId/BICFI",
    "FIId/FinInstnId/ClrSysMmbId/MmbId",
    "FIId/FinInstnId/LEI",
    "OrgId/Id/OrgId/AnyBIC",
    "OrgId/Id/OrgId/BICOrBEI",
    "OrgId/Id/OrgId/LEI",
)


def header(message: Message) -> Iterator[Finding]:
    """Yield what is wrong with the header, if one came, and with the moment of creation."""
    if message.header_node is not None:
        yield from _header(message.header_node.node, message.version.identifier)
    for path in ("GrpHdr/CreDtTm", "Assgnmt/CreDtTm"):
        yield from _moment(message.root.first(path))


def _header(node: Node, identifier: str) -> Iterator[Finding]:
    named = node.first("MsgDefIdr")
    if named is not None and named.text.strip() != identifier:
        yield at(named, Rule.HEADER_MESSAGE, f"{shown(named.text)}, not {identifier}")
    for side in (*node.every("Fr"), *node.every("To")):
        if side.first(*IDENTIFIED) is None:
            yield at(side, Rule.HEADER_PARTY)
    yield from _moment(node.first("CreDt"))


def _moment(node: Node | None) -> Iterator[Finding]:
    if node is not None and not OFFSET.search(node.text.strip()):
        yield at(node, Rule.MOMENT_OFFSET)
