# SPDX-License-Identifier: Apache-2.0
"""A market without processes, and random traffic through it.

The state machine is the real one; signatures are not checked here, so they are made up.
"""

import datetime
import random
from collections.abc import Callable

import msgspec

from lejar.assembly import MACHINE, RULEBOOK
from lejar.domain import calendar
from lejar.domain.accounts import commands as on_accounts
from lejar.domain.calendar import commands as on_calendar
from lejar.domain.identity import (
    CREDENTIALS,
    PARTIES,
    FoundingParty,
    IdentitySection,
    Key,
    PartyKind,
    PartyStatus,
    Power,
    Role,
)
from lejar.domain.identity import commands as on_identity
from lejar.domain.instruments import (
    INSTRUMENTS,
    PAR,
    BusinessDay,
    DayCount,
    DebtTerms,
    FixedCouponBond,
    Rounding,
    Source,
    SourceClass,
)
from lejar.domain.instruments import commands as on_instruments
from lejar.domain.money import CURRENCIES
from lejar.domain.money import commands as on_money
from lejar.domain.oversight import DIRECTIVES, HaltScope
from lejar.domain.oversight import commands as on_oversight
from lejar.domain.oversight.model import Outcome
from lejar.domain.policy import AssetClass
from lejar.domain.settlement import INSTRUCTIONS, InstructionLeg
from lejar.domain.settlement import commands as on_settlement
from lejar.kernel.apply import apply, found
from lejar.kernel.codec import encode
from lejar.kernel.entry import Block, Entry, Receipt, Seal, read_receipt
from lejar.kernel.envelope import Body, Command, Envelope, Signed
from lejar.kernel.genesis import Genesis, genesis
from lejar.kernel.state import State
from lejar.ledger.accounts import ACCOUNTS, Purpose
from lejar.ledger.holds import HOLDS, HoldPurpose
from lejar.node.sealed import Sealer, sealing_of
from tests.directives import BASIS, thaw
from tests.projections.settling import Settling

BEGINS_AT = 1_790_553_600_000_000
"""28 September 2026 08:00 in Kuala Lumpur, a Monday."""
HOUR = 3_600_000_000
DAY = 24 * HOUR
KINDS = (PartyKind.PERSON, PartyKind.COMPANY)


TERMS = DebtTerms(
    isin="MYBUG2102401",
    stock_code=None,
    short_name="TEST 5.000% 28.12.2026",
    issuer_name=None,
    currency="MYR",
    unit_nominal=10,
    issue_amount=20_000_000,
    rate_millionths=50_000,
    accrual_start=datetime.date(2026, 9, 28),
    first_payment=datetime.date(2026, 10, 28),
    last_regular=None,
    maturity=datetime.date(2026, 12, 28),
    payments_per_year=12,
    roll_day=28,
    day_count=DayCount.ACT_365,
    business_day=BusinessDay.FOLLOWING_UNADJUSTED,
    redemption_price=PAR,
    ex_days=0,
    rounding=Rounding.HALF_UP_SEN,
    source=Source(
        reference="made up for tests",
        source_class=SourceClass.UNVERIFIED,
        collected="2026-11",
        verified=False,
    ),
    assumed=(),
)
"""A paper of three months that pays monthly; a unit is ten sen, so that little money is enough."""


def party(place: int) -> bytes:
    return place.to_bytes(16, "big")


def key(place: int) -> bytes:
    return b"key" + place.to_bytes(29, "big")


REGISTRAR, CENTRAL_BANK, AGENCY, BANK, OTHER_BANK, FIRST, SECOND, THIRD = map(party, range(1, 9))
ROLES = tuple(Role)

POWERS = {
    REGISTRAR: (
        Power.REGISTER_PARTIES,
        Power.ISSUE_CREDENTIALS,
        Power.RECOVER_KEYS,
        Power.GOVERN,
    ),
    CENTRAL_BANK: (
        Power.ISSUE_MONEY,
        Power.TICK,
        Power.RECOVER_KEYS,
        Power.DIRECT,
        Power.SET_POLICY,
        Power.RUN_SETTLEMENT,
    ),
    AGENCY: (Power.DIRECT, Power.ISSUE_CREDENTIALS, Power.APPROVE_ISSUES),
}


def market_genesis() -> Genesis:
    founders = tuple(
        FoundingParty(
            party(place),
            PartyKind.AGENCY if place < 4 else PartyKind.COMPANY,
            (Key(key(place), ROLES),),
            (),
            POWERS.get(party(place), ()),
            ("bank",) if party(place) in (BANK, OTHER_BANK) else (),
        )
        for place in range(1, 9)
    )
    return genesis("test", "demonstration", BEGINS_AT, identity=IdentitySection(founders))


class Market:
    """A state machine with its seals, and the keys of its parties."""

    def __init__(self, seed: int = 0) -> None:
        self.rng = random.Random(seed)
        self.genesis = market_genesis()
        self.rulebook = RULEBOOK
        self.state = State()
        self.sealer = Sealer(MACHINE.committed)
        touched = found(self.rulebook, self.state, self.genesis)
        self.sealer.begin(self.state, touched, self.genesis.network)
        self.keys = {party(place): key(place) for place in range(1, 9)}
        self.blocks: list[tuple[Seal, tuple[Entry, ...]]] = []
        self._counted = 0
        self._keys_made = 100

    def envelope(self, command: Command, *signers: bytes) -> bytes:
        """Make the bytes of a command as if these parties had signed it."""
        self._counted += 1
        body = Body(
            1,
            self.genesis.network,
            self.rng.randbytes(16),
            self.state.ordered_at + HOUR,
            self.rng.randbytes(32),
            msgspec.Raw(encode(command)),
        )
        signed = [Signed(one, self.keys[one], bytes(64)) for one in sorted(set(signers))]
        return encode(Envelope(encode(body), tuple(signed)))

    def order(self, *envelopes: bytes) -> list[Receipt]:
        """Order, apply and seal one block; gives its receipts."""
        at = self.state.ordered_at + 1_000
        block = Block(self.state.block + 1, at, envelopes)
        applied = apply(self.rulebook, self.state, block, self.genesis.network)
        sealing = sealing_of(self.state, applied, self.sealer.committed)
        self.blocks.append((self.sealer.seal(sealing), applied.entries))
        return [read_receipt(entry.receipt) for entry in applied.entries]

    def do(self, command: Command, *signers: bytes) -> Receipt:
        """Order one command in a block of its own; gives its receipt."""
        return self.order(self.envelope(command, *signers))[-1]

    def fresh_key(self) -> bytes:
        self._keys_made += 1
        return key(self._keys_made)

    def open(self, owner: bytes, purpose: Purpose, cash: bytes | None = None) -> bytes:
        """Open an account; gives its id."""
        before = {found for found, _ in ACCOUNTS.scan(self.state)}
        receipt = self.do(on_accounts.OpenAccount(owner, purpose, cash), owner)
        assert receipt.refusal is None
        return next(found for found, _ in ACCOUNTS.scan(self.state) if found not in before)


class Trade:
    """What a market needs for a delivery versus payment."""

    def __init__(self, market: Market) -> None:
        """Open accounts for two banks and three others; issue a currency and a security."""
        self.market = market
        do, opened = market.do, market.open
        assert do(on_money.CreateCurrency("MYR", ()), CENTRAL_BANK).refusal is None
        currency = CURRENCIES.get(market.state, b"MYR")
        assert currency is not None
        self.myr = currency.asset
        self.client = opened(BANK, Purpose.CLIENT)
        self.bank = opened(BANK, Purpose.OWN)
        self.other_bank = opened(OTHER_BANK, Purpose.OWN)
        self.first = opened(FIRST, Purpose.OWN, self.client)
        self.second = opened(SECOND, Purpose.OWN)
        self.third = opened(THIRD, Purpose.OWN)
        do(on_accounts.GrantAuthority(self.first, 10**12), BANK)
        for account in (self.client, self.bank, self.other_bank, self.second, self.third):
            reference = market.rng.randbytes(16)
            issued = on_money.IssueMoney(self.myr, account, 1_000_000, reference)
            assert do(issued, CENTRAL_BANK).refusal is None
        paper = on_instruments.CreateInstrument(
            OTHER_BANK, FixedCouponBond(debt=TERMS), (), None, None, ()
        )
        assert do(paper, OTHER_BANK, AGENCY).refusal is None
        self.bond = next(asset for asset, _ in INSTRUMENTS.scan(market.state))
        for account in (self.first, self.other_bank):
            issue = on_instruments.IssueUnits(self.bond, account, 500_000)
            assert do(issue, OTHER_BANK).refusal is None

    def exchange(
        self, seller: bytes, buyer: bytes, units: int, sen: int
    ) -> tuple[InstructionLeg, ...]:
        """Give the legs of a delivery versus payment."""
        return (
            InstructionLeg(self.bond, seller, buyer, units),
            InstructionLeg(self.myr, buyer, seller, sen),
        )


class Traffic(Settling):
    """Random commands, most of which the rules accept."""

    def __init__(self, seed: int) -> None:
        self.market = Market(seed)
        self.rng = self.market.rng
        self.trade = Trade(self.market)
        self.steps: tuple[Callable[[], bytes], ...] = (
            *(self._instruct,) * 16,
            *(self._answer,) * 12,
            *self.settling_steps(),
            self._register,
            self._replace_keys,
            *(self._stop_or_go,) * 2,
            *(self._credential,) * 2,
            self._account,
            self._authority,
            self._money,
            self._units,
            self._create_units,
            self._freeze,
            self._freeze_amount,
            self._thaw_amount,
            self._halt,
            self._take,
            self._take,
            self._strike,
            self._appeal,
            self._appeal,
            self._time,
            self._nonsense,
        )

    def run(self, commands: int) -> None:
        """Order so many commands in blocks of random sizes."""
        while commands > 0:
            size = min(commands, self.rng.randint(1, 8))
            self.market.order(*(self.rng.choice(self.steps)() for _ in range(size)))
            commands -= size

    def _send(self, command: Command, *signers: bytes) -> bytes:
        return self.market.envelope(command, *signers)

    def _accounts(self) -> list[bytes]:
        trade = self.trade
        return [trade.bank, trade.other_bank, trade.first, trade.second, trade.third]

    def _anyone(self) -> bytes:
        return self.rng.choice((BANK, OTHER_BANK, FIRST, SECOND, THIRD))

    def _owner(self, account: bytes) -> bytes:
        return ACCOUNTS.require(self.market.state, account).owner

    def _instruct(self) -> bytes:
        seller, buyer = self.rng.sample(self._accounts(), 2)
        legs = self.trade.exchange(
            seller, buyer, self.rng.randint(1, 20_000), self.rng.randint(1, 90_000)
        )
        today = calendar.today(self.market.state)
        day = today + datetime.timedelta(days=self.rng.choice((0, 0, 0, 1, 2, 3)))
        signers = self.rng.choice(((seller, buyer), (seller,), (buyer,)))
        command = on_settlement.Instruct(legs, None if day == today else day)
        return self._send(command, *(self._owner(one) for one in signers))

    def _answer(self) -> bytes:
        open_now = list(INSTRUCTIONS.scan(self.market.state))
        if not open_now:
            return self._instruct()
        found, instruction = self.rng.choice(open_now)
        kind = self.rng.choice(
            (on_settlement.Affirm, on_settlement.Affirm, on_settlement.Cancel, on_settlement.Retry)
        )
        wanting = [one for one in instruction.parties if one not in instruction.affirmed]
        return self._send(kind(found), self.rng.choice(wanting or instruction.parties))

    def _register(self) -> bytes:
        keys = (Key(self.market.fresh_key(), ROLES),)
        return self._send(on_identity.RegisterParty(self.rng.choice(KINDS), keys, ()), REGISTRAR)

    def _replace_keys(self) -> bytes:
        whose = self._anyone()
        old = self.market.keys[whose]
        keys = (Key(old, ROLES), Key(self.market.fresh_key(), ROLES))
        if self.rng.random() < 0.5:
            return self._send(on_identity.RotateKeys(whose, keys, ()), whose)
        recover = on_identity.RecoverKeys(whose, keys, (), self.rng.randbytes(32))
        return self._send(recover, REGISTRAR, CENTRAL_BANK)

    def _stop_or_go(self) -> bytes:
        """Reinstate whoever is suspended, so that the market mostly goes on."""
        evidence = self.rng.randbytes(32)
        stopped = [
            found
            for found, one in PARTIES.scan(self.market.state)
            if one.status is PartyStatus.SUSPENDED
        ]
        if stopped:
            return self._send(on_identity.ReinstateParty(stopped[0], evidence), REGISTRAR)
        return self._send(on_identity.SuspendParty(self._anyone(), evidence), REGISTRAR)

    def _credential(self) -> bytes:
        standing = [
            (found, one)
            for found, one in CREDENTIALS.scan(self.market.state)
            if one.issuer in (REGISTRAR, AGENCY)
        ]
        if standing and self.rng.random() < 0.4:
            found, one = self.rng.choice(standing)
            revoke = on_identity.RevokeCredential(found[:16], found[16:].decode())
            return self._send(revoke, one.issuer)
        issuer = self.rng.choice((REGISTRAR, AGENCY))
        type_ = self.rng.choice(("bank", "investor", "sophisticated"))
        until = self.rng.choice((None, self.market.state.at + DAY))
        grant = on_identity.GrantCredential(self._anyone(), type_, until, None)
        return self._send(grant, issuer)

    def _account(self) -> bytes:
        owner = self._anyone()
        cash = self.rng.choice((None, self.trade.client))
        person = self._anyone()
        if person == owner:
            return self._send(on_accounts.OpenAccount(owner, Purpose.OWN, cash), owner)
        kept = on_accounts.OpenAccount(owner, Purpose.CUSTODY, cash, person)
        return self._send(kept, owner, person)

    def _authority(self) -> bytes:
        if self.rng.random() < 0.3:
            return self._send(on_accounts.WithdrawAuthority(self.trade.first), BANK)
        amount = self.rng.randint(1, 200_000)
        return self._send(on_accounts.GrantAuthority(self.trade.first, amount), BANK)

    def _money(self) -> bytes:
        account = self.rng.choice((self.trade.bank, self.trade.client))
        amount, reference = self.rng.randint(1, 50_000), self.rng.randbytes(16)
        if self.rng.random() < 0.5:
            issue = on_money.IssueMoney(self.trade.myr, account, amount, reference)
            return self._send(issue, CENTRAL_BANK)
        redeem = on_money.RedeemMoney(self.trade.myr, account, amount, reference)
        return self._send(redeem, CENTRAL_BANK, BANK)

    def _units(self) -> bytes:
        units = self.rng.randint(1, 5_000)
        kind = self.rng.choice((on_instruments.IssueUnits, on_instruments.RetireUnits))
        return self._send(kind(self.trade.bond, self.trade.other_bank, units), OTHER_BANK)

    def _create_units(self) -> bytes:
        asset_class = self.rng.choice(
            (AssetClass.SHARE, AssetClass.DIGITAL_ASSET, AssetClass.FUND_UNIT)
        )
        most = self.rng.choice((None, 1_000))
        issuer = self.rng.choice((OTHER_BANK, FIRST))
        created = on_instruments.CreateUnits(
            issuer, asset_class, "UNITS", None, most, ("my", "sg"), ("investor",), 100, None, ()
        )
        return self._send(created, issuer, AGENCY)

    def _freeze(self) -> bytes:
        subject = self.rng.choice((THIRD, self.trade.third))
        if self.rng.random() < 0.5:
            return self._send(thaw(self.market.state, subject), AGENCY)
        until = self.rng.choice((None, self.market.state.at + self.rng.randint(1, DAY)))
        return self._send(on_oversight.Freeze(subject, BASIS, until), AGENCY)

    def _halt(self) -> bytes:
        until = self.market.state.at + self.rng.randint(1, HOUR)
        scope, asset, sort = self.rng.choice(
            (
                (HaltScope.MARKET, None, None),
                (HaltScope.ASSET, self.trade.bond, None),
                (HaltScope.CLASS, None, AssetClass.BOND),
            )
        )
        return self._send(on_oversight.Halt(scope, asset, sort, BASIS, until), AGENCY)

    def _take(self) -> bytes:
        """Seize or force a transfer; the first time, open the court's account."""
        accounts = ACCOUNTS.scan(self.market.state)
        court = next((key for key, one in accounts if one.purpose is Purpose.COURT), None)
        if court is None:
            return self._send(on_oversight.OpenCourtAccount(AGENCY), AGENCY)
        asset = self.rng.choice((self.trade.myr, self.trade.bond))
        source, amount = self.rng.choice(self._accounts()), self.rng.randint(1, 5_000)
        if self.rng.random() < 0.5:
            return self._send(on_oversight.Seize(source, asset, amount, court, BASIS), AGENCY)
        target = self.rng.choice(self._accounts())
        forced = on_oversight.ForceTransfer(asset, source, target, amount, BASIS)
        return self._send(forced, AGENCY)

    def _strike(self) -> bytes:
        standing = [key for key, _ in INSTRUCTIONS.scan(self.market.state)]
        if not standing:
            return self._halt()
        struck = on_oversight.CancelInstruction(self.rng.choice(standing), BASIS)
        return self._send(struck, AGENCY)

    def _appeal(self) -> bytes:
        """Lodge an appeal, or decide one."""
        found = [(key, one) for key, one in DIRECTIVES.scan(self.market.state) if one.concerned]
        if not found:
            return self._freeze()
        key, one = self.rng.choice(found)
        digest = self.rng.randbytes(32)
        if one.appeal == "lodged":
            outcome = self.rng.choice(tuple(Outcome))
            decided = on_oversight.DecideAppeal(key, outcome, digest)
            return self._send(decided, CENTRAL_BANK)
        return self._send(on_oversight.LodgeAppeal(key, digest), one.concerned[0])

    def _freeze_amount(self) -> bytes:
        until = self.rng.choice((None, self.market.state.at + self.rng.randint(1, DAY)))
        account = self.rng.choice(self._accounts())
        asset = self.rng.choice((self.trade.myr, self.trade.bond))
        amount = self.rng.randint(1, 5_000)
        frozen = on_oversight.FreezeAmount(account, asset, amount, BASIS, until)
        return self._send(frozen, AGENCY)

    def _thaw_amount(self) -> bytes:
        held = [
            found
            for found, hold in HOLDS.scan(self.market.state)
            if hold.purpose is HoldPurpose.DIRECTIVE
        ]
        if not held:
            return self._freeze_amount()
        return self._send(on_oversight.Thaw(self.rng.choice(held), BASIS), AGENCY)

    def _time(self) -> bytes:
        later = self.market.state.at + self.rng.randint(1, 20 * HOUR)
        return self._send(on_calendar.AdvanceTime(later), CENTRAL_BANK)

    def _nonsense(self) -> bytes:
        return self.rng.choice((b"", b"\x00", self.rng.randbytes(40)))
