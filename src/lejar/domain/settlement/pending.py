# SPDX-License-Identifier: Apache-2.0
"""What is on its way in by open instructions, so that caps count what is pending.

Only for a side that has affirmed: what a stranger alleges uses up nobody's cap.  It counts for the
person behind the account: a nominee affirms, its client's cap is used.
"""

from lejar.domain.policy import AssetKind, expect_movements, expect_no_more, known_profile
from lejar.domain.settlement.model import INSTRUCTIONS, Instruction
from lejar.domain.settlement.pricing import read_legs
from lejar.kernel.draft import Draft
from lejar.kernel.state import State
from lejar.ledger.accounts import known_account
from lejar.ledger.balances import expect


def await_delivery(draft: Draft, instruction_id: bytes, instruction: Instruction) -> None:
    """Count an open instruction as on its way, for the hub's caps and for the packs' rules."""
    expect_pending(draft, instruction, 1)
    legs = read_legs(draft, instruction.legs)
    expect_movements(draft, instruction_id, legs, instruction.affirmed)


def await_no_more(draft: Draft, instruction_id: bytes, instruction: Instruction) -> None:
    """Take back what was counted as on its way."""
    expect_pending(draft, instruction, -1)
    expect_no_more(draft, instruction_id)


def expect_pending(draft: Draft, instruction: Instruction, sign: int) -> None:
    """Count an instruction's assets as coming (1), or as coming no more (-1).

    Money for an account on a bank's client account comes to the bank.
    """
    for leg in instruction.legs:
        receiver = known_account(draft, leg.target)
        kind = known_profile(draft, leg.asset).kind
        stays = kind is AssetKind.SECURITY or receiver.cash_account is None
        if receiver.owner in instruction.affirmed and stays:
            expect(draft, leg.asset, receiver.person, sign * leg.amount)


def rebuild(state: State) -> None:
    """Count again from the open instructions, after a snapshot was loaded."""
    draft = Draft(state, b"")
    for _, instruction in INSTRUCTIONS.scan(state):
        expect_pending(draft, instruction, 1)
    state.absorb(draft.writes)
