# SPDX-License-Identifier: Apache-2.0
"""An id is remembered as long as its envelope could be accepted, and hardly longer."""

from hypothesis import given
from hypothesis import strategies as st

from lejar.kernel.memory import Memory
from lejar.kernel.moment import MICROS_PER_MINUTE

START = 1_790_000_000_000_000


@given(
    st.lists(
        st.tuples(st.integers(0, 5 * MICROS_PER_MINUTE), st.integers(0, 3 * MICROS_PER_MINUTE)),
        max_size=30,
    )
)
def test_no_id_is_forgotten_while_it_is_valid_and_none_is_kept_long(
    steps: list[tuple[int, int]],
) -> None:
    memory, ends, now = Memory(), dict[bytes, int](), START
    for number, (valid, passes) in enumerate(steps):
        now += passes
        memory.forget(now)
        memory.remember(number.to_bytes(16, "big"), now + valid, number)
        ends[number.to_bytes(16, "big")] = now + valid
        for command_id, end in ends.items():
            if end >= now:
                assert command_id in memory.entries
            if end < now - MICROS_PER_MINUTE:
                assert command_id not in memory.entries


def test_a_minute_is_forgotten_as_a_whole() -> None:
    memory = Memory()
    minute = START - START % MICROS_PER_MINUTE
    memory.remember(b"a", minute, 1)
    memory.remember(b"b", minute + MICROS_PER_MINUTE - 1, 2)
    memory.forget(minute + MICROS_PER_MINUTE - 1)
    assert memory.entries == {b"a": 1, b"b": 2}
    memory.forget(minute + MICROS_PER_MINUTE)
    assert memory.entries == {}


def test_a_dump_loads_to_the_same_memory_and_forgets_alike() -> None:
    memory, copy = Memory(), Memory()
    for number in range(10):
        memory.remember(bytes([number]), START + number * MICROS_PER_MINUTE // 3, number)
    copy.load(memory.dump())
    assert copy.dump() == memory.dump()
    assert copy.entries == memory.entries
    for one in (memory, copy):
        one.forget(START + 2 * MICROS_PER_MINUTE)
    assert copy.entries == memory.entries
    assert len(copy.entries) < 10
