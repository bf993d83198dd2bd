# SPDX-License-Identifier: Apache-2.0
"""What the hub knows, written as messages of the generated types."""

from lejar.gateways.iso20022.writing.parts import Heading
from lejar.gateways.iso20022.writing.payments import (
    credit_transfer,
    resolution,
    returned,
    status_report,
)
from lejar.gateways.iso20022.writing.securities import (
    confirmation,
    instruction,
    movement,
    notice,
    status,
)
from lejar.gateways.iso20022.writing.statements import holdings, statement

__all__ = [
    "Heading",
    "confirmation",
    "credit_transfer",
    "holdings",
    "instruction",
    "movement",
    "notice",
    "resolution",
    "returned",
    "statement",
    "status",
    "status_report",
]
