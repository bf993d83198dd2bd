# SPDX-License-Identifier: Apache-2.0
"""Messages of the right shape, read into what they mean, whatever their version.

Readers take a checked message: what the schema and the rules require is there. They follow names,
not types, because an element that means the same keeps its name from version to version.
"""

from collections.abc import Callable, Mapping
from typing import Final

from lejar.gateways.iso20022.codec import Message
from lejar.gateways.iso20022.messages import (
    CancellationRequest,
    CorporateAction,
    CreditTransfer,
    Holdings,
    ReportRequest,
    Resolution,
    Return,
    SecuritiesInstruction,
    SecuritiesStatus,
    Statement,
    Status,
)
from lejar.gateways.iso20022.reading import payments, securities, statements

Meaning = (
    tuple[CreditTransfer, ...]
    | tuple[Return, ...]
    | tuple[Status, ...]
    | tuple[CancellationRequest, ...]
    | tuple[Resolution, ...]
    | tuple[ReportRequest, ...]
    | tuple[Statement, ...]
    | Holdings
    | SecuritiesInstruction
    | SecuritiesStatus
    | CorporateAction
)

READERS: Final[Mapping[str, Callable[[Message], Meaning]]] = {
    "pacs.008": payments.credit_transfers,
    "pacs.009": payments.credit_transfers,
    "pacs.002": payments.statuses,
    "pacs.004": payments.returns,
    "camt.052": statements.statements,
    "camt.053": statements.statements,
    "camt.054": statements.statements,
    "camt.056": payments.cancellation_requests,
    "camt.029": payments.resolutions,
    "camt.060": payments.report_requests,
    "sese.023": securities.instruction,
    "sese.024": securities.status,
    "sese.025": securities.instruction,
    "semt.002": statements.holdings,
    "seev.031": securities.corporate_action,
    "seev.036": securities.corporate_action,
}


def meaning(message: Message) -> Meaning:
    """Read a checked message, whichever it is."""
    return READERS[message.version.kind.name](message)
