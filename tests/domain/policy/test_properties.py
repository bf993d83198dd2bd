# SPDX-License-Identifier: Apache-2.0
"""What holds of every pack: the gate is monotone, the same when it is tried, blind to order.

Packs are drawn from all kinds, on random facts and a random past.
"""

from math import lcm
from typing import get_args

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from lejar.domain.policy import RuleNo
from lejar.domain.policy.model import Movement
from lejar.domain.policy.pack import AnySpec, Rule
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.kernel.refusal import Refused
from tests.domain.policy.ground import Ground
from tests.domain.policy.random_packs import KINDS, Case, Wish, cases, rule_lists
from tests.domain.policy.relaxing import relaxed

CODES = frozenset(no.code for no in RuleNo)
FEW = settings(max_examples=60, phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink))
"""Each example builds whole markets; what a shrunk example means is seen without an explanation."""

signers = st.sampled_from((("alice",), ("bob",), ("alice", "bob")))


def leg_of(ground: Ground, wish: Wish, units: int | None = None) -> Movement:
    """Make the movement that is wished for, or another amount at the same price."""
    amount = wish.units if units is None else units
    return ground.leg(wish.source, wish.target, amount, amount * wish.price, agents=wish.agents)


def told(refused: Refused | None) -> tuple[str, dict[str, object]] | None:
    """Give what a refusal says."""
    return None if refused is None else (refused.refusal.code, dict(refused.facts))


def is_refused_by_a_rule(refused: Refused | None) -> bool:
    """Say whether a pack refused; the balance is not its matter."""
    return refused is not None and refused.refusal.code in CODES


def test_every_kind_is_drawn() -> None:
    assert set(KINDS) == set(get_args(AnySpec))


@FEW
@given(rules=rule_lists(), case=cases, more=st.integers(1, 150))
def test_asking_for_more_never_raises_what_is_allowed(
    rules: tuple[Rule, ...], case: Case, more: int
) -> None:
    ground = case.ground(*rules)
    less = ground.allowed(leg_of(ground, case.wish))
    assert ground.allowed(leg_of(ground, case.wish, case.wish.units + more)) <= less


@FEW
@given(rules=rule_lists(), case=cases, place=st.integers(0, 2**31))
def test_every_whole_lot_between_the_least_and_the_most_is_allowed(
    rules: tuple[Rule, ...], case: Case, place: int
) -> None:
    ground = case.ground(*rules)
    leg = leg_of(ground, case.wish)
    asked = [
        one
        for one in ground.program(leg).asked
        if one.in_scope is None or one.in_scope(ground.state, leg)
    ]
    lot = lcm(*(one.test.multiple_of for one in asked))
    least = max((one.test.at_least(leg) for one in asked if one.test.at_least), default=1)
    most = min(ground.allowed(leg), 100_000)
    first = -(-least // lot)
    if first * lot <= most:
        amount = (first + place % (most // lot - first + 1)) * lot
        assert not is_refused_by_a_rule(ground.judged(leg_of(ground, case.wish, amount)))
    if most < 100_000:
        assert is_refused_by_a_rule(ground.judged(leg_of(ground, case.wish, most + lot)))


@FEW
@given(rules=rule_lists(), case=cases, signs=signers)
def test_a_dry_run_refuses_exactly_when_execution_does_and_says_the_same(
    rules: tuple[Rule, ...], case: Case, signs: tuple[str, ...]
) -> None:
    ground = case.ground(*rules)
    leg = leg_of(ground, case.wish)
    before = dict(ground.state.records)
    tried = told(ground.judged(leg, signers=signs))
    assert ground.state.records == before
    assert told(ground.moved(leg, signers=signs)) == tried
    assert (ground.state.records == before) is (tried is not None)


@FEW
@given(rules=rule_lists(), case=cases, data=st.data())
def test_the_order_of_rules_changes_nothing(
    rules: tuple[Rule, ...], case: Case, data: st.DataObject
) -> None:
    one = case.ground(*rules)
    other = case.ground(*data.draw(st.permutations(rules)))
    said, other_said = (
        told(ground.moved(leg_of(ground, case.wish), signers=("bob",))) for ground in (one, other)
    )
    if said is None or "pack" not in said[1]:
        assert said == other_said
    else:
        assert other_said is not None
        assert {**said[1], "pack": ""} == {**other_said[1], "pack": ""}
        assert said[0] == other_said[0]
    leg = leg_of(one, case.wish)
    assert one.allowed(leg) == other.allowed(leg)


@FEW
@given(rules=rule_lists(), case=cases, data=st.data())
def test_a_relaxed_pack_never_refuses_what_the_strict_one_allowed(
    rules: tuple[Rule, ...], case: Case, data: st.DataObject
) -> None:
    strict = case.ground(*rules)
    loosened = [data.draw(relaxed(rule)) for rule in rules]
    relaxed_ground = case.ground(*[rule for rule in loosened if rule is not None])
    leg = leg_of(strict, case.wish)
    if strict.judged(leg) is None:
        assert not is_refused_by_a_rule(relaxed_ground.judged(leg))
    assert strict.allowed(leg) <= relaxed_ground.allowed(leg)


@FEW
@given(rules=rule_lists(), case=cases)
def test_what_is_allowed_is_the_least_that_any_rule_alone_allows(
    rules: tuple[Rule, ...], case: Case
) -> None:
    ground = case.ground(*rules)
    leg = leg_of(ground, case.wish)
    alone = [case.ground(rule).allowed(leg) for rule in rules]
    asked = [
        one
        for one in ground.program(leg).asked
        if one.in_scope is None or one.in_scope(ground.state, leg)
    ]
    lot = lcm(*(one.test.multiple_of for one in asked))
    least = max((one.test.at_least(leg) for one in asked if one.test.at_least), default=1)
    most = min([*alone, AMOUNT_MAX]) // lot * lot
    assert ground.allowed(leg) == (most if most >= least else 0)


@FEW
@given(rules=rule_lists(), case=cases)
def test_nobody_else_is_told_facts_of_a_person(rules: tuple[Rule, ...], case: Case) -> None:
    ground = case.ground(*rules)
    leg = leg_of(ground, case.wish)
    refused = ground.judged(leg, signers=("taxes",))
    if refused is None or "rule" not in refused.facts:
        return
    subjects = [
        one.test.subjects(leg)
        for one in ground.program(leg).asked
        if one.rule.id == refused.facts["rule"]
    ]
    if subjects and subjects[0]:
        assert set(refused.facts) <= {"asset", "basis", "pack", "rule", "link", "source"}
