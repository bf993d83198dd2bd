# SPDX-License-Identifier: Apache-2.0
"""Keep the garbage collector off the state: millions of records that are never garbage.

The core makes no reference cycles on purpose; reference counting frees almost everything.  Walking
a large state again and again would cost far more than the few cycles that errors leave behind.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

YOUNG_OBJECTS = 50_000


@contextmanager
def off() -> Iterator[None]:
    """Do not collect while much is built; what stands at the end is set apart for good."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_on:
            gc.set_threshold(YOUNG_OBJECTS, 20, 100)
            gc.enable()
