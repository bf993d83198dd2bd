# SPDX-License-Identifier: Apache-2.0
"""`lejar instruction`: what a side does to an instruction of its own that waits."""

import click

from lejar.cli.client import Command
from lejar.cli.sending import send, sending_options
from lejar.cli.voice import Exit, Problem, Voice, speaking
from lejar.domain.settlement import Priority
from lejar.domain.settlement.commands import End


@click.group("instruction")
def command() -> None:
    """Hold, release, reprioritise, move or cancel an instruction; or let it settle."""


def _word(text: str) -> str:
    """Check that a word is an instruction's id, before anything is asked of the hub."""
    if not text.startswith("inst_"):
        raise Problem(Exit.USAGE, f"'{text}' is no instruction; its id begins with 'inst_'.")
    return text


def _simple(verb: str, sentence: str) -> None:
    """Add a command that only names the instruction."""

    @command.command(verb, help=sentence)
    @click.argument("instruction")
    @sending_options
    @speaking
    def simple(
        voice: Voice,
        *,
        instruction: str,
        names: tuple[str, ...],
        dry_run: bool,
        yes: bool,
        home: str | None,
        hub: str | None,
    ) -> int:
        asked = Command(f"settlement.{verb}", {"instruction": _word(instruction)})
        return send(voice, asked, names, dry_run=dry_run, yes=yes, home=home, hub=hub)


_simple("affirm", "Agree to INSTRUCTION, which another side has sent.")
_simple("hold", "Keep INSTRUCTION from settling until it is released.")
_simple("release", "Let INSTRUCTION settle again.")
_simple("settle", "Let INSTRUCTION settle that waits for a side's word.")
_simple("cancel", "Withdraw INSTRUCTION, or ask the other side to agree to its end.")


@command.command("prioritise")
@click.argument("instruction")
@click.argument("priority", type=click.Choice([str(one) for one in Priority]))
@sending_options
@speaking
def prioritise(
    voice: Voice,
    *,
    instruction: str,
    priority: str,
    names: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    home: str | None,
    hub: str | None,
) -> int:
    """Give INSTRUCTION another PRIORITY; by a side that gives."""
    arguments = {"instruction": _word(instruction), "priority": priority}
    asked = Command("settlement.prioritise", arguments)
    return send(voice, asked, names, dry_run=dry_run, yes=yes, home=home, hub=hub)


@command.command("link")
@click.argument("instruction")
@click.argument("after")
@sending_options
@speaking
def link(
    voice: Voice,
    *,
    instruction: str,
    after: str,
    names: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    home: str | None,
    hub: str | None,
) -> int:
    """Let INSTRUCTION wait until AFTER, another one of your own, has settled."""
    arguments = {"instruction": _word(instruction), "after": _word(after)}
    asked = Command("settlement.link", arguments)
    return send(voice, asked, names, dry_run=dry_run, yes=yes, home=home, hub=hub)


@command.command("reorder")
@click.argument("instruction")
@click.argument("end", type=click.Choice([str(one) for one in End]))
@sending_options
@speaking
def reorder(
    voice: Voice,
    *,
    instruction: str,
    end: str,
    names: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    home: str | None,
    hub: str | None,
) -> int:
    """Move INSTRUCTION to an END of its priority; by a side that gives."""
    asked = Command("settlement.reorder", {"instruction": _word(instruction), "to": end})
    return send(voice, asked, names, dry_run=dry_run, yes=yes, home=home, hub=hub)
