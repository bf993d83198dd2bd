# SPDX-License-Identifier: Apache-2.0
"""What is counted once a movement is admitted, and while one is agreed and on its way."""

from collections.abc import Iterable, Iterator, Sequence

from lejar.domain.policy.flows import Reach, expect, first_day, local_day, note
from lejar.domain.policy.kinds.form import Counter
from lejar.domain.policy.model import Movement, MovePurpose
from lejar.domain.policy.program import Asked, Program, compiled, is_of_market, program_for
from lejar.domain.policy.tallies import recount
from lejar.kernel.state import Reader, Writer


def count(draft: Writer, leg: Movement, program: Program) -> None:
    """Note what a movement adds to every rule that counts, and to the count of holders.

    What stays with the same person is no purchase, no sale and no disposal.
    """
    for asked in () if leg.stays else program.counting:
        counter = asked.test.counter
        if counter is not None and _is_meant(draft, leg, asked, counter):
            _note(draft, leg, counter)
    for asked in program.using:
        if asked.test.after is not None and (asked.in_scope is None or asked.in_scope(draft, leg)):
            asked.test.after(draft, leg)
    if program.tallies:
        for person in (leg.giver.person, leg.receiver.person):
            recount(draft, leg.asset, leg.profile.issuer, person)


def expect_movements(
    draft: Writer, work: bytes, legs: Iterable[Movement], affirmed: Sequence[bytes]
) -> None:
    """Count an agreed piece of work as on its way, for every rule that counts.

    A rule counts for a person, and only who has affirmed is counted: what a stranger alleges uses
    up nobody's limit.
    """
    if compiled(draft) is None:
        return
    expect(draft, work, tuple(_expected(draft, legs, affirmed)))


def _expected(
    draft: Writer, legs: Iterable[Movement], affirmed: Sequence[bytes]
) -> Iterator[tuple[bytes, int]]:
    for leg in legs:
        sides = [one.person for one in (leg.giver, leg.receiver) if one.owner in affirmed]
        for asked in () if leg.stays else program_for(draft, leg, MovePurpose.SETTLEMENT).counting:
            counter = asked.test.counter
            if counter is None or not _is_meant(draft, leg, asked, counter):
                continue
            if any(person in sides for person in asked.test.subjects(leg)):
                for key in counter.keys(leg):
                    yield key, counter.amount(leg)


def _is_meant(reader: Reader, leg: Movement, asked: Asked, counter: Counter) -> bool:
    """Say whether a movement is one of those that a rule counts."""
    if counter.in_scope_only and asked.in_scope is not None:
        return asked.in_scope(reader, leg)
    return is_of_market(asked.rule.scope.market, leg)


def _note(draft: Writer, leg: Movement, counter: Counter) -> None:
    amount = counter.amount(leg)
    today = local_day(draft.at, counter.offset_minutes)
    window = counter.window
    for_ever = window.reach is Reach.EVER
    for key in counter.keys(leg):
        if for_ever:  # one sum is enough where no day ever leaves the window
            note(draft, key, 0, amount, 0)
        else:
            note(draft, key, today, amount, first_day(window, today))
