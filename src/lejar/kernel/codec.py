# SPDX-License-Identifier: Apache-2.0
"""One value, one encoding: canonical MessagePack.

msgspec alone accepts longer integer forms and duplicate keys.  We refuse whatever does not encode
back to the same bytes, so that a digest stands for one value only.
"""

from typing import Any, TypeVar, dataclass_transform

import msgspec

from lejar.kernel.failure import Malformed

V = TypeVar("V")

BYTES_MAX = 1 << 20
"""Nothing that anyone signs is larger than a mebibyte."""


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Record(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """The base of everything that is stored, signed or sealed: a frozen row of fields."""


encode = msgspec.msgpack.Encoder().encode


class Decoder(msgspec.Struct, frozen=True):
    """Reads one type, strictly and canonically."""

    typed: msgspec.msgpack.Decoder[Any]

    def __call__(self, data: bytes | bytearray | memoryview | msgspec.Raw) -> Any:
        """Give the value, or raise `Malformed` with the place and the reason."""
        try:
            value = self.typed.decode(data)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            raise Malformed(f"These bytes do not decode: {error}") from None
        if encode(value) != bytes(data):
            raise Malformed("These bytes are not in canonical form: a value has one encoding.")
        return value


def decoder(type_: Any) -> Decoder:
    """Make a strict decoder for a type; build it once, use it often."""
    return Decoder(msgspec.msgpack.Decoder(type_))


def decode(data: bytes, type_: type[V]) -> V:
    """Decode one value of a type; for places that are not hot."""
    value: V = decoder(type_)(data)
    return value
