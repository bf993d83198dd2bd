# SPDX-License-Identifier: Apache-2.0
"""`lejar policy lab`: what a draft pack would have done to what really happened."""

import datetime
from pathlib import Path
from typing import Any

import click
from rich.table import Table

from lejar.cli.packs import chosen
from lejar.cli.voice import Exit, Problem, Voice, configured, home_option, speaking
from lejar.domain.policy.pack import Pack
from lejar.kernel import identifiers
from lejar.kernel.moment import start_of
from lejar.node.founding import read_genesis
from lejar.node.laboratory.findings import Findings
from lejar.node.laboratory.running import ALWAYS, Span, run
from lejar.node.laboratory.tables import GROUPS, WORDS, differences_csv, drawing, sums_csv
from lejar.reference import PackErrors, read_pack

DAY = click.DateTime(["%Y-%m-%d"])
STATED = (
    "Every movement is judged in the market as it really was: what the draft would have kept from "
    "happening still happened. {knock_on} movements give on units that their giver would not have "
    "had, {uncounted} that a rule refused would have lacked funds, and what the draft counts "
    "begins with the journal and leaves out what was agreed but never settled."
)
STATED_MS = (
    "Setiap pergerakan dinilai dalam pasaran seperti yang sebenar: apa yang draf akan halang tetap "
    "berlaku. {knock_on} pergerakan memindahkan unit yang pemberinya tidak akan miliki, "
    "{uncounted} yang ditolak peraturan akan kekurangan dana, dan kiraan draf bermula dengan "
    "jurnal serta tidak mengira apa yang dipersetujui tetapi tidak diselesaikan."
)


@click.command("lab")
@click.option("--pack", "folder", required=True, metavar="FOLDER", help="The draft pack.")
@click.option("--from", "first", type=DAY, help="The first local day; otherwise the beginning.")
@click.option("--until", "last", type=DAY, help="The day after the last; otherwise the end.")
@click.option("--out", type=click.Path(file_okay=False), help="Write tables and a chart here.")
@home_option
@speaking
def command(
    voice: Voice,
    *,
    folder: str,
    first: datetime.datetime | None,
    last: datetime.datetime | None,
    out: str | None,
    home: str | None,
) -> int:
    """Judge the journal once more by the pack in FOLDER; changes nothing, adopts nothing."""
    config = configured(home)
    pack = _pack(folder)
    span = _span(pack, first, last)
    with voice.progress("Judging", 1) as move:

        def progress(done: int, of: int) -> None:
            move(done, f"Judging block {done} of {of}")

        findings = run(config.home, read_genesis(config.home), pack, span, progress)
    voice.document(document(findings, pack))
    _say(voice, findings, pack)
    if out is not None:
        for path in written(Path(out), findings, pack):
            voice.say(str(path))
    return Exit.DONE


def _pack(folder: str) -> Pack:
    try:
        return read_pack(chosen(folder, None))
    except PackErrors as errors:
        raise Problem(Exit.NO, str(errors)) from None


def _span(pack: Pack, first: datetime.datetime | None, last: datetime.datetime | None) -> Span:
    """Turn local days into moments."""
    offset = pack.offset_minutes
    begins = ALWAYS[0] if first is None else start_of(first.date(), offset)
    ends = ALWAYS[1] if last is None else start_of(last.date(), offset)
    if begins >= ends:
        raise Problem(Exit.USAGE, "The span ends before it begins.")
    return Span(begins, ends)


def document(findings: Findings, pack: Pack) -> dict[str, Any]:
    """The whole result for a program; differences are in the CSV."""
    return {
        "pack": f"{pack.jurisdiction} {pack.version}",
        "entries": findings.entries,
        "judged": findings.judged,
        "same": findings.same,
        "knock_on": findings.knock_on,
        "uncounted": findings.uncounted,
        "stated": stated(findings, "en"),
        "by": {
            by: [
                {
                    "verdict": verdict,
                    "value": _shown(by, word),
                    "movements": sums.movements,
                    "units_affected": sums.units,
                    "paid_sen": sums.money,
                }
                for verdict, word, sums in findings.grouped(by)
            ]
            for by in GROUPS
        },
    }


def stated(findings: Findings, lang: str) -> str:
    """Say what the comparison cannot say."""
    text = STATED_MS if lang == "ms" else STATED
    return text.format(knock_on=findings.knock_on, uncounted=findings.uncounted)


def written(folder: Path, findings: Findings, pack: Pack) -> tuple[Path, ...]:
    """Write two tables and a chart; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    title = f"{pack.jurisdiction} {pack.version}: movements that would have fared otherwise"
    files = {
        "differences.csv": differences_csv(findings, pack.offset_minutes),
        "sums.csv": sums_csv(findings),
        "by-day.svg": drawing(findings, title),
    }
    for name, text in files.items():
        folder.joinpath(name).write_text(text, encoding="utf-8")
    return tuple(folder / name for name in files)


def _say(voice: Voice, findings: Findings, pack: Pack) -> None:
    if voice.json:
        return
    voice.say(
        voice.words(
            f"{pack.jurisdiction} {pack.version}: {findings.entries} entries replayed, "
            f"{findings.judged} movements judged, {len(findings.differences)} would have fared "
            "otherwise.",
            f"{pack.jurisdiction} {pack.version}: {findings.entries} entri dimain semula, "
            f"{findings.judged} pergerakan dinilai, {len(findings.differences)} akan berbeza.",
        )
    )
    for by in GROUPS:
        if findings.differences:
            voice.console.print(_table(by, findings))
    voice.say(stated(findings, voice.lang))


def _table(by: str, findings: Findings) -> Table:
    table = Table(title=f"By {by.replace('_', ' ')}", title_justify="left")
    for name, justify in (
        (by, "left"),
        ("verdict", "left"),
        ("movements", "right"),
        ("units affected", "right"),
        ("paid (RM)", "right"),
    ):
        table.add_column(name, justify="right" if justify == "right" else "left", overflow="fold")
    named = {str(verdict): words for verdict, words in WORDS.items()}
    for verdict, word, sums in findings.grouped(by):
        table.add_row(
            _shown(by, word),
            named[verdict],
            f"{sums.movements:,}",
            f"{sums.units:,}",
            f"{sums.money // 100:,}.{sums.money % 100:02}",
        )
    return table


def _shown(by: str, word: str) -> str:
    return identifiers.show("asset", bytes.fromhex(word)) if by == "asset" else word
