# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - types made at run time have no name that a checker could know
"""Bytes of JSON to typed messages and back; whatever is wrong is `Malformed` with its place."""

from functools import cache
from typing import Any, TypeVar

import msgspec

from lejar.kernel.failure import Malformed

M = TypeVar("M")

json_of = msgspec.json.Encoder(decimal_format="string").encode


def reader(type_: Any) -> msgspec.json.Decoder[Any]:
    """Give the decoder of a message's type, made once."""
    return _reader(type_)


@cache
def _reader(type_: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(type_)


def read_json(data: bytes | msgspec.Raw, type_: type[M], place: str = "$") -> M:
    """Decode one message, or raise `Malformed` naming what was expected, found, and where."""
    try:
        value: M = reader(type_).decode(data)
    except RecursionError:
        raise Malformed(f"This JSON is nested too deeply - at `{place}`") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        said = str(error)
        if place != "$":
            said = said.replace("`$", f"`{place}", 1) if "`$" in said else f"{said} - at `{place}`"
        raise Malformed(said) from None
    return value
