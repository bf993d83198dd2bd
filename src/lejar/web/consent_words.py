# SPDX-License-Identifier: Apache-2.0
"""Proposals and requirements in the reader's words: what is proposed, what became of it."""

from collections.abc import Callable
from functools import partial
from typing import Final, Protocol

from lejar.web import formats
from lejar.web.language import Catalogue
from lejar.web.presentation import TimelineEvent, command_name, said
from lejar.web.views import LifeStage, PartyRef, ProposalStep, ProposalView

UNITS: Final = (
    ("day", 24 * 3600 * 1_000_000),
    ("hour", 3600 * 1_000_000),
    ("minute", 60 * 1_000_000),
    ("second", 1_000_000),
)


class Proposed(Protocol):
    """Something about a command, or about one matter of it."""

    @property
    def verb(self) -> str:
        """The command's name in the code."""

    @property
    def matter(self) -> str:
        """The matter, or empty."""


def filters(words: Catalogue) -> dict[str, Callable[..., object]]:
    """Return what the templates may say of consent, in one language."""
    return {
        "duration": partial(duration, words=words),
        "proposal_events": partial(proposal_events, words=words),
        "proposed_name": partial(proposed_name, words=words),
    }


def proposed_name(row: Proposed, words: Catalogue) -> str:
    """Return the words for a command and, where it is about one, its matter."""
    name = command_name(row.verb, words)
    if not row.matter:
        return name
    return f"{name}: {words.known(f'matter.{row.matter}', formats.in_words(row.matter))}"


def duration(micros: int, words: Catalogue) -> str:
    """Return a length of time in its largest units: `2 days 4 hours`."""
    parts, rest = [], micros
    for unit, size in UNITS:
        count, rest = divmod(rest, size)
        if count:
            key = f"duration.{unit}" if count == 1 else f"duration.{unit}s"
            parts.append(words(key, count=formats.count(count)))
    return " ".join(parts) or words("duration.seconds", count="0")


def proposal_events(view: ProposalView, words: Catalogue) -> list[TimelineEvent]:
    """Return what became of a proposal, and what is next where its moment stands."""
    events = [_step_event(step, words) for step in view.steps]
    if view.due_at is not None:
        events.append(
            TimelineEvent(
                title=words("step.due"),
                when=formats.moment(view.due_at, words),
                note=None,
                href=None,
                state=str(LifeStage.NEXT),
            )
        )
    return events


def _step_event(step: ProposalStep, words: Catalogue) -> TimelineEvent:
    title = words(f"step.{step.what}")
    entry = words("timeline.entry", entry=formats.entry_number(step.entry))
    return TimelineEvent(
        title=title if step.party is None else f"{title}: {_name(step.party)}",
        when=formats.moment(step.at, words),
        note=entry if step.cause is None else f"{entry} · {said(step.cause, words)}",
        href=f"/receipts/{step.entry}",
        state=str(LifeStage.DONE),
    )


def _name(party: PartyRef) -> str:
    return formats.shortened(party.party_id) if party.name is None else party.name
