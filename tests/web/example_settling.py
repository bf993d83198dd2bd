# SPDX-License-Identifier: Apache-2.0
"""Reads of an invented hub's queue and settlement day."""

from datetime import date

from lejar.web.readers import Reader
from lejar.web.views import (
    Amount,
    CurrencyRow,
    GiverRow,
    PassRow,
    PriorityRow,
    QueueRow,
    QueueView,
    SettlementDayView,
    WaitRow,
    Words,
)
from tests.web.example_market import AS_AT, BANK_A, BANK_B, MYR_ID, REGULATOR, made_id

OTHER = made_id("inst", "back")
PAYMENT = Amount(1_200_000_00, "MYR", MYR_ID)
NOTHING = Amount(0, "MYR", MYR_ID)
LACKS = WaitRow(
    Words(
        f"Bank A needs RM 1,200,000.00 more. {OTHER} would bring it.",
        f"Bank A memerlukan RM 1,200,000.00 lagi. {OTHER} akan membawanya.",
    )
)
WAITS_FOR_OTHERS = WaitRow(
    Words("Waits for what its giver does not have yet.", "Menunggu apa yang belum ada.")
)
QUEUE = (
    QueueRow(
        made_id("inst", "one"), "payment", 1, "urgent", AS_AT.at, (PAYMENT,), (BANK_A,), (BANK_B,),
        (LACKS,),
    ),
    QueueRow(
        OTHER, "payment", None, None, AS_AT.at, (PAYMENT,), (BANK_B,), (BANK_A,),
        (WAITS_FOR_OTHERS,),
    ),
)  # fmt: skip


class ExampleSettling:
    """What the invented hub says of its queue."""

    def queue(self, reader: Reader | None) -> QueueView:
        """Return two payments to a reader, and nothing to the public."""
        if reader is None:
            return QueueView(AS_AT, None, (), 0)
        givers = (GiverRow(BANK_A, 1, PAYMENT, NOTHING), GiverRow(BANK_B, 1, NOTHING, PAYMENT))
        return QueueView(AS_AT, QUEUE, givers, 312)

    def settlement_day(self, reader: Reader | None) -> SettlementDayView:
        """Return an open day to the public, a paused one to a reader."""
        return SettlementDayView(
            AS_AT, date(2026, 11, 24), reader is None, None if reader is None else REGULATOR,
            None if reader is None else AS_AT.at, AS_AT.at, date(2026, 11, 23), 2,
            18_204, 3, 312, 4, 5, 96, 2,
            (CurrencyRow(PAYMENT, 96, NOTHING),),
            tuple(PriorityRow(one, 1, 120_000_000) for one in ("urgent", "high", "normal")),
            (PassRow(1_204_300, AS_AT.at, 12, 99_000_00, None),
             PassRow(1_204_310, AS_AT.at, 84, 950_000_00, 990_000_00)),
        )  # fmt: skip


SETTLING_PAGES = {"queue": "/queue", "settlement-day": "/settlement-day"}
