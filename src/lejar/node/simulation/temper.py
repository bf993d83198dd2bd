# SPDX-License-Identifier: Apache-2.0
"""How bad one run's world is: drawn from its seed, so that runs differ in kind and not only in luck.

A run in which everything fails all the time tests little: it never gets far.  So most runs have
some kinds of trouble, and few have all.
"""

from random import Random

import msgspec

from lejar.node.simulation.disk import Faults


class Temper(msgspec.Struct, frozen=True):
    """Chances are from 0 to 1, for each step unless said otherwise."""

    commands: int
    """How many commands the clients make in the run."""
    segment_bytes: int
    burst: int
    """At most so many new commands in a step."""
    drop: float
    """For each message."""
    duplicate: float
    """For each message."""
    crash: float
    """The power fails some operations later."""
    crash_operations: int
    """At most so many operations later."""
    kill: float
    """The process dies between two steps."""
    crash_in_start: float
    """For each start: the power fails while the node opens its files."""
    full: float
    """The disk becomes full, for some steps."""
    faults: Faults
    faulty: float
    """The disk begins to fail, for some steps."""
    snapshot: float
    leap: float
    """The clock goes on by hours or days."""
    back: float
    """The clock is set back by seconds."""


def temper(random: Random) -> Temper:
    """Draw a world's temper."""

    def some(chance: float, most: float) -> float:
        return random.random() * most if random.random() < chance else 0.0

    return Temper(
        commands=random.randint(200, 400),
        segment_bytes=random.choice((4096, 16384, 65536, 262144)),
        burst=random.choice((3, 6, 12, 30)),
        drop=some(0.7, 0.3),
        duplicate=some(0.7, 0.3),
        crash=some(0.75, 0.08),
        crash_operations=random.choice((4, 12, 40)),
        kill=some(0.6, 0.05),
        crash_in_start=some(0.5, 0.5),
        full=some(0.5, 0.04),
        faults=Faults(
            write_error=some(0.5, 0.1),
            sync_error=some(0.7, 0.2),
            no_space=some(0.4, 0.1),
        ),
        faulty=some(0.5, 0.05),
        snapshot=some(0.8, 0.1),
        leap=some(0.8, 0.05),
        back=some(0.5, 0.1),
    )
