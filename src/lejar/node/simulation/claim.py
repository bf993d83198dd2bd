# SPDX-License-Identifier: Apache-2.0
"""What the simulation is about: sentences that must hold, and what happens when one does not."""


class ClaimBroken(Exception):
    """The node did something that it promises never to do."""

    def __init__(self, claim: str, seen: str) -> None:
        super().__init__(f"{claim} Seen: {seen}")
        self.claim = claim
        self.seen = seen


def claim(holds: object, sentence: str, seen: str) -> None:
    """Stop the run unless a claim holds; `seen` says what was found instead."""
    if not holds:
        raise ClaimBroken(sentence, seen)
