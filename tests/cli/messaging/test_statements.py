# SPDX-License-Identifier: Apache-2.0
"""Statements of a bank's own account: asked for by message, and written as banks read them."""

from datetime import date

from lejar.gateways.reconciling.forms import read_outside
from lejar.gateways.reconciling.outside import Statement
from tests.cli.messaging.conftest import Two
from tests.cli.messaging.world import camt_060, pacs_009, said, uetr

DAY_MICROS = 24 * 3_600_000_000


def test_a_day_that_goes_on_is_reported(two: Two) -> None:
    two.alfa.take(pacs_009(1, 2_500))
    (reply,) = two.alfa.take(camt_060(two.founded.account, "2026-09-21"))
    assert reply.name.startswith("camt.052")
    (statement,) = said(reply)
    assert {one.kind: one.units for one in statement.balances} == {"OPBD": 0, "CLBD": 97_500}
    assert [(one.units, one.uetr) for one in statement.entries] == [
        (100_000, None),
        (-2_500, uetr(1)),
    ]


def test_a_day_that_has_ended_is_stated_and_can_be_reconciled(two: Two) -> None:
    two.alfa.take(pacs_009(1, 2_500))
    two.market.world.now += 2 * DAY_MICROS
    two.tick()
    (reply,) = two.alfa.take(camt_060(two.founded.account, "2026-09-21"))
    assert reply.name.startswith("camt.053")
    outside = read_outside(reply.data)
    assert isinstance(outside, Statement)
    assert (outside.day, outside.opening, outside.closing) == (date(2026, 9, 21), 0, 97_500)
    assert [one.amount for one in outside.entries] == [100_000, -2_500]
    assert outside.entries[1].names[0] == uetr(1)


def test_a_day_on_which_nothing_moved_is_stated_too(two: Two) -> None:
    two.market.world.now += 3 * DAY_MICROS
    two.tick()
    (reply,) = two.alfa.take(camt_060(two.founded.account, "2026-09-22"))
    (statement,) = said(reply)
    assert {one.units for one in statement.balances} == {100_000}
    assert statement.entries == ()


def test_somebody_elses_account_is_not_stated(two: Two) -> None:
    (reply,) = two.alfa.take(camt_060("nobody's", "2026-09-21"))
    assert said(reply)[0].reason == "AC01"
    (reply,) = two.alfa.take(camt_060(two.founded.other, "2026-09-21", "Q-2"))
    assert said(reply)[0].reason == "AC01"
