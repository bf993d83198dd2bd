# SPDX-License-Identifier: Apache-2.0
"""ISO 20022: the messages that banks already speak, in and out; README.md is the spec.

In: `decode`, `rule_findings` (or both in `check`), then `meaning`. Out: `writing`, and for a no
`rejection_of_findings` and `rejection_of_refusal`.
"""

from lejar.gateways.iso20022.checking import Report, check
from lejar.gateways.iso20022.codec import Decoded, Message, decode, encode, typed
from lejar.gateways.iso20022.reading import Meaning, meaning
from lejar.gateways.iso20022.reading.parts import envelope
from lejar.gateways.iso20022.rejecting import rejection_of_findings, rejection_of_refusal
from lejar.gateways.iso20022.rules import rule_findings

__all__ = [
    "Decoded",
    "Meaning",
    "Message",
    "Report",
    "check",
    "decode",
    "encode",
    "envelope",
    "meaning",
    "rejection_of_findings",
    "rejection_of_refusal",
    "rule_findings",
    "typed",
]
