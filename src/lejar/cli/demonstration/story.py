# SPDX-License-Identifier: Apache-2.0
"""The whole story in order, told while it is done; and what it leaves to be checked offline."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from lejar.cli.demonstration import onboarding, paying, ruling, trading
from lejar.cli.demonstration.step import Step, perform
from lejar.cli.demonstration.world import Outcome, World

EVIDENCE_FOLDER: Final = "evidence"

Told = Callable[[int, int, Step, Outcome], None]
"""Called after each step: how many are done, how many there are, the step, what became of it."""


def steps() -> list[Step]:
    """Give every step up to the first payment."""
    return [
        *onboarding.registered(),
        *ruling.steps(),
        *onboarding.steps(),
        *trading.steps(),
        *paying.steps(1),
    ]


def tell(world: World, wanted: Sequence[Step], told: Told) -> int:
    """Do the steps that are not done; gives the last entry they made."""
    done = world.memory.done
    for place, step in enumerate(wanted, start=1):
        if step.name not in done:
            outcome = perform(world, step)
            told(place, len(wanted), step, outcome)
    return max(world.memory.entries.values(), default=0)


def write_evidence(world: World) -> Path:
    """Fetch the evidence of the settlement agreed outside, as its buyer, into a file."""
    command_id = world.command_id(trading.EVIDENT)
    data = world.hub.file(f"/v1/receipts/{command_id}/evidence", world.key("custodian"))
    path = world.home / EVIDENCE_FOLDER / f"{command_id}.evidence.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path
