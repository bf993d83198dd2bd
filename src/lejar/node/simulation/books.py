# SPDX-License-Identifier: Apache-2.0
"""The auditor's own books: plain dictionaries, and a second reading of the rules.

Written from the rules' sentences and not from their code: nothing is imported from the ledger or
from a handler.  A command comes as it was handed in, with the moment of its entry; the books say
whether it should be accepted, what it should move, and then take over its effect.  The ids of
things made are the only thing they believe from the receipt.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

import msgspec

from lejar.kernel.genesis import Genesis

AMOUNT_MAX: Final = 2**63 - 1
DAY: Final = 86_400_000_000
MINUTE: Final = 60_000_000
HORIZON_DAYS: Final = 366
SHORT: Final = "funds insufficient"
BY_HAND: Final = ("own", "client", "custody", "fees")

Pair = tuple[bytes, bytes]
Event = list[Any]


class No(Exception):
    """The books expect a refusal, for this reason."""


class Unexpected(Exception):
    """The hub refused what the books would accept, or did something else than they expect."""


@dataclass
class PartyPage:
    """A party as the books see it."""

    keys: dict[bytes, tuple[str, ...]]
    thresholds: dict[str, int]
    is_open: bool = True
    version: int = 1


@dataclass(frozen=True)
class AccountPage:
    """An account, the bank account that its money stands on, and for whom a custodian keeps it."""

    owner: bytes
    purpose: str
    cash: bytes | None
    beneficiary: bytes | None = None

    @property
    def person(self) -> bytes:
        """Whoever counts for limits."""
        return self.owner if self.beneficiary is None else self.beneficiary

    @property
    def people(self) -> tuple[bytes, ...]:
        """Whose account it is, its owner first."""
        return tuple(dict.fromkeys((self.owner, self.person)))


@dataclass(frozen=True)
class AssetPage:
    """An asset with what limits its holders."""

    kind: str
    issuer: bytes
    issuance: bytes
    required: tuple[str, ...]
    cap: int | None
    locked_until: int | None
    units_max: int | None
    sort: str
    """Its class: halts name it."""

    @property
    def is_money(self) -> bool:
        """Say whether it pays, and is not paid for."""
        return self.kind == "money"


@dataclass(frozen=True)
class HoldPage:
    """A hold: that an agency placed, that its owner keeps for urgent payments, or for a trade."""

    asset: bytes
    account: bytes
    amount: int
    directive: bool
    reserve: bool = False


@dataclass
class DirectivePage:
    """What an authority ordered, on what, and how far it and its appeal have come."""

    kind: str
    agency: bytes
    bears_on: Any
    concerned: tuple[bytes, ...]
    until: int | None
    stage: str = "in_force"
    appeal: str = "none"


@dataclass
class InstructionPage:
    """An open instruction; what its terms say stands apart where it can change."""

    legs: tuple[Any, ...]
    day: datetime.date
    parties: tuple[bytes, ...]
    affirmed: tuple[bytes, ...]
    terms: Any
    priority: str
    after: tuple[bytes, ...]
    by_hand: bool
    held_by: tuple[bytes, ...] = ()
    stage: str = "alleged"
    due: int = 0
    cancelling: tuple[bytes, ...] = ()
    holds: tuple[bytes, ...] = ()
    attempts: int = 0
    failed_on: datetime.date | None = None
    place: bytes = b""
    """Where it stands in the queue; empty when it does not."""
    moves: tuple["Move", ...] = ()
    """What it moves, as it was when it came into the queue."""
    followers: tuple[bytes, ...] = ()

    @property
    def pool(self) -> tuple[bytes, int] | None:
        """With what it settles together, and how many they are."""
        found = self.terms.pool
        return None if found is None else (found.reference, found.number)

    @property
    def may_wait(self) -> bool:
        """Whether a shortfall makes it wait."""
        return self.pool is not None or str(self.terms.on_shortfall) == "queue"

    @property
    def waits_for_a_word(self) -> bool:
        """Whether something else than money or securities is awaited."""
        return bool(self.held_by or self.by_hand or self.after)


@dataclass
class LimitPage:
    """What a party lets go of an asset, and what it has sent on a day."""

    to_all: int | None
    to_one: dict[bytes, int]
    day: datetime.date
    sent: dict[bytes, int] = field(default_factory=dict)


@dataclass(frozen=True)
class PenaltyPage:
    """What has accrued for an instruction."""

    payer: bytes
    payee: bytes
    asset: bytes
    amount: int
    shown_on: datetime.date


@dataclass(frozen=True)
class Move:
    """An amount from account to account."""

    asset: bytes
    source: bytes
    target: bytes
    amount: int


@dataclass
class Doing:
    """One entry under way: who signed, when, and what the hub says happened (none: refused)."""

    at: int
    signers: tuple[bytes, ...]
    events: list[Event] | None
    moves: list[Move] = field(default_factory=list)

    def accepted(self) -> None:
        """Go on to the effect; the hub must have accepted too."""
        if self.events is None:
            raise Unexpected("the books accept what the hub refused")

    def takes(self, name: str, *first: Any) -> Event:
        """Take out the first event of a name that begins with these fields; gives its fields."""
        for place, event in enumerate(self.events or ()):
            if event[0] == name and event[1 : 1 + len(first)] == list(first):
                del (self.events or [])[place]
                return event[1:]
        raise Unexpected(f"an event {name} of {[str(one)[:40] for one in first]} was expected")

    def told(self, name: str) -> list[Event]:
        """Give the fields of the events of a name."""
        return [event[1:] for event in self.events or () if event[0] == name]

    def first(self, name: str) -> Event:
        """Give the fields of the first event of a name, which stays to be taken."""
        found = self.told(name)
        if not found:
            raise Unexpected(f"an event {name} was expected")
        return found[0]

    def once(self, name: str) -> Event:
        """Give the fields of the one event of a name."""
        found = self.told(name)
        if len(found) != 1:
            raise Unexpected(f"one event {name} was expected, were {len(found)}")
        return found[0]


class Books:
    """Everything the auditor knows of the market."""

    def __init__(self, genesis: Genesis) -> None:
        self.parties: dict[bytes, PartyPage] = {}
        self.powers: dict[bytes, tuple[str, ...]] = {}
        self.credentials: dict[tuple[bytes, str], tuple[bytes, int | None]] = {}
        self.accounts: dict[bytes, AccountPage] = {}
        self.assets: dict[bytes, AssetPage] = {}
        self.currencies: dict[str, bytes] = {}
        self.isins: dict[str, bytes] = {}
        self.issued: dict[bytes, int] = {}
        self.authorities: dict[bytes, tuple[bytes, int]] = {}
        self.balances: dict[Pair, int] = {}
        self.held: dict[Pair, int] = {}
        self.holds: dict[bytes, HoldPage] = {}
        self.directives: dict[bytes, DirectivePage] = {}
        self.frozen: dict[bytes, dict[bytes, bytes]] = {}
        """Whatever is frozen, with the directives that freeze it and their agencies."""
        self.halts: dict[bytes, tuple[bytes | None, str | None]] = {}
        """Directives that halt one asset, one class, or everything."""
        self.references: dict[bytes, None] = {}
        self.instructions: dict[bytes, InstructionPage] = {}
        self.alleged: dict[Any, bytes] = {}
        """What is agreed to the first that was alleged so."""
        self.block = 0
        self.awaited_blocks: dict[tuple[int, bytes], None] = {}
        self.queue_first = self.queue_next = 2**62
        self.passes_at = self.closes_at = 0
        self.swept = b""
        self.swept_failed = 0
        self.is_paused = False
        self.limits: dict[Pair, LimitPage] = {}
        """Party and asset to its limits."""
        self.reserves: dict[Pair, bytes] = {}
        """Asset and account to the hold that keeps money for urgent instructions."""
        self.fail_rules: dict[bytes, tuple[int | None, int]] = {}
        self.penalties: dict[bytes, PenaltyPage] = {}
        self.instructed: dict[str, int] = {}
        """Amounts of all legs: instructed, settled, and ended unsettled."""
        self.agenda: dict[tuple[int, bytes], str] = {}
        sections = {name: msgspec.msgpack.decode(data) for name, data in genesis.sections}
        self._found(sections["identity"][0])
        self.offset_minutes: int
        self.offset_minutes, self.weekend, holidays, self.cut_off = sections["calendar"][:4]
        self.holidays = [datetime.date.fromisoformat(day) for day in holidays]

    def _found(self, founders: list[list[Any]]) -> None:
        for one, _kind, keys, thresholds, powers, credentials in founders:
            self.parties[one] = _page(keys, thresholds)
            self.powers[one] = tuple(powers)
            for name in credentials:
                self.credentials[one, name] = (one, None)

    # What can be asked.

    def today(self, at: int) -> datetime.date:
        """Give the local day of a moment."""
        return datetime.date(1970, 1, 1) + datetime.timedelta(
            (at + self.offset_minutes * MINUTE) // DAY
        )

    def past_cut_off(self, at: int) -> bool:
        """Whether today's time is over."""
        minute = (at + self.offset_minutes * MINUTE) % DAY // MINUTE
        return self.cut_off is not None and minute >= self.cut_off

    def is_business_day(self, day: datetime.date) -> bool:
        """Say whether anything settles on a day."""
        return day.weekday() not in self.weekend and day not in self.holidays

    def free(self, asset: bytes, account: bytes) -> int:
        """Give what may be taken from a balance."""
        return self.balances.get((asset, account), 0) - self.held.get((asset, account), 0)

    def owned(self, asset: bytes, person: bytes) -> int:
        """Give what a person owns over all accounts."""
        return sum(
            total
            for (which, account), total in self.balances.items()
            if which == asset
            and self.accounts[account].person == person
            and self.accounts[account].purpose != "issuance"
        )

    def pending(self, asset: bytes, person: bytes) -> int:
        """Give what open instructions to which a person has agreed would bring it."""
        return sum(
            leg.amount
            for page in self.instructions.values()
            for leg in page.legs
            if leg.asset == asset
            and not (self.assets[asset].is_money and self.accounts[leg.target].cash)
            and self.accounts[leg.target].owner in page.affirmed
            and self.accounts[leg.target].person == person
        )

    def due(self, at: int) -> list[tuple[int, bytes]]:
        """Give the work whose moment has come, in its order."""
        return sorted(key for key in self.agenda if key[0] <= at)

    # Who may act.

    def authorize(self, signatures: list[Pair], role: str) -> tuple[bytes, ...]:
        """Give the signing parties, from (party, key) pairs; or expect a refusal."""
        counted: dict[bytes, int] = {}
        for one, key in signatures:
            page = self.parties.get(one)
            if page is None:
                raise No("signer unknown")
            if not page.is_open:
                raise No("signer suspended")
            if role not in page.keys.get(key, ()):
                raise No("key unknown or without the role")
            counted[one] = counted.get(one, 0) + 1
        for one, count in counted.items():
            if count < self.parties[one].thresholds.get(role, 1):
                raise No("threshold unmet")
        return tuple(sorted(counted))

    def with_power(self, doing: Doing, power: str) -> bytes:
        """Give the first signer with a power."""
        for one in doing.signers:
            if power in self.powers.get(one, ()):
                return one
        raise No(f"nobody with the power {power} signed")

    # Movements.

    def check(self, moves: Sequence[Move], at: int, *, holders: bool, funds: bool = True) -> None:
        """Expect a refusal unless every rule allows every move; some bind holders only."""
        for move in moves:
            self.check_ends(move.source, move.target)
            self.check_asset(move.asset, halts=holders)
            self.check_receiver(move, at, moves)
            locked_until = self.assets[move.asset].locked_until
            if holders and locked_until is not None and at < locked_until:
                raise No("locked up")
        if funds:
            self.check_amounts(moves)

    def check_asset(self, asset: bytes, *, halts: bool) -> None:
        """The asset is not frozen, nor halted where halts matter."""
        if asset in self.frozen:
            raise No("the asset is frozen")
        for one, sort in self.halts.values() if halts else ():
            if one in (None, asset) and sort in (None, self.assets[asset].sort):
                raise No("halted")

    def check_receiver(self, move: Move, at: int, moves: Sequence[Move] = ()) -> None:
        """The receiver may own the asset, and as much of it as all moves together bring."""
        asset = self.assets[move.asset]
        person = self.accounts[move.target].person
        if person == asset.issuer:
            return
        for name in asset.required:
            if not self._holds_credential(person, name, at):
                raise No(f"the receiver lacks the credential {name}")
        gains = sum(
            one.amount
            * ((self.accounts[one.target].person == person) - (self._giver(one) == person))
            for one in moves or (move,)
            if one.asset == move.asset
        )
        has = self.owned(move.asset, person) + self.pending(move.asset, person)
        if asset.cap is not None and gains > 0 and has + gains > asset.cap:
            raise No("above the holding cap")

    def _giver(self, move: Move) -> bytes:
        return self.accounts[move.source].person

    def post(self, doing: Doing, moves: Sequence[Move]) -> None:
        """Write moves that were checked."""
        for move in moves:
            for account, amount in ((move.source, -move.amount), (move.target, move.amount)):
                key = (move.asset, account)
                self.balances[key] = self.balances.get(key, 0) + amount
        doing.moves.extend(moves)

    def place_hold(self, hold_id: bytes, page: HoldPage) -> None:
        """Set aside what was found free."""
        key = (page.asset, page.account)
        self.holds[hold_id] = page
        self.held[key] = self.held.get(key, 0) + page.amount

    def release_hold(self, hold_id: bytes) -> HoldPage:
        """Give back what was set aside."""
        page = self.holds.pop(hold_id)
        self.held[page.asset, page.account] -= page.amount
        return page

    def lessen_hold(self, hold_id: bytes, wanted: int) -> int:
        """Give back what is wanted of a hold, or all of it; gives how much."""
        page = self.release_hold(hold_id)
        given = min(wanted, page.amount)
        if given < page.amount:
            self.place_hold(hold_id, replace(page, amount=page.amount - given))
        return given

    def check_ends(self, *accounts: bytes) -> None:
        """Nobody at either end is suspended or frozen."""
        for account in accounts:
            page = self.accounts[account]
            for one in (page.owner, page.person):
                if not self.parties[one].is_open:
                    raise No("an owner is suspended, or whom it acts for")
            self.check_frozen(account)

    def check_frozen(self, account: bytes) -> None:
        """Neither the account, nor its owner, nor whom it is kept for is frozen."""
        page = self.accounts[account]
        if any(one in self.frozen for one in (page.owner, page.person, account)):
            raise No("frozen")

    def check_amounts(self, moves: Sequence[Move]) -> None:
        """Nobody has too little, or too much, when what goes out and comes in is netted."""
        for (asset, account), change in net(moves).items():
            total = self.balances.get((asset, account), 0) + change
            if self.accounts[account].purpose == "issuance":
                if total < -AMOUNT_MAX:
                    raise No("more than can be issued")
            elif self.free(asset, account) + change < 0:
                raise No(SHORT)
            if total > AMOUNT_MAX:
                raise No("more than can be held")

    def _holds_credential(self, person: bytes, name: str, at: int) -> bool:
        found = self.credentials.get((person, name))
        return found is not None and (found[1] is None or at < found[1])


def net(moves: Iterable[Move]) -> dict[Pair, int]:
    """Sum what moves change of each balance; asset and account to the amount."""
    changes: dict[Pair, int] = {}
    for move in moves:
        for account, amount in ((move.source, -move.amount), (move.target, move.amount)):
            key = (move.asset, account)
            changes[key] = changes.get(key, 0) + amount
    return changes


def _page(keys: list[list[Any]], thresholds: list[list[Any]]) -> PartyPage:
    return PartyPage(
        {public: tuple(roles) for public, roles in keys},
        {str(role): int(count) for role, count in thresholds},
    )
