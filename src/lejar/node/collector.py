# SPDX-License-Identifier: Apache-2.0
"""Keep the garbage collector off the state: millions of records that are never garbage.

The core makes no reference cycles on purpose; reference counting frees almost everything.  Walking
a large state again and again would cost far more than the few cycles that errors leave behind.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG_OBJECTS = 50_000
GENERATION_MAX = 1_000_000
"""The old are never walked again: no run of a node lives through so many young collections."""


def set_apart() -> None:
    """Take what stands now out of every later collection; only what is young is looked at."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, GENERATION_MAX)


@contextmanager
def off() -> Iterator[None]:
    """Do not collect while much is built."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
