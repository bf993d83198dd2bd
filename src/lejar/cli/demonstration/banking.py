# SPDX-License-Identifier: Apache-2.0
"""Banks' own money: claims of their depositors, dollars of another issuer, money for a purpose.

Rates and amounts are the demonstration's own.
"""

from datetime import date
from typing import Final

from lejar.cli.demonstration.cast import (
    BANKS,
    DEPOSITORS,
    DOLLARS,
    MEMBER,
    Role,
    account_of,
    own_account_of,
    second_officer_of,
)
from lejar.cli.demonstration.founding import moment_of
from lejar.cli.demonstration.onboarding import MILLION, MONEY, RINGGIT
from lejar.cli.demonstration.step import Step
from lejar.cli.demonstration.trading import advanced
from lejar.cli.demonstration.vouching import licensed_bank, reference_of
from lejar.cli.demonstration.world import World
from lejar.domain.accounts.commands import OpenAccount
from lejar.domain.identity import Power
from lejar.domain.identity.commands import GrantPower
from lejar.domain.money.commands import CreateCurrency, IssueMoney
from lejar.domain.money.deposits.commands import CreateDepositToken, IssueDeposit, KeepAsDeposit
from lejar.domain.money.purpose_bound.commands import BindMoney, SpendBound
from lejar.domain.settlement.commands import Instruct, Pay
from lejar.domain.settlement.model import InstructionLeg
from lejar.kernel.envelope import Command
from lejar.ledger.accounts import Purpose

BANKING_DAY: Final = date(2022, 3, 14)
DOLLAR: Final = "dollar"
CENTS: Final = 100
"""Cents in a dollar."""
DOLLARS_BOUGHT: Final = 1_000_000
RINGGIT_PAID: Final = 4_200_000
"""For the dollars: a rate that is the demonstration's own."""
OWN_MILLIONS: Final = 20
"""Millions of ringgit of its own for each bank."""
DEPOSITED: Final = 50_000
PAID: Final = 12_000
BOUND: Final = 5_000
SPENT: Final = 1_200
ENVELOPE: Final = "envelope"
EDUCATION: Final = "EDUC"
BOUND_UNTIL: Final = date(2022, 4, 29)
GRANTING: Final = ("digital", second_officer_of("digital"), "sc", "bnm")
"""Who must agree that a party is given a power."""


def steps() -> list[Step]:
    """Give the steps in their order."""
    first, second = DEPOSITORS
    return [
        advanced("banking day", BANKING_DAY),
        _empowered(
            "bnm",
            Power.RUN_SETTLEMENT,
            "Bank Negara Malaysia runs settlement",
            "Bank Negara Malaysia mengendalikan penyelesaian",
        ),
        *[step for bank in BANKS for step in _own_money(bank)],
        *[licensed_bank(bank.name) for bank in BANKS],
        *[_claim(bank) for bank in BANKS],
        *[step for pair in zip(DEPOSITORS, BANKS, strict=True) for step in _depositor(*pair)],
        _deposited(first, BANKS[0]),
        _paid(first, second),
        _bound(first),
        _spent(second),
        *_dollars(),
        _exchanged(),
    ]


def claim_of(bank: str) -> str:
    """Name a bank's claim in the demonstration's memory."""
    return f"{bank} claim"


def own_account(role: Role) -> Step:
    """Open the account of what is a bank's own."""

    def make(world: World) -> Command:
        return OpenAccount(world.party(role.name), Purpose.OWN, None)

    return Step(
        f"open {own_account_of(role.name)}",
        f"{role.en} opens an account for what is its own.",
        f"{role.ms} membuka akaun bagi hartanya sendiri.",
        make,
        (role.name,),
        learns=(("account", own_account_of(role.name)),),
    )


def _empowered(party: str, power: Power, en: str, ms: str) -> Step:
    return Step(
        f"empower {party}",
        f"Three agencies agree that {en}.",
        f"Tiga agensi bersetuju bahawa {ms}.",
        lambda world: GrantPower(world.party(party), power),
        GRANTING,
    )


def _own_money(bank: Role) -> list[Step]:
    def make(world: World) -> Command:
        account = world.id(own_account_of(bank.name))
        amount = OWN_MILLIONS * MILLION
        return IssueMoney(world.id(MONEY), account, amount, reference_of(f"RTGS own {bank.name}"))

    return [
        own_account(bank),
        Step(
            f"issue own money {bank.name}",
            f"Bank Negara Malaysia issues RM{OWN_MILLIONS} million to {bank.en} itself.",
            f"Bank Negara Malaysia menerbitkan RM{OWN_MILLIONS} juta kepada {bank.ms} sendiri.",
            make,
            ("bnm",),
        ),
    ]


def _claim(bank: Role) -> Step:
    def make(world: World) -> Command:
        code = "MYR" + bank.name.partition("-")[2].upper()
        account = world.id(own_account_of(bank.name))
        return CreateDepositToken(code, world.id(MONEY), account, ())

    return Step(
        f"create claim {bank.name}",
        f"{bank.en} begins its deposits: each is a claim on it, worth a ringgit for a ringgit.",
        f"{bank.ms} memulakan depositnya: setiap satu tuntutan ke atasnya, pada nilai par.",
        make,
        (bank.name,),
        learns=(("asset", claim_of(bank.name)),),
    )


def _depositor(role: Role, bank: Role) -> list[Step]:
    def opened(world: World) -> Command:
        return OpenAccount(world.party(role.name), Purpose.OWN, None)

    def kept(world: World) -> Command:
        return KeepAsDeposit(world.id(account_of(role.name)), world.id(claim_of(bank.name)))

    return [
        Step(
            f"open account {role.name}",
            f"{role.en} opens an account.",
            f"{role.ms} membuka akaun.",
            opened,
            (role.name,),
            learns=(("account", account_of(role.name)),),
        ),
        Step(
            f"keep deposit {role.name}",
            f"{role.en} and {bank.en} agree that the account holds the bank's deposits.",
            f"{role.ms} dan {bank.ms} bersetuju bahawa akaun itu memegang deposit bank.",
            kept,
            (role.name, bank.name),
        ),
    ]


def _deposited(role: Role, bank: Role) -> Step:
    def make(world: World) -> Command:
        account, claim = world.id(account_of(role.name)), world.id(claim_of(bank.name))
        return IssueDeposit(claim, account, DEPOSITED * RINGGIT, reference_of("cash paid in"))

    return Step(
        f"deposit {role.name}",
        f"{role.en} pays RM{DEPOSITED:,} in at {bank.en}, which owes it from now on.",
        f"{role.ms} memasukkan RM{DEPOSITED:,} di {bank.ms}, yang kini berhutang kepadanya.",
        make,
        (bank.name,),
    )


def _paid(payer: Role, payee: Role) -> Step:
    def make(world: World) -> Command:
        source, target = world.id(account_of(payer.name)), world.id(account_of(payee.name))
        return Pay(world.id(MONEY), source, target, PAID * RINGGIT)

    return Step(
        "pay between banks",
        f"{payer.en} pays RM{PAID:,} to {payee.en} at the other bank: one claim ends, "
        "central-bank money moves, the other claim begins, in one entry.",
        f"{payer.ms} membayar RM{PAID:,} kepada {payee.ms} di bank lain: satu tuntutan tamat, "
        "wang bank pusat bergerak, tuntutan lain bermula, dalam satu catatan.",
        make,
        (payer.name,),
    )


def _bound(payer: Role) -> Step:
    def make(world: World) -> Command:
        return BindMoney(
            account=world.id(account_of(payer.name)),
            currency=world.id(MONEY),
            amount=BOUND * RINGGIT,
            holder=world.party("investor-five"),
            receivers=(world.party("depositor-two"),),
            credential=None,
            purpose=EDUCATION,
            until=moment_of(BOUND_UNTIL),
        )

    return Step(
        "bind money",
        f"{payer.en} sets RM{BOUND:,} aside, which investor five may spend on education alone, "
        f"with depositor two, until {BOUND_UNTIL.isoformat()}.",
        f"{payer.ms} mengasingkan RM{BOUND:,}, yang boleh dibelanjakan pelabur lima bagi "
        f"pendidikan sahaja, dengan pendeposit dua, sehingga {BOUND_UNTIL.isoformat()}.",
        make,
        (payer.name,),
        learns=(("envelope", ENVELOPE),),
    )


def _spent(payee: Role) -> Step:
    def make(world: World) -> Command:
        account = world.id(account_of(payee.name))
        return SpendBound(world.id(ENVELOPE), account, SPENT * RINGGIT, EDUCATION)

    return Step(
        "spend bound money",
        f"Investor five pays RM{SPENT:,} of it to depositor two.",
        f"Pelabur lima membayar RM{SPENT:,} daripadanya kepada pendeposit dua.",
        make,
        ("investor-five",),
    )


def _dollars() -> list[Step]:
    def issue(world: World) -> Command:
        account, amount = world.id(own_account_of("bank-two")), DOLLARS_BOUGHT * CENTS
        return IssueMoney(world.id(DOLLAR), account, amount, reference_of("dollars"))

    issuer = DOLLARS.name
    return [
        _empowered(
            issuer,
            Power.ISSUE_MONEY,
            "the dollar issuer may issue money of its own",
            "penerbit dolar boleh menerbitkan wangnya sendiri",
        ),
        Step(
            "create dollar",
            "The dollar issuer begins the dollar, which banks alone may hold.",
            "Penerbit dolar memulakan dolar, yang boleh dipegang oleh bank sahaja.",
            lambda _world: CreateCurrency("USD", (MEMBER,)),
            (issuer,),
            learns=(("asset", DOLLAR),),
        ),
        Step(
            "issue dollars",
            f"The dollar issuer issues USD{DOLLARS_BOUGHT:,} to Bank Two.",
            f"Penerbit dolar menerbitkan USD{DOLLARS_BOUGHT:,} kepada Bank Dua.",
            issue,
            (issuer,),
        ),
    ]


def _exchanged() -> Step:
    def make(world: World) -> Command:
        one, two = (world.id(own_account_of(bank.name)) for bank in BANKS)
        return Instruct(
            (
                InstructionLeg(world.id(MONEY), one, two, RINGGIT_PAID * RINGGIT),
                InstructionLeg(world.id(DOLLAR), two, one, DOLLARS_BOUGHT * CENTS),
            ),
            None,
        )

    return Step(
        "exchange currencies",
        f"Payment versus payment: Bank One pays RM{RINGGIT_PAID:,}, Bank Two "
        f"USD{DOLLARS_BOUGHT:,}; both move in one entry.",
        f"Bayaran lawan bayaran: Bank Satu membayar RM{RINGGIT_PAID:,}, Bank Dua "
        f"USD{DOLLARS_BOUGHT:,}; kedua-duanya bergerak dalam satu catatan.",
        make,
        ("bank-one", "bank-two"),
    )
