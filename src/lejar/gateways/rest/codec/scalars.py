# SPDX-License-Identifier: Apache-2.0
"""The written form of single values: ids, digests, bytes, moments, amounts.

One rule each: an id is `prefix_base32`; bytes of a fixed length (digests, keys, salts, signatures)
are lower-case hexadecimal; bytes of any length are base64; a moment is RFC 3339 in UTC; an integer
that may pass 2^53 is a string of decimal digits.
"""

import base64
import binascii
import datetime
import re
from typing import Final

from lejar.kernel import identifiers
from lejar.kernel.failure import Malformed

ANY_PREFIX: Final = "id"
"""Shown where a field may hold more than one kind of id; the word after it is the same."""

DIGITS_MAX: Final = 19
EPOCH: Final = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MICRO: Final = datetime.timedelta(microseconds=1)
MOMENT_MAX: Final = (datetime.datetime.max.replace(tzinfo=datetime.UTC) - EPOCH) // MICRO

_DECIMAL: Final = re.compile(r"-?(?:0|[1-9][0-9]*)", re.ASCII)


def show_id(kinds: tuple[str, ...], raw: bytes) -> str:
    """Write an id for its field."""
    if len(raw) != identifiers.ID_BYTES:
        return raw.hex()
    if len(kinds) == 1:
        return identifiers.show(kinds[0], raw)
    return f"{ANY_PREFIX}_{_word(raw)}"


def read_id(kinds: tuple[str, ...], text: str, place: str) -> bytes:
    """Read an id of one of the kinds; without kinds, of any."""
    prefix = text.partition("_")[0]
    for kind in kinds or tuple(identifiers.PREFIXES):
        if identifiers.PREFIXES[kind] == prefix:
            try:
                return identifiers.read(kind, text)
            except Malformed as malformed:
                raise Malformed(f"{malformed} - at `{place}`") from None
    if prefix == ANY_PREFIX and len(kinds) != 1:
        word = text.partition("_")[2]
        return read_id(("party",), f"party_{word}", place)
    wanted = " or ".join(f"'{identifiers.PREFIXES[kind]}_'" for kind in kinds) or "a known prefix"
    raise Malformed(f"This id starts with {wanted}; this was '{text[:40]}' - at `{place}`")


def id_pattern(kinds: tuple[str, ...]) -> str:
    """Give the regular expression of an id: 26 letters, of which the last has two spare bits."""
    words = [identifiers.PREFIXES[kind] for kind in kinds or tuple(identifiers.PREFIXES)]
    if len(kinds) != 1:
        words.append(ANY_PREFIX)
    return f"^(?:{'|'.join(words)})_[a-z2-7]{{25}}[aeimquy4]$"


def _word(raw: bytes) -> str:
    return base64.b32encode(raw).decode("ascii").rstrip("=").lower()


def read_hex(text: str, place: str) -> bytes:
    """Read lower-case hexadecimal."""
    try:
        raw = bytes.fromhex(text)
    except ValueError:
        raw = b""
    if raw.hex() != text:
        raise Malformed(f"This is lower-case hexadecimal; this was '{text[:40]}' - at `{place}`")
    return raw


def show_base64(raw: bytes) -> str:
    """Write bytes of any length."""
    return base64.b64encode(raw).decode("ascii")


def read_base64(text: str, place: str) -> bytes:
    """Read standard base64 with padding; a value has one encoding."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise Malformed(f"This is not standard base64 - at `{place}`") from None
    if show_base64(raw) != text:
        raise Malformed(f"This is not canonical base64 with padding - at `{place}`")
    return raw


def show_moment(at: int) -> str:
    """Write a moment; one past the year 9999, which only raw bytes can say, as its microseconds."""
    if not -MOMENT_MAX <= at <= MOMENT_MAX:
        return f"{at}us"
    moment = EPOCH + at * MICRO
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")


def read_moment(text: datetime.datetime) -> int:
    """Give microseconds since 1970 of a moment that names its offset."""
    return (text - EPOCH) // MICRO


def read_decimal(text: str, place: str) -> int:
    """Read an integer written as a string; no sign `+`, no leading zero, at most 19 digits."""
    if len(text) > DIGITS_MAX + 1 or _DECIMAL.fullmatch(text) is None or text == "-0":
        raise Malformed(
            f"This is an integer in a string, at most {DIGITS_MAX} digits; "
            f"this was '{text[:40]}' - at `{place}`"
        )
    return int(text)
