# SPDX-License-Identifier: Apache-2.0
"""What is counted once a movement is admitted, and while one is agreed and on its way."""

from collections.abc import Iterable, Iterator

from lejar.domain.policy.flows import Reach, expect, first_day, local_day, note
from lejar.domain.policy.kinds.form import Counter
from lejar.domain.policy.model import Movement, MovePurpose
from lejar.domain.policy.program import Program, compiled, is_of_market, program_for
from lejar.domain.policy.tallies import recount
from lejar.kernel.state import Writer


def count(draft: Writer, leg: Movement, program: Program, offset_minutes: int) -> None:
    """Note what a movement adds to every rule that counts, and to the count of holders."""
    for asked in program.counting:
        counter = asked.test.counter
        if counter is not None and is_of_market(asked.rule.scope.market, leg):
            _note(draft, leg, counter, offset_minutes)
    for asked in program.using:
        if asked.test.after is not None and (asked.in_scope is None or asked.in_scope(draft, leg)):
            asked.test.after(draft, leg)
    if program.tallies:
        for person in (leg.giver.person, leg.receiver.person):
            recount(draft, leg.asset, leg.profile.issuer, person)


def expect_movements(draft: Writer, work: bytes, legs: Iterable[Movement]) -> None:
    """Count an agreed piece of work as on its way, for every rule that counts."""
    if compiled(draft) is None:
        return
    expect(draft, work, tuple(_expected(draft, legs)))


def _expected(draft: Writer, legs: Iterable[Movement]) -> Iterator[tuple[bytes, int]]:
    for leg in legs:
        for asked in program_for(draft, leg, MovePurpose.SETTLEMENT).counting:
            counter = asked.test.counter
            if counter is not None and is_of_market(asked.rule.scope.market, leg):
                for key in counter.keys(leg):
                    yield key, counter.amount(leg)


def _note(draft: Writer, leg: Movement, counter: Counter, offset_minutes: int) -> None:
    amount = counter.amount(leg)
    today = local_day(draft.at, offset_minutes)
    window = counter.window
    for_ever = window.reach is Reach.EVER
    for key in counter.keys(leg):
        if for_ever:  # one sum is enough where no day ever leaves the window
            note(draft, key, 0, amount, 0)
        else:
            note(draft, key, today, amount, first_day(window, today))
