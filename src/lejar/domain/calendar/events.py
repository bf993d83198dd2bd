# SPDX-License-Identifier: Apache-2.0
"""What happened to the hub's time."""

from lejar.kernel.module import Event


class TimeAdvanced(Event, frozen=True, tag="calendar.time_advanced"):
    """A demonstration's next block stands at a later moment."""

    to: int
