# SPDX-License-Identifier: Apache-2.0
"""One block in, one entry for each thing ordered; due work first; eras by entry number."""

import pytest

from lejar.kernel.apply import apply, found
from lejar.kernel.entry import Applied, Block, Receipt, read_receipt
from lejar.kernel.failure import Broken
from lejar.kernel.module import Module, assemble
from lejar.kernel.moment import MICROS_PER_HOUR, MICROS_PER_MINUTE
from lejar.kernel.rulebook import Era, Rulebook, single
from lejar.kernel.schedule import DUE, DUE_PER_BLOCK_MAX, next_due
from lejar.kernel.state import State
from tests.kernel import counter
from tests.kernel.counter import NOON, Add, Added, AddLater, envelope

BOOK = single(counter.machine())


def begun(rulebook: Rulebook = BOOK) -> State:
    state = State()
    found(rulebook, state, counter.founding())
    return state


def run(state: State, *envelopes: bytes, at: int = NOON, rulebook: Rulebook = BOOK) -> Applied:
    block = counter.block(state, *envelopes, at=at)
    return apply(rulebook, state, block, counter.founding().network)


def receipts(applied: Applied) -> list[Receipt]:
    return [read_receipt(entry.receipt) for entry in applied.entries]


def test_entries_are_numbered_without_a_gap_also_through_refusals() -> None:
    state = begun()
    first = run(state, envelope(Add(1), 1), b"rubbish", envelope(Add(10), 2))
    second = run(state, envelope(Add(2), 3))
    assert [entry.number for entry in (*first.entries, *second.entries)] == [1, 2, 3, 4]
    assert [r.refusal.code if r.refusal else "" for r in receipts(first)] == [
        "",
        "envelope_unreadable",
        "too_much",
    ]
    assert counter.count(state) == 3


def test_a_refusal_touches_nothing() -> None:
    state = begun()
    assert not run(state, envelope(Add(10), 1)).touched


def test_a_command_id_twice_in_one_block_is_done_once() -> None:
    state = begun()
    first, second = receipts(run(state, envelope(Add(1), 7), envelope(Add(2), 7)))
    assert first.refusal is None
    assert second.refusal is not None
    assert second.refusal.code == "command_duplicate"
    assert second.refusal.facts == (("entry", 1),)
    assert counter.count(state) == 1


def test_blocks_come_in_order_and_never_earlier() -> None:
    state = begun()
    run(state)
    network = counter.founding().network
    with pytest.raises(Broken, match="in order"):
        apply(BOOK, state, Block(1, NOON, ()), network)
    with pytest.raises(Broken, match="earlier"):
        apply(BOOK, state, Block(2, NOON - 1, ()), network)


def test_due_work_runs_at_its_moment_before_the_envelopes() -> None:
    state = begun()
    due_at = NOON + MICROS_PER_MINUTE
    run(state, envelope(AddLater(due_at, 5), 1))
    assert not run(state, at=due_at - 1).entries
    assert next_due(state) == due_at
    came, asked = receipts(run(state, envelope(Add(1), 2), at=due_at))
    assert (came.command, asked.command) == ("counter.comes", "counter.add")
    assert came.signers == ()
    assert counter.count(state) == 6
    assert next_due(state) is None


def test_due_work_runs_by_moment_then_by_id() -> None:
    state = begun()
    moments = [NOON + n for n in (3, 1, 2, 1)]
    run(state, *(envelope(AddLater(at, 1), n) for n, at in enumerate(moments)))
    keys = [key for key, _ in DUE.scan(state)]
    done = [entry.command_id for entry in run(state, at=NOON + 3).entries]
    assert done == [key[8:] for key in sorted(keys)]


def test_a_block_runs_a_bounded_number_of_due_work_and_the_next_the_rest() -> None:
    state = begun()
    more = DUE_PER_BLOCK_MAX + 3
    run(state, *(envelope(AddLater(NOON + 1, 1), n) for n in range(more)))
    assert len(run(state, at=NOON + 1).entries) == DUE_PER_BLOCK_MAX
    assert len(run(state, at=NOON + 1).entries) == 3
    assert counter.count(state) == more


def test_refused_due_work_leaves_an_entry_and_is_gone() -> None:
    state = begun()
    run(state, envelope(AddLater(NOON + 1, 10), 1))
    applied = run(state, at=NOON + 1)
    (receipt,) = receipts(applied)
    assert receipt.refusal is not None
    assert receipt.refusal.code == "too_much"
    assert next_due(state) is None
    assert list(applied.touched) == [key for key in applied.touched if key[:1] == DUE.prefix]
    assert applied.touched


def test_due_work_that_earlier_due_work_took_back_does_not_run() -> None:
    state = begun()
    run(state, envelope(AddLater(NOON + 2, 5), 1))
    ((key, _),) = DUE.scan(state)
    run(state, envelope(AddLater(NOON + 1, 1, ((NOON + 2, key[8:]),)), 2))
    assert len(run(state, at=NOON + 2).entries) == 1
    assert counter.count(state) == 1


def test_one_id_that_comes_again_makes_another_thing() -> None:
    """A forgotten command id may be used again; what it makes has another name."""
    state = begun()
    early = NOON + MICROS_PER_MINUTE
    later = early + MICROS_PER_HOUR + MICROS_PER_MINUTE
    made = [
        *receipts(run(state, envelope(Add(1), 7, valid_until=early))),
        *receipts(run(state, envelope(Add(1), 7, valid_until=later + 1), at=later)),
    ]
    events = [counter.machine().read_event(receipt.events[0]) for receipt in made]
    assert all(isinstance(event, Added) for event in events)
    assert events[0].thing != events[1].thing


def test_a_later_era_rules_from_its_entry_and_an_old_journal_replays_the_same() -> None:
    two_eras = Rulebook((Era(1, counter.machine()), Era(4, counter.machine(doubling=True))))
    blocks: list[tuple[bytes, ...]] = [
        (envelope(Add(1), 1), envelope(Add(2), 2)),
        (envelope(Add(3), 3),),
        (envelope(Add(4), 4), envelope(Add(10), 5)),
    ]
    old, new = begun(), begun(two_eras)
    digests: list[list[tuple[bytes, ...]]] = [[], []]
    for place, (state, rulebook) in enumerate(((old, BOOK), (new, two_eras))):
        for envelopes in blocks:
            applied = run(state, *envelopes, rulebook=rulebook)
            digests[place].append(tuple(entry.digest for entry in applied.entries))
    assert digests[0][:2] == digests[1][:2], "what stood before the era is as it was"
    assert digests[0][2] != digests[1][2]
    assert (counter.count(old), counter.count(new)) == (10, 6 + 8 + 20)


def test_a_block_is_ruled_by_the_era_of_its_first_entry() -> None:
    eras = Rulebook((Era(1, counter.machine()), Era(2, counter.machine(doubling=True))))
    state = begun(eras)
    run(state, envelope(Add(1), 1), envelope(Add(1), 2), rulebook=eras)
    assert counter.count(state) == 2
    run(state, envelope(Add(1), 3), rulebook=eras)
    assert counter.count(state) == 4


def test_a_rulebook_begins_at_entry_one_and_stands_in_order() -> None:
    machine = counter.machine()
    for starts in ((), (2,), (1, 5, 5), (1, 7, 3)):
        with pytest.raises(Broken):
            Rulebook(tuple(Era(start, machine) for start in starts))
    assert Rulebook((Era(1, machine),)).newest is machine


def test_two_modules_that_claim_one_name_do_not_fit_together() -> None:
    module = Module(name="counter", tables=(counter.COUNTS,))
    with pytest.raises(Broken, match="module"):
        assemble((module, module), counter.anybody, counter.no_offset)
    with pytest.raises(Broken, match="table"):
        assemble(
            (module, Module(name="other", tables=(counter.COUNTS,))),
            counter.anybody,
            counter.no_offset,
        )


def test_an_envelope_lives_at_most_a_day() -> None:
    state = begun()
    day = 24 * MICROS_PER_HOUR
    good = envelope(Add(1), 1, valid_until=NOON + day)
    bad = envelope(Add(1), 2, valid_until=NOON + day + 1)
    first, second = receipts(run(state, good, bad))
    assert first.refusal is None
    assert second.refusal is not None
    assert second.refusal.code == "validity_too_long"
