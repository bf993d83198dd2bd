# SPDX-License-Identifier: Apache-2.0
"""Random market traffic: mostly what the rules accept, some that they refuse, some forged.

Clients know the market as the auditor's books show it, so a command may be overtaken by another on
its way and be refused; the books then expect that too.
"""

import datetime
from collections.abc import Callable
from random import Random
from typing import Final

import msgspec

from lejar.domain.accounts.commands import GrantAuthority, OpenAccount, WithdrawAuthority
from lejar.domain.calendar.commands import AdvanceTime, Tick
from lejar.domain.identity import Key, PartyKind, Role, Threshold
from lejar.domain.identity.commands import (
    GrantCredential,
    RecoverKeys,
    RegisterParty,
    ReinstateParty,
    RevokeCredential,
    RotateKeys,
    SuspendParty,
)
from lejar.domain.instruments.commands import CreateInstrument, CreateUnits, IssueUnits, RetireUnits
from lejar.domain.money.commands import CreateCurrency, IssueMoney, RedeemMoney
from lejar.domain.policy import AssetClass
from lejar.domain.settlement.commands import Affirm, Cancel, Instruct, Retry
from lejar.domain.settlement.model import InstructionLeg
from lejar.kernel.codec import encode
from lejar.kernel.envelope import FORMAT, Body, Command, Envelope, Signed, opened, sealed
from lejar.kernel.moment import MICROS_PER_DAY, MICROS_PER_HOUR, MICROS_PER_MINUTE
from lejar.ledger.accounts import Purpose
from lejar.node.simulation.auditor import Request
from lejar.node.simulation.books import Books
from lejar.node.simulation.directives import Directives, Said
from lejar.node.simulation.market import (
    AGENCY,
    BANK,
    CENTRAL_BANK,
    FIRST,
    ISSUER,
    NODE,
    OTHER_BANK,
    REGISTRAR,
    ROLES,
    SECOND,
    THIRD,
    TRADERS,
    Wallet,
    bond,
)
from lejar.node.simulation.payments import Payments

ISINS: Final = ("MYBUG2102401", "MYBVN2303508")
CURRENCIES: Final = {"MYR": 9_000_000, "USD": 900_000}
"""Each with the most that an account begins with."""
CAP: Final = 60_000
SHARES: Final = 400_000
"""The most units of the second paper that one person may own."""
AMOUNT_MAX: Final = 2**63 - 1


class Traffic:
    """Makes one request after the other; all chance comes from `random`."""

    def __init__(self, random: Random, books: Books, wallet: Wallet, network: bytes) -> None:
        self._random = random
        self._books = books
        self._wallet = wallet
        self._network = network
        self._old_keys: dict[bytes, list[bytes]] = {}
        self._last: Request | None = None
        self._directives = Directives(random, books)
        self._payments = Payments(random, books)
        self._steps: tuple[Callable[[int], Said | None], ...] = (
            *(self._instruct,) * 30,
            *(self._answer,) * 24,
            *(self._issue,) * 6,
            *(self._identity,) * 5,
            *(self._credential,) * 2,
            *(self._account,) * 3,
            *(self._directives.next,) * 6,
            *(self._payments.next,) * 34,
            self._nonsense,
        )

    def next(self, now: int) -> Request:
        """Make a request at a moment of the engine's clock."""
        said = self._foundation()
        while said is None or self._is_held_back(said[1]):
            said = self._random.choice(self._steps)(now)
        return self._signed(now, *said)

    @property
    def is_founded(self) -> bool:
        """Whether the market has its currency, its papers and an account for everybody."""
        books = self._books
        return (
            all(code in books.currencies for code in CURRENCIES)
            and all(isin in books.isins for isin in ISINS)
            and all(self._accounts(one) for one in TRADERS)
        )

    def _is_held_back(self, signers: tuple[bytes, ...]) -> bool:
        """Most who are suspended know it and wait."""
        stopped = any(not self._books.parties[one].is_open for one in signers)
        return stopped and self._random.random() < 0.9

    # The envelope.

    def _signed(self, now: int, command: Command, signers: tuple[bytes, ...]) -> Request:
        chance = self._random.random()
        network = self._network if chance > 0.004 else self._random.randbytes(16)
        command_id = self._random.randbytes(16)
        is_borrowed = self._last is not None and 0.004 < chance < 0.02
        if self._last is not None and is_borrowed:
            command_id = self._last.command_id
        body = Body(
            FORMAT,
            network,
            command_id,
            self._until(now),
            self._random.randbytes(32),
            msgspec.Raw(encode(command)),
        )
        strange = 0.3 if is_borrowed else 0.01
        keys = [(one, key) for one in dict.fromkeys(signers) for key in self._keys(one, strange)]
        data = sealed(body, [(one, self._wallet.secret(key)) for one, key in keys])
        is_sound = network == self._network
        if 0.02 < chance < 0.027:
            data, is_sound = _forged(data), False
        made = Request(data, command_id, network, body.valid_until, command, tuple(keys), is_sound)
        self._last = made
        return made

    def _until(self, now: int) -> int:
        chance = self._random.random()
        if chance < 0.01:
            return now - self._random.randrange(1, MICROS_PER_HOUR)
        if chance < 0.02:
            return now + 2 * MICROS_PER_DAY
        if chance < 0.2:
            return now + self._random.randrange(MICROS_PER_MINUTE, 3 * MICROS_PER_MINUTE)
        return now + self._random.randrange(MICROS_PER_HOUR, 20 * MICROS_PER_HOUR)

    def _keys(self, party: bytes, strange: float) -> tuple[bytes, ...]:
        """Give the keys a party signs with: as many as its threshold asks, or a strange one."""
        page = self._books.parties[party]
        wanted = max([1, *page.thresholds.values()])
        current = tuple(page.keys)
        chance = self._random.random()
        if chance < strange:
            return (self._wallet.new(),)
        if chance < strange + 0.01 and wanted > 1:
            return current[:1]
        return current[:wanted]

    # What a market begins with.

    def _foundation(self) -> Said | None:
        """Say the first thing that is missing, if anything is."""
        books, random = self._books, self._random
        if random.random() < 0.25:
            return None
        for code in CURRENCIES:
            if code not in books.currencies:
                return CreateCurrency(code, ()), (CENTRAL_BANK,)
        for number, isin in enumerate(ISINS):
            if isin not in books.isins:
                return self._paper(number, isin)
        missing = [one for one in TRADERS if not self._accounts(one)]
        if missing:
            return self._first_account(random.choice(missing))
        for code, most in CURRENCIES.items():
            money = books.currencies[code]
            poor = [a for a in self._paying() if (money, a) not in books.balances]
            if poor:
                amount = random.randrange(most // 9, most)
                issue = IssueMoney(money, random.choice(poor), amount, random.randbytes(16))
                return issue, (CENTRAL_BANK,)
        return None

    def _paper(self, number: int, isin: str) -> Said:
        """Bring a bond without conditions, then shares with a cap and a required credential."""
        made: CreateInstrument | CreateUnits = CreateInstrument(
            ISSUER, bond(isin), (), None, None, ()
        )
        if number:
            share, law, eligible = AssetClass.SHARE, ("my",), ("investor",)
            made = CreateUnits(ISSUER, share, "SHARE", isin, SHARES, law, eligible, CAP, None, ())
        return made, (ISSUER, CENTRAL_BANK)

    def _first_account(self, owner: bytes) -> Said:
        """Let banks keep client money, some traders bank with them, and others on their own."""
        clients = [a for a, page in self._books.accounts.items() if page.purpose == "client"]
        if owner == BANK and not clients:
            return OpenAccount(owner, Purpose.CLIENT, None), (owner,)
        cash = clients[0] if clients and owner in (FIRST, SECOND) else None
        return OpenAccount(owner, Purpose.OWN, cash), (owner,)

    # Reading the books.

    def _accounts(self, owner: bytes | None = None) -> list[bytes]:
        return [
            account
            for account, page in self._books.accounts.items()
            if page.purpose in ("own", "custody") and owner in (None, page.owner)
        ]

    def _paying(self) -> list[bytes]:
        """Give the accounts that money stands on."""
        return [
            account
            for account, page in self._books.accounts.items()
            if page.cash is None and page.purpose in ("own", "client")
        ]

    def _papers(self) -> list[bytes]:
        return list(self._books.isins.values())

    def _owner(self, account: bytes) -> bytes:
        return self._books.accounts[account].owner

    def _anyone(self) -> bytes:
        return self._random.choice(TRADERS)

    # Settlement.

    def _instruct(self, now: int) -> Said | None:
        money, papers = self._books.currencies.get("MYR"), self._papers()
        accounts = self._accounts()
        if money is None or not papers or len(accounts) < 2:
            return None
        paper = self._random.choice(papers)
        seller, buyer = self._pair(paper, accounts)
        free = self._books.free(paper, seller)
        units = self._random.randint(1, max(1, min(free, 30_000)))
        if self._random.random() < 0.05:
            units += max(free, 0)
        legs = [
            InstructionLeg(paper, seller, buyer, units),
            InstructionLeg(money, buyer, seller, self._random.randint(1, 400_000)),
        ]
        self._random.shuffle(legs)
        owners = (self._owner(seller), self._owner(buyer))
        signers = self._random.choice((owners, owners, owners[:1], owners[1:]))
        if self._random.random() < 0.02:
            signers = (self._anyone(),)
        return Instruct((legs[0], legs[1]), self._day(now)), signers

    def _pair(self, paper: bytes, accounts: list[bytes]) -> tuple[bytes, bytes]:
        """Choose a seller, mostly one who has something, and a buyer."""
        rich = [a for a in accounts if self._books.free(paper, a) > 0]
        pool = rich if rich and self._random.random() < 0.9 else accounts
        return self._random.choice(pool), self._random.choice(accounts)

    def _day(self, now: int) -> datetime.date | None:
        if self._random.random() < 0.6:
            return None
        ahead = self._random.choice((0, 1, 1, 2, 3, 4, 400, -1))
        return self._books.today(now) + datetime.timedelta(ahead)

    def _answer(self, now: int) -> Said | None:
        if not self._books.instructions:
            return None
        name = self._random.choice(list(self._books.instructions))
        page = self._books.instructions[name]
        wanting = tuple(one for one in page.parties if one not in page.affirmed)
        chance = self._random.random()
        if chance < 0.03:
            return Affirm(name), (self._anyone(),)
        if chance < 0.25:
            signers = page.parties if self._random.random() < 0.5 else page.parties[:1]
            return Cancel(name), signers
        if page.stage == "failed":
            return Retry(name), (self._random.choice(page.parties),)
        if wanting:
            return Affirm(name), (self._random.choice(wanting),)
        return None

    # Money and units.

    def _issue(self, now: int) -> Said | None:
        random = self._random
        money = self._books.currencies.get("MYR")
        papers, accounts, paying = self._papers(), self._accounts(), self._paying()
        if money is None or not papers or not accounts or not paying:
            return None
        chance = random.random()
        account = random.choice(paying)
        amount = AMOUNT_MAX if random.random() < 0.03 else random.randint(1, 900_000)
        if chance < 0.2:
            return IssueMoney(money, account, amount, random.randbytes(16)), (CENTRAL_BANK,)
        if chance < 0.4:
            redeem = RedeemMoney(money, account, amount, random.randbytes(16))
            return redeem, (CENTRAL_BANK, self._owner(account))
        paper, account = random.choice(papers), random.choice(accounts)
        if chance < 0.85:
            return IssueUnits(paper, account, random.randint(1, 40_000)), (ISSUER,)
        return RetireUnits(paper, account, random.randint(1, 5_000)), (ISSUER,)

    # Parties.

    def _identity(self, now: int) -> Said | None:
        random, evidence = self._random, self._random.randbytes(32)
        stopped = [one for one, page in self._books.parties.items() if not page.is_open]
        if stopped and random.random() < 0.7:
            return ReinstateParty(random.choice(stopped), evidence), (REGISTRAR,)
        chance = random.random()
        whose = self._anyone()
        if chance < 0.2:
            return SuspendParty(whose, evidence), (REGISTRAR,)
        keys, thresholds = self._new_keys()
        if chance < 0.4:
            return RegisterParty(PartyKind.PERSON, keys, thresholds), (REGISTRAR,)
        if chance < 0.85:
            return RotateKeys(whose, keys, thresholds), (whose,)
        return RecoverKeys(whose, keys, thresholds, evidence), (REGISTRAR, CENTRAL_BANK)

    def _new_keys(self) -> tuple[tuple[Key, ...], tuple[Threshold, ...]]:
        count = self._random.choice((1, 1, 2, 3))
        keys = tuple(Key(self._wallet.new(), ROLES) for _ in range(count))
        wanted = self._random.randint(1, count + (self._random.random() < 0.05))
        return keys, (Threshold(Role.OPERATE, wanted),) if wanted > 1 else ()

    def _credential(self, now: int) -> Said | None:
        issuer = self._random.choice((REGISTRAR, AGENCY))
        subject = self._anyone()
        if self._random.random() < 0.3:
            return RevokeCredential(subject, "investor"), (issuer,)
        until = self._random.choice((None, now + MICROS_PER_DAY, now + 3 * MICROS_PER_HOUR))
        return GrantCredential(subject, "investor", until, None), (issuer,)

    def _account(self, now: int) -> Said | None:
        random = self._random
        with_bank = [a for a, page in self._books.accounts.items() if page.cash is not None]
        chance = random.random()
        if with_bank and chance < 0.6:
            return GrantAuthority(random.choice(with_bank), random.randint(1, 900_000)), (BANK,)
        if with_bank and chance < 0.7:
            return WithdrawAuthority(random.choice(with_bank)), (BANK,)
        owner = random.choice((OTHER_BANK, FIRST, THIRD))
        purpose = random.choice((Purpose.OWN, Purpose.CUSTODY, Purpose.ESCROW))
        cash = random.choice((None, *self._books.accounts))
        if random.random() < 0.5:
            return OpenAccount(owner, purpose, cash), (owner,)
        person = self._anyone()
        signers = tuple(dict.fromkeys((owner, person)))
        return OpenAccount(owner, purpose, cash, person), signers

    def _nonsense(self, now: int) -> Said | None:
        if self._random.random() < 0.5:
            return AdvanceTime(now + MICROS_PER_DAY), (NODE,)
        return Tick(), (self._random.choice((NODE, FIRST)),)


def _forged(data: bytes) -> bytes:
    """Turn one bit of the first signature."""
    envelope = opened(data)
    first = envelope.signatures[0]
    turned = first.signature[:10] + bytes([first.signature[10] ^ 1]) + first.signature[11:]
    forged = Signed(first.party, first.key, turned)
    return encode(Envelope(envelope.signed, (forged, *envelope.signatures[1:])))
