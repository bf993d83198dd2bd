# SPDX-License-Identifier: Apache-2.0
"""A value has one encoding, and nothing else is accepted for it."""

import datetime

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lejar.kernel.codec import Record, decode, decoder, encode
from lejar.kernel.failure import Malformed


class Sample(Record, frozen=True):
    """One field of each sort."""

    number: int
    text: str
    data: bytes
    day: datetime.date | None
    many: tuple[int, ...]


SAMPLE = Sample(5, "five", b"\x05", datetime.date(2026, 11, 24), (1, 2))
READ = decoder(Sample)
SAMPLES = st.builds(
    Sample,
    st.integers(-(2**63), 2**64 - 1),
    st.text(),
    st.binary(),
    st.none() | st.dates(),
    st.lists(st.integers(-(2**63), 2**64 - 1)).map(tuple),
)


@given(SAMPLES)
def test_what_is_encoded_decodes_to_itself(sample: Sample) -> None:
    assert READ(encode(sample)) == sample


@given(SAMPLES, st.data())
def test_bytes_with_one_change_are_refused_or_mean_something_else(
    sample: Sample, data: st.DataObject
) -> None:
    good = encode(sample)
    place = data.draw(st.integers(0, len(good) - 1))
    changed = good[:place] + bytes([data.draw(st.integers(0, 255))]) + good[place + 1 :]
    try:
        value = READ(changed)
    except Malformed:
        return
    assert encode(value) == changed
    assert (value == sample) == (changed == good)


@given(st.binary(max_size=64))
def test_any_accepted_bytes_encode_to_the_same_bytes(data: bytes) -> None:
    try:
        value = READ(data)
    except Malformed:
        return
    assert encode(value) == data


@pytest.mark.parametrize(
    "longer",
    [
        b"\xcc\x05",
        b"\xcd\x00\x05",
        b"\xce\x00\x00\x00\x05",
        b"\xcf" + bytes(7) + b"\x05",
        b"\xd0\x05",
    ],
    ids=["uint8", "uint16", "uint32", "uint64", "int8"],
)
def test_a_longer_form_of_an_integer_is_refused(longer: bytes) -> None:
    good = encode(SAMPLE)
    assert good[:2] == b"\x95\x05"
    with pytest.raises(Malformed, match="canonical"):
        READ(b"\x95" + longer + good[2:])


def test_a_longer_form_of_an_array_a_text_or_bytes_is_refused() -> None:
    good = encode(SAMPLE)
    with pytest.raises(Malformed):
        READ(b"\xdc\x00\x05" + good[1:])
    with pytest.raises(Malformed):
        READ(good.replace(b"\xa4five", b"\xd9\x04five"))
    with pytest.raises(Malformed):
        READ(good.replace(b"\xc4\x01\x05", b"\xc5\x00\x01\x05"))


def test_a_record_as_a_map_is_refused() -> None:
    with pytest.raises(Malformed):
        READ(encode({"number": 5, "text": "", "data": b"", "day": None, "many": ()}))


def test_fields_too_many_or_too_few_are_refused() -> None:
    good = encode(SAMPLE)
    with pytest.raises(Malformed):
        READ(b"\x96" + good[1:] + b"\x01")
    with pytest.raises(Malformed):
        READ(b"\x94" + good[1:])


def test_trailing_bytes_are_refused() -> None:
    with pytest.raises(Malformed):
        READ(encode(SAMPLE) + b"\xc0")


def test_truncated_bytes_are_refused() -> None:
    good = encode(SAMPLE)
    for size in range(len(good)):
        with pytest.raises(Malformed):
            READ(good[:size])


def test_a_float_is_no_integer() -> None:
    for number in (5.0, 5.5, float("nan")):
        with pytest.raises(Malformed):
            READ(encode([number, "five", b"\x05", None, ()]))


def test_broken_text_is_refused() -> None:
    with pytest.raises(Malformed):
        decode(b"\xa1\xff", str)


def test_another_spelling_of_a_day_is_refused() -> None:
    with pytest.raises(Malformed):
        READ(msgspec.msgpack.encode([5, "five", b"\x05", "2026-11-24T00:00:00Z", ()]))
