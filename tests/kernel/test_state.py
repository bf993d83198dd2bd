# SPDX-License-Identifier: Apache-2.0
"""State and draft against a plain dictionary that is sorted each time."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.state import INSORT_MAX, State, Table


class Row(Record, frozen=True):
    """A number."""

    value: int


ROWS: Table[Row] = Table(0x71, "rows", Row)
OTHERS: Table[Row] = Table(0x72, "others", Row)

KEYS = st.binary(max_size=3)
WRITES = st.dictionaries(KEYS, st.none() | st.integers(0, 9).map(Row), max_size=8)


def naive_scan(rows: Mapping[bytes, Row], prefix: bytes, after: bytes) -> list[tuple[bytes, Row]]:
    return [
        (key, rows[key])
        for key in sorted(rows)
        if key.startswith(prefix) and (not after or key > after)
    ]


def keyed(writes: Mapping[bytes, Row | None], table: Table[Row] = ROWS) -> dict[bytes, Row | None]:
    return {table.prefix + key: row for key, row in writes.items()}


def merged(rows: dict[bytes, Row], writes: Mapping[bytes, Row | None]) -> None:
    for key, row in writes.items():
        if row is None:
            rows.pop(key, None)
        else:
            rows[key] = row


@given(st.lists(st.tuples(WRITES, st.booleans())), KEYS, KEYS)
def test_a_scan_is_in_key_order_whatever_was_written_and_read_between(
    rounds: list[tuple[dict[bytes, Row | None], bool]], prefix: bytes, after: bytes
) -> None:
    state, rows = State(), dict[bytes, Row]()
    for writes, looks in rounds:
        state.absorb({**keyed(writes), **keyed(writes, OTHERS)})
        merged(rows, writes)
        if looks:
            assert list(ROWS.scan(state)) == naive_scan(rows, b"", b"")
    assert list(ROWS.scan(state, prefix, after)) == naive_scan(rows, prefix, after)
    assert state.records == {
        table.prefix + key: row for table in (ROWS, OTHERS) for key, row in rows.items()
    }


@given(WRITES, st.lists(WRITES), KEYS, KEYS)
def test_a_draft_reads_as_if_it_were_absorbed(
    first: dict[bytes, Row | None],
    later: list[dict[bytes, Row | None]],
    prefix: bytes,
    after: bytes,
) -> None:
    state, rows = State(), dict[bytes, Row]()
    state.absorb(keyed(first))
    merged(rows, first)
    before = dict(state.records)
    draft = Draft(state, b"c" * 16)
    for writes in later:
        for key, row in writes.items():
            if row is None:
                ROWS.remove(draft, key)
            else:
                ROWS.put(draft, key, row)
        merged(rows, writes)
    assert list(ROWS.scan(draft, prefix, after)) == naive_scan(rows, prefix, after)
    assert all(ROWS.get(draft, key) == rows.get(key) for writes in later for key in writes)
    assert state.records == before, "a draft leaves the state alone"
    state.absorb(draft.writes)
    assert list(ROWS.scan(state)) == naive_scan(rows, b"", b"")


def test_many_new_keys_at_once_are_sorted_too() -> None:
    state = State()
    keys = [bytes([n * 37 % 256, n % 256]) for n in range(3 * INSORT_MAX)]
    state.absorb(keyed({key: Row(1) for key in keys}))
    assert [key for key, _ in ROWS.scan(state)] == sorted(dict.fromkeys(keys))


def test_a_key_that_goes_and_comes_back_stands_once() -> None:
    state = State()
    for row in (Row(1), None, Row(2), None, Row(3)):
        state.absorb(keyed({b"k": row}))
    assert list(ROWS.scan(state)) == [(b"k", Row(3))]


def test_a_walk_goes_on_when_keys_are_added_meanwhile() -> None:
    state = State()
    state.absorb(keyed({b"a": Row(1), b"c": Row(3)}))
    walk = ROWS.scan(state)
    assert next(walk)[0] == b"a"
    state.absorb(keyed({b"b": Row(2)}))
    list(ROWS.scan(state))
    assert [key for key, _ in walk] == [b"c"]


def test_a_snapshot_in_another_order_reads_the_same() -> None:
    one, other = State(), State()
    rows = {ROWS.prefix + bytes([n * 91 % 251]): Row(n) for n in range(100)}
    one.load(rows.items())
    other.load(sorted(rows.items(), reverse=True))
    assert list(ROWS.scan(one)) == list(ROWS.scan(other))


def test_ids_of_one_command_differ_by_ordinal_kind_and_end_of_validity() -> None:
    made = []
    for until in (0, 1):
        draft = Draft(State(), b"c" * 16, until)
        made += [draft.new_id("account"), draft.new_id("account"), draft.new_id("asset")]
    assert len(dict.fromkeys(made)) == len(made)
    again = Draft(State(), b"c" * 16, 1)
    assert again.new_id("account") == made[3]
