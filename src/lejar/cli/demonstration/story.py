# SPDX-License-Identifier: Apache-2.0
"""The whole story in order, told while it is done; and what it leaves to be checked offline."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from lejar.cli.demonstration import (
    banking,
    collateral,
    onboarding,
    paying,
    queueing,
    reconciling,
    ruling,
    sandbox,
    shares,
    tokens,
    trading,
)
from lejar.cli.demonstration.cast import account_of
from lejar.cli.demonstration.step import Step, perform
from lejar.cli.demonstration.world import Outcome, World
from lejar.kernel.identifiers import show

EVIDENCE_FOLDER: Final = "evidence"
ASKED_UNITS: Final = 1_000

Told = Callable[[int, int, Step, Outcome], None]
"""Called after each step: how many are done, how many there are, the step, what became of it."""


def steps() -> list[Step]:
    """Give every step up to the day of the first payment."""
    return [
        *onboarding.registered(),
        *ruling.steps(),
        *onboarding.steps(),
        *trading.steps(),
        *tokens.steps(),
        *shares.steps(),
        *sandbox.steps(),
        *banking.steps(),
        *collateral.before(),
        *reconciling.before(),
        *paying.steps(1),
        *reconciling.steps(),
        *queueing.steps(),
        *collateral.steps(),
    ]


def tell(world: World, wanted: Sequence[Step], told: Told) -> int:
    """Do the steps that are not done; gives the last entry they made."""
    done = world.memory.done
    for place, step in enumerate(wanted, start=1):
        if step.name not in done:
            outcome = perform(world, step)
            told(place, len(wanted), step, outcome)
    return max(world.memory.entries.values(), default=0)


def question(world: World) -> str:
    """Write the words that ask whether investor three may buy a thousand tokens of their issuer."""
    buyer = show("account", world.id(account_of("investor-three")))
    token, money = (show("asset", world.id(name)) for name in (tokens.ASSET, onboarding.MONEY))
    paid = ASKED_UNITS * tokens.PRICE
    return (
        f"--buyer {buyer} --asset {token} --amount {ASKED_UNITS} --paid {paid} "
        f"--currency {money} --offer --as investor-three"
    )


def write_evidence(world: World) -> Path:
    """Fetch the evidence of the settlement agreed outside, as its buyer, into a file."""
    command_id = world.command_id(trading.EVIDENT)
    data = world.hub.file(f"/v1/receipts/{command_id}/evidence", world.key("custodian"))
    path = world.home / EVIDENCE_FOLDER / f"{command_id}.evidence.json"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path
