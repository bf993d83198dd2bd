# SPDX-License-Identifier: Apache-2.0
"""One step of the demonstration: what is said, what is sent, who signs, what is remembered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from lejar.assembly import MACHINE
from lejar.cli.demonstration.cast import role_of
from lejar.cli.demonstration.world import Outcome, World
from lejar.cli.voice import Exit, Problem
from lejar.domain.identity import PartyKind
from lejar.kernel.envelope import Command
from lejar.node.names import write_name

Make: TypeAlias = Callable[[World], Command]


@dataclass(frozen=True, slots=True)
class Step:
    """A step; `name` is its identity and never changes."""

    name: str
    en: str
    ms: str
    make: Make
    signers: tuple[str, ...]
    learns: tuple[tuple[str, str], ...] = ()
    """What to remember: (field of an event, name)."""
    key_of: str | None = None
    """The role whose key learns the new party's id."""
    refused: str | None = None
    """The code with which the hub must refuse it."""


def perform(world: World, step: Step) -> Outcome:
    """Do a step that is not done; raises `Problem` where the hub answers otherwise."""
    outcome = world.send(step.name, step.make(world), step.signers)
    refusal = outcome.receipt.refusal
    if (None if refusal is None else refusal.code) != step.refused:
        raise Problem(
            Exit.NO,
            f"The step '{step.name}' should have been "
            f"{'refused as ' + step.refused if step.refused else 'accepted'}, and was not. "
            f"{outcome.sentence}",
        )
    _learn(world, step, outcome)
    world.finish(step.name, outcome.receipt.number)
    return outcome


def _learn(world: World, step: Step, outcome: Outcome) -> None:
    events = [MACHINE.read_event(raw) for raw in outcome.receipt.events]
    for field, name in step.learns:
        for event in events:
            raw = getattr(event, field, None)
            if isinstance(raw, bytes):
                world.learn(name, raw)
    if step.key_of is not None:
        for event in events:
            party = getattr(event, "party", None)
            if isinstance(party, bytes):
                world.keys.belongs_to(step.key_of, party)
                _name(world, step.key_of, party)


def _name(world: World, role: str, party: bytes) -> None:
    """Name an institution for the pages; a person stays an id."""
    found = role_of(role)
    if found.kind is not PartyKind.PERSON:
        write_name(world.home, party, found.en)
