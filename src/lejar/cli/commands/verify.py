# SPDX-License-Identifier: Apache-2.0
"""`lejar verify`: check an evidence file offline, against keys one trusts."""

from pathlib import Path

import click

from lejar.cli.described import receipt_sentence, state_sentence
from lejar.cli.voice import Exit, Problem, Voice, speaking
from lejar.node.founding import published_keys
from lejar.proofs.bundle import verify_file
from lejar.proofs.checkpoint import MalformedNote, VerifierKey, parse_key
from lejar.proofs.verify import Verdict


@click.command("verify")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--keys",
    "trusted",
    multiple=True,
    required=True,
    metavar="FILE|KEY",
    help="A file of published keys, one a line, or one key; may be given several times.",
)
@click.option("--witnesses", default=0, metavar="N", help="How many witnesses must have cosigned.")
@speaking
def command(voice: Voice, file: Path, trusted: tuple[str, ...], witnesses: int) -> int:
    """Check an evidence file offline; exit code 0 if it proves what it says, 1 if not."""
    try:
        text = file.read_bytes().decode("utf-8")
    except OSError as error:
        raise Problem(Exit.USAGE, f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise Problem(Exit.NO, f"{file} is not an evidence file: it is not text.") from None
    verdict = verify_file(
        text,
        keys_of(trusted),
        witnesses=witnesses,
        describe=receipt_sentence,
        describe_state=state_sentence,
    )
    tell(voice, verdict)
    return Exit.DONE if verdict.accepted else Exit.NO


def tell(voice: Voice, verdict: Verdict) -> None:
    """Say each step that held, and the verdict."""
    voice.document(
        {
            "accepted": verdict.accepted,
            "steps": verdict.steps,
            "failure": verdict.failure,
            "checkpoint": verdict.checkpoint,
        }
    )
    for step in verdict.steps:
        voice.say(f"  ok  {step}")
    if verdict.failure is None:
        voice.say(voice.words("Proved.", "Terbukti."))
    else:
        voice.say(f"  no  {verdict.failure}")
        voice.say(voice.words("Not proved.", "Tidak terbukti."))


def keys_of(given: tuple[str, ...]) -> tuple[VerifierKey, ...]:
    """Read keys from files or words."""
    found: list[VerifierKey] = []
    for one in given:
        if Path(one).exists() or "+" not in one:
            found += published_keys(Path(one))
        else:
            try:
                found.append(parse_key(one))
            except MalformedNote as error:
                raise Problem(Exit.USAGE, f"'{one[:60]}' is not a key: {error}.") from None
    return tuple(found)
