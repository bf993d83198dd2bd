# SPDX-License-Identifier: Apache-2.0
"""The form of a rule: what it is compiled to, and what every kind of rule may ask.

A compiled rule says how many units of a leg it has room for; asking for more never changes that.
Facts are put together only when somebody has to be told, so that an allowed movement stays cheap.
"""

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, TypeAlias

import msgspec

from lejar.domain.policy.flows import Window
from lejar.domain.policy.model import Movement
from lejar.kernel.codec import Record
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.kernel.refusal import Fact, RefusalTable
from lejar.kernel.state import Reader, Writer

Money = Annotated[int, msgspec.Meta(ge=0, le=AMOUNT_MAX, title="money")]
"""Smallest units of the currency: sen.  The title tells it from other whole numbers: packs write
money as decimal texts."""
MoneyPart = Annotated[int, msgspec.Meta(ge=1, le=AMOUNT_MAX, title="money")]
"""The same, and not nothing: what other sums are divided by."""
Units = Annotated[int, msgspec.Meta(ge=0, le=AMOUNT_MAX)]
Share = Annotated[int, msgspec.Meta(ge=0, le=1_000_000, title="share")]
"""Millionths of the whole.  Packs write what has this title in per cent."""
Count = Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)]
Country = Annotated[str, msgspec.Meta(pattern=r"\A[a-z]{2}\Z")]
"""ISO 3166-1 alpha-2, in lower case."""
Name = Annotated[str, msgspec.Meta(pattern=r"\A[a-z][a-z0-9_.]{0,95}\Z")]
Pattern = Annotated[str, msgspec.Meta(pattern=r"\A(\*\.)?[a-z][a-z0-9_.]{0,62}\Z")]
"""A credential's type, or `*.` and the segments it ends with."""

Patterns = Annotated[tuple[Pattern, ...], msgspec.Meta(max_length=64)]
Countries = Annotated[tuple[Country, ...], msgspec.Meta(min_length=1, max_length=250)]
Words = Annotated[tuple[Name, ...], msgspec.Meta(max_length=64)]
"""The pack's names of agencies, accounts or assets."""

Facts: TypeAlias = tuple[tuple[str, Fact], ...]
Room: TypeAlias = Callable[[Reader, Movement, Sequence[Movement]], int | None]
"""How many units of the leg are allowed; none when the rule does not bind."""


class Spec(Record, frozen=True):
    """The base of every kind's parameters; the tag is the kind."""


class Side(enum.StrEnum):
    """Whom a rule asks about."""

    RECEIVER = "receiver"
    GIVER = "giver"
    BOTH = "both"
    AGENT = "agent"
    """Whoever moves for a side: a settlement bank."""


@dataclass(frozen=True, slots=True)
class Counter:
    """How a rule counts what has happened: the amounts under a key, by local day."""

    keys: Callable[[Movement], tuple[bytes, ...]]
    amount: Callable[[Movement], int]
    window: Window
    offset_minutes: int = 0
    """East of UTC, as the rule's own pack counts days."""
    in_scope_only: bool = False
    """A scope about the other side says which movements are meant.  One about the person who is
    counted does not: nothing is forgotten when a status is lost or won."""


@dataclass(frozen=True, slots=True)
class Test:
    """A kind of rule with its parameters filled in."""

    reason: RefusalTable
    room: Room
    facts: Callable[[Reader, Movement, Sequence[Movement]], Facts]
    """What a person needs to know, when the room was too small."""
    subjects: Callable[[Movement], tuple[bytes, ...]]
    """Whose personal facts these are; nobody else is told them."""
    at_least: Callable[[Movement], int] | None = None
    multiple_of: int = 1
    counter: Counter | None = None
    after: Callable[[Writer, Movement], None] | None = None
    """What a movement uses up."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a pack's words stand for on this network: agencies, accounts, currencies."""

    bound: dict[str, bytes]
    offset_minutes: int

    def __getitem__(self, name: str) -> bytes | None:
        return self.bound.get(name)


# A giver whose id is empty is a seller that is not known yet: `explain` asks about a buyer alone.


def nobody(_leg: Movement) -> tuple[bytes, ...]:
    """The facts are nobody's: they may be told to all."""
    return ()


def receiver_alone(leg: Movement) -> tuple[bytes, ...]:
    """The facts are the receiver's."""
    return (leg.receiver.person,)


def giver_alone(leg: Movement) -> tuple[bytes, ...]:
    """The facts are the giver's."""
    return (leg.giver.person,)


def persons_of(side: Side) -> Callable[[Movement], tuple[bytes, ...]]:
    """Give whom a side stands for: legal persons, an owner beside whoever it holds for."""
    return _PERSONS[side]


def _receiver(leg: Movement) -> tuple[bytes, ...]:
    one = leg.receiver
    return (one.owner,) if one.beneficiary is None else (one.beneficiary, one.owner)


def _giver(leg: Movement) -> tuple[bytes, ...]:
    one = leg.giver
    return (one.owner,) if one.beneficiary is None else (one.beneficiary, one.owner)


def _both(leg: Movement) -> tuple[bytes, ...]:
    return (*_giver(leg), *_receiver(leg))


def _agents(leg: Movement) -> tuple[bytes, ...]:
    return leg.agents


_PERSONS = {Side.RECEIVER: _receiver, Side.GIVER: _giver, Side.BOTH: _both, Side.AGENT: _agents}


def beside(counter: Counter, leg: Movement, legs: Sequence[Movement]) -> tuple[int, int]:
    """Sum amount and number of what the other legs of a command add under a leg's own key."""
    if len(legs) == 1:
        return 0, 0
    keys = counter.keys(leg)
    amount, often = 0, 0
    for other in legs:
        if other is leg or other.profile.kind is not leg.profile.kind or other.stays:
            continue
        if keys == counter.keys(other):
            amount += counter.amount(other)
            often += 1
    return amount, often


def units_for(leg: Movement, money: int) -> int | None:
    """Give how many units a sum buys at this movement's price; none when nothing is paid."""
    return None if not leg.paid else max(money, 0) * leg.amount // leg.paid


def gains(person: bytes, asset: bytes, legs: Sequence[Movement]) -> int:
    """Sum what a person gains of an asset over all legs, in less out."""
    net = 0
    for leg in legs:
        if leg.asset == asset:
            if leg.receiver.person == person:
                net += leg.amount
            if leg.giver.person == person:
                net -= leg.amount
    return net
