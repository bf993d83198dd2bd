# SPDX-License-Identifier: Apache-2.0
"""Why an open instruction has not settled yet, as far as one reader may know.

What an account lacks is told to its owner, and to who runs settlement; everybody else learns that
a giver does not have it yet.  Other instructions are named to those whom they concern.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select

from lejar.domain.settlement import Stage
from lejar.domain.settlement.limits import BILATERAL, MULTILATERAL
from lejar.domain.settlement.pool import UNRESERVED, Lines
from lejar.domain.settlement.saving import Lack, explain
from lejar.kernel import identifiers
from lejar.projections.privileged.instructions import InstructionWhole
from lejar.projections.queue import pool_of
from lejar.projections.queue_schema import settlement_state
from lejar.projections.schema import accounts, assets, instruction_parties, instructions
from lejar.projections.snapshot import Snapshot
from lejar.reference.waiting_words import amount_words, waiting_sentence
from lejar.reference.wording import Said

LIMITED: Final = (BILATERAL, MULTILATERAL)
NAMED_MAX: Final = 3
"""So many other instructions are named in a sentence; all of them stand beside it."""
AMONG_MAX: Final = 500


@dataclass(frozen=True, slots=True)
class Wait:
    """One reason."""

    kind: str
    said: Said
    parties: tuple[bytes, ...] = ()
    instructions: tuple[bytes, ...] = ()
    """Those it stands behind, comes after, or would be freed by."""
    asset: bytes | None = None
    account: bytes | None = None
    amount: int | None = None


@dataclass(slots=True)
class Waits:
    """One reader's questions, asked of one snapshot; the queue is read once."""

    snapshot: Snapshot
    reader: bytes | None
    """None may know everything: whoever runs settlement, or supervises."""
    named: Callable[[bytes], str]
    """What a party is called."""
    _pool: Lines | None = None
    _leaders: dict[bytes, bytes] = field(default_factory=dict)

    def of(self, whole: InstructionWhole) -> tuple[Wait, ...]:
        """Give the reasons for which an instruction waits; none for one that has ended."""
        match whole.found.instruction.stage:
            case Stage.ALLEGED:
                return tuple(self._unaffirmed(whole))
            case Stage.MATCHED:
                return tuple(self._matched(whole))
            case Stage.QUEUED:
                return tuple(self._queued(whole))
            case _:
                return ()

    @property
    def pool(self) -> Lines:
        """Give what could settle, and what is available."""
        if self._pool is None:
            self._pool = pool_of(self.snapshot)
            for leader, members in self._pool.members.items():
                self._leaders.update(dict.fromkeys(members, leader))
        return self._pool

    def _unaffirmed(self, whole: InstructionWhole) -> Iterator[Wait]:
        wanting = tuple(one.party for one in whole.sides if one.affirmed is None)
        who = ", ".join(self.named(one) for one in wanting)
        yield Wait("affirmation", waiting_sentence("affirmation", who=who), wanting)

    def _matched(self, whole: InstructionWhole) -> Iterator[Wait]:
        terms, found = whole.terms, False
        for wait in self._words(whole):
            found = True
            yield wait
        if terms.from_block is not None and self.snapshot.standing.block < terms.from_block:
            found = True
            yield Wait("block", waiting_sentence("block", number=terms.from_block))
        if not found:
            yield Wait("day", waiting_sentence("day"))

    def _words(self, whole: InstructionWhole) -> Iterator[Wait]:
        """Give what waits for somebody's word, or for another instruction."""
        if whole.held_by:
            who = ", ".join(self.named(one) for one in whole.held_by)
            yield Wait("held", waiting_sentence("held", who=who), whole.held_by)
        if whole.terms.by_hand:
            yield Wait("by_hand", waiting_sentence("by_hand"))
        earlier = tuple(one.instruction for one in whole.after if one.stage != "settled")
        if earlier:
            yield Wait("after", waiting_sentence("after", which=_which(earlier)), (), earlier)
        for promise in whole.promises:
            if promise.attested is None:
                who, number = self.named(promise.agent), promise.number
                said = waiting_sentence("promise", who=who, number=number)
                yield Wait("promise", said, (promise.agent,))

    def _queued(self, whole: InstructionWhole) -> Iterator[Wait]:
        if self._is_paused():
            yield Wait("paused", waiting_sentence("paused"))
        id_ = whole.found.instruction.id
        pool = self.pool
        leader = self._leaders.get(id_)
        if leader is None:
            yield self._incomplete(whole)
            return
        why = explain(pool.available, pool.items, leader)
        told = [self._lack(lack) for lack in _once(why.lacks)]
        lacks = [wait for wait in told if wait is not None]
        yield from lacks
        ahead = self._concerning([one for item in why.ahead for one in pool.members[item]])
        if ahead:
            yield Wait("ahead", waiting_sentence("ahead", which=_which(ahead)), (), ahead)
        if len(lacks) < len(told) or (why.ahead and not ahead and not lacks):
            yield Wait("others", waiting_sentence("others"))
        elif not told and not why.ahead:
            yield Wait("next", waiting_sentence("next"))

    def _incomplete(self, whole: InstructionWhole) -> Wait:
        """Say how many of a pool stand in the queue already."""
        c = instructions.c
        query = select(c.id).where(c.pool == whole.terms.pool, c.stage == str(Stage.QUEUED))
        ready = len(self.snapshot.connection.execute(query).all())
        of = whole.terms.pool_number or 0
        return Wait("pool", waiting_sentence("pool", number=ready, of=of))

    def _lack(self, lack: Lack[bytes, bytes]) -> Wait | None:
        """Tell what is missing, to whoever may know it."""
        kind = lack.resource[:1]
        first, second = lack.resource[1:17], lack.resource[17:33]
        limited = kind in LIMITED
        asset, account = (second, None) if limited else (first, second)
        party = first if account is None else self._owner(account)
        if self.reader not in (None, party):
            return None
        members = self.pool.members
        brings = self._concerning([one for item in lack.freed_by for one in members[item]])
        word = "limit" if limited else "reserved" if kind == UNRESERVED else "lacks"
        said = waiting_sentence(
            word,
            who=self.named(party),
            which=_which(brings),
            amount=self._amount(asset, lack.amount),
            freed=_freed(lack, brings),
        )
        return Wait(word, said, (party,), brings, asset, account, lack.amount)

    def _amount(self, asset: bytes, amount: int) -> Said:
        c = assets.c
        query = select(c.name, c.code, c.decimals).where(c.id == asset)
        row = self.snapshot.connection.execute(query).one_or_none()
        name = identifiers.show("asset", asset) if row is None else row.name or row.code
        return amount_words(amount, name, None if row is None else row.decimals)

    def _owner(self, account: bytes) -> bytes:
        query = select(accounts.c.owner).where(accounts.c.id == account)
        return bytes(self.snapshot.connection.execute(query).scalar_one())

    def _concerning(self, ids: Sequence[bytes]) -> tuple[bytes, ...]:
        """Leave out the instructions that this reader may not see."""
        if self.reader is None or not ids:
            return tuple(ids)
        c = instruction_parties.c
        some = list(ids)[:AMONG_MAX]
        query = select(c.instruction).where(c.party == self.reader, c.instruction.in_(some))
        seen = dict.fromkeys(self.snapshot.connection.execute(query).scalars())
        return tuple(one for one in some if one in seen)

    def _is_paused(self) -> bool:
        query = select(settlement_state.c.paused_by)
        return self.snapshot.connection.execute(query).scalar_one() is not None


def _once(lacks: Sequence[Lack[bytes, bytes]]) -> list[Lack[bytes, bytes]]:
    """Of a balance, and the balance less its reserve, tell only of which more is missing."""
    missing: dict[bytes, int] = {}
    for one in lacks:
        missing[one.resource[1:]] = max(one.amount, missing.get(one.resource[1:], 0))
    told: dict[bytes, Lack[bytes, bytes]] = {}
    for one in lacks:
        if one.amount == missing[one.resource[1:]]:
            told.setdefault(one.resource[1:], one)
    return list(told.values())


def _which(ids: Sequence[bytes]) -> str:
    """Name some instructions; of many, the first."""
    named = [identifiers.show("instruction", one) for one in ids[:NAMED_MAX]]
    rest = len(ids) - len(named)
    return ", ".join(named) + (f" + {rest:,}" if rest else "")


def _freed(lack: Lack[bytes, bytes], brings: Sequence[bytes]) -> str:
    if not lack.freed_by:
        return "nothing"
    if not brings:
        return "hidden"
    if not lack.alone:
        return "together"
    return "alone" if len(brings) == 1 else "any"
