# SPDX-License-Identifier: Apache-2.0
"""An invented bank's day; one of its movements was ordered by an authority."""

from datetime import date

from lejar.web.views import Amount, Reference, StatementRow, StatementView
from tests.web.example_directives import DIRECTIVES
from tests.web.example_market import AS_AT, AT, BANK_B, MYR_ID, SECOND, SUKUK_ID, made_id

STATEMENT_ID = made_id("acct", "b own")
ADDRESS = f"/accounts/{STATEMENT_ID}/statement"


def ringgit(sen: int) -> Amount:
    """Return an amount of ringgit."""
    return Amount(sen, "MYR", MYR_ID)


def days_statement() -> StatementView:
    """Return a day with a neighbour before it, and more movements than the page holds."""
    other = made_id("acct", "a own")
    return StatementView(
        as_at=AS_AT,
        account_id=STATEMENT_ID,
        owner=BANK_B,
        asset="MYR",
        asset_id=MYR_ID,
        others=(Reference("SUKUK", f"{ADDRESS}?asset={SUKUK_ID}", is_id=False),),
        day=date(2026, 11, 24),
        is_final=False,
        opening=ringgit(1_000_000_00),
        closing=ringgit(1_249_999_50),
        came_in=ringgit(250_000_00),
        went_out=ringgit(50),
        movements=3,
        rows=(
            StatementRow(1_204_330, AT, "settlement.instruct", ringgit(250_000_00), other, None),
            StatementRow(
                1_204_331,
                AT + SECOND,
                "oversight.forced_transfer",
                ringgit(-50),
                other,
                DIRECTIVES[0].directive_id,
            ),
        ),
        earlier=f"{ADDRESS}?asset={MYR_ID}&day=2026-11-20",
        later=None,
        more=f"{ADDRESS}?asset={MYR_ID}&day=2026-11-24&after=x",
    )
