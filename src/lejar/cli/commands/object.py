# SPDX-License-Identifier: Apache-2.0
"""`lejar object`: end a proposal with a no, for a reason that stays outside."""

import re
from pathlib import Path
from typing import Final

import click

from lejar.cli.client import Command
from lejar.cli.proposing import consent_lines, proposal_word
from lejar.cli.sending import send, sending_options
from lejar.cli.voice import Exit, Problem, Voice, speaking
from lejar.kernel.digest import sha256

DIGEST: Final = re.compile("[0-9a-f]{64}")


@click.command("object")
@click.argument("proposal")
@click.option(
    "--reason", required=True, metavar="FILE|DIGEST",
    help="The document with the reason, or its SHA-256; only the digest is sent.",
)  # fmt: skip
@sending_options
@speaking
def command(
    voice: Voice,
    *,
    proposal: str,
    reason: str,
    names: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    home: str | None,
    hub: str | None,
) -> int:
    """End PROPOSAL: one no of a party that must agree is enough."""
    arguments = {"proposal": proposal_word(proposal), "reason": digest_of(reason)}
    asked = Command("consent.object", arguments)
    return send(
        voice, asked, names, dry_run=dry_run, yes=yes, home=home, hub=hub, tell=consent_lines
    )


def digest_of(reason: str) -> str:
    """Give the digest of a document, or the digest that was written."""
    if DIGEST.fullmatch(reason):
        return reason
    try:
        return sha256(Path(reason).read_bytes()).hex()
    except OSError as error:
        raise Problem(
            Exit.USAGE, f"{reason} is neither a digest nor a file: {error.strerror}."
        ) from None
