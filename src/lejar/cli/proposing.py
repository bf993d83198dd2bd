# SPDX-License-Identifier: Apache-2.0
"""Proposals as words of the command line: when one takes force and ends, and what became of it."""

import datetime
from collections.abc import Callable, Iterator
from typing import Any, Final, TypeVar

import click
import msgspec

from lejar.cli.client import Command, HubClient, address_of
from lejar.cli.shown import INDENT, receipt_lines
from lejar.cli.voice import Exit, Problem, configured
from lejar.domain.basis import LegalBasis
from lejar.gateways.rest.codec import form_of, json_of

Function = TypeVar("Function", bound=Callable[..., object])

LIFE: Final = datetime.timedelta(days=30)
"""How long a proposal waits where nobody said otherwise."""


class MomentType(click.ParamType[datetime.datetime]):
    """A date and time with its offset, such as 2026-12-01T09:00+08:00."""

    name = "moment"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.datetime:
        """Read it; a moment without an offset would be another one elsewhere."""
        if isinstance(value, datetime.datetime):
            return value
        try:
            moment = datetime.datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is not a date and time such as 2026-12-01T09:00+08:00.",
                      param, ctx)  # fmt: skip
        if moment.tzinfo is None:
            self.fail(f"'{value}' names no offset; write {value}+08:00 or {value}Z.", param, ctx)
        return moment


MOMENT: Final = MomentType()


def life_options(function: Function) -> Function:
    """Give a command the options that say when a proposal takes force and when it ends."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


_OPTIONS = (
    click.option(
        "--effective", type=MOMENT, metavar="MOMENT",
        help="When it takes force, as 2026-12-01T09:00+08:00; otherwise as soon as it may.",
    ),
    click.option(
        "--expires", type=MOMENT, metavar="MOMENT",
        help="When it ends if it was not carried out; otherwise 30 days after that.",
    ),
)  # fmt: skip


def proposal_of(
    carried: Command,
    basis: LegalBasis,
    effective: datetime.datetime | None,
    expires: datetime.datetime | None,
    *,
    home: str | None,
    hub: str | None,
) -> Command:
    """Make the command that proposes another; its end is counted by the hub's own clock."""
    if expires is None:
        expires = max(_hub_moment(home, hub), effective or _EARLIEST) + LIFE
    cited = msgspec.json.decode(json_of(form_of(LegalBasis).show(basis)), type=dict[str, Any])
    arguments: dict[str, Any] = {
        "command": {"command": carried.command, "arguments": carried.arguments},
        "basis": cited,
        "effective_at": None if effective is None else effective.isoformat(),
        "expires_at": expires.isoformat(),
        "grounds": None,
    }
    return Command("consent.propose", arguments, carried.command_id)


_EARLIEST: Final = datetime.datetime.min.replace(tzinfo=datetime.UTC)


def _hub_moment(home: str | None, hub: str | None) -> datetime.datetime:
    client = HubClient(address_of(configured(home), hub))
    try:
        return datetime.datetime.fromisoformat(client.get("/v1/status")["at"])
    finally:
        client.close()


def proposal_word(text: str) -> str:
    """Check that a word is a proposal's id, before anything is asked of the hub."""
    if not text.startswith("prop_"):
        raise Problem(Exit.USAGE, f"'{text}' is no proposal; its id begins with 'prop_'.")
    return text


def consent_lines(receipt: dict[str, Any]) -> Iterator[str]:
    """Write a receipt, and what it means for the proposal: its id, who agreed, what is next."""
    yield from receipt_lines(receipt)
    waited: list[str] = []
    for event in receipt["events"]:
        match event["type"]:
            case "consent.proposal_made":
                yield f"Proposal {event['proposal']} waits until {event['expires_at']}."
                waited = [event["owner"], *event["concurring"]]
            case "consent.agreement_given":
                yield f"{INDENT}{event['party']} has agreed."
                waited = [one for one in waited if one != event["party"]]
            case "consent.proposal_agreed":
                yield f"Everybody has agreed; it is carried out at {event['due_at']}."
            case "consent.proposal_objected" | "consent.proposal_withdrawn":
                yield f"Proposal {event['proposal']} has ended."
    if waited:
        yield f"Must still agree: {', '.join(waited)}."
