# SPDX-License-Identifier: Apache-2.0
"""Statuses: licences and classes of investors, granted when every adopted rule about them holds."""

from lejar.domain.identity import Power, known_party, signer_with, vouch
from lejar.domain.policy import commands
from lejar.domain.policy.book import EMPTY, book
from lejar.domain.policy.gate import admit_status
from lejar.domain.policy.refusals import PolicyRefusal
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused


def grant_status(draft: Draft, command: commands.GrantStatus) -> None:
    """Ask the packs, then record the status as a credential."""
    issuer = signer_with(draft, Power.ISSUE_CREDENTIALS)
    known_party(draft, command.subject)
    if command.expires_at is not None and command.expires_at <= draft.at:
        raise Refused(PolicyRefusal.OVER_ALREADY, expires_at=command.expires_at)
    everywhere = tuple(one.jurisdiction for one in (book(draft) or EMPTY).newest)
    admit_status(draft, command.subject, command.status, everywhere)
    vouch(draft, command.subject, command.status, issuer, command.expires_at, command.evidence)
