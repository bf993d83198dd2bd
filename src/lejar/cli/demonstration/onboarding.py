# SPDX-License-Identifier: Apache-2.0
"""The day before: parties, what is said of them, accounts, central-bank money, authorities."""

from lejar.cli.demonstration.cast import (
    BANK,
    BANK_OF,
    BANKS,
    HOLDER,
    HOLDERS,
    INVESTORS,
    MEMBER,
    OTHERS,
    REGISTERED,
    RETAIL,
    Role,
    account_of,
    client_account_of,
)
from lejar.cli.demonstration.founding import public_key
from lejar.cli.demonstration.step import Step
from lejar.cli.demonstration.vouching import granted, licensed, recorded, vouched
from lejar.cli.demonstration.world import World
from lejar.domain.accounts.commands import GrantAuthority, OpenAccount
from lejar.domain.identity.commands import RegisterParty
from lejar.domain.money.commands import CreateCurrency, IssueMoney
from lejar.kernel.digest import sha256
from lejar.kernel.envelope import Command
from lejar.ledger.accounts import Purpose

RINGGIT = 100
"""Sen in a ringgit."""
MILLION = 1_000_000 * RINGGIT
MONEY = "ringgit"
REFERENCE_BYTES = 16
KNOWN = ("country.my", "due_diligence.standard", "identity.verified")
"""What is known of every investor."""
OF_ITS_ISSUER = (
    "issuer.shariah_pronouncement",
    "shariah.adviser",
    "issuer.trust_deed",
    "issuer.lodged",
)
"""What the pack asks of an issuer of sukuk."""
AUTHORITY = 200 * MILLION
ISSUED = {"bank-one": 60, "bank-two": 120}
"""Millions of ringgit on each bank's client account."""


def registered() -> list[Step]:
    """Give the steps that register everybody."""
    return [_registered(role) for role in REGISTERED]


def steps() -> list[Step]:
    """Give the steps that follow once the rules are adopted."""
    return [
        *[vouched("bnm", bank.name, word) for bank in BANKS for word in (BANK, MEMBER)],
        *[vouched("sc", holder, HOLDER) for holder in HOLDERS],
        *[vouched("bnm", investor, word) for investor in INVESTORS for word in KNOWN],
        *_classified(),
        *_custodian_licensed(),
        *[vouched("sc", "issuer", word) for word in OF_ITS_ISSUER],
        *[_bank_account(role) for role in BANKS],
        *[_opened(role) for role in OTHERS],
        *[_authorised(role) for role in OTHERS],
        _currency(),
        *[_money(role) for role in BANKS],
    ]


def _classified() -> list[Step]:
    """Record what the classes of investors ask, then grant them."""
    return [
        recorded("investor-one", "net_assets", 12 * MILLION, "RM12 million"),
        granted("investor-one", "investor.sophisticated"),
        recorded("investor-two", "net_personal_assets", 4 * MILLION, "RM4 million"),
        granted("investor-two", "investor.sophisticated"),
        *[granted(one, "investor.retail") for one in RETAIL],
        vouched("bnm", "investor-four", "tax_resident.my"),
        recorded("investor-four", "income_year", 200_000 * RINGGIT, "RM200,000"),
        granted("investor-four", "investor.angel"),
    ]


def _custodian_licensed() -> list[Step]:
    return [
        vouched("sc", "custodian", "operator.trust_account"),
        recorded("custodian", "paid_up_capital", MILLION, "RM1 million"),
        recorded("custodian", "shareholders_funds", 2 * MILLION, "RM2 million"),
        *licensed("custodian", "licence.custodian"),
        granted("custodian", "investor.accredited"),
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
        return CreateCurrency("MYR", (MEMBER,))

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
