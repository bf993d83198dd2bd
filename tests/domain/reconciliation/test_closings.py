# SPDX-License-Identifier: Apache-2.0
"""A day's closing balance is what its postings sum to, whenever blocks came, and whatever was due.

The oracle knows no due work: it sums the postings of every receipt whose moment lies before the
day's last microsecond.
"""

import datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from lejar.domain.calendar import Calendar
from lejar.domain.money import commands as money
from lejar.domain.reconciliation import (
    CLOSINGS,
    COUNTERPARTS,
    STATEMENTS,
    CounterpartKind,
    business_days_since,
)
from lejar.domain.reconciliation import commands as on_ledgers
from lejar.domain.reconciliation.model import DAYS_KEPT, STATEMENTS_KEPT
from lejar.kernel.envelope import Command
from lejar.kernel.moment import MICROS_PER_DAY, MICROS_PER_HOUR, local_date, start_of
from tests.scenarios.play import Play, Send
from tests.scenarios.runner import market, perform
from tests.scenarios.values import OFFSET_MINUTES, digest_of

TO_THE_LAST = 15 * MICROS_PER_HOUR - 1
"""From nine in the morning to the last microsecond of the day."""
GAPS = st.one_of(
    st.integers(0, 30).map(lambda hours: hours * MICROS_PER_HOUR),
    st.sampled_from((1, MICROS_PER_DAY - 1, 3 * MICROS_PER_DAY, 15 * MICROS_PER_HOUR, TO_THE_LAST)),
)


def played() -> Play:
    """Open the usual market, with the bank's own account mirrored by the central bank's ledger."""
    play = Play()
    for step in market().steps:
        perform(play, step)
    play.scope = "closings"
    named = on_ledgers.NameCounterpart(
        CounterpartKind.RTGS, play.names["bnm"], play.names["alpha"], play.names["MYR"],
        digest_of("ledger", 32), None,
    )  # fmt: skip
    send(play, "alpha_bank", named)
    return play


def test_the_end_of_all_days_stops_no_hub() -> None:
    play = played()
    play.clock = start_of(datetime.date.max, OFFSET_MINUTES) + 3 * MICROS_PER_DAY
    for _ in range(4):
        play.order()
    assert [receipt.refusal for receipt in play.receipts if receipt.refusal] == []
    assert play.replayed() == play.digests


def test_statements_are_kept_for_as_long_as_days_and_no_longer() -> None:
    play = played()
    ledger = next(key for key, _ in COUNTERPARTS.scan(play.state))
    for number in range(1, STATEMENTS_KEPT + 3):
        day = local_date(play.clock, OFFSET_MINUTES)
        play.clock += MICROS_PER_DAY
        words = f"statement {number}"
        statement = on_ledgers.RecordStatement(
            ledger, number, digest_of(words, 16), day, play.names["MYR"], 0, 0,
            digest_of(words, 32),
        )  # fmt: skip
        send(play, "bnm", statement)
    kept = [int.from_bytes(key[16:], "big") for key, _ in STATEMENTS.scan(play.state)]
    assert kept == list(range(3, STATEMENTS_KEPT + 3))
    assert len(list(CLOSINGS.scan(play.state))) == DAYS_KEPT


def test_age_counts_the_business_days_that_have_ended() -> None:
    days = Calendar(OFFSET_MINUTES, (5, 6), (datetime.date(2026, 12, 25),), None)
    thursday = datetime.date(2026, 12, 24)
    ages = [business_days_since(days, thursday, thursday + datetime.timedelta(n)) for n in range(7)]
    assert ages == [0, 0, 0, 0, 0, 1, 2]
    assert business_days_since(days, datetime.date.max, datetime.date.max) == 0


def send(play: Play, who: str, command: Command) -> None:
    receipts = play.order(play.seal(Send(command, ((play.names[who], who),))))
    assert receipts[-1].refusal is None, receipts[-1].refusal


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(GAPS, st.integers(1, 1_000)), max_size=8))
def test_a_closing_balance_is_the_sum_of_the_postings_until_then(
    steps: list[tuple[int, int]],
) -> None:
    play = played()
    for number, (gap, amount) in enumerate(steps):
        play.clock += gap
        reference = digest_of(f"reference {number}", 16)
        issue = money.IssueMoney(play.names["MYR"], play.names["alpha"], amount, reference)
        send(play, "bnm", issue)
    play.clock += MICROS_PER_DAY
    play.order()
    found = {
        datetime.date.fromordinal(int.from_bytes(key[16:], "big")): one.balance
        for key, one in CLOSINGS.scan(play.state)
    }
    assert found
    for day, total in found.items():
        end = start_of(day, OFFSET_MINUTES) + MICROS_PER_DAY - 1
        posted = [
            one.amount
            for receipt in play.receipts
            if receipt.at < end
            for one in receipt.postings
            if (one.asset, one.account) == (play.names["MYR"], play.names["alpha"])
        ]
        assert total == sum(posted), day
    assert play.replayed() == play.digests
