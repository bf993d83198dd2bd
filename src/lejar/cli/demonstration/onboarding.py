# SPDX-License-Identifier: Apache-2.0
"""The day before: parties, credentials, accounts, central-bank money, standing authorities."""

from lejar.cli.demonstration.cast import (
    BANK,
    BANK_OF,
    BANKS,
    HOLDER,
    HOLDERS,
    OTHERS,
    REGISTERED,
    Role,
    account_of,
    client_account_of,
)
from lejar.cli.demonstration.founding import public_key
from lejar.cli.demonstration.step import Step
from lejar.cli.demonstration.world import World
from lejar.domain.accounts.commands import GrantAuthority, OpenAccount
from lejar.domain.identity.commands import GrantCredential, RegisterParty
from lejar.domain.money.commands import CreateCurrency, IssueMoney
from lejar.kernel.digest import sha256
from lejar.kernel.envelope import Command
from lejar.ledger.accounts import Purpose

RINGGIT = 100
"""Sen in a ringgit."""
MILLION = 1_000_000 * RINGGIT
MONEY = "ringgit"
REFERENCE_BYTES = 16
AUTHORITY = 200 * MILLION
ISSUED = {"bank-one": 60, "bank-two": 120}
"""Millions of ringgit on each bank's client account."""


def steps() -> list[Step]:
    """Give the steps in their order."""
    return [
        *[_registered(role) for role in REGISTERED],
        *[_vouched("bnm", role.name, BANK, role) for role in BANKS],
        *[_vouched("sc", role.name, HOLDER, role) for role in OTHERS if role.name in HOLDERS],
        *[_bank_account(role) for role in BANKS],
        *[_opened(role) for role in OTHERS],
        *[_authorised(role) for role in OTHERS],
        _currency(),
        *[_money(role) for role in BANKS],
    ]


def _registered(role: Role) -> Step:
    def make(world: World) -> Command:
        return RegisterParty(role.kind, (public_key(world.key(role.name)),), ())

    return Step(
        f"register {role.name}",
        f"The Ministry of Digital registers a party: {role.en}.",
        f"Kementerian Digital mendaftar satu pihak: {role.ms}.",
        make,
        ("digital",),
        key_of=role.name,
    )


def _vouched(agency: str, subject: str, credential: str, role: Role) -> Step:
    def make(world: World) -> Command:
        return GrantCredential(world.party(subject), credential, None, None)

    who, who_ms = {
        "bnm": ("Bank Negara Malaysia", "Bank Negara Malaysia"),
        "sc": ("The Securities Commission", "Suruhanjaya Sekuriti"),
    }[agency]
    return Step(
        f"vouch {subject}",
        f"{who} vouches for {role.en}: {credential}.",
        f"{who_ms} mengesahkan {role.ms}: {credential}.",
        make,
        (agency,),
    )


def _bank_account(role: Role) -> Step:
    def make(world: World) -> Command:
        return OpenAccount(world.party(role.name), Purpose.CLIENT, None)

    return Step(
        f"open client account {role.name}",
        f"{role.en} opens its client account for central-bank money.",
        f"{role.ms} membuka akaun pelanggan bagi wang bank pusat.",
        make,
        (role.name,),
        learns=(("account", client_account_of(role.name)),),
    )


def _opened(role: Role) -> Step:
    purpose = Purpose.CUSTODY if role.name == "custodian" else Purpose.OWN

    def make(world: World) -> Command:
        cash = world.id(client_account_of(BANK_OF[role.name]))
        return OpenAccount(world.party(role.name), purpose, cash)

    return Step(
        f"open account {role.name}",
        f"{role.en} opens a securities account and names its settlement bank.",
        f"{role.ms} membuka akaun sekuriti dan menamakan bank penyelesaiannya.",
        make,
        (role.name,),
        learns=(("account", account_of(role.name)),),
    )


def _authorised(role: Role) -> Step:
    bank = next(one for one in BANKS if one.name == BANK_OF[role.name])

    def make(world: World) -> Command:
        return GrantAuthority(world.id(account_of(role.name)), AUTHORITY)

    return Step(
        f"authorise {role.name}",
        f"{bank.en} signs a standing authority for {role.en}'s cash legs.",
        f"{bank.ms} menandatangani kebenaran tetap bagi kaki tunai {role.ms}.",
        make,
        (bank.name,),
    )


def _currency() -> Step:
    def make(_world: World) -> Command:
        return CreateCurrency("MYR", (BANK,))

    return Step(
        "create ringgit",
        "Bank Negara Malaysia begins the wholesale ringgit.",
        "Bank Negara Malaysia memulakan ringgit borong.",
        make,
        ("bnm",),
        learns=(("asset", MONEY),),
    )


def _money(role: Role) -> Step:
    millions = ISSUED[role.name]

    def make(world: World) -> Command:
        reference = sha256(f"demonstration RTGS {role.name}".encode())[:REFERENCE_BYTES]
        account = world.id(client_account_of(role.name))
        return IssueMoney(world.id(MONEY), account, millions * MILLION, reference)

    return Step(
        f"issue money {role.name}",
        f"Bank Negara Malaysia issues RM{millions} million to {role.en}, against RTGS funds.",
        f"Bank Negara Malaysia menerbitkan RM{millions} juta kepada {role.ms}, lawan dana RTGS.",
        make,
        ("bnm",),
    )
