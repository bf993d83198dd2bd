# SPDX-License-Identifier: Apache-2.0
"""A mandated command passes the same handler; refused, it is dropped alone and its entry stands."""

import pytest

from lejar.kernel.apply import apply, found
from lejar.kernel.codec import encode
from lejar.kernel.draft import Draft, UpperDraft
from lejar.kernel.entry import Receipt, read_receipt
from lejar.kernel.failure import Broken
from lejar.kernel.identifiers import ID_BYTES
from lejar.kernel.mandate import KIND, Mandate
from lejar.kernel.module import Machine, Mandates, Module, Verb, assemble
from lejar.kernel.refusal import Refused
from lejar.kernel.rulebook import Rulebook, single
from lejar.kernel.schedule import DUE, Due, schedule
from lejar.kernel.state import State
from tests.kernel import counter
from tests.kernel.counter import COUNTS, NOON, Add, Added, Count, CountRefusal

AUTHORITY = b"authority......."
THOSE_WHO_AGREED = (b"a" * ID_BYTES, b"b" * ID_BYTES)
GOOD, TOO_MUCH = encode(Add(3)), encode(Add(10))
TOLD = b"told"


def writes_and_adds(draft: Draft, command: Add) -> None:
    """Count on, having written and said something before the rule is asked."""
    COUNTS.put(draft, b"trace", Count(1))
    draft.emit(Added(0, draft.authority or b""))
    assert draft.signatures == ()
    counter.add(draft, command)


def keeper(command: bytes, *, stands: bool = True) -> Mandates:
    """Keep one authority, for one command; it writes down how often it was told yes and no."""

    def counted(_draft: Draft, authority: bytes) -> Mandate:
        if not stands:
            raise Refused(CountRefusal.TOO_MUCH, of=authority)
        return Mandate(command, THOSE_WHO_AGREED, authority)

    def became(draft: Draft, authority: bytes, refused: Refused | None) -> None:
        assert authority == AUTHORITY
        assert refused is None or "command" not in refused.facts
        COUNTS.put(draft, TOLD, Count(1 if refused is None else -1))
        draft.emit(Added(99 if refused is None else -99, authority))

    return Mandates(counted, became)


def machine(mandates: Mandates | None) -> Machine:
    module = Module(
        name="counter",
        tables=(DUE, COUNTS),
        events=(Added,),
        refusals=(CountRefusal,),
        verbs=(Verb(Add, writes_and_adds, "operate", (CountRefusal.TOO_MUCH,)),),
        mandates=mandates,
    )
    return assemble((module,), counter.anybody, counter.no_offset)


def run_due(mandates: Mandates | None) -> tuple[State, Receipt]:
    """Let one mandate come due in an empty block."""
    book: Rulebook = single(machine(mandates))
    state = State()
    found(book, state, counter.founding())
    draft = Draft(state, bytes(ID_BYTES))
    schedule(draft, NOON, AUTHORITY, Due(KIND, AUTHORITY))
    state.absorb(draft.writes)
    applied = apply(book, state, counter.block(state), counter.founding().network)
    (entry,) = applied.entries
    assert not list(DUE.scan(state)), "due work runs once"
    return state, read_receipt(entry.receipt)


def values(receipt: Receipt) -> list[int]:
    read = machine(None).read_event
    return [read(raw).value for raw in receipt.events]


def test_a_mandated_command_is_an_entry_of_its_own_name_and_of_those_who_agreed() -> None:
    state, receipt = run_due(keeper(GOOD))
    assert (receipt.command, receipt.refusal) == ("counter.add", None)
    assert (receipt.command_id, receipt.signers) == (AUTHORITY, THOSE_WHO_AGREED)
    assert values(receipt) == [0, 3, 99]
    assert machine(None).read_event(receipt.events[0]).thing == AUTHORITY
    assert (counter.count(state), COUNTS.get(state, TOLD)) == (3, Count(1))


def test_a_refused_one_is_dropped_and_the_entry_says_so() -> None:
    state, receipt = run_due(keeper(TOO_MUCH))
    assert (receipt.command, receipt.refusal) == (KIND, None)
    assert values(receipt) == [-99]
    assert (counter.count(state), COUNTS.get(state, b"trace")) == (0, None)
    assert COUNTS.get(state, TOLD) == Count(-1)


def test_one_whose_authority_no_longer_stands_does_not_run() -> None:
    state, receipt = run_due(keeper(GOOD, stands=False))
    assert (receipt.command, receipt.signers) == (KIND, ())
    assert values(receipt) == [-99]
    assert counter.count(state) == 0


def test_bytes_that_no_longer_decode_are_refused_like_any_others() -> None:
    state, receipt = run_due(keeper(b"\xc1"))
    assert (receipt.command, values(receipt)) == (KIND, [-99])
    assert counter.count(state) == 0


def test_a_mandate_that_nobody_keeps_stops_the_node() -> None:
    with pytest.raises(Broken, match="mandate"):
        run_due(None)


def test_two_keepers_do_not_fit_together() -> None:
    one, other = (Module(name=name, mandates=keeper(GOOD)) for name in ("one", "other"))
    with pytest.raises(Broken, match="mandates"):
        assemble((one, other), counter.anybody, counter.no_offset)


def test_a_draft_on_a_draft_sees_through_both_and_is_taken_over_whole() -> None:
    state = State()
    base = Draft(state, bytes(ID_BYTES))
    for key in (b"a", b"b", b"c"):
        COUNTS.put(base, key, Count(1))
    state.absorb(base.writes)
    lower = Draft(state, bytes(ID_BYTES))
    COUNTS.put(lower, b"a", Count(2))
    COUNTS.remove(lower, b"b")
    upper = UpperDraft(lower)
    assert (COUNTS.get(upper, b"a"), COUNTS.get(upper, b"b")) == (Count(2), None)
    COUNTS.put(upper, b"b", Count(3))
    COUNTS.remove(upper, b"c")
    upper.emit(Added(1, upper.new_id("thing")))
    assert [key for key, _ in COUNTS.scan(upper)] == [b"a", b"b"]
    assert [key for key, _ in COUNTS.scan(lower)] == [b"a", b"c"]
    lower.take(upper)
    assert list(COUNTS.scan(lower)) == [(b"a", Count(2)), (b"b", Count(3))]
    assert len(lower.events) == 1
    assert lower.new_id("thing") != upper.events[0].thing
