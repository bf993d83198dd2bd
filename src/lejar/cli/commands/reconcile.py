# SPDX-License-Identifier: Apache-2.0
"""`lejar reconcile`: an outside statement against the hub; nothing is put right by it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from lejar.cli.client import Command, HubClient, address_of
from lejar.cli.reconciling import OurSide, our_side
from lejar.cli.sending import must_be_signed
from lejar.cli.voice import Exit, Problem, Voice, configured, home_option, hub_option, speaking
from lejar.gateways.reconciling.forms import read_outside
from lejar.gateways.reconciling.holdings import Compared, compare
from lejar.gateways.reconciling.matching import Matching, Sums, Unmatched, match, sums
from lejar.gateways.reconciling.outside import Holdings, Outside, Statement
from lejar.gateways.reconciling.recording import item, matching_arguments, statement_arguments
from lejar.kernel.digest import sha256
from lejar.node.keys import KeyFile, KeyFolder


@dataclass(frozen=True, slots=True)
class Found:
    """What came of comparing a file."""

    outside: Outside
    matching: Matching
    sums: Sums | None
    """None for holdings, which have no entries."""
    holdings: tuple[Compared, ...]


@click.command("reconcile")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--counterpart", required=True, metavar="ID", help="The outside ledger: ctp_…")
@click.option("--as", "reader", metavar="KEY", required=True, help="Read as the party of this key.")
@click.option("--record", is_flag=True, help="Record the statement, and a break for each item.")
@click.option("--sign", "names", multiple=True, metavar="KEY", help="A key that signs the record.")
@home_option
@hub_option
@speaking
def command(
    voice: Voice,
    *,
    file: Path,
    counterpart: str,
    reader: str,
    record: bool,
    names: tuple[str, ...],
    home: str | None,
    hub: str | None,
) -> int:
    """Compare FILE with what the hub has, and show what matches and what does not."""
    if record:
        must_be_signed(names)
    data = _read(file)
    outside = read_outside(data)
    config = configured(home)
    folder = KeyFolder(config.home)
    keys = [folder.read(name) for name in names]
    client = HubClient(address_of(config, hub), voice.lang)
    try:
        side = our_side(client, folder.read(reader), counterpart)
        found = compared(side, outside)
        if record:
            last = _recorded(client, side, found, sha256(data), keys)
            client.wait_for(last)
        breaks = list(side.breaks())
    finally:
        client.close()
    voice.document(document(found, breaks))
    for line in lines(found, breaks):
        voice.say(line)
    return Exit.DONE if agrees(found) else Exit.NO


def compared(side: OurSide, outside: Outside) -> Found:
    """Compare entry by entry, or security by security."""
    if isinstance(outside, Holdings):
        return Found(outside, Matching((), ()), None, compare(outside, side.units()))
    first = outside.from_day or outside.day
    ours = side.entries(first, outside.day)
    opening = side.stood(first - datetime.timedelta(days=1))
    closing = side.stood(outside.day)
    moved = sum(one.amount for one in ours)
    added = sums(outside, opening, closing, moved)
    return Found(outside, match(outside.entries, ours), added, ())


def agrees(found: Found) -> bool:
    """Say whether nothing differs."""
    off = (
        ()
        if found.sums is None
        else (found.sums.theirs_off, found.sums.ours_off, found.sums.closing_off)
    )
    units = [one for one in found.holdings if one.kind is not None]
    return not (found.matching.unmatched or units or any(off))


def commands_of(side: OurSide, found: Found, digest: bytes) -> Iterator[Command]:
    """Give what records it: of holdings, the units of the counterpart's own security."""
    outside, asset = found.outside, side.counterpart["asset"]
    named = side.counterpart["counterpart"]
    closing = _stated(side, outside, asset)
    arguments = statement_arguments(named, asset, outside, closing, digest)
    yield Command("reconciliation.record_statement", arguments)
    for part in matching_arguments(named, outside.sequence, found.matching):
        yield Command("reconciliation.record_matching", part)


def _stated(side: OurSide, outside: Outside, asset: str) -> int:
    if isinstance(outside, Statement):
        return outside.closing
    isin = side.isin(asset)
    if isin is None:
        raise Problem(Exit.NO, f"{asset} has no ISIN, so no list of holdings states its units.")
    return outside.units_of(isin)


def _recorded(
    client: HubClient, side: OurSide, found: Found, digest: bytes, keys: list[KeyFile]
) -> int:
    """Send the commands one after the other; gives the number of the last entry."""
    number = 0
    for asked in commands_of(side, found, digest):
        number = int(client.submit(client.prepare(asked), keys)["number"])
    return number


def document(found: Found, breaks: list[dict[str, Any]]) -> dict[str, Any]:
    """Give all of it to a program."""
    added = found.sums
    return {
        "agrees": agrees(found),
        "matched": [
            {"reference": theirs.reference, "entry": ours.number, "amount": str(ours.amount)}
            for theirs, ours in found.matching.matched
        ],
        "unmatched": [
            {
                **item(one),
                "reference": one.reference,
                "entries": [ours.number for ours in one.ours],
            }
            for one in found.matching.unmatched
        ],
        "sums": None
        if added is None
        else {
            "theirs_off": str(added.theirs_off),
            "ours_off": None if added.ours_off is None else str(added.ours_off),
            "closing_off": None if added.closing_off is None else str(added.closing_off),
        },
        "holdings": [
            {"isin": one.isin, "theirs": str(one.theirs), "ours": str(one.ours)}
            for one in found.holdings
        ],
        "breaks": breaks,
    }


def lines(found: Found, breaks: list[dict[str, Any]]) -> Iterator[str]:
    """Write it for a person, what differs first."""
    yield from map(_item_line, found.matching.unmatched)
    yield from _sum_lines(found.sums)
    for one in found.holdings:
        said = "the same" if one.kind is None else "differs"
        yield f"{one.isin}: {one.theirs} there, {one.ours} here, {said}."
    yield f"{len(found.matching.matched)} entries match, {len(found.matching.unmatched)} do not."
    for row in breaks:
        old = " escalated" if row["escalated"] else ""
        age = f"{row['age_business_days']} business days"
        yield f"{row['break_id']} {row['kind']} {row['difference']} {row['stage']}, {age}{old}"


def _item_line(one: Unmatched) -> str:
    theirs = "nothing" if one.theirs is None else str(one.theirs.amount)
    ours = ", ".join(f"{each.amount} in entry {each.number}" for each in one.ours) or "nothing"
    said = f"ambiguous: {one.candidates} candidates" if one.candidates else str(one.kind)
    return f"{one.reference or '(no reference)'}: {theirs} there, {ours} here; {said}."


def _sum_lines(added: Sums | None) -> Iterator[str]:
    if added is None:
        return
    if added.theirs_off:
        yield f"Their entries miss their closing balance by {added.theirs_off}."
    if added.ours_off:
        yield f"Our entries miss our closing balance by {added.ours_off}."
    if added.closing_off:
        yield f"Their closing balance is {added.closing_off} more than ours."


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Problem(Exit.USAGE, f"{file} cannot be read: {error.strerror}.") from None
