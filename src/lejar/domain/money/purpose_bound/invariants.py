# SPDX-License-Identifier: Apache-2.0
"""What is always true of purpose-bound money; walked by a full replay."""

from lejar.domain.money.purpose_bound.model import ENVELOPES
from lejar.kernel.failure import must
from lejar.kernel.state import State
from lejar.ledger.accounts import Purpose, known_account
from lejar.ledger.holds import HOLDS


def what_is_bound_is_held(state: State) -> None:
    """Each envelope's money is held on its own escrow account, so that nothing else reaches it."""
    for envelope_id, envelope in ENVELOPES.scan(state):
        hold = HOLDS.require(state, envelope.hold)
        must(hold.owner == envelope_id, "a hold for a purpose belongs to its envelope")
        must(hold.account == envelope.escrow, "an envelope's money stands on its escrow account")
        escrow = known_account(state, envelope.escrow)
        must(escrow.purpose is Purpose.ESCROW, "an envelope is kept in escrow")
        must(escrow.owner == envelope.payer, "until it is spent, bound money is its payer's")
