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


def _add(
    verb: str, sentence: str, field: str | None = None, kind: "click.Choice[str] | None" = None
) -> None:
    """Add a command that names the instruction, and one more field where there is one."""

    @command.command(verb, help=sentence)
    @click.argument("instruction")
    @sending_options
    @speaking
    def one(
        voice: Voice,
        *,
        instruction: str,
        more: str = "",
        names: tuple[str, ...],
        dry_run: bool,
        yes: bool,
        home: str | None,
        hub: str | None,
    ) -> int:
        arguments = {"instruction": _word(instruction)}
        if field is not None:
            arguments[field] = more if kind is not None else _word(more)
        asked = Command(f"settlement.{verb}", arguments)
        return send(voice, asked, names, dry_run=dry_run, yes=yes, home=home, hub=hub)

    if field is not None:
        one.params.insert(1, click.Argument(["more"], metavar=field.upper(), type=kind))


_add("affirm", "Agree to INSTRUCTION, which another side has sent.")
_add("hold", "Keep INSTRUCTION from settling until it is released.")
_add("release", "Let INSTRUCTION settle again.")
_add("settle", "Let INSTRUCTION settle that waits for a side's word.")
_add("cancel", "Withdraw INSTRUCTION, or ask the other side to agree to its end.")
_add("link", "Let INSTRUCTION wait until AFTER, another one of your own, has settled.", "after")
_add(
    "prioritise",
    "Give INSTRUCTION another PRIORITY; by a side that gives.",
    "priority",
    click.Choice([str(one) for one in Priority]),
)
_add(
    "reorder",
    "Move INSTRUCTION to an end of its priority; by a side that gives.",
    "to",
    click.Choice([str(one) for one in End]),
)
