# SPDX-License-Identifier: Apache-2.0
"""The engine's clock: one of the four seams (clock, disk, network, keys) that tests replace."""

import time
from collections.abc import Callable
from typing import TypeAlias

Clock: TypeAlias = Callable[[], int]
"""Gives the moment in microseconds since 1970, UTC."""


def system_clock() -> int:
    """Read the machine's clock."""
    return time.time_ns() // 1000
