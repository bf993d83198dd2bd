# SPDX-License-Identifier: Apache-2.0

"""What the JSON form of a type is: a type to decode and describe with, and two functions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = Any  # what msgspec.json encodes; its shape is the form's `type`


@dataclass(frozen=True, slots=True)
class Form:
    """How one type is written in JSON."""

    type: Any
    """The type that msgspec decodes JSON into and describes in a schema."""
    read: Callable[[Any, str], Any]
    """From a decoded value of `type` and its place to the core's value; may raise `Malformed`."""
    show: Callable[[Any], Json]
    """From the core's value to what `msgspec.json.encode` writes."""
