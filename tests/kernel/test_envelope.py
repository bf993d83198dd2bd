# SPDX-License-Identifier: Apache-2.0
"""An envelope is read strictly, the same on every Python, and its signatures mean its bytes."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lejar.kernel.apply import apply, found
from lejar.kernel.codec import BYTES_MAX, encode
from lejar.kernel.entry import read_receipt
from lejar.kernel.envelope import (
    Body,
    Envelope,
    Opened,
    Signed,
    is_well_signed,
    opened,
    read_body,
    sealed,
)
from lejar.kernel.failure import Malformed
from lejar.kernel.rulebook import single
from lejar.kernel.signature import public_key_of, sign
from lejar.kernel.state import State
from tests.kernel import counter

SEED = bytes(range(32))
OTHER = bytes(range(1, 33))
P, Q = b"P" * 16, b"Q" * 16


def body(command: bytes = b"\x91\xa1x", valid_until: int = 10**15) -> Body:
    return Body(1, b"n" * 16, b"c" * 16, valid_until, b"s" * 32, msgspec.Raw(command))


def test_what_was_sealed_opens_to_the_same_body() -> None:
    one = opened(sealed(body(), [(P, SEED), (Q, OTHER)]))
    assert one.body == body()
    assert [signed.party for signed in one.signatures] == [P, Q]
    assert is_well_signed(one)


@given(st.integers(0, 2**62), st.binary(min_size=1, max_size=40))
def test_a_body_reads_back_whatever_its_end_and_command(until: int, command: bytes) -> None:
    assert read_body(encode(body(command, until))) == body(command, until)


@given(st.binary(max_size=120))
def test_any_bytes_are_a_body_that_encodes_the_same_or_are_refused(data: bytes) -> None:
    try:
        found = read_body(data)
    except Malformed:
        return
    assert encode(found) == data


@given(st.data())
def test_one_changed_byte_is_refused_or_not_well_signed(data: st.DataObject) -> None:
    good = sealed(body(), [(P, SEED)])
    place = data.draw(st.integers(0, len(good) - 1))
    byte = data.draw(st.integers(0, 255).filter(lambda b: b != good[place]))
    changed = good[:place] + bytes([byte]) + good[place + 1 :]
    try:
        one = opened(changed)
    except Malformed:
        return
    if one.signatures[0].party != P:  # who claims a signature is asked of the state
        assert one.signed == opened(good).signed
    else:
        assert not is_well_signed(one)


def test_a_longer_form_of_the_end_is_refused() -> None:
    good = encode(body(valid_until=5))
    assert good[38:39] == b"\x05"
    with pytest.raises(Malformed):
        read_body(good[:38] + b"\xcc\x05" + good[39:])


def test_another_format_is_refused() -> None:
    good = encode(body())
    with pytest.raises(Malformed):
        read_body(good[:1] + b"\x02" + good[2:])


def test_signatures_out_of_order_or_twice_are_refused() -> None:
    data = encode(body())
    one, two = (
        Signed(party, public_key_of(SEED), sign(b"lejar/envelope/1\n" + data, SEED))
        for party in (P, Q)
    )
    assert is_well_signed(opened(encode(Envelope(data, (one, two)))))
    for wrong in ((two, one), (one, one)):
        with pytest.raises(Malformed, match="order"):
            opened(encode(Envelope(data, wrong)))


def test_an_envelope_without_a_signature_or_with_too_many_is_refused() -> None:
    data = encode(body())
    many = tuple(Signed(P, n.to_bytes(32, "big"), b"s" * 64) for n in range(17))
    with pytest.raises(Malformed):
        opened(encode(Envelope(data, ())))
    with pytest.raises(Malformed):
        opened(encode(Envelope(data, many)))
    assert isinstance(opened(encode(Envelope(data, many[:16]))), Opened)


def test_an_oversized_envelope_is_refused_unread() -> None:
    with pytest.raises(Malformed, match="at most"):
        opened(bytes(BYTES_MAX + 1))


def test_a_signature_by_another_key_or_for_another_body_is_not_well_signed() -> None:
    data, other = encode(body()), encode(body(b"\x91\xa1y"))
    for key, message in ((OTHER, data), (SEED, other)):
        made = sign(b"lejar/envelope/1\n" + message, SEED)
        assert not is_well_signed(
            opened(encode(Envelope(data, (Signed(P, public_key_of(key), made),))))
        )


def test_a_signature_without_the_domain_prefix_is_not_well_signed() -> None:
    data = encode(body())
    made = Signed(P, public_key_of(SEED), sign(data, SEED))
    assert not is_well_signed(opened(encode(Envelope(data, (made,)))))


@pytest.mark.parametrize("depth", [10, 900, 1_100, 5_000, 100_000])
def test_a_command_nested_to_any_depth_is_one_refusal_on_every_python(depth: int) -> None:
    """How deep a decoder may recurse differs from Python to Python; the answer must not."""
    state, rulebook = State(), single(counter.machine())
    found(rulebook, state, counter.founding())
    nested = Body(
        1,
        counter.founding().network,
        b"c" * 16,
        counter.NOON,
        b"s" * 32,
        msgspec.Raw(b"\x91" * depth + b"\xc0"),
    )
    block = counter.block(state, sealed(nested, [(P, SEED)]))
    (entry,) = apply(rulebook, state, block, counter.founding().network).entries
    refusal = read_receipt(entry.receipt).refusal
    assert refusal is not None
    assert (refusal.code, refusal.facts) == ("command_unreadable", ())


def test_an_unreadable_envelope_seals_no_library_words() -> None:
    """The words of an error differ between versions of a library; a receipt must not."""
    state, rulebook = State(), single(counter.machine())
    found(rulebook, state, counter.founding())
    applied = apply(rulebook, state, counter.block(state, b"rubbish"), counter.founding().network)
    refusal = read_receipt(applied.entries[0].receipt).refusal
    assert refusal is not None
    assert (refusal.code, refusal.facts) == ("envelope_unreadable", ())
