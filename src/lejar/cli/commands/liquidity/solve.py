# SPDX-License-Identifier: Apache-2.0
"""`lejar liquidity solve`: the set of a file's queue that can settle together."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
import msgspec
from rich.table import Table

from lejar.cli.voice import Exit, Problem, Voice, speaking

if TYPE_CHECKING:
    from lejar.domain.settlement.saving import Item
    from lejar.liquidity import Answer
    from lejar.liquidity.question import Question, Thing
    from lejar.liquidity.waiting import Lack, Reason


class Solved(msgspec.Struct, frozen=True):
    """The answer for a program."""

    settled: tuple[str, ...]
    value: int
    count: int
    bound: int
    optimal: bool


@click.command("solve")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option(
    "--mode",
    type=click.Choice(["fifo", "free"]),
    default="fifo",
    show_default=True,
    help="Whether nobody's later payment overtakes an earlier one, or order is free.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(0.1, 3600),
    default=10.0,
    show_default=True,
    help="How long the search in free order may take.",
)
@speaking
def command(voice: Voice, file: str, mode: str, seconds: float) -> int:
    """Say what of the queue in FILE can settle together: the most value, then the most items.

    "bound" is proved: no set is worth more. In free order "optimal" says that no set is worth more
    and none worth as much has more items; within the time that may stay open. With fifo the set is
    the greatest that keeps every payer's queue, so it is always optimal and its own bound.
    """
    question = _question(file)
    answer = _answer(question, mode, seconds)
    settled = dict.fromkeys(one for ids in answer.settled for one in ids)
    voice.document(
        Solved(
            tuple(one for one in question.order if one in settled),
            answer.value,
            answer.count,
            answer.bound,
            answer.optimal,
        )
    )
    if not voice.json:
        _say(voice, question, answer, ordered=mode == "fifo")
    return Exit.DONE


def _question(file: str) -> "Question":
    from lejar.liquidity.question import read_question
    from lejar.liquidity.reading import FileWrong

    try:
        return read_question(Path(file).read_text(encoding="utf-8"))
    except FileWrong as wrong:
        raise Problem(
            Exit.USAGE, f"{file}: {wrong}", file=file, path=wrong.path, wrong=wrong.sentence
        ) from None
    except UnicodeDecodeError:
        raise Problem(Exit.USAGE, f"{file}: not text in UTF-8", file=file) from None
    except OSError as error:
        raise Problem(Exit.USAGE, f"{file}: {error.strerror}", file=file) from None


def _answer(question: "Question", mode: str, seconds: float) -> "Answer[tuple[str, ...]]":
    from lejar.liquidity import in_order, settles_freely

    if mode == "free":
        return settles_freely(question.available, question.items, seconds)
    return in_order(question.available, question.items)


def _say(
    voice: Voice, question: "Question", answer: "Answer[tuple[str, ...]]", *, ordered: bool
) -> None:
    from lejar.liquidity.waiting import reasons

    chosen = dict.fromkeys(answer.settled)
    why = {
        one.id: one
        for one in reasons(question.available, question.items, answer.settled, ordered=ordered)
    }
    table = Table()
    for heading in ("item", "value", "", "why it waits"):
        table.add_column(
            heading, overflow="fold", justify="right" if heading == "value" else "left"
        )
    for item in question.items:
        settles = item.id in chosen
        table.add_row(
            " + ".join(item.id),
            f"{item.value:,}",
            "settles" if settles else "waits",
            "" if settles else _told(item, why[item.id]),
        )
    voice.console.print(table)
    proved = "nothing is better" if answer.optimal else "that nothing is better is not proved"
    voice.say(
        f"{answer.count} of {len(question.order)} items settle, worth {answer.value:,}; "
        f"no set is worth more than {answer.bound:,}: {proved}."
    )


def _told(item: "Item[Thing, tuple[str, ...]]", reason: "Reason[Thing, tuple[str, ...]]") -> str:
    """Say what it needs, what it stands behind and what it comes after."""
    told = [_lack(lack) for lack in reason.lacks]
    told += [f"stands behind {' + '.join(one)}" for one in reason.behind]
    told += [f"comes after {' + '.join(one)}" for one in reason.after]
    return "; ".join(told) or f"would leave less for others, and is worth {item.value:,}"


def _lack(lack: "Lack[Thing, tuple[str, ...]]") -> str:
    needs = f"needs {lack.amount:,} more of {lack.resource}"
    if not lack.freed_by:
        return needs
    return f"{needs}, or one of: {', '.join(' + '.join(one) for one in lack.freed_by)}"
