# SPDX-License-Identifier: Apache-2.0
"""Kinds that ask about the movement itself, and about recorded figures."""

import pytest

from lejar.domain.policy import MovePurpose
from lejar.domain.policy.approvals import APPROVALS, MovementApproval
from lejar.domain.policy.figures import FIGURES
from lejar.domain.policy.kinds.figures import (
    Compare,
    Figure,
    FigureAny,
    FigureShare,
    Limb,
    Subject,
)
from lejar.domain.policy.kinds.trading import (
    Approval,
    Band,
    PriceTick,
    PurposeBound,
    SettlementAsset,
    Switch,
    Ticket,
)
from lejar.domain.policy.market_switches import SWITCHES, SwitchState
from lejar.domain.policy.pack import Occasion, Scope
from tests.domain.policy.ground import TODAY, Ground, id_of, rule_of, stocked


@pytest.mark.parametrize(
    ("spec", "fit", "unfit"),
    [
        (Ticket(units_min=5), [(5, 0), (6, 0)], [(4, 0), (1, 0)]),
        (Ticket(units_max=5), [(1, 0), (5, 0)], [(6, 0)]),
        (Ticket(lot=10), [(10, 0), (990, 0)], [(1, 0), (9, 0), (11, 0)]),
        (
            Ticket(units_min=15, units_max=35, lot=10),
            [(20, 0), (30, 0)],
            [(10, 0), (35, 0)],
        ),
        (Ticket(money_min=100), [(1, 100), (1, 101), (7, 0)], [(1, 99), (10, 99)]),
        (Ticket(money_max=100), [(1, 100), (1_000, 0)], [(1, 101)]),
    ],
)
def test_a_ticket_has_a_least_a_most_and_lots(
    spec: Ticket, fit: list[tuple[int, int]], unfit: list[tuple[int, int]]
) -> None:
    ground = stocked()
    ground.adopt(spec)
    for units, paid in fit:
        assert ground.said("alice", "bob", units, paid) == "allowed"
    for units, paid in unfit:
        assert ground.said("alice", "bob", units, paid) == "ticket_unfit"


@pytest.mark.parametrize(
    ("units", "paid", "said"),
    [
        (1, 0, "allowed"),
        (1_000, 99_50, "allowed"),
        (1_000, 99_51, "price_step"),
        (1_000, 500, "allowed"),
        (1_000, 501, "price_step"),
        (1, 99, "allowed"),
        (1, 100, "allowed"),
        (2, 201, "price_step"),
        (100, 99_50, "allowed"),
        (100, 100_50, "price_step"),
        (3, 100, "price_step"),
        (1, 999, "allowed"),
        (1, 10_00, "allowed"),
        (1, 10_01, "price_step"),
        (1, 10_02, "allowed"),
    ],
)
def test_a_price_is_a_whole_number_of_steps(units: int, paid: int, said: str) -> None:
    ground = stocked()
    ground.adopt(PriceTick((Band(0, 500), Band(1_000_000, 10_000), Band(10_000_000, 20_000))))
    assert ground.said("alice", "bob", units, paid) == said


def test_only_named_assets_pay() -> None:
    ground = stocked()
    ground.adopt(SettlementAsset(("myr", "unbound")))
    assert ground.said("alice", "bob", 1, 1_00) == "allowed"
    assert ground.said("alice", "bob", 1, 1_00, currency="SGD") == "settlement_asset_unfit"
    assert ground.said("alice", "bob", 1) == "allowed"


def test_bound_money_goes_where_its_purpose_lets_it_until_its_time_is_over() -> None:
    ground = stocked()
    ground.adopt(PurposeBound(("*.bookshop",), TODAY + 5))
    assert ground.said("issuer", "bob") == "allowed"
    assert ground.said("alice", "bob") == "purpose_bound"
    ground.vouch("bob", "licence.bookshop")
    assert ground.said("alice", "bob") == "allowed"
    ground.go_to(TODAY + 4)
    assert ground.said("alice", "bob") == "allowed"
    ground.go_to(TODAY + 5)
    assert ground.said("alice", "bob") == "purpose_bound"
    assert ground.said("alice", "issuer") == "allowed"


def approve(ground: Ground, units: int, expires_at: int) -> None:
    draft = ground.draft()
    approval = MovementApproval(id_of("sc"), units, expires_at, bytes(32))
    APPROVALS.put(draft, id_of("bob") + id_of("PAPER"), approval)
    ground.keep(draft)


def test_an_approval_is_for_so_much_in_time_and_used_up() -> None:
    ground = stocked()
    ground.adopt(Approval(above_units=10))
    assert ground.said("alice", "bob", 10) == "allowed"
    assert ground.said("alice", "bob", 11) == "approval_missing"
    approve(ground, 50, TODAY + 5)
    assert ground.said("alice", "bob", 50) == "allowed"
    assert ground.said("alice", "bob", 51) == "approval_missing"
    assert ground.said("alice", "carol", 11) == "approval_missing"
    assert ground.moved(ground.leg("alice", "bob", 10)) is None
    assert ground.moved(ground.leg("alice", "bob", 30)) is None
    assert ground.said("alice", "bob", 20) == "allowed", "what needs none uses none"
    assert ground.said("alice", "bob", 21) == "approval_missing"
    assert ground.moved(ground.leg("alice", "bob", 20)) is None
    assert ground.said("alice", "bob", 11) == "approval_missing"
    approve(ground, 50, TODAY + 5)
    ground.go_to(TODAY + 4)
    assert ground.said("alice", "bob", 50) == "allowed"
    ground.go_to(TODAY + 5)
    assert ground.said("alice", "bob", 11) == "approval_missing"


def test_legs_of_one_command_share_an_approval() -> None:
    ground = stocked()
    ground.adopt(Approval(above_units=10))
    approve(ground, 50, TODAY + 5)
    one = ground.leg("alice", "bob", 30)
    assert ground.judged(one, ground.leg("issuer", "bob", 20)) is None
    assert ground.judged(one, ground.leg("issuer", "bob", 10)) is None
    refused = ground.judged(one, ground.leg("issuer", "bob", 21))
    assert refused is not None
    assert refused.refusal.code == "approval_missing"


def test_an_approval_above_a_sum_asks_what_is_paid() -> None:
    ground = stocked()
    ground.adopt(Approval(above_money=100_00))
    assert ground.said("alice", "bob", 10, 100_00) == "allowed"
    assert ground.said("alice", "bob", 10, 100_01) == "approval_missing"
    assert ground.said("alice", "bob", 900) == "allowed"


def test_a_switch_that_nobody_set_is_off() -> None:
    ground = stocked()
    ground.adopt(Switch("trading"))
    assert ground.said("alice", "bob") == "switched_off"
    for on, said in ((True, "allowed"), (False, "switched_off")):
        draft = ground.draft()
        SWITCHES.put(draft, b"trading", SwitchState(on, id_of("sc"), TODAY))
        ground.keep(draft)
        assert ground.said("alice", "bob") == said


@pytest.mark.parametrize(
    ("compare", "fit"),
    [
        (Compare.AT_LEAST, [10, 11]),
        (Compare.AT_MOST, [9, 10]),
        (Compare.BELOW, [9]),
        (Compare.ABOVE, [11]),
    ],
)
def test_a_figure_stands_so_to_a_value(compare: Compare, fit: list[int]) -> None:
    for value in (9, 10, 11):
        ground = stocked()
        ground.adopt(Figure(Subject.ISSUER, "directors", compare, 10))
        assert ground.said("alice", "bob") == "figure_unfit", "nobody recorded it"
        ground.record("issuer", "directors", value)
        assert ground.said("alice", "bob") == ("allowed" if value in fit else "figure_unfit")


@pytest.mark.parametrize(
    ("of", "subject"),
    [
        (Subject.ISSUER, "issuer"),
        (Subject.ASSET, "PAPER"),
        (Subject.RECEIVER, "bob"),
        (Subject.GIVER, "alice"),
    ],
)
def test_a_figure_is_that_of_its_subject_and_lapses(of: Subject, subject: str) -> None:
    ground = stocked()
    ground.adopt(Figure(of, "score", Compare.AT_LEAST, 1))
    others = {"issuer", "PAPER", "bob", "alice"} - {subject}
    for other in sorted(others):
        ground.record(other, "score", 1)
    assert ground.said("alice", "bob") == "figure_unfit"
    ground.record(subject, "score", 1, expires_at=TODAY + 1)
    assert ground.said("alice", "bob") == "allowed"
    ground.go_to(TODAY + 1)
    assert ground.said("alice", "bob") == "figure_unfit"


def test_an_unknown_value_asks_nothing() -> None:
    ground = stocked()
    ground.adopt(
        Figure(Subject.ISSUER, "directors", Compare.AT_LEAST, None),
        FigureShare(Subject.ISSUER, "capital", Compare.AT_LEAST, None, "expenses"),
    )
    assert ground.said("alice", "bob") == "allowed"
    assert len(ground.program(ground.leg("alice", "bob", 1)).unknown) == 2


def test_a_figure_stands_so_to_a_share_of_another() -> None:
    ground = stocked()
    ground.adopt(FigureShare(Subject.ISSUER, "capital", Compare.AT_LEAST, 250_000, "expenses"))
    ground.record("issuer", "capital", 25)
    assert ground.said("alice", "bob") == "figure_unfit"
    ground.record("issuer", "expenses", 100)
    assert ground.said("alice", "bob") == "allowed"
    ground.record("issuer", "expenses", 104)
    assert ground.said("alice", "bob") == "figure_unfit", "26 are asked, not 25.99"


def test_one_of_several_figures_is_enough() -> None:
    ground = stocked()
    limbs = (Limb("income", Compare.AT_LEAST, 180), Limb("assets", Compare.ABOVE, 1_000))
    ground.adopt(FigureAny(Subject.RECEIVER, limbs))
    ground.record("bob", "income", 179)
    assert ground.said("alice", "bob") == "figure_unfit"
    ground.record("bob", "assets", 1_001)
    assert ground.said("alice", "bob") == "allowed"
    draft = ground.draft()
    FIGURES.remove(draft, id_of("bob") + b"assets")
    ground.keep(draft)
    ground.record("bob", "income", 180)
    assert ground.said("alice", "bob") == "allowed"


def test_a_rule_is_asked_on_its_occasions_alone() -> None:
    ground = stocked()
    scope = Scope(occasions=(Occasion.SETTLEMENT, Occasion.SERVICING))
    ground.adopt(rule_of(Ticket(units_max=5), scope=scope))
    for purpose, said in (
        (MovePurpose.SETTLEMENT, "ticket_unfit"),
        (MovePurpose.SERVICING, "ticket_unfit"),
        (MovePurpose.ISSUE, "allowed"),
    ):
        assert ground.said("issuer", "bob", 6, purpose=purpose) == said
