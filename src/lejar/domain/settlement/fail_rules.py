# SPDX-License-Identifier: Apache-2.0
"""The figures of failing: set by whoever runs settlement, never assumed."""

from lejar.domain.settlement.model import Instruction
from lejar.kernel.codec import Record
from lejar.kernel.state import Reader, Table


class FailRules(Record, frozen=True):
    """What failing to give an asset costs; the asset is the key.  None: not known, not charged."""

    daily_rate: int | None
    free_days: int
    buy_in_after: int | None
    buy_in_notice: int | None


FAIL_RULES: Table[FailRules] = Table(0x6B, "fail_rules", FailRules)


def costs_something(reader: Reader, instruction: Instruction) -> bool:
    """Say whether failing to give one of its assets may cost something."""
    return any(FAIL_RULES.get(reader, leg.asset) is not None for leg in instruction.legs)
