# SPDX-License-Identifier: Apache-2.0
"""`lejar propose`: let a privileged command from a file wait for those who must agree."""

import datetime

import click

from lejar.cli.citing import basis_options, cited
from lejar.cli.proposing import consent_lines, life_options, proposal_of
from lejar.cli.sending import must_be_signed, read_command, send, sending_options
from lejar.cli.voice import Voice, speaking


@click.command("propose")
@click.argument("file", metavar="FILE|-")
@basis_options
@life_options
@sending_options
@speaking
def command(
    voice: Voice,
    *,
    file: str,
    instrument: str,
    clause: str | None,
    dated: datetime.datetime | None,
    link: str | None,
    effective: datetime.datetime | None,
    expires: datetime.datetime | None,
    names: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    home: str | None,
    hub: str | None,
) -> int:
    r"""Propose a command: {"command": "...", "arguments": {...}}, as for `lejar submit`.

    Whoever proposes agrees by it.  The hub carries the command out by itself when everybody who
    must agree has agreed.
    """
    must_be_signed(names)
    carried = read_command(file)
    basis = cited(instrument, clause, dated, link)
    asked = proposal_of(carried, basis, effective, expires, home=home, hub=hub)
    return send(
        voice, asked, names, dry_run=dry_run, yes=yes, home=home, hub=hub, tell=consent_lines
    )
