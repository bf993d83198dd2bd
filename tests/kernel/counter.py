# SPDX-License-Identifier: Apache-2.0
"""A machine that only counts: the kernel without a market, for tests of the kernel itself."""

import hashlib

import msgspec

from lejar.kernel.codec import Record, encode
from lejar.kernel.draft import Draft
from lejar.kernel.entry import Block
from lejar.kernel.envelope import Body, Command, Signed, sealed
from lejar.kernel.genesis import Genesis, genesis
from lejar.kernel.module import Event, Machine, Module, Verb, assemble
from lejar.kernel.moment import MICROS_PER_HOUR
from lejar.kernel.refusal import RefusalTable, Refused, row
from lejar.kernel.schedule import DUE, Due, schedule, unschedule
from lejar.kernel.state import State, Table

NOON = 1_790_000_000_000_000
SEED = bytes(range(32))
PARTY = b"counting party .."[:16]


class Count(Record, frozen=True):
    """How far we have counted."""

    value: int


class CountRefusal(RefusalTable):
    """Why not to count."""

    TOO_MUCH = row("Too much.", "Terlalu banyak.", remedy="Add less.", remedy_ms="Kurangkan.")


class Add(Command, frozen=True, tag="counter.add"):
    """Count on."""

    amount: int


class AddLater(Command, frozen=True, tag="counter.add_later"):
    """Count on at a moment; `undoes` takes other work back when it runs."""

    at: int
    amount: int
    undoes: tuple[tuple[int, bytes], ...] = ()


class Added(Event, frozen=True, tag="counter.added"):
    """The count went on."""

    value: int
    thing: bytes


COUNTS: Table[Count] = Table(0x70, "counts", Count)
ONLY = b"only"


def add(draft: Draft, command: Add) -> None:
    """Count on; ten is too much."""
    if command.amount > 9:
        raise Refused(CountRefusal.TOO_MUCH, amount=command.amount)
    _add(draft, command.amount)


def add_double(draft: Draft, command: Add) -> None:
    """Count on twice as fast: what a later era does."""
    _add(draft, 2 * command.amount)


def add_later(draft: Draft, command: AddLater) -> None:
    """Let a count come due."""
    payload = encode((command.amount, command.undoes))
    schedule(draft, command.at, draft.new_id("work"), Due("counter.comes", payload))


def comes(draft: Draft, payload: bytes) -> None:
    """Count what came due, and take back what it undoes."""
    amount, undoes = msgspec.msgpack.decode(payload)
    for moment, work_id in undoes:
        unschedule(draft, moment, work_id)
    add(draft, Add(amount))


def _add(draft: Draft, amount: int) -> None:
    before = COUNTS.get(draft, ONLY) or Count(0)
    COUNTS.put(draft, ONLY, Count(before.value + amount))
    draft.emit(Added(before.value + amount, draft.new_id("thing")))


def anybody(
    _draft: Draft, signatures: tuple[Signed, ...], _verb: Verb, _command: Command
) -> tuple[bytes, ...]:
    """Let everybody sign."""
    return tuple(one.party for one in signatures)


def no_offset(_state: State) -> int:
    """Let the hub's moment be the engine's."""
    return 0


def machine(*, doubling: bool = False) -> Machine:
    """Build the machine; the doubling one is the same under a later rule."""
    module = Module(
        name="counter",
        tables=(DUE, COUNTS),
        events=(Added,),
        refusals=(CountRefusal,),
        due=(("counter.comes", comes),),
        verbs=(
            Verb(Add, add_double if doubling else add, "operate", (CountRefusal.TOO_MUCH,)),
            Verb(AddLater, add_later, "operate", ()),
        ),
    )
    return assemble((module,), anybody, no_offset)


def founding() -> Genesis:
    """Write the genesis."""
    return genesis("counting", "test", NOON)


def envelope(command: Command, number: int, valid_until: int = NOON + MICROS_PER_HOUR) -> bytes:
    """Sign a command; its id comes from a number."""
    body = Body(
        1,
        founding().network,
        number.to_bytes(16, "big"),
        valid_until,
        hashlib.sha256(number.to_bytes(16, "big")).digest(),
        msgspec.Raw(encode(command)),
    )
    return sealed(body, [(PARTY, SEED)])


def block(state: State, *envelopes: bytes, at: int = NOON) -> Block:
    """Put envelopes into the next block."""
    return Block(state.block + 1, at, envelopes)


def count(state: State) -> int:
    """Say how far we have counted."""
    found = COUNTS.get(state, ONLY)
    return 0 if found is None else found.value
