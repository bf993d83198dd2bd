# SPDX-License-Identifier: Apache-2.0
"""Intraday money against the sukuk, by sale and buy-back; and a sale of it that its seller fails.

The price, the haircut and what failing costs are the demonstration's own: no central bank's.
"""

from datetime import date
from typing import Final

from lejar.cli.demonstration.banking import BANKING_DAY, own_account
from lejar.cli.demonstration.cast import HOLDER, account_of, own_account_of, role_of
from lejar.cli.demonstration.founding import moment_of
from lejar.cli.demonstration.onboarding import MILLION, MONEY, RINGGIT
from lejar.cli.demonstration.step import Step
from lejar.cli.demonstration.trading import PAPER, price_of
from lejar.cli.demonstration.vouching import vouched
from lejar.cli.demonstration.world import World
from lejar.domain.money.intraday.commands import DrawIntraday, OpenFacility, SetCollateral
from lejar.domain.money.intraday.model import Form, Piece, Terms
from lejar.domain.settlement.commands import Instruct, SetFailRules
from lejar.domain.settlement.model import InstructionLeg, OnShortfall
from lejar.domain.settlement.model import Terms as SettlementTerms
from lejar.kernel.envelope import Command
from lejar.kernel.quantity import MILLION as MILLIONTHS

BOUGHT_UNITS: Final = 20_000
PLEDGED_UNITS: Final = 10_000
NOMINAL: Final = 100 * RINGGIT
HAIRCUT: Final = 50_000
"""Millionths of the value."""
PRICED_UNTIL: Final = date(2032, 9, 15)
CLOSES_MINUTES: Final = 17 * 60
DRAWN: Final = 900_000
"""Ringgit."""
FAILING_UNITS: Final = 1_000
FAILING: Final = "failing sale"
CREDIT: Final = "intraday credit"
DAILY_RATE: Final = 100
"""Millionths of what was to be paid, for each business day."""


def before() -> list[Step]:
    """Give the steps of the day before the first payment."""
    return [
        vouched("sc", "bank-one", HOLDER),
        vouched("sc", "bnm", HOLDER),
        own_account(role_of("bnm")),
        _exchanged("buy collateral", "investor-two", BOUGHT_UNITS, OnShortfall.REFUSE),
        _fail_rules(),
        _exchanged(FAILING, "issuer", FAILING_UNITS, OnShortfall.QUEUE),
    ]


def steps() -> list[Step]:
    """Give the steps of the day of the first payment."""
    return [_taken(), _opened(), _drawn()]


def _exchanged(name: str, seller: str, units: int, on_shortfall: OnShortfall) -> Step:
    def make(world: World) -> Command:
        units_at, money_at = world.id(account_of(seller)), world.id(own_account_of("bank-one"))
        cost = price_of(units, BANKING_DAY)
        return Instruct(
            (
                InstructionLeg(world.id(PAPER), units_at, money_at, units),
                InstructionLeg(world.id(MONEY), money_at, units_at, cost),
            ),
            None,
            SettlementTerms(on_shortfall=on_shortfall),
        )

    waits = on_shortfall is OnShortfall.QUEUE
    who = role_of(seller)
    return Step(
        name,
        f"{who.en} sells {units:,} units to Bank One"
        + (": it has none, so the sale waits, fails at the close, and costs." if waits else "."),
        f"{who.ms} menjual {units:,} unit kepada Bank Satu"
        + (": ia tiada unit, jadi jualan menunggu, gagal ketika tutup." if waits else "."),
        make,
        (seller, "bank-one"),
        learns=(("instruction", name),),
    )


def _fail_rules() -> Step:
    def make(world: World) -> Command:
        return SetFailRules(
            world.id(PAPER), daily_rate=DAILY_RATE, free_days=0, buy_in_after=3, buy_in_notice=2
        )

    return Step(
        "set fail rules",
        "Bank Negara Malaysia says what failing to deliver the paper costs: 0.01 % a day, the "
        "demonstration's own rate, and a buy-in after three days.",
        "Bank Negara Malaysia menyatakan kos gagal menyerahkan kertas itu: 0.01 % sehari, kadar "
        "demonstrasi sendiri, dan belian paksa selepas tiga hari.",
        make,
        ("bnm",),
    )


def _taken() -> Step:
    def make(world: World) -> Command:
        terms = Terms(
            price=NOMINAL * MILLIONTHS,
            haircut=HAIRCUT,
            until=moment_of(PRICED_UNTIL),
            islamic=True,
        )
        return SetCollateral(world.id(MONEY), world.id(PAPER), terms)

    return Step(
        "take collateral",
        "Bank Negara Malaysia takes the paper at par less a haircut of 5 %: figures of the "
        "demonstration.",
        "Bank Negara Malaysia menerima kertas itu pada par tolak potongan 5 %: angka demonstrasi.",
        make,
        ("bnm",),
    )


def _opened() -> Step:
    def make(world: World) -> Command:
        return OpenFacility(
            currency=world.id(MONEY),
            forms=(Form.REPO, Form.SALE_AND_BUY_BACK),
            account=world.id(own_account_of("bnm")),
            closing_minutes=CLOSES_MINUTES,
            bank_max=MILLION,
        )

    return Step(
        "open facility",
        "Bank Negara Malaysia lets banks draw ringgit until 17:00, at most RM1 million each.",
        "Bank Negara Malaysia membenarkan bank mengambil ringgit sehingga 17:00, RM1 juta setiap.",
        make,
        ("bnm",),
    )


def _drawn() -> Step:
    def make(world: World) -> Command:
        own = world.id(own_account_of("bank-one"))
        return DrawIntraday(
            form=Form.SALE_AND_BUY_BACK,
            currency=world.id(MONEY),
            account=own,
            collateral_account=own,
            collateral=(Piece(world.id(PAPER), PLEDGED_UNITS),),
            amount=DRAWN * RINGGIT,
        )

    return Step(
        "draw intraday",
        f"Bank One sells {PLEDGED_UNITS:,} units for RM{DRAWN:,} and promises to buy them back "
        "at the close.",
        f"Bank Satu menjual {PLEDGED_UNITS:,} unit pada RM{DRAWN:,} dan berjanji membelinya "
        "semula ketika tutup.",
        make,
        ("bank-one",),
        learns=(("credit", CREDIT),),
    )
