# SPDX-License-Identifier: Apache-2.0
"""Reads of an invented hub's money."""

from lejar.web.readers import Reader
from lejar.web.views import (
    Amount,
    ClaimRow,
    CollateralRow,
    CreditRow,
    FacilityRow,
    MoneyView,
    Reference,
    SupplyRow,
    TierRow,
)
from tests.web.example_market import (
    AS_AT,
    BANK_A,
    BANK_B,
    CENTRAL_BANK,
    MYR_ID,
    SUKUK,
    SUKUK_ID,
    made_id,
)

DAY = 24 * 3_600 * 1_000_000
MYR = Reference("MYR", f"/instruments/{MYR_ID}")
PAPER = Reference(SUKUK, f"/instruments/{SUKUK_ID}")
KEPT = (Amount(5_000_000, SUKUK, SUKUK_ID, 5_000_000_000_00),)


def ringgit(sen: int) -> Amount:
    """Give an amount of ringgit."""
    return Amount(sen, "MYR", MYR_ID)


CREDITS = (
    CreditRow(
        made_id("cred", "late"), BANK_B, "repo", ringgit(750_000_000_00), KEPT, AS_AT.at + DAY,
        is_overdue=True, shortfall=ringgit(20_000_000_00), margin_short=ringgit(1_500_000_00),
    ),
    CreditRow(
        made_id("cred", "open"), BANK_A, "sale_and_buy_back", ringgit(1_200_000_000_00), KEPT,
        AS_AT.at + DAY // 4, is_overdue=False, shortfall=None, margin_short=None,
    ),
)  # fmt: skip


class ExampleMoney:
    """What the invented hub says of its money."""

    def money(self, reader: Reader | None) -> MoneyView:
        """Return credits and reserves to a reader, and only what exists to the public."""
        claims = tuple(
            ClaimRow(
                Reference(code, f"/instruments/{made_id('instr', code)}"), bank, ringgit(owed),
                None if reader is None else ringgit(owed // 4),
            )
            for code, bank, owed in (
                ("MYRA", BANK_A, 18_204_331_907_55), ("MYRB", BANK_B, 9_000_000_00),
            )
        )  # fmt: skip
        facility = FacilityRow(
            MYR, ("repo", "sale_and_buy_back"), "18:00", 250, ringgit(2_000_000_000_00)
        )
        until = AS_AT.at + 30 * DAY
        return MoneyView(
            AS_AT,
            (SupplyRow(ringgit(48_000_000_000_00), CENTRAL_BANK),),
            claims,
            (facility,),
            (
                CollateralRow(PAPER, MYR, 99_875_000_000, 50_000, until, is_islamic=True,
                              is_taken=True),
                CollateralRow(PAPER, MYR, 99_000_000_000, 125_000, AS_AT.at, is_islamic=False,
                              is_taken=False),
            ),
            None if reader is None else CREDITS,
            0 if reader is None else 240,
            (TierRow("basic", ringgit(5_000_00), ringgit(500_00), ringgit(1_000_00)),),
        )  # fmt: skip


MONEY_PAGES = {"money": "/money"}
