# SPDX-License-Identifier: Apache-2.0
"""Payments to holders: announce a period, move the time to its payment day, let it be paid."""

from collections.abc import Iterator
from typing import Final

from lejar.cli.demonstration.cast import account_of
from lejar.cli.demonstration.founding import JURISDICTION
from lejar.cli.demonstration.step import Step
from lejar.cli.demonstration.trading import PAPER, advanced, paper
from lejar.cli.demonstration.world import World
from lejar.domain.calendar.commands import Tick
from lejar.domain.instruments import CashFlow, cash_flows
from lejar.domain.servicing import PAYMENT_MINUTES
from lejar.domain.servicing.commands import AnnouncePayment
from lejar.kernel.envelope import Command
from lejar.reference import calendar

TICKS: Final = 2
"""Blocks that a payment of this register needs: one to fix entitlements, one to pay."""

WORK_RUNS: Final = "The node lets the work that has come due run."
WORK_RUNS_MS: Final = "Nod membiarkan kerja yang telah tiba masanya berjalan."


def payments() -> tuple[CashFlow, ...]:
    """Give every payment of the paper in order."""
    debt = paper().debt
    return cash_flows(debt, debt.issue_amount, calendar(JURISDICTION).calendar)


def steps(number: int) -> list[Step]:
    """Give the steps of one payment; `number` counts periods from 1."""
    day = payments()[number - 1].pays_on
    return [
        _announced(number),
        advanced(f"payment {number}", day, PAYMENT_MINUTES),
        *[ticked(f"tick {tick} of payment {number}") for tick in range(1, TICKS + 1)],
    ]


def remaining(world: World) -> Iterator[int]:
    """Walk the payments that are not done yet."""
    for number in range(1, len(payments()) + 1):
        if f"tick {TICKS} of payment {number}" not in world.memory.done:
            yield number


def _announced(number: int) -> Step:
    def make(world: World) -> Command:
        return AnnouncePayment(world.id(PAPER), number, world.id(account_of("issuer")), None, None)

    day = payments()[number - 1].pays_on.isoformat()
    return Step(
        f"announce payment {number}",
        f"The issuer announces payment {number}, to be made on {day}.",
        f"Penerbit mengumumkan bayaran {number}, untuk dibuat pada {day}.",
        make,
        ("issuer",),
        learns=(("payment", f"payment {number}"),),
    )


def ticked(name: str, en: str = WORK_RUNS, ms: str = WORK_RUNS_MS) -> Step:
    """Let a block come, so that due work runs and the hub's moment is seen to have moved."""

    def make(_world: World) -> Command:
        return Tick()

    return Step(name, en, ms, make, ("node",))
