# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401, ARG002 - a broken part takes what the good one takes, and ignores it
"""Known mistakes, planted one at a time: the simulation must find each within a few seeds.

A simulation that finds nothing proves nothing until it has been seen to find something.
"""

import dataclasses
from collections.abc import Callable, Sequence
from typing import Any

import msgspec
import pytest

from lejar.assembly import MODULES
from lejar.domain import calendar, consent
from lejar.domain.settlement import handlers
from lejar.domain.settlement.model import OnShortfall
from lejar.domain.settlement.passing import PASS_EVERY, queue_passes
from lejar.domain.settlement.queue import EMPTY, ONLY, QUEUE, QUEUE_PASSES, WAITING, wake
from lejar.domain.settlement.settling import above
from lejar.kernel.draft import Draft
from lejar.kernel.memory import Memory
from lejar.kernel.module import Module, assemble
from lejar.kernel.refusal import Refused
from lejar.kernel.rulebook import Rulebook, single
from lejar.kernel.state import State
from lejar.ledger.model import BALANCES, Balance
from lejar.node.disk import Disk
from lejar.node.engine import Engine
from lejar.node.hub import Hub, OrderedBlock
from lejar.node.inbox import Slot
from lejar.node.recovery import take_snapshot
from lejar.node.sealed import Sealer
from lejar.node.simulation.disk import SimulatedDisk
from lejar.node.simulation.node import Parts
from lejar.node.simulation.world import run
from lejar.node.snapshot import SnapshotFile
from lejar.node.wire import Answer

SEEDS = 40


class HastyHub(Hub):
    """Answers before the sync: it believes that what was written is durable."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        journal = self.journal

        def pretend() -> int:
            journal.synced = journal.last
            return journal.last

        journal.sync = pretend  # type: ignore[method-assign]  # the mistake is planted here


class ForgetfulHub(Hub):
    """Forgets at each start which commands it has ordered."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.state.memory = Memory()


class LyingDisk(SimulatedDisk):
    """Says that it has synced, and has not."""

    def sync(self, inode: Any) -> None:
        self.step()


class DeafEngine(Engine):
    """Orders a resend again, with its own bytes, instead of answering it."""

    def _is_known(self, slot: Slot) -> bool:
        return False


class MixedUpEngine(Engine):
    """Answers in another order than it was asked."""

    def submit(
        self, pairs: Sequence[tuple[bytes, bytes]], reply: Callable[[list[Answer]], None]
    ) -> None:
        super().submit(pairs, lambda answers: reply(answers[::-1]))


class MisprintingHub(Hub):
    """Writes another last byte of an entry now and then."""

    def _write_what_fits(self, ordered: OrderedBlock) -> None:
        if ordered.seal.block % 40:
            super()._write_what_fits(ordered)
        else:
            entries = [record[:-1] + b"\0" for record in ordered.records]
            super()._write_what_fits(OrderedBlock(ordered.seal, ordered.entries, entries))


def snapshot_without_memory(
    disk: Disk, network: bytes, state: State, sealer: Sealer
) -> SnapshotFile:
    """Leave the command ids out of a snapshot."""
    kept, state.memory = state.memory, Memory()
    try:
        return take_snapshot(disk, network, state, sealer)
    finally:
        state.memory = kept


def rulebook_with(name: str, after: Callable[[Draft, Any], None]) -> Rulebook:
    """Do something after a command's handler, and check no invariant."""

    def changed(module: Module) -> Module:
        verbs = tuple(
            dataclasses.replace(verb, handler=_both(verb.handler, after))
            if verb.name == name
            else verb
            for verb in module.verbs
        )
        return dataclasses.replace(module, verbs=verbs, invariants=())

    modules = tuple(changed(module) for module in MODULES)
    return single(assemble(modules, consent.authorize, calendar.time_offset))


def settlement_with(
    pay: Callable[[Draft, Any], None] | None = None,
    passing: Callable[[Draft, bytes], None] | None = None,
) -> Rulebook:
    """Put another handler in place of the one that pays, or that goes through the queue."""

    def changed(module: Module) -> Module:
        verbs = tuple(
            dataclasses.replace(verb, handler=pay)
            if pay is not None and verb.name == "settlement.pay"
            else verb
            for verb in module.verbs
        )
        due = tuple(
            (kind, passing if passing is not None and kind == QUEUE_PASSES else handler)
            for kind, handler in module.due
        )
        return dataclasses.replace(module, verbs=verbs, due=due)

    modules = tuple(changed(module) for module in MODULES)
    return single(assemble(modules, consent.authorize, calendar.time_offset))


def pay_at_once(draft: Draft, command: Any) -> None:
    """Pay whenever the money is there, whoever waits before."""
    hasty = msgspec.structs.replace(command, on_shortfall=OnShortfall.REFUSE)
    trial = above(draft)
    trial.signers = draft.signers
    try:
        handlers.pay(trial, hasty)
    except Refused:
        handlers.pay(draft, command)
    else:
        draft.take(trial)


def pass_by(draft: Draft, _payload: bytes) -> None:
    """Go through the queue and settle nothing."""
    queue = QUEUE.get(draft, ONLY) or EMPTY
    QUEUE.put(draft, ONLY, msgspec.structs.replace(queue, passes_at=0))
    if any(True for _ in WAITING.scan(draft)):
        wake(draft, draft.at + PASS_EVERY)


def settle_a_leg_twice(draft: Draft, payload: bytes) -> None:
    """Go through the queue, and tell of one posting too many."""
    queue_passes(draft, payload)
    if draft.postings:
        draft.postings.append(draft.postings[-1])


def _both(
    first: Callable[[Draft, Any], None], second: Callable[[Draft, Any], None]
) -> Callable[[Draft, Any], None]:
    def handler(draft: Draft, command: Any) -> None:
        first(draft, command)
        second(draft, command)

    return handler


def one_sen_more(draft: Draft, command: Any) -> None:
    """Give the account a sen that no posting tells of."""
    key = command.asset + command.account
    before = BALANCES.require(draft, key)
    BALANCES.put(draft, key, Balance(before.total + 1, before.held))


def posted_twice(draft: Draft, _command: Any) -> None:
    """Tell of the last posting once more."""
    draft.postings.append(draft.postings[-1])


PLANTED = {
    "answers before the sync": Parts(hub=HastyHub),
    "forgets command ids at a start": Parts(hub=ForgetfulHub),
    "leaves command ids out of snapshots": Parts(snapshot=snapshot_without_memory),
    "stands on a disk that lies": Parts(disk=LyingDisk),
    "orders a resend again": Parts(engine=DeafEngine),
    "mixes up answers": Parts(engine=MixedUpEngine),
    "shows other entries than it sealed": Parts(hub=MisprintingHub),
    "creates a sen that no posting tells of": Parts(
        rulebook=rulebook_with("money.issue_money", one_sen_more)
    ),
    "lets a payment overtake those that wait": Parts(rulebook=settlement_with(pay=pay_at_once)),
    "leaves in the queue what could settle": Parts(rulebook=settlement_with(passing=pass_by)),
    "posts a leg twice when the queue settles": Parts(
        rulebook=settlement_with(passing=settle_a_leg_twice)
    ),
    "posts one side twice": Parts(rulebook=rulebook_with("money.issue_money", posted_twice)),
}


@pytest.mark.parametrize("mistake", PLANTED)
def test_a_planted_mistake_is_found(mistake: str) -> None:
    found = any(run(seed, PLANTED[mistake]).broken for seed in range(1, SEEDS + 1))
    assert found, f"a node that {mistake} passed {SEEDS} seeds"
