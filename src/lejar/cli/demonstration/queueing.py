# SPDX-License-Identifier: Apache-2.0
"""The queue: limits and a reserve, two payments that settle together, two that still wait."""

from typing import Final

from lejar.cli.demonstration.banking import CENTS, DOLLAR
from lejar.cli.demonstration.cast import account_of, own_account_of
from lejar.cli.demonstration.onboarding import MILLION, MONEY, RINGGIT
from lejar.cli.demonstration.paying import ticked
from lejar.cli.demonstration.step import Step
from lejar.cli.demonstration.world import World
from lejar.domain.settlement.commands import Pay, Reserve, SetSenderLimit
from lejar.kernel.envelope import Command

LIMIT_MILLIONS: Final = 15
RESERVED_MILLIONS: Final = 1
FIRST_WAITS: Final = 1_500_000
"""Dollars from Bank Two, which has none."""
FREES_IT: Final = 2_000_000
"""Dollars from Bank One, which has half of them."""
STILL_WAITS: Final = 3_000_000
"""Dollars from Bank Two, which has half a million."""
DEPOSIT_WAITS: Final = 100_000
"""Ringgit from depositor two, who has less."""


def steps() -> list[Step]:
    """Give the steps in their order."""
    one, two = (own_account_of(bank) for bank in ("bank-one", "bank-two"))
    return [
        _limited(),
        _reserved(),
        _paid(
            "wait for dollars",
            f"Bank Two pays USD{FIRST_WAITS:,} to Bank One, and has none: the payment waits.",
            f"Bank Dua membayar USD{FIRST_WAITS:,} kepada Bank Satu tanpa dolar: ia menunggu.",
            (DOLLAR, two, one, FIRST_WAITS * CENTS),
            "bank-two",
        ),
        _paid(
            "free the dollars",
            f"Bank One pays USD{FREES_IT:,} to Bank Two, and has half of it.",
            f"Bank Satu membayar USD{FREES_IT:,} kepada Bank Dua, dan ada separuh daripadanya.",
            (DOLLAR, one, two, FREES_IT * CENTS),
            "bank-one",
        ),
        ticked(
            "tick of the gridlock",
            "Neither could go first; the queue settles both together, in one entry.",
            "Tiada satu pun boleh didahulukan; giliran menyelesaikan kedua-duanya bersama.",
        ),
        _paid(
            "wait for more dollars",
            f"Bank Two pays USD{STILL_WAITS:,} to Bank One; it waits for what Bank Two lacks.",
            f"Bank Dua membayar USD{STILL_WAITS:,} kepada Bank Satu; ia menunggu kekurangan itu.",
            (DOLLAR, two, one, STILL_WAITS * CENTS),
            "bank-two",
        ),
        _paid(
            "wait for a deposit",
            f"Depositor two pays RM{DEPOSIT_WAITS:,} to depositor one; it waits for money.",
            f"Pendeposit dua membayar RM{DEPOSIT_WAITS:,} kepada pendeposit satu; ia menunggu.",
            (
                MONEY,
                account_of("depositor-two"),
                account_of("depositor-one"),
                DEPOSIT_WAITS * RINGGIT,
            ),
            "depositor-two",
        ),
    ]


def _limited() -> Step:
    def make(world: World) -> Command:
        return SetSenderLimit(
            world.party("bank-two"),
            world.id(MONEY),
            world.party("bank-one"),
            LIMIT_MILLIONS * MILLION,
        )

    return Step(
        "set sender limit",
        f"Bank Two sends Bank One at most RM{LIMIT_MILLIONS} million net in a day.",
        f"Bank Dua menghantar Bank Satu paling banyak RM{LIMIT_MILLIONS} juta bersih sehari.",
        make,
        ("bank-two",),
    )


def _reserved() -> Step:
    def make(world: World) -> Command:
        account = world.id(own_account_of("bank-two"))
        return Reserve(account, world.id(MONEY), RESERVED_MILLIONS * MILLION)

    return Step(
        "reserve money",
        f"Bank Two keeps RM{RESERVED_MILLIONS} million for urgent payments.",
        f"Bank Dua menyimpan RM{RESERVED_MILLIONS} juta bagi bayaran mendesak.",
        make,
        ("bank-two",),
    )


def _paid(name: str, en: str, ms: str, what: tuple[str, str, str, int], payer: str) -> Step:
    asset, source, target, amount = what

    def make(world: World) -> Command:
        return Pay(world.id(asset), world.id(source), world.id(target), amount)

    return Step(name, en, ms, make, (payer,), learns=(("instruction", name),))
