# SPDX-License-Identifier: Apache-2.0
"""Kinds that look back: where a window begins, what counts in it, and what is on its way."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lejar.domain.policy.counting import expect_movements
from lejar.domain.policy.flows import Reach, Window, expect_no_more, first_day
from lejar.domain.policy.kinds.form import Side
from lejar.domain.policy.kinds.windows import FundRaising, InvestmentCap, Per, Velocity
from lejar.domain.policy.pack import Market, Scope
from lejar.kernel.moment import EPOCH_ORDINAL
from tests.domain.policy.ground import Ground, id_of, moment, rule_of, stocked


@pytest.mark.parametrize(
    ("reach", "number", "today", "first"),
    [
        (Reach.DAYS, 1, "2026-11-24", "2026-11-24"),
        (Reach.DAYS, 30, "2026-11-24", "2026-10-26"),
        (Reach.CALENDAR_DAY, 1, "2026-11-24", "2026-11-24"),
        (Reach.CALENDAR_YEAR, 1, "2026-01-01", "2026-01-01"),
        (Reach.CALENDAR_YEAR, 1, "2026-12-31", "2026-01-01"),
        (Reach.MONTHS, 12, "2027-03-15", "2026-03-16"),
        (Reach.MONTHS, 12, "2028-02-29", "2027-03-01"),
        (Reach.MONTHS, 1, "2026-03-31", "2026-03-01"),
        (Reach.MONTHS, 1, "2028-03-31", "2028-03-01"),
        (Reach.MONTHS, 1, "2028-03-30", "2028-03-01"),
        (Reach.MONTHS, 1, "2028-03-29", "2028-03-01"),
        (Reach.MONTHS, 1, "2028-03-28", "2028-02-29"),
        (Reach.MONTHS, 12, "2026-01-01", "2025-01-02"),
        (Reach.MONTHS, 48, "2028-02-29", "2024-03-01"),
        (Reach.EVER, 1, "2026-11-24", "1970-01-01"),
    ],
)
def test_a_window_begins_on_a_day(reach: Reach, number: int, today: str, first: str) -> None:
    day = datetime.date.fromisoformat(today).toordinal() - EPOCH_ORDINAL
    found = datetime.date.fromordinal(first_day(Window(reach, number), day) + EPOCH_ORDINAL)
    assert found.isoformat() == first


@given(
    today=st.dates(datetime.date(1999, 1, 1), datetime.date(2200, 1, 1)),
    reach=st.sampled_from(Reach),
    number=st.integers(1, 120),
)
def test_a_window_never_moves_back(today: datetime.date, reach: Reach, number: int) -> None:
    window, day = Window(reach, number), today.toordinal() - EPOCH_ORDINAL
    assert first_day(window, day) <= first_day(window, day + 1)
    assert first_day(window, day) <= day


def cap(window: Window, per: Per = Per.ISSUER) -> InvestmentCap:
    return InvestmentCap(per, window, 2_000_00)


def spends(ground: Ground, sen: int, day: str, hour: int = 9) -> None:
    ground.go_to(moment(day, hour))
    assert ground.moved(ground.leg("issuer", "bob", 100, sen)) is None


def left(ground: Ground, day: str, hour: int = 9, minute: int = 0) -> int:
    """Give what may still be spent at that moment, found by asking exactly and one above."""
    ground.go_to(moment(day, hour, minute))
    most = ground.allowed(ground.leg("issuer", "bob", 1, 1))
    if most:
        assert ground.said("issuer", "bob", 100, most) == "allowed"
    assert ground.said("issuer", "bob", 100, most + 1) == "investment_cap"
    return most


def test_twelve_months_end_the_day_before_the_same_day() -> None:
    ground = stocked(moment("2027-03-15"))
    ground.adopt(cap(Window(Reach.MONTHS, 12)))
    spends(ground, 1_500_00, "2027-03-15", 23)
    assert left(ground, "2027-03-15") == 500_00
    assert left(ground, "2028-03-14", 23, 59) == 500_00
    assert left(ground, "2028-03-15", 0, 0) == 2_000_00


def test_a_calendar_day_ends_at_midnight_in_malaysia() -> None:
    ground = stocked()
    ground.adopt(cap(Window(Reach.CALENDAR_DAY)))
    spends(ground, 2_000_00, "2026-11-24", 7)
    assert left(ground, "2026-11-24", 8) == 0
    assert left(ground, "2026-11-24", 23, 59) == 0
    assert left(ground, "2026-11-25", 0, 0) == 2_000_00


def test_a_calendar_year_ends_at_midnight_in_malaysia() -> None:
    ground = stocked(moment("2026-12-31"))
    ground.adopt(cap(Window(Reach.CALENDAR_YEAR)))
    spends(ground, 1_999_99, "2026-12-31", 23)
    assert left(ground, "2026-12-31", 23, 59) == 1
    assert left(ground, "2027-01-01", 0, 0) == 2_000_00


def test_days_roll_and_ever_never_ends() -> None:
    rolling, ever = stocked(), stocked()
    rolling.adopt(cap(Window(Reach.DAYS, 7)))
    ever.adopt(cap(Window(Reach.EVER)))
    for ground in (rolling, ever):
        spends(ground, 500_00, "2026-11-24")
        spends(ground, 500_00, "2026-11-27")
    assert left(rolling, "2026-11-30", 23) == 1_000_00
    assert left(rolling, "2026-12-01", 0) == 1_500_00
    assert left(rolling, "2026-12-04", 0) == 2_000_00
    assert left(ever, "2036-12-04", 0) == 1_000_00


def test_each_pack_counts_days_by_its_own_clock() -> None:
    ground = stocked()
    ground.adopt(cap(Window(Reach.CALENDAR_DAY)), jurisdiction="ae", offset=240)
    ground.adopt(cap(Window(Reach.CALENDAR_DAY)), jurisdiction="my")
    ground.profile(jurisdictions=("my",))
    spends(ground, 2_000_00, "2026-11-24", 2)
    assert left(ground, "2026-11-24", 6) == 0
    assert left(ground, "2026-11-25", 2) == 2_000_00
    ground.profile(jurisdictions=("ae",))
    spends(ground, 2_000_00, "2026-11-25", 2)
    assert left(ground, "2026-11-25", 3, 59) == 0
    assert left(ground, "2026-11-25", 4) == 2_000_00


def test_a_gift_spends_nothing_and_the_issuer_takes_back() -> None:
    ground = stocked()
    ground.adopt(cap(Window(Reach.EVER)))
    spends(ground, 2_000_00, "2026-11-24")
    assert ground.said("issuer", "bob", 5_000) == "allowed"
    assert ground.said("alice", "issuer", 10, 9_000_00) == "allowed"


def test_a_price_of_seven_sen_allows_as_many_units_as_the_money_buys() -> None:
    ground = stocked()
    ground.adopt(InvestmentCap(Per.TOTAL, Window(Reach.EVER), 100))
    assert ground.allowed(ground.leg("issuer", "bob", 20, 140)) == 14
    assert ground.said("issuer", "bob", 14, 98) == "allowed"
    assert ground.said("issuer", "bob", 15, 105) == "investment_cap"


def test_what_stays_with_a_person_is_no_purchase_and_no_transfer() -> None:
    ground = stocked()
    ground.adopt(cap(Window(Reach.EVER)), Velocity(Side.GIVER, Window(Reach.CALENDAR_DAY), 10))
    assert ground.moved(ground.leg("alice", "custodian/alice", 900, 9_000_00)) is None
    assert ground.said("alice", "bob", 10, 2_000_00) == "allowed"


def test_primary_purchases_are_counted_apart_from_trades() -> None:
    ground = stocked()
    ground.adopt(rule_of(cap(Window(Reach.EVER)), scope=Scope(market=Market.PRIMARY)))
    assert ground.moved(ground.leg("alice", "bob", 100, 9_000_00)) is None
    assert left(ground, "2026-11-24") == 2_000_00


@pytest.mark.parametrize("per", Per)
def test_a_limit_is_counted_per_issuer_asset_person_or_everybody(per: Per) -> None:
    ground = stocked()
    ground.adopt(cap(Window(Reach.EVER), per))
    spends(ground, 1_500_00, "2026-11-24")
    assert ground.said("issuer", "bob", 1, 500_01) == "investment_cap"
    assert ground.said("issuer", "carol", 1, 500_01) == (
        "investment_cap" if per is Per.EVERYONE else "allowed"
    )


def test_legs_of_one_command_share_what_a_limit_leaves() -> None:
    ground = stocked()
    ground.adopt(cap(Window(Reach.EVER)))
    one = ground.leg("issuer", "bob", 1, 1_000_00)
    assert ground.judged(one, ground.leg("alice", "bob", 1, 1_000_00)) is None
    refused = ground.judged(one, ground.leg("alice", "bob", 1, 1_000_01))
    assert refused is not None
    assert refused.refusal.code == "investment_cap"


def test_what_is_agreed_counts_until_it_is_done_or_called_off() -> None:
    ground = stocked()
    ground.adopt(cap(Window(Reach.MONTHS, 12)))
    draft = ground.draft()
    agreed = ground.leg("issuer", "bob", 10, 1_500_00)
    expect_movements(draft, id_of("work"), (agreed,), (id_of("bob"), id_of("issuer")))
    ground.keep(draft)
    assert left(ground, "2026-11-24") == 500_00
    draft = ground.draft()
    expect_no_more(draft, id_of("work"))
    ground.keep(draft)
    assert left(ground, "2026-11-24") == 2_000_00


def test_what_a_stranger_alleges_uses_up_nobodys_limit() -> None:
    ground = stocked()
    ground.adopt(Velocity(Side.GIVER, Window(Reach.CALENDAR_DAY), 100), cap(Window(Reach.EVER)))
    draft = ground.draft()
    alleged = ground.leg("alice", "bob", 100, 2_000_00)
    expect_movements(draft, id_of("work"), (alleged,), (id_of("bob"),))
    ground.keep(draft)
    assert ground.said("alice", "carol", 100) == "allowed", "alice has agreed to nothing"
    assert ground.said("alice", "bob", 1, 1) == "investment_cap", "bob has"


@pytest.mark.parametrize(("side", "person"), [(Side.GIVER, "alice"), (Side.RECEIVER, "bob")])
def test_velocity_counts_amount_and_number_for_a_side(side: Side, person: str) -> None:
    ground = stocked()
    ground.adopt(Velocity(side, Window(Reach.CALENDAR_DAY), 100, 2))
    assert ground.said("alice", "bob", 101) == "velocity"
    assert ground.moved(ground.leg("alice", "bob", 60)) is None
    assert ground.said("alice", "bob", 41) == "velocity"
    assert ground.moved(ground.leg("alice", "bob", 1)) is None
    assert ground.said("alice", "bob", 1) == "velocity", "a third one is too many"
    other = ("issuer", "bob") if person == "alice" else ("alice", "carol")
    assert ground.said(*other, 100) == "allowed"
    ground.go_to(moment("2026-11-25", 0))
    assert ground.said("alice", "bob", 100) == "allowed"


def test_velocity_lets_the_issuer_give_and_take_as_it_likes() -> None:
    ground = stocked()
    ever = Window(Reach.EVER)
    ground.adopt(Velocity(Side.GIVER, ever, 1), Velocity(Side.RECEIVER, ever, 9))
    assert ground.said("issuer", "bob", 9) == "allowed"
    assert ground.said("issuer", "bob", 10) == "velocity"
    assert ground.said("alice", "issuer", 1) == "allowed"


@pytest.mark.parametrize(
    ("limit", "times", "capital", "largest"),
    [
        (5_000_00, None, None, 5_000_00),
        (None, 5, 500_00, 2_500_00),
        (5_000_00, 5, 500_00, 2_500_00),
        (1_000_00, 5, 500_00, 1_000_00),
        (None, 5, None, 0),
    ],
)
def test_an_issuer_raises_so_much(
    limit: int | None, times: int | None, capital: int | None, largest: int
) -> None:
    ground = stocked()
    name = None if times is None else "shareholders_funds"
    ground.adopt(FundRaising(Window(Reach.MONTHS, 12), limit, times, name))
    if capital is not None:
        ground.record("issuer", "shareholders_funds", capital)
    if largest:
        assert ground.said("issuer", "bob", 10, largest) == "allowed"
    assert ground.said("issuer", "bob", 10, largest + 1) == "fund_raising"
    assert ground.said("alice", "bob", 10, 9_000_00) == "allowed", "only offers raise funds"
    assert ground.said("issuer", "bob", 10) == "allowed", "a gift raises nothing"


def test_what_an_issuer_raised_leaves_the_window() -> None:
    ground = stocked()
    ground.adopt(FundRaising(Window(Reach.MONTHS, 12), 5_000_00))
    spends(ground, 4_000_00, "2026-11-24")
    ground.go_to(moment("2027-11-23"))
    assert ground.said("issuer", "carol", 1, 1_000_00) == "allowed"
    assert ground.said("issuer", "carol", 1, 1_000_01) == "fund_raising"
    ground.go_to(moment("2027-11-24", 0))
    assert ground.said("issuer", "carol", 1, 5_000_00) == "allowed"
