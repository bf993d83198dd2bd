# SPDX-License-Identifier: Apache-2.0
"""A ledger outside mirrors Bank Two's own ringgit: a statement, what matches, and a break."""

from typing import Final

from lejar.cli.demonstration.banking import (
    BANKING_DAY,
    OWN_MILLIONS,
    PAID,
    RINGGIT_PAID,
    SPENT,
)
from lejar.cli.demonstration.cast import own_account_of
from lejar.cli.demonstration.onboarding import MILLION, MONEY, RINGGIT
from lejar.cli.demonstration.step import Step
from lejar.cli.demonstration.vouching import evidence_of, reference_of
from lejar.cli.demonstration.world import World
from lejar.domain.reconciliation import BreakKind, CounterpartKind
from lejar.domain.reconciliation.commands import (
    AssignBreak,
    NameCounterpart,
    RecordMatching,
    RecordStatement,
    UnmatchedItem,
)
from lejar.kernel.envelope import Command

COUNTERPART: Final = "counterpart"
BREAK: Final = "break"
FIRST: Final = 1
CHARGED: Final = 25
"""Ringgit that stand in the statement alone."""
MATCHED: Final = 4
HERE: Final = OWN_MILLIONS * MILLION + (PAID + SPENT + RINGGIT_PAID) * RINGGIT
"""What Bank Two has of its own when the day ends, in sen."""
ESCALATED_AFTER: Final = 5


def before() -> list[Step]:
    """Give the steps of the day that the statement is of."""

    def make(world: World) -> Command:
        return NameCounterpart(
            kind=CounterpartKind.RTGS,
            keeper=world.party("bnm"),
            account=world.id(own_account_of("bank-two")),
            asset=world.id(MONEY),
            reference=evidence_of("outside account of bank-two"),
            business_days=ESCALATED_AFTER,
        )

    return [
        Step(
            "name counterpart",
            "Bank Two names the RTGS ledger that mirrors its own ringgit.",
            "Bank Dua menamakan lejar RTGS yang mencerminkan ringgitnya sendiri.",
            make,
            ("bank-two",),
            learns=(("counterpart", COUNTERPART),),
        )
    ]


def steps() -> list[Step]:
    """Give the steps of the next day."""
    return [_recorded(), _matched(), _assigned()]


def _recorded() -> Step:
    def make(world: World) -> Command:
        return RecordStatement(
            counterpart=world.id(COUNTERPART),
            sequence=FIRST,
            reference=reference_of("statement"),
            day=BANKING_DAY,
            asset=world.id(MONEY),
            closing=HERE - CHARGED * RINGGIT,
            entries=MATCHED + 1,
            file=evidence_of("statement"),
        )

    return Step(
        "record statement",
        f"The statement of {BANKING_DAY.isoformat()} closes RM{CHARGED} lower than Bank Two's "
        "account here.",
        f"Penyata {BANKING_DAY.isoformat()} ditutup RM{CHARGED} lebih rendah daripada akaun Bank "
        "Dua di sini.",
        make,
        ("bnm",),
    )


def _matched() -> Step:
    def make(world: World) -> Command:
        charge = UnmatchedItem(
            BreakKind.THEIRS_ONLY, reference_of("charge"), None, -CHARGED * RINGGIT
        )
        return RecordMatching(world.id(COUNTERPART), FIRST, MATCHED, (charge,), last=True)

    return Step(
        "record matching",
        f"{MATCHED} entries match; a charge of RM{CHARGED} is in the statement alone: a break.",
        f"{MATCHED} catatan sepadan; caj RM{CHARGED} hanya ada dalam penyata: satu percanggahan.",
        make,
        ("bank-two",),
        learns=(("break_id", BREAK),),
    )


def _assigned() -> Step:
    def make(world: World) -> Command:
        return AssignBreak(world.id(BREAK), world.party("bank-two"))

    return Step(
        "assign break",
        "Bank Two looks into the break.",
        "Bank Dua menyiasat percanggahan itu.",
        make,
        ("bank-two",),
    )
