# SPDX-License-Identifier: Apache-2.0
"""The rules beyond the schema, by message: what must also be true before the hub looks at it.

A rule here needs nothing but the message. Whether an account exists, a day is past or a payment was
sent before is asked by those who know.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from lejar.gateways.iso20022.codec import Message
from lejar.gateways.iso20022.findings import Finding
from lejar.gateways.iso20022.rules.answers import cancellation, resolution, status
from lejar.gateways.iso20022.rules.everywhere import texts_and_identifiers
from lejar.gateways.iso20022.rules.header import header
from lejar.gateways.iso20022.rules.payments import payment, returned
from lejar.gateways.iso20022.rules.securities import (
    balances,
    confirmation,
    instruction,
    underlying,
)
from lejar.gateways.iso20022.rules.securities import status as advice
from lejar.gateways.iso20022.rules.statements import entries, statement

Check = Callable[[Message], Iterator[Finding]]

CHECKS: Final[Mapping[str, tuple[Check, ...]]] = {
    "pacs.008": (payment,),
    "pacs.009": (payment,),
    "pacs.002": (status,),
    "pacs.004": (returned,),
    "camt.052": (entries,),
    "camt.053": (entries, statement),
    "camt.054": (entries,),
    "camt.056": (cancellation,),
    "camt.029": (resolution,),
    "camt.060": (),
    "sese.023": (instruction,),
    "sese.024": (advice,),
    "sese.025": (confirmation,),
    "semt.002": (balances,),
    "seev.031": (underlying,),
    "seev.036": (underlying,),
}
"""Each message's own rules; the header's, and those of texts and identifiers, are asked of all."""


def rule_findings(message: Message) -> Iterator[Finding]:
    """Yield every rule that a message with the right shape breaks."""
    yield from header(message)
    for check in CHECKS[message.version.kind.name]:
        yield from check(message)
    yield from texts_and_identifiers(message)
