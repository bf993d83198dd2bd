# SPDX-License-Identifier: Apache-2.0
"""A statement says what the receipts say: every posting of random traffic is counted again."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import pytest

from lejar.kernel.entry import Receipt, read_receipt
from lejar.kernel.failure import Malformed
from lejar.kernel.moment import local_date
from lejar.projections import Projections, Projector, Snapshot, Wanted
from lejar.projections.privileged import account_statements as statements
from tests.projections.traffic import Market, Trade, Traffic

OFFSET = 480
ONE_DAY = datetime.timedelta(days=1)


@dataclass
class Told:
    """A market whose traffic has been folded, its receipts, and a snapshot of what is told."""

    market: Market
    trade: Trade
    receipts: list[Receipt]
    snapshot: Snapshot

    def moved(self, account: bytes, asset: bytes) -> list[tuple[datetime.date, int, int, int]]:
        """Recount: (day, entry, ordinal, amount) of every posting."""
        return [
            (local_date(receipt.at, OFFSET), receipt.number, ordinal, posting.amount)
            for receipt in self.receipts
            for ordinal, posting in enumerate(receipt.postings)
            if (posting.account, posting.asset) == (account, asset)
        ]


@pytest.fixture(scope="module")
def traffic() -> Traffic:
    made = Traffic(7)
    made.run(500)
    return made


@pytest.fixture
def told(url: str, traffic: Traffic) -> Iterator[Told]:
    projector = Projector(url, traffic.market.genesis)
    for _ in projector.catch_up(traffic.market.blocks):
        pass
    projector.close()
    projections = Projections(url)
    receipts = [
        read_receipt(entry.receipt) for _, entries in traffic.market.blocks for entry in entries
    ]
    with projections.snapshot() as snapshot:
        yield Told(traffic.market, traffic.trade, receipts, snapshot)
    projections.close()


def pairs(told: Told) -> list[tuple[bytes, bytes]]:
    """Give every account and asset that something was posted for."""
    seen = {(one.account, one.asset): None for each in told.receipts for one in each.postings}
    return list(seen)


def test_every_day_of_every_account_opens_where_the_day_before_closed(told: Told) -> None:
    checked = 0
    for account, asset in pairs(told):
        moved = told.moved(account, asset)
        days = sorted({day for day, *_ in moved})
        assert [one.day for one in statements.statement_days(told.snapshot, account, asset)] == (
            days[::-1]
        )
        for day in (days[0] - ONE_DAY, *days, days[-1] + ONE_DAY):
            found = statements.whole_statement(told.snapshot, account, asset, day)
            assert found is not None
            on_day = [one for one in moved if one[0] == day]
            assert found.opening == sum(one[3] for one in moved if one[0] < day)
            assert found.closing == found.opening + sum(one[3] for one in on_day)
            assert found.came_in - found.went_out == found.closing - found.opening
            assert found.came_in == sum(one[3] for one in on_day if one[3] > 0)
            assert found.movements == len(on_day)
            lines = [(one.entry, one.ordinal, one.amount) for one in found.entries]
            assert lines == [one[1:] for one in on_day]
            checked += len(lines)
    assert checked == sum(len(receipt.postings) for receipt in told.receipts)


def test_a_line_names_the_other_side_and_what_moved_it(told: Told) -> None:
    by_number = {receipt.number: receipt for receipt in told.receipts}
    account, asset = told.trade.second, told.trade.myr
    days = statements.statement_days(told.snapshot, account, asset)
    lines = 0
    for one in days:
        found = statements.whole_statement(told.snapshot, account, asset, one.day)
        assert found is not None
        assert (found.code, found.movements) == ("MYR", one.movements)
        for line in found.entries:
            receipt = by_number[line.entry]
            assert (line.at, line.command, line.reference) == (
                receipt.at,
                receipt.command,
                receipt.command_id,
            )
            other = receipt.postings[line.ordinal ^ 1]
            assert (other.account, other.asset, other.amount) == (
                line.counterparty,
                asset,
                -line.amount,
            )
            lines += 1
    assert lines


def test_pages_of_a_day_together_are_the_day(told: Told) -> None:
    account, asset = max(pairs(told), key=lambda pair: len(told.moved(*pair)))
    busiest = max(
        statements.statement_days(told.snapshot, account, asset), key=lambda one: one.movements
    )
    assert busiest.movements > 2
    whole = statements.whole_statement(told.snapshot, account, asset, busiest.day)
    assert whole is not None
    lines: list[statements.StatementLine] = []
    cursor: str | None = None
    while True:
        part = statements.statement(
            told.snapshot, account, asset, busiest.day, Wanted(cursor, size=2)
        )
        assert part is not None
        assert (part.opening, part.closing) == (whole.opening, whole.closing)
        lines += part.entries
        cursor = part.next
        if cursor is None:
            break
    assert tuple(lines) == whole.entries
    with pytest.raises(Malformed):
        statements.statement(told.snapshot, account, asset, busiest.day, Wanted("changed"))


def test_one_goes_from_day_to_day_both_ways(told: Told) -> None:
    account, asset = told.trade.second, told.trade.myr
    days = [one.day for one in statements.statement_days(told.snapshot, account, asset)][::-1]
    assert len(days) > 1
    for earlier, later in pairwise(days):
        assert statements.day_after(told.snapshot, account, asset, earlier) == later
        assert statements.day_before(told.snapshot, account, asset, later) == earlier
    assert statements.day_before(told.snapshot, account, asset, days[0]) is None
    assert statements.day_after(told.snapshot, account, asset, days[-1]) is None
    assert [
        one.day for one in statements.statement_days(told.snapshot, account, asset, days[-1], 1)
    ] == [days[-2]]


def test_a_day_is_final_once_it_has_ended(told: Told) -> None:
    account, asset = told.trade.second, told.trade.myr
    now = statements.today(told.snapshot)
    assert now == local_date(told.snapshot.standing.at, OFFSET)
    for day, is_final in ((now - ONE_DAY, True), (now, False), (now + ONE_DAY, False)):
        found = statements.statement(told.snapshot, account, asset, day)
        assert found is not None
        assert found.is_final is is_final


def test_the_first_and_the_last_of_all_days_are_days_too(told: Told) -> None:
    account, asset = told.trade.second, told.trade.myr
    first = statements.statement(told.snapshot, account, asset, datetime.date.min)
    last = statements.statement(told.snapshot, account, asset, datetime.date.max)
    assert first is not None
    assert last is not None
    assert (first.opening, first.closing, first.entries) == (0, 0, ())
    assert last.opening == last.closing == sum(one[3] for one in told.moved(account, asset))


def test_what_does_not_exist_has_no_statement(told: Told) -> None:
    now = statements.today(told.snapshot)
    assert statements.statement(told.snapshot, b"?" * 16, told.trade.myr, now) is None
    assert statements.statement(told.snapshot, told.trade.second, b"?" * 16, now) is None
    assert statements.whole_statement(told.snapshot, b"?" * 16, told.trade.myr, now) is None
