# SPDX-License-Identifier: Apache-2.0
"""What is on its way in, counted again from the open instructions after a snapshot was loaded."""

from lejar.domain.policy import AssetKind, known_profile
from lejar.domain.settlement.model import INSTRUCTIONS
from lejar.kernel.draft import Draft
from lejar.kernel.state import State
from lejar.ledger.accounts import known_account
from lejar.ledger.balances import expect


def rebuild(state: State) -> None:
    """Expect the securities of every open instruction."""
    draft = Draft(state, b"")
    for _, instruction in INSTRUCTIONS.scan(state):
        for leg in instruction.legs:
            if known_profile(state, leg.asset).kind is AssetKind.SECURITY:
                owner = known_account(state, leg.target).owner
                expect(draft, leg.asset, owner, leg.amount)
    state.absorb(draft.writes)
