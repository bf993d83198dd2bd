# SPDX-License-Identifier: Apache-2.0
"""`lejar policy check`: whether a pack can be read, or everything that is wrong with it."""

from importlib.resources.abc import Traversable

import click
import msgspec

from lejar.cli.packs import chosen, jurisdiction_option, shipped
from lejar.cli.voice import Exit, Voice, speaking
from lejar.reference.pack_files import PackError, pack_folder
from lejar.reference.packs import read_pack
from lejar.reference.rules.places import PackErrors


class Finding(msgspec.Struct, frozen=True):
    """One thing that is wrong, and where."""

    file: str
    line: int | None
    key: str
    sentence: str


class Checked(msgspec.Struct, frozen=True):
    """What became of one pack."""

    jurisdiction: str
    version: str | None
    rules: int | None
    digest: str | None
    findings: tuple[Finding, ...] = ()


@click.command("check")
@click.argument("folder", required=False)
@jurisdiction_option
@speaking
def command(voice: Voice, folder: str | None, jurisdiction: str | None) -> int:
    """Check the pack in FOLDER, or shipped ones: one finding a line, with file, line and key."""
    if folder is None:
        packs = [(f"{one}/", pack_folder(one)) for one in shipped(jurisdiction)]
    else:
        packs = [(f"{folder.rstrip('/')}/", chosen(folder, jurisdiction))]
    checked = [_check(voice, prefix, one) for prefix, one in packs]
    voice.document(checked)
    return Exit.NO if any(one.findings for one in checked) else Exit.DONE


def _check(voice: Voice, prefix: str, folder: Traversable) -> Checked:
    from lejar.domain.policy.book import digest_of

    try:
        pack = read_pack(folder)
    except PackErrors as errors:
        for error in errors.errors:
            voice.say(f"{prefix}{error}")
        findings = tuple(_finding(prefix, error) for error in errors.errors)
        return Checked(folder.name, None, None, None, findings)
    digest = digest_of(pack).hex()
    voice.say(f"{pack.jurisdiction} {pack.version}: {len(pack.rules)} rules, digest {digest}")
    return Checked(pack.jurisdiction, pack.version, len(pack.rules), digest)


def _finding(prefix: str, error: PackError) -> Finding:
    return Finding(f"{prefix}{error.file}", error.line, error.key, error.sentence)
