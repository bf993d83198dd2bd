# SPDX-License-Identifier: Apache-2.0
"""What must hold of every making and taking back of money, each named as its sentence."""

from lejar.domain.money.model import REFERENCES, Used
from lejar.domain.money.refusals import MoneyRefusal
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused


def reference_is_used_once(draft: Draft, reference: bytes, issuer: bytes = b"") -> None:
    """Nobody has used this reference, or nobody with this bank; it is used now.

    A bank's references are its own: what one bank writes down never blocks another.
    """
    key = issuer + reference
    if REFERENCES.get(draft, key) is not None:
        raise Refused(MoneyRefusal.REFERENCE_USED, reference=reference)
    REFERENCES.put(draft, key, Used(draft.command_id))
