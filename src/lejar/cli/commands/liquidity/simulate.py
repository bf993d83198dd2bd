# SPDX-License-Identifier: Apache-2.0
"""`lejar liquidity simulate`: a generated banking day under gross, FIFO and free modes."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from rich.table import Table

from lejar.cli.voice import Exit, Problem, Voice, speaking

if TYPE_CHECKING:
    from lejar.liquidity.day import Day, Plan
    from lejar.liquidity.trial import Mode, Summary, Trial

MODES = ("gross", "fifo", "free")


class Simulated(msgspec.Struct, frozen=True):
    """The day and what became of it, for a program; amounts in sen, delays in seconds."""

    plan: "dict[str, int]"
    modes: "list[dict[str, str | int]]"


@click.command("simulate")
@click.option("--banks", type=click.IntRange(2, 500), default=12, show_default=True)
@click.option("--payments", type=click.IntRange(1, 200_000), default=2000, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@click.option(
    "--liquidity",
    type=click.IntRange(0, 1000),
    default=5,
    show_default=True,
    help="Opening balances, in percent of what each bank pays on the day.",
)
@click.option("--hours", type=click.IntRange(1, 15), default=10, show_default=True)
@click.option(
    "--urgent-share",
    type=click.IntRange(0, 100),
    default=10,
    show_default=True,
    help="Percent of payments that go before others of their payer.",
)
@click.option("--mode", type=click.Choice([*MODES, "all"]), default="all", show_default=True)
@click.option("--out", type=click.Path(file_okay=False), help="Draw charts (SVG) into this folder.")
@speaking
def command(
    voice: Voice,
    *,
    banks: int,
    payments: int,
    seed: int,
    liquidity: int,
    hours: int,
    urgent_share: int,
    mode: str,
    out: str | None,
) -> int:
    """Run a generated day and compare liquidity used, delay and value settled.

    The same words give the same day and the same figures. Payments, banks and hours are made up.
    """
    from lejar.liquidity.day import Plan, generated
    from lejar.liquidity.trial import Mode, summary, tried

    plan = Plan(banks, payments, seed, liquidity, hours, urgent_share)
    day = generated(plan)
    modes = [Mode(one) for one in (MODES if mode == "all" else (mode,))]
    trials = []
    with voice.progress("Running the day", len(modes)) as move:
        for done, one in enumerate(modes):
            move(done, f"Running the day: {one}")
            trials.append(tried(day, one))
    sums = [summary(day, trial) for trial in trials]
    voice.document(_document(plan, sums))
    if not voice.json:
        _say(voice, day, sums)
    if out is not None:
        for path in _drawn(Path(out), trials):
            voice.say(str(path))
    return Exit.DONE


def _document(plan: "Plan", sums: "list[Summary]") -> Simulated:
    return Simulated(msgspec.to_builtins(plan), [msgspec.to_builtins(one) for one in sums])


def _say(voice: Voice, day: "Day", sums: "list[Summary]") -> None:
    table = Table(title=f"{len(day.payments):,} payments between {len(day.opening)} banks")
    table.add_column("")
    for one in sums:
        table.add_column(one.mode, justify="right")
    rows = {
        "value settled (RM)": [_ringgit(one.value_settled) for one in sums],
        "of what arrived": [_percent(one.share_settled_bps) for one in sums],
        "payments settled": [f"{one.count_settled:,}" for one in sums],
        "liquidity used (RM)": [_ringgit(one.liquidity_used) for one in sums],
        "liquidity given (RM)": [_ringgit(one.liquidity_given) for one in sums],
        "average delay, by value": [_delay(one.delay_average) for one in sums],
        "of urgent ones": [_delay(one.urgent_delay_average) for one in sums],
        "longest delay": [_delay(one.delay_longest) for one in sums],
        "most that waited (RM)": [_ringgit(one.queue_peak) for one in sums],
        "searches not proved best": [f"{one.unproved:,}" for one in sums],
    }
    for name, cells in rows.items():
        table.add_row(name, *cells)
    voice.console.print(table)
    voice.say("What never settled counts as waiting until the close.")


def _ringgit(sen: int) -> str:
    return f"{sen // 100:,}"


def _percent(bps: int) -> str:
    return f"{bps // 100}.{bps % 100:02} %"


def _delay(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def _drawn(folder: Path, trials: "list[Trial]") -> tuple[Path, ...]:
    """Draw three charts; gives their paths."""
    from lejar.liquidity.charts import drawing

    files = {
        "liquidity-used.svg": ("Liquidity used", [one.used for one in trials]),
        "queue-value.svg": ("Value that waits", [one.queued for one in trials]),
        "value-settled.svg": ("Value settled", [one.settled for one in trials]),
    }
    modes: list[Mode] = [one.mode for one in trials]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, (title, lines) in files.items():
            text = drawing(f"{title} over the day", dict(zip(modes, lines, strict=True)))
            folder.joinpath(name).write_text(text, encoding="utf-8")
    except OSError as error:
        raise Problem(Exit.USAGE, f"{folder}: {error.strerror}") from None
    return tuple(folder / name for name in files)
