# SPDX-License-Identifier: Apache-2.0
"""Where a list goes on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cursor:
    """Rows older than `before`, or newer than `after`; both None: the first page."""

    before: str | None = None
    after: str | None = None
