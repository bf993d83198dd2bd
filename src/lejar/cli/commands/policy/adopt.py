# SPDX-License-Identifier: Apache-2.0
"""`lejar policy adopt`: bring a pack to a hub, as a command that the policy's keeper signs."""

import base64
import datetime
from pathlib import Path
from typing import Any, Final

import click
import msgspec

from lejar.cli.client import Command
from lejar.cli.packs import chosen, jurisdiction_option, reading
from lejar.cli.sending import send, sending_options
from lejar.cli.voice import Exit, Problem, Voice, speaking
from lejar.domain.basis import LegalBasis
from lejar.domain.policy.commands import AdoptPack
from lejar.gateways.rest.codec import form_of, json_of
from lejar.kernel.codec import encode
from lejar.reference import read_pack

CONSENT_MISSING: Final = "consent_missing"
PROPOSE: Final = (
    "Packs need the agencies' consent here. Write the command's bytes with --carried FILE, and let "
    "the owner propose them with consent.propose."
)


@click.command("adopt")
@click.argument("folder", required=False)
@jurisdiction_option
@click.option("--basis", "instrument", required=True, help="The order or decision it rests on.")
@click.option("--clause", help="The place in it.")
@click.option("--dated", type=click.DateTime(["%Y-%m-%d"]), help="Its day.")
@click.option("--link", help="Where it is published.")
@click.option("--carried", type=click.Path(dir_okay=False), help="Only write the command's bytes.")
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
    carried: str | None,
    names: tuple[str, ...],
    dry_run: bool,
    yes: bool,
    home: str | None,
    hub: str | None,
) -> int:
    """Make the pack in FOLDER, or a shipped one, count from the entry that records it."""
    basis = _basis(instrument, clause, dated, link)
    with reading():
        asked = AdoptPack(read_pack(chosen(folder, jurisdiction)), basis)
    if carried is not None:
        Path(carried).write_bytes(base64.b64encode(encode(asked)) + b"\n")
        voice.say(f"{carried} holds the command's bytes in base64.")
        return Exit.DONE
    try:
        return send(voice, as_written(asked), names, dry_run=dry_run, yes=yes, home=home, hub=hub)
    except Problem as problem:
        if problem.more.get("code") != CONSENT_MISSING:
            raise
        more = problem.more | {"remedy": PROPOSE}
        raise Problem(problem.exit_code, problem.sentence, **more) from None


def _basis(
    instrument: str, clause: str | None, dated: datetime.datetime | None, link: str | None
) -> LegalBasis:
    """Cite what the adoption rests on."""
    day = None if dated is None else dated.date()
    try:
        return msgspec.convert([instrument, clause, day, link, None], LegalBasis)
    except msgspec.ValidationError as error:
        raise Problem(Exit.USAGE, f"The basis cannot be cited so: {error}.") from None


def as_written(asked: AdoptPack) -> Command:
    """Write the command as a person would, in JSON."""
    form = form_of(AdoptPack, tagged=False)
    arguments = msgspec.json.decode(json_of(form.show(asked)), type=dict[str, Any])
    return Command("policy.adopt_pack", arguments)
