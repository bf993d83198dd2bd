# SPDX-License-Identifier: Apache-2.0
"""What may be asked of settlement."""

import datetime
from typing import Annotated

import msgspec

from lejar.domain.settlement.model import LEGS, InstructionLeg
from lejar.kernel.envelope import Command, Id

Legs = Annotated[tuple[InstructionLeg, ...], msgspec.Meta(min_length=LEGS, max_length=LEGS)]


class Instruct(Command, frozen=True, tag="settlement.instruct"):
    """Agree a delivery versus payment; whoever signs and owns an account thereby affirms.

    Signed by both sides with today's value date, it settles in the entry that records it.
    """

    legs: Legs
    value_date: datetime.date | None
    """None means today."""


class Affirm(Command, frozen=True, tag="settlement.affirm"):
    """Agree to an instruction that the other side has sent."""

    instruction: Id


class Cancel(Command, frozen=True, tag="settlement.cancel"):
    """Withdraw before all have affirmed; after that, both sides must ask."""

    instruction: Id


class Retry(Command, frozen=True, tag="settlement.retry"):
    """Try a failed instruction again, today."""

    instruction: Id
