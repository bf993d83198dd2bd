# SPDX-License-Identifier: Apache-2.0
"""`lejar policy adopt`: bring a pack to a hub, as a command that the policy's keeper signs."""

import datetime
from typing import Any, Final

import click
import msgspec

from lejar.cli.citing import basis_options, cited
from lejar.cli.client import Command
from lejar.cli.packs import chosen, jurisdiction_option, reading
from lejar.cli.proposing import consent_lines, life_options, proposal_of
from lejar.cli.sending import must_be_signed, send, sending_options
from lejar.cli.shown import receipt_lines
from lejar.cli.voice import Exit, Problem, Voice, speaking
from lejar.domain.policy.commands import AdoptPack
from lejar.gateways.rest.codec import form_of, json_of
from lejar.reference import read_pack

CONSENT_MISSING: Final = "consent_missing"
PROPOSE: Final = (
    "Packs need the agencies' consent here. Say the same again with --propose: whoever must agree "
    "then does so with `lejar agree`."
)


@click.command("adopt")
@click.argument("folder", required=False)
@jurisdiction_option
@basis_options
@click.option("--propose", is_flag=True, help="Propose it to the agencies that must agree.")
@life_options
@sending_options
@speaking
def command(
    voice: Voice,
    *,
    folder: str | None,
    jurisdiction: str | None,
    instrument: str,
    clause: str | None,
    dated: datetime.datetime | None,
    link: str | None,
    propose: bool,
    effective: datetime.datetime | None,
    expires: datetime.datetime | None,
    names: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    home: str | None,
    hub: str | None,
) -> int:
    """Make the pack in FOLDER, or a shipped one, count from the entry that records it."""
    if not propose and (effective is not None or expires is not None):
        raise Problem(Exit.USAGE, "Only a proposal has --effective and --expires: add --propose.")
    basis = cited(instrument, clause, dated, link)
    with reading():
        asked = as_written(AdoptPack(read_pack(chosen(folder, jurisdiction)), basis))
    if propose:
        must_be_signed(names)
        asked = proposal_of(asked, basis, effective, expires, home=home, hub=hub)
    tell = consent_lines if propose else receipt_lines
    try:
        return send(voice, asked, names, dry_run=dry_run, yes=yes, home=home, hub=hub, tell=tell)
    except Problem as problem:
        if problem.more.get("code") != CONSENT_MISSING:
            raise
        more = problem.more | {"remedy": PROPOSE}
        raise Problem(problem.exit_code, problem.sentence, **more) from None


def as_written(asked: AdoptPack) -> Command:
    """Write the command as a person would, in JSON."""
    form = form_of(AdoptPack, tagged=False)
    arguments = msgspec.json.decode(json_of(form.show(asked)), type=dict[str, Any])
    return Command("policy.adopt_pack", arguments)
