# SPDX-License-Identifier: Apache-2.0
"""What is always true of breaks."""

from lejar.domain.reconciliation.model import COUNTERPARTS
from lejar.domain.reconciliation.rules import open_breaks
from lejar.kernel.failure import must
from lejar.kernel.state import State


def unresolved_breaks_are_counted(state: State) -> None:
    """A counterpart counts its breaks as they stand."""
    for key, found in COUNTERPARTS.scan(state):
        must(
            found.unresolved == open_breaks(state, key),
            "a counterpart counts its unresolved breaks wrongly",
        )
