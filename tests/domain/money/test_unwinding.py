# SPDX-License-Identifier: Apache-2.0
"""Whoever ends the settlement day puts all credits in line; each is then unwound alone."""

from typing import Any

from lejar.domain.money import unwind_intraday
from lejar.domain.money.intraday import CREDITS, Form
from lejar.domain.money.intraday.invariants import for_all
from lejar.kernel.draft import Draft
from tests.domain.money.test_intraday_machine import UNITS, Intraday
from tests.scenarios.network import MACHINE


def drawn_by_both() -> Intraday:
    """Give a market in which both banks have drawn, and one has spent a part."""
    made = Intraday()
    made.open_the_market(None, None)
    for bank in ("alpha", "beta"):
        made.a_bank_draws(bank, Form.REPO, UNITS, None, 50_000)
    made.money_goes_back_to_the_rtgs("alpha", 20_000)
    assert len(dict(CREDITS.scan(made.play.state))) == 2
    return made


def put_in_line(made: Intraday, asset: str) -> tuple[int, int]:
    """Do as the end of a settlement day does, within one command."""
    state = made.play.state
    draft = Draft(state, b"the end of a day")
    found = unwind_intraday(draft, made.id(asset))
    state.absorb(draft.writes)
    for_all(state)
    return found.credits, found.owed


def ticked(made: Intraday) -> list[tuple[str, list[Any]]]:
    """Let due work run; gives each entry's command and events."""
    return [
        (receipt.command, [MACHINE.read_event(raw) for raw in receipt.events])
        for receipt in made.play.order()
    ]


def test_each_credit_is_unwound_in_its_own_entry_and_one_that_fails_hurts_nobody() -> None:
    made = drawn_by_both()
    assert put_in_line(made, "MYR") == (2, 100_000)
    entries = ticked(made)
    assert [command for command, _ in entries] == ["money.intraday_closes"] * 2
    ends = {type(events[-1]).__name__: events[-1] for _, events in entries}
    assert (ends["IntradayOverdue"].bank, ends["IntradayOverdue"].shortfall) == (
        made.id("alpha_bank"),
        20_000,
    )
    assert (ends["IntradayRepaid"].bank, ends["IntradayRepaid"].owed) == (made.id("beta_bank"), 0)
    assert ticked(made) == []


def test_what_is_overdue_is_put_in_line_again_and_closes_once_it_can() -> None:
    made = drawn_by_both()
    put_in_line(made, "MYR")
    ticked(made)
    made.money_is_issued("alpha", 20_000)
    assert put_in_line(made, "MYR") == (1, 50_000)
    ((_, events),) = ticked(made)
    assert type(events[-1]).__name__ == "IntradayRepaid"
    assert dict(CREDITS.scan(made.play.state)) == {}


def test_another_currencys_credits_are_left_alone() -> None:
    made = drawn_by_both()
    assert put_in_line(made, "BOND") == (0, 0)
    assert ticked(made) == []
