# SPDX-License-Identifier: Apache-2.0
"""No, as a pacs.002: for a message that cannot be read, breaks rules, or was refused.

What is written comes from our own tables. Of what was sent, only references return, and only when
they have the form of references: a rejection never carries a stranger's text.
"""

from collections.abc import Sequence
from typing import Final

from lejar.gateways.iso20022.characters import REFERENCE
from lejar.gateways.iso20022.codec import Decoded, Message
from lejar.gateways.iso20022.findings import Finding
from lejar.gateways.iso20022.messages import Original, Status
from lejar.gateways.iso20022.reading.parts import MESSAGE_IDS
from lejar.gateways.iso20022.reasons import reason_of_refusal, reason_of_rules
from lejar.gateways.iso20022.tree import Node
from lejar.gateways.iso20022.writing.parts import REFERENCE_LENGTH, Heading
from lejar.gateways.iso20022.writing.payments import status_report

REJECTED: Final = "RJCT"
TRANSACTIONS: Final = ("CdtTrfTxInf", "TxInf")


def rejection_of_findings(
    heading: Heading, decoded: Decoded, findings: Sequence[Finding], version: str | None = None
) -> bytes:
    """Answer a message that is wrong in itself: the whole of it is rejected."""
    root = _root(decoded)
    status = Status(
        original=Original(
            message_id=None if root is None else _reference(root.says(*MESSAGE_IDS)),
            message_name=None if decoded.envelope is None else decoded.envelope.version.identifier,
        ),
        code=REJECTED,
        reason=reason_of_rules(finding.rule for finding in findings),
        reason_text=_told(findings),
        whole_message=True,
    )
    return status_report(heading, [status], version)


def rejection_of_refusal(
    heading: Heading, message: Message, refusal: str, sentence: str, version: str | None = None
) -> bytes:
    """Answer a message whose payments the hub refused, with our sentence of why."""
    items = [item for name in TRANSACTIONS for item in message.root.every(name)]
    meant = [_transaction(message, item) for item in items] or [_message(message)]
    statuses = [
        Status(
            original=one,
            code=REJECTED,
            reason=reason_of_refusal(refusal),
            reason_text=f"{refusal}: {sentence}",
            whole_message=not items,
        )
        for one in meant
    ]
    return status_report(heading, statuses, version)


def _told(findings: Sequence[Finding]) -> str | None:
    if not findings:
        return None
    more = f" And {len(findings) - 1} more." if len(findings) > 1 else ""
    first = findings[0]
    line = f"Line {first.line}. " if first.line else ""
    return f"{line}{first.rule.id}: {first.rule.sentence('en')}{more}"


def _root(decoded: Decoded) -> Node | None:
    if decoded.envelope is None:
        return None
    return next(decoded.envelope.document.children(), None)


def _message(message: Message) -> Original:
    return Original(
        message_id=_reference(message.root.says(*MESSAGE_IDS)),
        message_name=message.version.identifier,
    )


def _transaction(message: Message, item: Node) -> Original:
    return Original(
        uetr=item.says("PmtId/UETR", "OrgnlUETR"),
        message_id=_reference(message.root.says(*MESSAGE_IDS)),
        message_name=message.version.identifier,
        instruction_id=_reference(item.says("PmtId/InstrId", "OrgnlInstrId")),
        end_to_end=_reference(item.says("PmtId/EndToEndId", "OrgnlEndToEndId")),
        transaction_id=_reference(item.says("PmtId/TxId", "OrgnlTxId")),
    )


def _reference(text: str | None) -> str | None:
    fits = text is not None and 0 < len(text) <= REFERENCE_LENGTH and set(text) <= REFERENCE
    return text if fits else None
