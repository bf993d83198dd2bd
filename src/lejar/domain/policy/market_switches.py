# SPDX-License-Identifier: Apache-2.0
"""Switches of the whole market, that rules ask; one that nobody set is off."""

from lejar.kernel.codec import Record
from lejar.kernel.state import Reader, Table


class SwitchState(Record, frozen=True):
    """Whether a switch is on, who set it, and since when; its name is the key."""

    on: bool
    by: bytes
    since: int


SWITCHES: Table[SwitchState] = Table(0x61, "policy_switches", SwitchState)


def is_on(reader: Reader, name: str) -> bool:
    """Say whether a switch is on."""
    found = SWITCHES.get(reader, name.encode())
    return found is not None and found.on
