# SPDX-License-Identifier: Apache-2.0
"""The measured market: ten thousand accounts with money and a bond, set up by real commands.

Everything is signed by real keys that a seed gives; nothing here is a secret.
"""

import datetime
import hashlib
import random
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import msgspec

from lejar.domain.accounts.commands import OpenAccount
from lejar.domain.basis import LegalBasis
from lejar.domain.calendar import Calendar
from lejar.domain.identity import (
    FoundingParty,
    IdentitySection,
    Key,
    PartyKind,
    Power,
    Role,
)
from lejar.domain.instruments.commands import CreateInstrument, CreateUnits, IssueUnits
from lejar.domain.instruments.model import (
    BusinessDay,
    DayCount,
    DebtTerms,
    FixedCouponBond,
    Rounding,
    Source,
    SourceClass,
)
from lejar.domain.money.commands import CreateCurrency, IssueMoney
from lejar.domain.policy import AssetClass
from lejar.domain.policy.commands import AdoptPack, RecordFigure, UpdateList
from lejar.domain.policy.kinds.figures import Compare, Figure
from lejar.domain.policy.kinds.persons import Credential
from lejar.domain.policy.pack import Occasion, Pack, Rule
from lejar.domain.settlement.commands import Instruct, Pay
from lejar.domain.settlement.model import USUAL, InstructionLeg, Terms
from lejar.kernel.codec import encode
from lejar.kernel.envelope import FORMAT, Body, Command, sealed
from lejar.kernel.genesis import Genesis, genesis
from lejar.kernel.identifiers import derive
from lejar.kernel.signature import public_key_of
from lejar.ledger.accounts import Purpose
from lejar.node.clock import system_clock
from lejar.reference import shipped_pack

ACCOUNTS = 10_000
CENTRAL_BANK, ISSUER, APPROVER = b"central bank    ", b"issuer of a bond", b"approving agency"
CREDENTIALS = ("bank", "country.my", "due_diligence.standard", "identity.verified", "investor")
"""What a holder needs, in the terms and by the adopted pack; every holder has the same."""
APPROVING = (Power.APPROVE_ISSUES, Power.DIRECT, Power.ISSUE_CREDENTIALS, Power.SET_POLICY)
MONEY_EACH = 10**11
UNITS_EACH = 10**6
VALID = 12 * 3600 * 1_000_000


@dataclass(frozen=True, slots=True)
class Order:
    """A command to sign: its id, the parties that sign, and its bytes."""

    command_id: bytes
    signers: tuple[bytes, ...]
    command: bytes


def seed_of(party: bytes) -> bytes:
    """Give a party's signing seed."""
    return hashlib.sha256(b"bench key" + party).digest()


def party_of(number: int) -> bytes:
    """Give the id of an account's owner."""
    return hashlib.sha256(b"bench party" + number.to_bytes(4, "big")).digest()[:16]


def _id(kind: str, number: int) -> bytes:
    return hashlib.sha256(f"bench {kind} {number}".encode()).digest()[:16]


@dataclass(frozen=True, slots=True)
class Market:
    """Ids of what is set up; they come from the commands, which are valid until one moment."""

    accounts: int
    until: int

    @property
    def money(self) -> bytes:
        """The ringgit."""
        return derive(_id("currency", 0), self.until, 1, "asset")

    @property
    def bond(self) -> bytes:
        """The bond."""
        return derive(_id("bond", 0), self.until, 1, "asset")

    @property
    def token(self) -> bytes:
        """The digital asset."""
        return derive(_id("token", 0), self.until, 1, "asset")

    def account(self, number: int) -> bytes:
        """Give the id of an account."""
        return derive(_id("open", number), self.until, 1, "account")


def market(accounts: int = ACCOUNTS) -> Market:
    """A market whose commands are valid from now on."""
    return Market(accounts, system_clock() + VALID)


EVERY_DAY = Calendar(480, (), (), None)
"""A calendar on which something settles at any moment."""


def first_state(
    accounts: int = ACCOUNTS, begins: int | None = None, days: Calendar = EVERY_DAY
) -> Genesis:
    """Give a network with its parties and their keys, and nothing else; it begins now if unsaid."""

    def founding(party: bytes, kind: PartyKind, *powers: Power) -> FoundingParty:
        key = Key(public_key_of(seed_of(party)), (Role.OPERATE, Role.ADMINISTER))
        held = _issuers_credentials(shipped_pack("my")) if party == ISSUER else CREDENTIALS
        return FoundingParty(party, kind, (key,), (), powers, held)

    parties = [
        founding(CENTRAL_BANK, PartyKind.AGENCY, Power.ISSUE_MONEY, Power.TICK),
        founding(APPROVER, PartyKind.AGENCY, *APPROVING),
        founding(ISSUER, PartyKind.COMPANY),
        *(founding(party_of(number), PartyKind.COMPANY) for number in range(accounts)),
    ]
    if begins is None:
        begins = system_clock() - 60_000_000
    return genesis("bench", "test", begins, identity=IdentitySection(tuple(parties)), calendar=days)


def set_up(market: Market) -> Iterator[Order]:
    """Give the commands that open accounts and fill them."""
    money, paper = market.money, market.bond
    yield _order("currency", 0, CreateCurrency("MYR", ("bank",)), CENTRAL_BANK)
    bond = CreateInstrument(ISSUER, _terms(), ("investor",), 10**15, None, ())
    yield _order("bond", 0, bond, ISSUER, APPROVER)
    for number in range(market.accounts):
        party, account = party_of(number), market.account(number)
        yield _order("open", number, OpenAccount(party, Purpose.OWN, None), party)
        reference = _id("reference", number)
        yield _order(
            "money", number, IssueMoney(money, account, MONEY_EACH, reference), CENTRAL_BANK
        )
        yield _order("units", number, IssueUnits(paper, account, UNITS_EACH), ISSUER)


def rules(jurisdiction: str = "my") -> Iterator[Order]:
    """Give the commands that adopt a shipped pack whole, and set the list that it asks."""
    pack = shipped_pack(jurisdiction)
    basis = LegalBasis("made up for a benchmark")
    yield _order("pack", 0, AdoptPack(pack, basis), APPROVER)
    yield from figures(pack)
    yield _order("list", 0, UpdateList(f"{jurisdiction}.sanctions", 1, (), (), bytes(32)), APPROVER)


def figures(pack: Pack) -> Iterator[Order]:
    """Record of the issuer what the pack asks before a digital asset may come to the hub."""
    asked = [rule.spec for rule in _before_trade(pack) if isinstance(rule.spec, Figure)]
    for number, spec in enumerate(asked):
        amount = (spec.value or 0) + (1 if spec.compare is Compare.ABOVE else 0)
        yield _order(
            "figure", number, RecordFigure(ISSUER, spec.name, amount, None, bytes(32)), APPROVER
        )


def _issuers_credentials(pack: Pack) -> tuple[str, ...]:
    """Give the credentials that the pack asks of an issuer of digital assets."""
    asked = [rule.spec for rule in _before_trade(pack) if isinstance(rule.spec, Credential)]
    every = {type_: None for spec in asked for type_ in (*spec.all, *spec.any[:1])}
    return tuple(sorted({*every, *CREDENTIALS}))


def _before_trade(pack: Pack) -> Iterator[Rule]:
    for rule in pack.rules:
        scope = rule.scope
        before = Occasion.LISTING in scope.occasions or Occasion.ISSUE in scope.occasions
        if before and (not scope.classes or AssetClass.DIGITAL_ASSET in scope.classes):
            yield rule


def tokens(market: Market) -> Iterator[Order]:
    """Give the commands that bring a digital asset to the hub and give some to every account."""
    units = CreateUnits(
        ISSUER,
        AssetClass.DIGITAL_ASSET,
        "BENCH TOKEN",
        None,
        None,
        ("my",),
        ("investor",),
        None,
        None,
        (),
    )
    yield _order("token", 0, units, ISSUER, APPROVER)
    for number in range(market.accounts):
        issue = IssueUnits(market.token, market.account(number), UNITS_EACH)
        yield _order("tokens", number, issue, ISSUER)


def _terms() -> FixedCouponBond:
    today = datetime.datetime.now(datetime.UTC).date()
    start = today.replace(day=1)
    source = Source(
        reference="made up for a benchmark",
        source_class=SourceClass.UNVERIFIED,
        collected=f"{today:%Y-%m}",
        verified=False,
    )
    return FixedCouponBond(
        debt=DebtTerms(
            isin="MYBPN2100088",
            stock_code=None,
            short_name="BENCH",
            issuer_name=None,
            currency="MYR",
            unit_nominal=100,
            issue_amount=10**18,
            rate_millionths=39_500,
            accrual_start=start,
            first_payment=start.replace(year=start.year + 1),
            last_regular=None,
            maturity=start.replace(year=start.year + 10),
            payments_per_year=1,
            roll_day=1,
            day_count=DayCount.ACT_365,
            business_day=BusinessDay.FOLLOWING_UNADJUSTED,
            redemption_price=100_000_000,
            ex_days=0,
            rounding=Rounding.HALF_UP_SEN,
            source=source,
            assumed=(),
        )
    )


def bank_set_up(market: Market, opening: Sequence[int]) -> Iterator[Order]:
    """Give the commands that open an account for each bank and fill it with so much money."""
    yield _order("currency", 0, CreateCurrency("MYR", ("bank",)), CENTRAL_BANK)
    for number, amount in enumerate(opening):
        party, account = party_of(number), market.account(number)
        yield _order("open", number, OpenAccount(party, Purpose.OWN, None), party)
        reference = _id("reference", number)
        issue = IssueMoney(market.money, account, amount, reference)
        yield _order("money", number, issue, CENTRAL_BANK)


def payment(market: Market, number: int, payer: int, payee: int, amount: int) -> Order:
    """Give one payment of a numbered series, which waits where there is too little."""
    pay = Pay(market.money, market.account(payer), market.account(payee), amount)
    return _order("pay", number, pay, party_of(payer))


def payments(market: Market, count: int, seed: int) -> Iterator[Order]:
    """Give single payments between any two accounts, signed by the payer alone."""
    chance = random.Random(seed)
    for number in range(count):
        payer, payee = chance.sample(range(market.accounts), 2)
        yield payment(market, seed * 10**9 + number, payer, payee, chance.randint(1, 500_000))


def exchanges(
    market: Market,
    count: int,
    seed: int,
    *,
    hot: bool = False,
    paper: bytes | None = None,
    terms: Terms = USUAL,
) -> Iterator[Order]:
    """Give DvPs between any two accounts; a hot account is a side of every one."""
    chance = random.Random(seed)
    money, paper = market.money, paper or market.bond
    ids = [market.account(number) for number in range(market.accounts)]
    for number in range(count):
        seller, buyer = chance.sample(range(market.accounts), 2)
        if hot:
            seller, buyer = (0, buyer or 1) if number % 2 else (seller or 1, 0)
        units, price = chance.randint(1, 50), chance.randint(1, 500_000)
        legs = (
            InstructionLeg(paper, ids[seller], ids[buyer], units),
            InstructionLeg(money, ids[buyer], ids[seller], price),
        )
        command = Instruct(legs, None, terms)
        yield _order(
            f"dvp {seed} {hot} {terms.on_shortfall}",
            number,
            command,
            party_of(seller),
            party_of(buyer),
        )


def _order(kind: str, number: int, command: Command, *signers: bytes) -> Order:
    return Order(_id(kind, number), signers, encode(command))


def envelope(network: bytes, until: int, order: Order) -> tuple[bytes, bytes]:
    """Sign one command; gives (command id, envelope)."""
    salt = hashlib.sha256(b"bench salt" + order.command_id).digest()
    raw = msgspec.Raw(order.command)
    body = Body(FORMAT, network, order.command_id, until, salt, raw)
    return order.command_id, sealed(body, [(party, seed_of(party)) for party in order.signers])


def _signed(network: bytes, until: int, orders: Sequence[Order]) -> list[tuple[bytes, bytes]]:
    return [envelope(network, until, order) for order in orders]


def signed(network: bytes, until: int, orders: Iterable[Order]) -> list[tuple[bytes, bytes]]:
    """Sign all commands on all cores; outside every timed part."""
    listed = list(orders)
    parts = [listed[start : start + 500] for start in range(0, len(listed), 500)]
    with ProcessPoolExecutor() as pool:
        made = pool.map(partial(_signed, network, until), parts)
        return [pair for part in made for pair in part]


def setting_up(market: Market) -> list[list[Order]]:
    """Give the setting-up in waves: what the next wave needs must exist."""
    orders = list(set_up(market))
    opening = [one for number, one in enumerate(orders[2:]) if number % 3 == 0]
    filling = [one for number, one in enumerate(orders[2:]) if number % 3]
    return [orders[:2], opening, filling]
