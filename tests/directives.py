# SPDX-License-Identifier: Apache-2.0
"""What tests of other rooms need of directives: a basis, and which directive freezes a subject."""

from typing import Final

from lejar.domain.basis import LegalBasis
from lejar.domain.oversight.commands import Freeze, Thaw
from lejar.domain.policy import FREEZES
from lejar.kernel.state import State

BASIS: Final = LegalBasis("An order of a test")
NO_DIRECTIVE: Final = bytes(16)


def freeze(subject: bytes) -> Freeze:
    """Freeze a subject until it is thawed."""
    return Freeze(subject, BASIS, None)


def thaw(state: State, subject: bytes) -> Thaw:
    """Thaw whatever freezes a subject now; names no directive when nothing does."""
    found = FREEZES.get(state, subject)
    return Thaw(NO_DIRECTIVE if found is None else found.directive, BASIS)
