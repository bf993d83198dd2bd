# SPDX-License-Identifier: Apache-2.0
"""`lejar policy rules`: what shipped packs say on a day, rule by rule, in words."""

import datetime

import click
import msgspec
from rich.table import Column, Table

from lejar.cli.packs import jurisdiction_option, reading, shipped
from lejar.cli.voice import Voice, speaking
from lejar.domain.policy.pack import Pack, Rule
from lejar.kernel.moment import start_of
from lejar.node.clock import system_clock
from lejar.reference.packs import shipped_pack
from lejar.reference.rules.kinds import kind_of, value_in_words


class Shown(msgspec.Struct, frozen=True):
    """One rule as people read it."""

    id: str
    kind: str
    title: str
    owner: str
    value: str
    source_class: str
    verified: bool
    effect: str


@click.command("rules")
@jurisdiction_option
@click.option(
    "--at", "day", type=click.DateTime(["%Y-%m-%d"]), help="A day, at its beginning; otherwise now."
)
@speaking
def command(voice: Voice, jurisdiction: str | None, day: datetime.datetime | None) -> None:
    """List the rules of shipped packs that are in force."""
    with reading():
        packs = [shipped_pack(one) for one in shipped(jurisdiction)]
    shown = [
        _shown(voice, pack, rule)
        for pack in packs
        for rule in pack.rules
        if rule.is_in_force(_moment(pack, day))
    ]
    voice.document(shown)
    table = Table(
        Column("rule", no_wrap=True), "kind", "owner", "value", "class", "verified", box=None
    )
    for one in shown:
        verified = voice.words("yes", "ya") if one.verified else voice.words("no", "tidak")
        table.add_row(one.id, one.kind, one.owner, one.value, one.source_class, verified)
    if not voice.json:
        voice.console.print(table)
        voice.say(f"\n{len(shown)} {voice.words('rules in force', 'peraturan berkuat kuasa')}")


def _shown(voice: Voice, pack: Pack, rule: Rule) -> Shown:
    return Shown(
        id=rule.id,
        kind=kind_of(rule.spec),
        title=voice.words(rule.title, rule.title_ms),
        owner=rule.owner,
        value=value_in_words(rule.spec, pack.offset_minutes),
        source_class=rule.source.grade,
        verified=rule.source.verified,
        effect=rule.effect,
    )


def _moment(pack: Pack, day: datetime.datetime | None) -> int:
    """Give the beginning of a local day of the pack, or now."""
    return system_clock() if day is None else start_of(day.date(), pack.offset_minutes)
