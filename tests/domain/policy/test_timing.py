# SPDX-License-Identifier: Apache-2.0
"""Kinds that ask when: lock-ups, moratoria, cooling-off, hours; and what a rule's own time is."""

import msgspec
import pytest

from lejar.domain.policy.counting import expect_movements
from lejar.domain.policy.kinds.timing import CoolingOff, Hours, LockUp, Moratorium
from lejar.domain.policy.kinds.trading import Ticket
from lejar.domain.policy.milestones import MILESTONES, Milestone
from tests.domain.policy.ground import TODAY, Ground, id_of, moment, rule_of, stocked


def reach(ground: Ground, name: str) -> None:
    """Record a milestone of the paper."""
    draft = ground.draft()
    key = id_of("PAPER") + name.encode()
    MILESTONES.put(draft, key, Milestone(id_of("sc"), ground.state.at, bytes(32)))
    ground.keep(draft)


def test_a_lock_up_binds_holders_until_its_moment() -> None:
    ground = stocked()
    ground.adopt(LockUp(until=TODAY + 5))
    assert ground.said("issuer", "bob") == "allowed"
    assert ground.said("alice", "issuer") == "allowed"
    assert ground.said("alice", "bob") == "locked_by_rule"
    ground.go_to(TODAY + 4)
    assert ground.said("alice", "bob") == "locked_by_rule"
    ground.go_to(TODAY + 5)
    assert ground.said("alice", "bob") == "allowed"


def test_a_lock_up_waits_for_its_milestone_and_for_its_moment() -> None:
    ground = stocked()
    ground.adopt(LockUp(until=TODAY + 5, milestone="audited"))
    reach(ground, "listed")
    assert ground.said("alice", "bob") == "locked_by_rule"
    reach(ground, "audited")
    assert ground.said("alice", "bob") == "locked_by_rule"
    ground.go_to(TODAY + 5)
    assert ground.said("alice", "bob") == "allowed"


def moratorium() -> Ground:
    ground = stocked()
    ground.adopt(Moratorium(500_000, "project_completed"))
    return ground


def test_half_of_a_holding_may_go_in_all_however_often_it_goes() -> None:
    ground = moratorium()
    assert ground.said("alice", "bob", 500) == "allowed"
    assert ground.said("alice", "bob", 501) == "moratorium"
    assert ground.moved(ground.leg("alice", "bob", 300)) is None
    assert ground.said("alice", "bob", 200) == "allowed"
    assert ground.said("alice/other", "bob", 201) == "moratorium"
    assert ground.moved(ground.leg("alice", "bob", 200)) is None
    assert ground.said("alice", "bob", 1) == "moratorium"
    reach(ground, "project_completed")
    assert ground.said("alice", "bob", 500) == "allowed"


def test_what_is_agreed_to_go_is_gone_for_a_moratorium_and_still_held() -> None:
    ground = moratorium()
    draft = ground.draft()
    agreed = ground.leg("alice", "bob", 400)
    expect_movements(draft, id_of("work"), (agreed,), (id_of("alice"), id_of("bob")))
    ground.keep(draft)
    assert ground.said("alice", "bob", 100) == "allowed"
    assert ground.said("alice", "bob", 101) == "moratorium"


def test_a_moratorium_leaves_the_issuer_and_a_persons_own_accounts_alone() -> None:
    ground = moratorium()
    assert ground.said("issuer", "bob", 9_999) == "allowed"
    assert ground.moved(ground.leg("alice", "custodian/alice", 1_000)) is None
    assert ground.said("custodian/alice", "bob", 500) == "allowed"
    assert ground.said("custodian/alice", "bob", 501) == "moratorium"


def test_two_legs_of_one_command_share_what_a_moratorium_leaves() -> None:
    ground = moratorium()
    one = ground.leg("alice", "bob", 300)
    assert ground.judged(one, ground.leg("alice", "carol", 200)) is None
    refused = ground.judged(one, ground.leg("alice", "carol", 201))
    assert refused is not None
    assert refused.refusal.code == "moratorium"


def test_what_was_bought_in_an_offer_waits_out_its_business_days() -> None:
    ground = stocked()  # a Tuesday
    ground.adopt(CoolingOff(6))
    assert ground.moved(ground.leg("issuer", "alice", 100, 1_00)) is None
    assert ground.said("alice", "bob", 1_000) == "allowed", "what was held before may go"
    assert ground.said("alice", "bob", 1_001) == "cooling_off"
    assert ground.said("alice", "issuer", 1_100) == "allowed", "a purchase may be withdrawn"
    ground.go_to(moment("2026-12-02", 23, 59))
    assert ground.said("alice", "bob", 1_001) == "cooling_off"
    ground.go_to(moment("2026-12-03", 0))
    assert ground.said("alice", "bob", 1_100) == "allowed"


def test_a_purchase_that_was_withdrawn_locks_nothing() -> None:
    ground = stocked()
    ground.adopt(CoolingOff(6))
    assert ground.moved(ground.leg("issuer", "alice", 100, 1_00)) is None
    assert ground.moved(ground.leg("alice", "issuer", 60)) is None
    assert ground.said("alice", "bob", 1_000) == "allowed"
    assert ground.said("alice", "bob", 1_001) == "cooling_off"
    assert ground.moved(ground.leg("alice", "issuer", 540)) is None
    assert ground.said("alice", "bob", 500) == "allowed"
    assert ground.moved(ground.leg("issuer", "alice", 100, 1_00)) is None
    assert ground.said("alice", "bob", 501) == "cooling_off", "what went back earlier excuses none"


def test_a_holiday_is_no_business_day() -> None:
    ground = stocked(moment("2026-12-24"))
    ground.adopt(CoolingOff(1))
    assert ground.moved(ground.leg("issuer", "bob", 100, 1_00)) is None
    for day in ("2026-12-25", "2026-12-27", "2026-12-28"):
        ground.go_to(moment(day, 23, 59))
        assert ground.said("bob", "carol", 1) == "cooling_off"
    ground.go_to(moment("2026-12-29", 0))
    assert ground.said("bob", "carol", 1) == "allowed"


def test_a_long_cooling_off_remembers_as_long_as_it_lasts() -> None:
    ground = stocked()
    ground.adopt(CoolingOff(100))
    assert ground.moved(ground.leg("issuer", "bob", 100, 1_00)) is None
    ground.go_to(moment("2027-03-01"))
    assert ground.moved(ground.leg("issuer", "bob", 1, 1)) is None
    assert ground.said("bob", "carol", 1) == "cooling_off"


def test_an_offer_that_is_agreed_does_not_lock_what_was_held_before() -> None:
    ground = stocked()
    ground.adopt(CoolingOff(6))
    draft = ground.draft()
    agreed = ground.leg("issuer", "alice", 500, 1_00)
    expect_movements(draft, id_of("work"), (agreed,), (id_of("alice"), id_of("issuer")))
    ground.keep(draft)
    assert ground.said("alice", "bob", 1_000) == "allowed"


def test_a_purchase_from_a_holder_does_not_cool_off() -> None:
    ground = stocked()
    ground.adopt(CoolingOff(6))
    assert ground.moved(ground.leg("alice", "bob", 100, 1_00)) is None
    assert ground.said("bob", "carol", 100) == "allowed"


@pytest.mark.parametrize(
    ("day", "hour", "minute", "said"),
    [
        ("2026-11-24", 8, 59, "outside_hours"),
        ("2026-11-24", 9, 0, "allowed"),
        ("2026-11-24", 12, 29, "allowed"),
        ("2026-11-24", 12, 30, "outside_hours"),
        ("2026-11-24", 14, 29, "outside_hours"),
        ("2026-11-24", 14, 30, "allowed"),
        ("2026-11-24", 16, 59, "allowed"),
        ("2026-11-24", 17, 0, "outside_hours"),
        ("2026-11-27", 9, 0, "allowed"),
        ("2026-11-28", 9, 0, "outside_hours"),
        ("2026-11-30", 9, 0, "allowed"),
        ("2026-11-30", 0, 0, "outside_hours"),
    ],
)
def test_hours_are_those_of_the_local_clock(day: str, hour: int, minute: int, said: str) -> None:
    ground = stocked()
    ground.adopt(Hours((0, 1, 2, 3, 4), ((540, 750), (870, 1_020))))
    ground.go_to(moment(day, hour, minute))
    assert ground.said("alice", "bob") == said


def test_a_rule_is_in_force_from_its_first_moment_to_before_its_last() -> None:
    ground = stocked()
    rule = rule_of(Ticket(units_max=5))
    ground.adopt(msgspec.structs.replace(rule, valid_from=TODAY + 10, valid_until=TODAY + 20))
    for at, said in ((9, "allowed"), (10, "ticket_unfit"), (19, "ticket_unfit"), (20, "allowed")):
        ground.go_to(TODAY + at)
        assert ground.said("alice", "bob", 6) == said
    ground.go_to(TODAY + 15)
    assert ground.said("alice", "bob", 6) == "ticket_unfit", "also when asked out of order"
