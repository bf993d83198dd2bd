# SPDX-License-Identifier: Apache-2.0
"""What a rule answers with: a place and a sentence."""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing to mend, at a path relative to the repository's root (line 0: the whole file)."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        """Write it as editors and CI expect, so that it can be clicked."""
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: {self.sentence}"
