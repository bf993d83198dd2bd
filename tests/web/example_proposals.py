# SPDX-License-Identifier: Apache-2.0
"""Proposals of the invented market: one scheduled, one stalled, and who must agree to what."""

from lejar.web.views import (
    CarriedView,
    Fact,
    ProposalRow,
    ProposalStep,
    ProposalView,
    Reference,
    RequirementRow,
    SideRow,
    State,
    Words,
)
from tests.web.example_market import (
    AS_AT,
    AT,
    BANK_B,
    CENTRAL_BANK,
    REGULATOR,
    SECOND,
    made_id,
)

DAY = 86_400 * SECOND

PROPOSALS = (
    ProposalRow(
        made_id("prop", "licence"),
        "policy.grant_status",
        "licence",
        REGULATOR,
        "An example of an Act, section 12, 2026-01-01",
        AT + 30 * DAY,
        State.AGREED,
        None,
        1_204_301,
    ),
    ProposalRow(
        made_id("prop", "power"),
        "identity.grant_power",
        "",
        CENTRAL_BANK,
        "Rules of an example",
        AT + 3 * DAY,
        State.STALLED,
        Words(
            "The command needs consent that this envelope does not show.",
            "Arahan ini memerlukan persetujuan yang tidak ditunjukkan oleh sampul ini.",
        ),
        1_204_280,
    ),
)
REQUIREMENTS = (
    RequirementRow("identity.grant_power", "", CENTRAL_BANK, (REGULATOR,), 2, 0, 0),
    RequirementRow("money.create_currency", "", CENTRAL_BANK, (), 0, 0, 1_204_001),
    RequirementRow(
        "policy.grant_status", "licence", REGULATOR, (CENTRAL_BANK, BANK_B), 2,
        2 * DAY + 3600 * SECOND, 1_204_002,
    ),
)  # fmt: skip


def waiting_proposal(*, whole: bool) -> ProposalView:
    """Return a licence that everybody has agreed to, and whose notice runs."""
    carried = CarriedView(
        "policy.grant_status",
        (
            Fact(Words("Subject", "Subjek"), Reference(BANK_B.party_id)),
            Fact(Words("Kind", "Jenis"), Words("Licence", "Lesen")),
        ),
    )
    return ProposalView(
        as_at=AS_AT,
        row=PROPOSALS[0],
        proposer=REGULATOR,
        link="https://example.org/act",
        grounds="7f" * 32 if whole else None,
        effective_at=None,
        due_at=AT + 2 * DAY,
        sides=(
            SideRow(REGULATOR, is_owner=True, entry=1_204_301, officers=2, officers_needed=2),
            SideRow(CENTRAL_BANK, is_owner=False, entry=1_204_311, officers=1, officers_needed=0),
            SideRow(BANK_B, is_owner=False, entry=None, officers=0, officers_needed=0),
        ),
        carried=carried if whole else None,
        steps=(
            ProposalStep("made", AT - 90 * SECOND, 1_204_301, REGULATOR, None),
            ProposalStep("agreement", AT - 90 * SECOND, 1_204_301, REGULATOR, None),
            ProposalStep("stalled", AT - 80 * SECOND, 1_204_309, None, PROPOSALS[1].cause),
            ProposalStep("agreement", AT - 60 * SECOND, 1_204_311, CENTRAL_BANK, None),
            ProposalStep("agreed", AT - 60 * SECOND, 1_204_311, None, None),
        ),
    )
