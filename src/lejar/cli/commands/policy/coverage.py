# SPDX-License-Identifier: Apache-2.0
"""`lejar policy coverage`: what became of each collected fact."""

from importlib import import_module
from importlib.util import find_spec

import click
from rich.table import Column, Table

from lejar.cli.packs import jurisdiction_option, reading
from lejar.cli.voice import Exit, Problem, Voice, speaking
from lejar.reference.coverage import (
    Outcome,
    outcomes,
    shipped_rule_ids,
    summed,
    with_facts,
)
from lejar.reference.pack_files import pack_folder


@click.command("coverage")
@jurisdiction_option
@speaking
def command(voice: Voice, jurisdiction: str | None) -> int:
    """List each fact with the rule or the code that carries it, or why none can."""
    known = with_facts()
    if jurisdiction is not None and jurisdiction not in known:
        raise Problem(Exit.USAGE, f"No facts are shipped for {jurisdiction}: {', '.join(known)}.")
    which = known if jurisdiction is None else (jurisdiction,)
    with reading():
        found = outcomes(which, shipped_rule_ids(), code_exists)
    coverage = summed(found)
    voice.document(coverage)
    if not voice.json:
        table = Table(Column("fact", no_wrap=True), "value", "carried by", box=None)
        for one in found:
            table.add_row(one.fact.id, one.fact.value, _answer(voice, one))
        voice.console.print(table)
        voice.say(
            f"\n{coverage.facts} facts: {coverage.enforced} enforced, "
            f"{len(coverage.not_enforceable)} not enforceable, {len(coverage.unmapped)} unmapped"
        )
    return Exit.NO if coverage.unmapped else Exit.DONE


def code_exists(code: str) -> bool:
    """Say whether a file of the packs, or a name in this program, is there."""
    if code.startswith("packs/"):
        return pack_folder(*code.split("/")[1:]).is_file()
    return _is_there(code.split("."))


def _is_there(parts: list[str]) -> bool:
    """Import as much of a dotted name as is a module; the rest must be names in it."""
    for length in range(len(parts), 0, -1):
        if _is_module(".".join(parts[:length])):
            found: object = import_module(".".join(parts[:length]))
            for name in parts[length:]:
                found = getattr(found, name, None)
            return found is not None
    return False


def _is_module(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:  # a part before the last is no package
        return False


def _answer(voice: Voice, outcome: Outcome) -> str:
    if outcome.lacking:
        return f"{voice.words('MISSING', 'TIADA')}: {', '.join(outcome.lacking)}"
    fact = outcome.fact
    return ", ".join(fact.carried_by or ()) or fact.enforced_by or fact.why_not or ""
