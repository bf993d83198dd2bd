# SPDX-License-Identifier: Apache-2.0
"""Duties: the sums that the law states, and who pays them in the same entry."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lejar.domain.policy.events import DutyCharged
from lejar.domain.policy.gate import move_resolved
from lejar.domain.policy.kinds.duty import Duty, Payer, Tier, due
from lejar.domain.policy.model import MovePurpose
from lejar.domain.policy.pack import Effect, Market, Scope
from lejar.ledger.balances import balance
from tests.domain.policy.ground import Ground, id_of, rule_of, stocked

CONTRACT_NOTE = Duty(Payer.BOTH, "taxes", each=1_000_00, each_costs=1_00, cap=1_000_00)
CITIZEN = (
    Tier(100_000_00, 10_000),
    Tier(500_000_00, 20_000),
    Tier(1_000_000_00, 30_000),
    Tier(None, 40_000),
)
PROPERTY = Duty(Payer.BUYER, "taxes", tiers=CITIZEN)
FOREIGN = Duty(Payer.BUYER, "taxes", tiers=(Tier(None, 80_000),))


@pytest.mark.parametrize(
    ("duty", "paid", "amount"),
    [
        (CONTRACT_NOTE, 0, 0),
        (CONTRACT_NOTE, 1, 1_00),
        (CONTRACT_NOTE, 1_000_00, 1_00),
        (CONTRACT_NOTE, 1_000_01, 2_00),
        (CONTRACT_NOTE, 5_000_00, 5_00),
        (CONTRACT_NOTE, 100_500_00, 101_00),
        (CONTRACT_NOTE, 999_999_99, 1_000_00),
        (CONTRACT_NOTE, 1_000_000_00, 1_000_00),
        (CONTRACT_NOTE, 1_000_000_01, 1_000_00),
        (CONTRACT_NOTE, 1_200_000_00, 1_000_00),
        (PROPERTY, 100_000_00, 1_000_00),
        (PROPERTY, 100_000_01, 1_000_00),
        (PROPERTY, 500_000_00, 9_000_00),
        (PROPERTY, 1_000_000_00, 24_000_00),
        (PROPERTY, 1_500_000_00, 44_000_00),
        (FOREIGN, 1_500_000_00, 120_000_00),
        (Duty(Payer.BUYER, "taxes", tiers=(Tier(None, 1_000),), least=5_00), 1, 5_00),
        (Duty(Payer.BUYER, "taxes", tiers=(Tier(None, 1_000),)), 499, 0),
        (Duty(Payer.BUYER, "taxes", tiers=(Tier(None, 1_000),)), 500, 1),
    ],
)
def test_what_is_due(duty: Duty, paid: int, amount: int) -> None:
    assert due(duty, paid) == amount


@given(paid=st.integers(1, 10**15), more=st.integers(0, 10**12))
def test_a_higher_price_is_never_cheaper(paid: int, more: int) -> None:
    for duty in (CONTRACT_NOTE, PROPERTY, FOREIGN):
        assert due(duty, paid) <= due(duty, paid + more)
    assert due(PROPERTY, paid) <= due(FOREIGN, paid)


def charged(ground: Ground, giver: str, taker: str, paid: int) -> dict[str, int]:
    """Move ten units; gives by how much each purse changed."""
    purses = {name: id_of(f"{name}/own") for name in ("issuer", "alice", "bob", "taxes")}
    before = {name: balance(ground.state, id_of("MYR"), one).total for name, one in purses.items()}
    draft = ground.draft()
    move_resolved(draft, [ground.leg(giver, taker, 10, paid)], MovePurpose.SETTLEMENT)
    assert all(isinstance(event, DutyCharged) for event in draft.events)
    ground.keep(draft)
    after = {name: balance(ground.state, id_of("MYR"), one).total for name, one in purses.items()}
    return {name: after[name] - before[name] for name in purses if after[name] != before[name]}


@pytest.mark.parametrize(
    ("payer", "changes"),
    [
        (Payer.BUYER, {"bob": -5_00, "taxes": 5_00}),
        (Payer.SELLER, {"alice": -5_00, "taxes": 5_00}),
        (Payer.BOTH, {"alice": -5_00, "bob": -5_00, "taxes": 10_00}),
    ],
)
def test_who_bears_it(payer: Payer, changes: dict[str, int]) -> None:
    ground = stocked()
    ground.adopt(msgspec.structs.replace(CONTRACT_NOTE, payer=payer))
    assert charged(ground, "alice", "bob", 5_000_00) == changes
    assert charged(ground, "alice", "bob", 0) == {}, "a gift costs nothing"


def test_rates_depend_on_what_the_buyer_is() -> None:
    ground = stocked()
    ground.adopt(
        msgspec.structs.replace(PROPERTY, unless_with=("country.sg",)),
        msgspec.structs.replace(FOREIGN, only_with=("country.sg",)),
    )
    assert charged(ground, "alice", "bob", 1_500_000_00)["taxes"] == 44_000_00
    ground.vouch("bob", "country.sg")
    assert charged(ground, "alice", "bob", 1_500_000_00)["taxes"] == 120_000_00


def test_a_scope_and_a_duty_ask_for_their_credentials_both() -> None:
    ground = stocked()
    duty = msgspec.structs.replace(FOREIGN, only_with=("company",))
    ground.adopt(rule_of(duty, scope=Scope(only=("country.sg",))))
    ground.vouch("bob", "country.sg")
    assert charged(ground, "alice", "bob", 100_00) == {}
    ground.vouch("bob", "company")
    assert charged(ground, "alice", "bob", 100_00)["taxes"] == 8_00


def test_a_duty_keeps_to_its_market() -> None:
    ground = stocked()
    ground.adopt(rule_of(CONTRACT_NOTE, scope=Scope(market=Market.SECONDARY)))
    assert charged(ground, "issuer", "bob", 5_000_00) == {}
    assert charged(ground, "alice", "bob", 5_000_00)["taxes"] == 10_00


def test_a_duty_that_only_advises_is_not_charged() -> None:
    ground = stocked()
    ground.adopt(rule_of(CONTRACT_NOTE, effect=Effect.ADVISE))
    assert charged(ground, "alice", "bob", 5_000_00) == {}


def test_a_duty_that_nobody_collects_or_nobody_can_pay_stops_the_movement() -> None:
    ground = stocked()
    ground.adopt(msgspec.structs.replace(CONTRACT_NOTE, collector="nowhere"))
    assert ground.said("alice", "bob", 1, 1) == "collector_unnamed"
    assert ground.said("alice", "bob", 1) == "allowed"
    ground.adopt(CONTRACT_NOTE)
    ground.endow("carol/own", 10)
    assert ground.said("custodian", "bob", 1) == "funds_insufficient"
    leg = ground.leg("carol", "custodian", 1, 1)
    refused = ground.judged(leg)
    assert refused is not None
    assert refused.refusal.code == "funds_insufficient", "the custodian has no money"
