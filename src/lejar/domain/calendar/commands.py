# SPDX-License-Identifier: Apache-2.0
"""What may be asked of the hub's time."""

from lejar.kernel.envelope import Command, Instant


class Tick(Command, frozen=True, tag="calendar.tick"):
    """Let due work run although nobody else sends anything; signed by the node's own party."""


class AdvanceTime(Command, frozen=True, tag="calendar.advance_time"):
    """Move a demonstration's time forward; takes effect with the next block."""

    to: Instant
