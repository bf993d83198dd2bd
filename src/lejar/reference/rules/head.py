# SPDX-License-Identifier: Apache-2.0
"""What `pack.toml` says of a pack as a whole."""

from typing import Annotated

import msgspec

from lejar.domain.policy.kinds.form import Name
from lejar.domain.policy.pack import Jurisdiction, Version
from lejar.kernel.codec import Record

Currency = Annotated[str, msgspec.Meta(pattern=r"\A[A-Z]{3}\Z")]
"""ISO 4217."""


class Head(Record, frozen=True):
    """A pack's name, version and conventions."""

    jurisdiction: Jurisdiction
    version: Version
    utc_offset_minutes: Annotated[int, msgspec.Meta(ge=-720, le=840)]
    currency: Currency
    """What decimal texts of money are in; they have two decimals."""
    agencies: tuple[Name, ...] = ()
    """Agencies that its rules may name, beside those that every pack may."""
