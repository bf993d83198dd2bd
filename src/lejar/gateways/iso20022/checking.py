# SPDX-License-Identifier: Apache-2.0
"""What a message is, whether it has the shape of its schema, and which rules it breaks."""

from collections.abc import Sequence
from itertools import islice
from typing import Final

import msgspec

from lejar.gateways.iso20022.codec import Decoded, decode
from lejar.gateways.iso20022.currencies import DECIMALS
from lejar.gateways.iso20022.envelope import Envelope
from lejar.gateways.iso20022.findings import FINDINGS_MAX, Finding, shown
from lejar.gateways.iso20022.reading.parts import MESSAGE_IDS
from lejar.gateways.iso20022.rules import rule_findings
from lejar.gateways.iso20022.rules.header import IDENTIFIED
from lejar.gateways.iso20022.rules.payments import exact_sum
from lejar.gateways.iso20022.rules.statements import STATEMENTS
from lejar.gateways.iso20022.tree import Node

COUNTED: Final = {
    "pacs.008": ("CdtTrfTxInf", "IntrBkSttlmAmt"),
    "pacs.009": ("CdtTrfTxInf", "IntrBkSttlmAmt"),
    "pacs.002": ("TxInfAndSts", ""),
    "pacs.004": ("TxInf", "RtrdIntrBkSttlmAmt"),
    "camt.056": ("Undrlyg/TxInf", "OrgnlIntrBkSttlmAmt"),
    "camt.029": ("CxlDtls/TxInfAndSts", ""),
    "camt.060": ("RptgReq", ""),
    "sese.023": ("", "SttlmAmt/Amt"),
    "sese.025": ("", "SttldAmt/Amt"),
    "semt.002": ("BalForAcct", ""),
    **{name: (f"{inside}/Ntry", "Amt") for name, inside in STATEMENTS.items()},
}
"""What is counted in a message, and which amounts are added up."""


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be said of a file without asking anybody."""

    identifier: str | None
    title: str | None
    title_ms: str | None
    sender: str | None
    receiver: str | None
    message_id: str | None
    count: int | None
    amounts: dict[str, str]
    """The sum for each currency, as decimal text."""

    schema_valid: bool
    rule_valid: bool | None
    """None when the shape is wrong already: then the rules were not asked."""

    findings: tuple[Finding, ...]


def check(data: bytes) -> Report:
    """Judge some bytes; they may be anything."""
    decoded = decode(data)
    if decoded.message is None:
        return _report(decoded, decoded.findings, schema_valid=False, rule_valid=None)
    broken = tuple(islice(rule_findings(decoded.message), FINDINGS_MAX))
    return _report(decoded, broken, schema_valid=True, rule_valid=not broken)


def _report(
    decoded: Decoded,
    findings: tuple[Finding, ...],
    *,
    schema_valid: bool,
    rule_valid: bool | None,
) -> Report:
    found = decoded.envelope
    root = None if found is None else next(found.document.children(), None)
    head = None if found is None or found.header is None else found.header.node
    items = () if decoded.message is None else _items(decoded.message.root, _name(found))
    return Report(
        identifier=None if found is None else found.version.identifier,
        title=None if found is None else found.version.kind.title,
        title_ms=None if found is None else found.version.kind.title_ms,
        sender=party(head, "Fr") or party(root, "GrpHdr/InstgAgt"),
        receiver=party(head, "To") or party(root, "GrpHdr/InstdAgt"),
        message_id=None if root is None else _safe(root.says(*MESSAGE_IDS)),
        count=None if decoded.message is None else len(items),
        amounts={} if decoded.message is None else _amounts(items, _name(found)),
        schema_valid=schema_valid,
        rule_valid=rule_valid,
        findings=findings,
    )


def party(node: Node | None, side: str) -> str | None:
    """Name a sender or receiver by what identifies it."""
    found = None if node is None else node.first(side)
    if found is None:
        return None
    paths = (*IDENTIFIED, *(path.removeprefix("FIId/") for path in IDENTIFIED))
    return _safe(found.says(*paths))


def _safe(text: str | None) -> str | None:
    return None if text is None else shown(text)


def _name(found: Envelope | None) -> str:
    return "" if found is None else found.version.kind.name


def _items(root: Node, name: str) -> Sequence[Node]:
    path = COUNTED.get(name, ("", ""))[0]
    return root.every(path) if path else [root]


def _amounts(items: Sequence[Node], name: str) -> dict[str, str]:
    path = COUNTED.get(name, ("", ""))[1]
    sums: dict[str, list[Node]] = {}
    for amount in (found for item in items if path for found in item.every(path)):
        sums.setdefault(amount.attributes.get("Ccy", ""), []).append(amount)
    return {currency: _plain(currency, found) for currency, found in sorted(sums.items())}


def _plain(currency: str, amounts: Sequence[Node]) -> str:
    """Write a sum with the decimals of its currency, or with those that it has."""
    number = exact_sum(amounts)
    decimals = DECIMALS.get(currency, 0)
    places = max(decimals, -int(number.as_tuple().exponent))
    return f"{number:.{places}f}"
