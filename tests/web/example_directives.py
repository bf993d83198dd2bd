# SPDX-License-Identifier: Apache-2.0
"""Directives of the invented market: a freeze that is appealed, and a seizure."""

from lejar.web.views import (
    DirectiveRow,
    DirectiveView,
    Fact,
    LifeStage,
    Reference,
    StageRow,
    State,
    Words,
)
from tests.web.example_market import AS_AT, AT, BANK_B, RECEIPT_ID, REGULATOR, SECOND, made_id

DIRECTIVES = (
    DirectiveRow(
        made_id("dir", "freeze"),
        "freeze",
        REGULATOR,
        "An example of an Act, section 1, 2026-01-01",
        AT - 90 * SECOND,
        AT + 3600 * SECOND,
        State.IN_FORCE,
        "lodged",
        1_204_300,
    ),
    DirectiveRow(
        made_id("dir", "seizure"),
        "seize",
        REGULATOR,
        "An example of a court order",
        AT - 900 * SECOND,
        None,
        State.EXECUTED,
        "none",
        1_204_100,
    ),
)


def frozen_directive(*, whole: bool) -> DirectiveView:
    """Return a freeze that its subject has appealed."""
    bearing = (Fact(Words("Subject", "Subjek"), Reference(BANK_B.party_id)),)
    return DirectiveView(
        as_at=AS_AT,
        row=DIRECTIVES[0],
        link="https://example.org/act",
        bearing=bearing if whole else None,
        steps=(
            StageRow(State.IN_FORCE, LifeStage.DONE, AT - 90 * SECOND, 1_204_300, RECEIPT_ID),
            StageRow(State.LODGED, LifeStage.DONE, AT - 60 * SECOND, 1_204_322, RECEIPT_ID),
        ),
    )
