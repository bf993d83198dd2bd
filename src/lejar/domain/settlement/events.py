# SPDX-License-Identifier: Apache-2.0
"""What happened in settlement."""

import datetime

from lejar.domain.settlement.model import InstructionLeg
from lejar.kernel.module import Event


class InstructionAlleged(Event, frozen=True, tag="settlement.instruction_alleged"):
    """An instruction waits for somebody to affirm."""

    instruction: bytes
    legs: tuple[InstructionLeg, ...]
    value_date: datetime.date
    affirmed: tuple[bytes, ...]


class InstructionMatched(Event, frozen=True, tag="settlement.instruction_matched"):
    """All have affirmed; it settles on its value date."""

    instruction: bytes
    legs: tuple[InstructionLeg, ...]
    value_date: datetime.date


class InstructionSettled(Event, frozen=True, tag="settlement.instruction_settled"):
    """Both legs moved, in this entry, finally."""

    instruction: bytes
    legs: tuple[InstructionLeg, ...]


class InstructionFailed(Event, frozen=True, tag="settlement.instruction_failed"):
    """The value date came and it could not settle; the cause is a refusal's code."""

    instruction: bytes
    cause: str
    attempts: int


class CancellationAsked(Event, frozen=True, tag="settlement.cancellation_asked"):
    """One side wants to cancel; the other has not agreed yet."""

    instruction: bytes
    party: bytes


class InstructionCancelled(Event, frozen=True, tag="settlement.instruction_cancelled"):
    """The instruction is no more, and nothing of it is held."""

    instruction: bytes


class InstructionLapsed(Event, frozen=True, tag="settlement.instruction_lapsed"):
    """The value date ended before all had affirmed."""

    instruction: bytes
