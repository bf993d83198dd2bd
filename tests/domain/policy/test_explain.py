# SPDX-License-Identifier: Apache-2.0
"""An explanation and the gate agree: what it says is allowed passes, and nothing more would.

The largest amount is found again by asking the gate for every amount in turn.
"""

import pytest
from hypothesis import given

from lejar.domain.policy import No, RuleNo
from lejar.domain.policy.explain import Question, explain
from lejar.domain.policy.kinds.holdings import HoldingCap
from lejar.domain.policy.kinds.trading import Ticket
from lejar.domain.policy.pack import AnySpec, Rule
from tests.domain.policy.ground import Ground, id_of, rule_of
from tests.domain.policy.random_packs import Case, Facts, Wish, cases, rule_lists
from tests.domain.policy.test_properties import FEW

RULES = frozenset(no.code for no in (*RuleNo, *No))


def question(wish: Wish) -> Question:
    """Ask about what is wished for."""
    paid = wish.units * wish.price
    return Question(
        account=id_of(wish.target),
        asset=id_of("PAPER"),
        amount=wish.units,
        paid=paid or None,
        currency=id_of("MYR") if paid else None,
        seller=id_of(wish.source),
        from_issuer=False,
    )


def largest(ground: Ground, wish: Wish) -> int:
    """Give the largest amount, up to what is wished for, that no rule refuses at its price."""
    for units in range(wish.units, 0, -1):
        refused = ground.judged(ground.leg(wish.source, wish.target, units, units * wish.price))
        if refused is None or refused.refusal.code not in RULES:
            return units
    return 0


@FEW
@given(rules=rule_lists(), case=cases)
def test_an_explanation_says_what_the_gate_would_do(rules: tuple[Rule, ...], case: Case) -> None:
    ground = case.ground(*rules)
    told = explain(ground.state, 0, question(case.wish))
    assert told.allowed == largest(ground, case.wish)


NOBODY = Facts((), (None, None, None, None), (), (), 0)


@pytest.mark.parametrize(
    ("rules", "wished", "allowed"),
    [
        ((Ticket(units_min=10),), 5, 0),
        ((Ticket(units_min=10),), 10, 10),
        ((Ticket(lot=20), HoldingCap(units=1_000_050)), 60, 40),
        ((Ticket(lot=20), Ticket(lot=6)), 130, 120),
        ((Ticket(lot=20), Ticket(lot=6)), 59, 0),
        ((Ticket(lot=20),), 59, 40),
        ((Ticket(units_min=50), HoldingCap(units=1_000_049)), 60, 0),
    ],
)
def test_least_amounts_and_lots_are_explained_too(
    rules: tuple[AnySpec, ...], wished: int, allowed: int
) -> None:
    case = Case(NOBODY, (), Wish("alice/own", "bob/own", wished, 1, ()))
    ground = case.ground(*[rule_of(spec, f"my.r{n}") for n, spec in enumerate(rules)])
    assert largest(ground, case.wish) == allowed
    told = explain(ground.state, 0, question(case.wish))
    assert told.allowed == allowed
