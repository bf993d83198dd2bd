# SPDX-License-Identifier: Apache-2.0
"""At the close of a facility each credit is unwound alone: one that fails hurts nobody."""

from typing import Any

from lejar.assembly import MACHINE
from lejar.domain.money.intraday import CREDITS, Form
from lejar.kernel.moment import MICROS_PER_DAY
from tests.domain.money.test_intraday_machine import UNITS, Intraday


def drawn_by_both() -> Intraday:
    """Give a market in which both banks have drawn, and one has spent a part."""
    made = Intraday()
    made.open_the_market(None, None)
    for bank in ("alpha", "beta"):
        made.a_bank_draws(bank, Form.REPO, UNITS, None, 50_000)
    made.money_goes_back_to_the_rtgs("alpha", 20_000)
    assert len(dict(CREDITS.scan(made.play.state))) == 2
    return made


def a_day_later(made: Intraday) -> list[tuple[str, list[Any]]]:
    """Let the close pass; gives each entry's command and events."""
    made.play.clock += MICROS_PER_DAY
    return [
        (receipt.command, [MACHINE.read_event(raw) for raw in receipt.events])
        for receipt in made.play.order()
    ]


def test_each_credit_is_unwound_in_its_own_entry_and_one_that_fails_hurts_nobody() -> None:
    made = drawn_by_both()
    entries = a_day_later(made)
    assert [command for command, _ in entries] == ["money.intraday_closes"] * 2
    ends = {type(events[-1]).__name__: events[-1] for _, events in entries}
    overdue, repaid = ends["IntradayOverdue"], ends["IntradayRepaid"]
    assert (overdue.bank, overdue.shortfall) == (made.id("alpha_bank"), 20_000)
    assert (repaid.bank, repaid.owed) == (made.id("beta_bank"), 0)
    assert [one.bank for _, one in CREDITS.scan(made.play.state)] == [made.id("alpha_bank")]


def test_what_is_overdue_closes_at_the_next_close_at_which_it_can() -> None:
    made = drawn_by_both()
    a_day_later(made)
    made.money_is_issued("alpha", 20_000)
    ((_, events),) = a_day_later(made)
    assert type(events[-1]).__name__ == "IntradayRepaid"
    assert dict(CREDITS.scan(made.play.state)) == {}
