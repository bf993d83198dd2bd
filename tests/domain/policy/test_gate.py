# SPDX-License-Identifier: Apache-2.0
"""The gate around the kinds: whose facts are told, which rule speaks, whose packs, which time."""

import msgspec
import pytest

from lejar.domain.basis import LegalBasis
from lejar.domain.policy import PROFILES
from lejar.domain.policy.book import known_at, rules_in_force
from lejar.domain.policy.cohorts import USES
from lejar.domain.policy.commands import EndCohort, OpenCohort, RelaxedRule
from lejar.domain.policy.flows import Reach, Window
from lejar.domain.policy.gate import admit_listing, admit_status
from lejar.domain.policy.kinds.deadline import Deadline, TimeUnit
from lejar.domain.policy.kinds.figures import Compare, Figure, Subject
from lejar.domain.policy.kinds.form import Side
from lejar.domain.policy.kinds.holdings import HoldingCap
from lejar.domain.policy.kinds.lists import DenyList
from lejar.domain.policy.kinds.persons import Credential
from lejar.domain.policy.kinds.trading import Switch, Ticket
from lejar.domain.policy.kinds.windows import InvestmentCap, Per
from lejar.domain.policy.obligations import due_moment
from lejar.domain.policy.pack import Grade, Occasion, Scope, SourceNote
from lejar.domain.policy.sandboxing import cohort_ends, end_cohort, open_cohort
from lejar.kernel.refusal import Refused
from tests.domain.policy.ground import BASIS, TODAY, Ground, id_of, moment, rule_of, stocked


def refusal(ground: Ground, units: int, *signers: str) -> Refused:
    """Ask for a movement from Alice to Bob at a ringgit each; gives why not."""
    found = ground.judged(ground.leg("alice", "bob", units, units * 100), signers=signers)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("signers", "knows"),
    [
        (("bob",), "his own"),
        (("alice",), ""),
        (("alice", "bob"), ""),
        (("bob", "bank"), ""),
        (("bob", "sc"), "an agency that directs may read it in any case"),
        (("alice", "bob", "sc"), ""),
        (("sc",), ""),
        ((), ""),
    ],
)
def test_facts_of_a_person_are_told_to_nobody_else(signers: tuple[str, ...], knows: str) -> None:
    ground = stocked()
    ground.adopt(InvestmentCap(Per.TOTAL, Window(Reach.EVER), 5_00))
    found = refusal(ground, 6, *signers)
    assert found.facts["rule"] == "my.rule_0"
    assert found.facts["basis"] == "An Act of tests, section 1"
    assert str(found.facts["pack"]).startswith("my 2026.11.")
    assert ("spent" in found.facts) is bool(knows)
    assert ("allowed" in found.facts) is bool(knows)


def test_what_is_allowed_leaves_out_rules_about_others() -> None:
    ground = stocked()
    ground.adopt(InvestmentCap(Per.TOTAL, Window(Reach.EVER), 2_00), Ticket(units_max=5))
    by_alice = refusal(ground, 6, "alice")
    assert by_alice.refusal.code == "investment_cap"
    assert "allowed" not in by_alice.facts
    ground.adopt(Ticket(units_max=1), InvestmentCap(Per.TOTAL, Window(Reach.EVER), 2_00))
    assert refusal(ground, 6, "alice").facts["allowed"] == 1


def test_the_tightest_rule_speaks_and_on_equal_terms_the_reason_that_stands_first() -> None:
    ground = stocked()
    ground.adopt(
        Ticket(units_max=5), HoldingCap(units=3), InvestmentCap(Per.TOTAL, Window(Reach.EVER), 4_00)
    )
    assert refusal(ground, 6, "bob").refusal.code == "ownership_cap"
    assert refusal(ground, 6, "bob").facts["allowed"] == 3
    ground.adopt(Switch("off"), Credential(Side.BOTH, all=("fit",)), DenyList(Side.BOTH, "unset"))
    assert refusal(ground, 6).refusal.code == "listed"


def test_a_refusal_says_how_good_its_source_is() -> None:
    ground = stocked()
    link = "https://example.org/act"
    weak = msgspec.structs.replace(
        rule_of(Ticket(units_max=5), "my.weak"),
        source=SourceNote(Grade.NEWS, "a newspaper", "2026-11", verified=False),
        basis=LegalBasis("An Act", link=link),
    )
    ground.adopt(weak)
    found = refusal(ground, 6)
    assert found.facts["source"] == "class N, not verified"
    assert found.facts["link"] == link


def test_what_crosses_a_border_passes_both_packs() -> None:
    ground = stocked()
    ground.adopt(Ticket(units_max=50))
    ground.adopt(Ticket(units_max=5), jurisdiction="sg")
    ground.vouch("alice", "country.my")
    assert ground.said("alice", "bob", 50) == "allowed", "nobody knows where bob is"
    ground.vouch("bob", "country.sg")
    assert ground.said("alice", "bob", 6) == "ticket_unfit"
    assert ground.said("alice", "bob", 5) == "allowed"
    ground.profile(jurisdictions=("my", "sg"))
    assert ground.said("alice", "carol", 6) == "ticket_unfit"
    ground.profile(jurisdictions=())
    assert ground.said("alice", "carol", 900) == "allowed", "no pack binds it"


def test_a_rule_for_one_asset_binds_that_one() -> None:
    ground = stocked()
    ground.adopt(rule_of(Ticket(units_max=5), scope=Scope(assets=("myr",))))
    assert ground.said("alice", "bob", 6) == "allowed"
    refused = ground.judged(ground.leg("alice", "bob", 6, asset="MYR"))
    assert refused is not None
    assert refused.refusal.code == "ticket_unfit"


def test_what_was_in_force_at_one_time_as_known_at_another() -> None:
    ground = stocked()
    first = msgspec.structs.replace(rule_of(Ticket(units_max=5)), valid_until=TODAY + 100)
    ground.adopt(first)
    ground.go_to(TODAY + 50)
    second = msgspec.structs.replace(rule_of(Ticket(units_max=7)), valid_until=TODAY + 200)
    ground.adopt(second)
    state = ground.state
    assert known_at(state, "my", TODAY - 1) is None
    assert rules_in_force(state, "my", TODAY + 10, TODAY - 1) == ()
    assert rules_in_force(state, "my", TODAY + 10, TODAY + 49) == (first,)
    assert rules_in_force(state, "my", TODAY + 10, TODAY + 50) == (second,)
    assert rules_in_force(state, "my", TODAY + 150, TODAY + 49) == ()
    assert rules_in_force(state, "my", TODAY + 150, TODAY + 50) == (second,)
    assert rules_in_force(state, "sg", TODAY, TODAY + 50) == ()


def cohort(ground: Ground, **changed: object) -> bytes:
    """Open a cohort of Alice and Bob in which tickets go up to fifty."""
    draft = ground.draft("sc")
    command = OpenCohort(
        title="Trial",
        participants=(id_of("alice"), id_of("bob")),
        relaxed=(RelaxedRule("my.rule_0", Ticket(units_max=50)),),
        money_each=30_00,
        money_all=45_00,
        from_at=TODAY + 10,
        until=TODAY + 1_000,
        basis=BASIS,
    )
    open_cohort(draft, msgspec.structs.replace(command, **changed))
    ground.keep(draft)
    return bytes(draft.events[-1].cohort)


def test_a_cohort_relaxes_between_participants_in_its_time_and_within_its_caps() -> None:
    ground = stocked()
    ground.adopt(Ticket(units_max=5))
    opened = cohort(ground)
    assert ground.said("alice", "bob", 6, 6_00) == "ticket_unfit", "it has not begun"
    ground.go_to(TODAY + 10)
    assert ground.said("alice", "bob", 50) == "allowed"
    assert ground.said("alice", "bob", 51) == "ticket_unfit"
    assert ground.said("alice", "carol", 6) == "ticket_unfit"
    assert ground.said("issuer", "bob", 6) == "ticket_unfit"
    assert ground.said("alice", "bob", 31, 31_00) == "investment_cap"
    assert ground.moved(ground.leg("alice", "bob", 30, 30_00)) is None
    assert ground.said("alice", "bob", 1, 1) == "investment_cap"
    assert ground.said("bob", "alice", 16, 16_00) == "investment_cap", "all together"
    assert ground.moved(ground.leg("bob", "alice", 15, 15_00)) is None
    use = USES.require(ground.state, opened)
    assert (use.movements, use.money) == (2, 45_00)


def test_the_money_that_pays_is_no_movement_of_its_own_for_a_cohort() -> None:
    ground = stocked()
    ground.adopt(Ticket(units_max=5_000_00))
    opened = cohort(
        ground, relaxed=(RelaxedRule("my.rule_0", Ticket(units_max=9_000_00)),), from_at=0
    )
    paper = ground.leg("alice", "bob", 10, 10_00)
    assert ground.moved(paper, ground.leg("bob", "alice", 10_00, asset="MYR")) is None
    assert USES.require(ground.state, opened).movements == 1


def test_a_cohort_ends_by_itself_or_by_its_agency() -> None:
    for by_itself in (True, False):
        ground = stocked()
        ground.adopt(Ticket(units_max=5))
        opened = cohort(ground, from_at=0)
        assert ground.said("alice", "bob", 50) == "allowed"
        ground.go_to(TODAY + 1_000 if by_itself else TODAY + 5)
        draft = ground.draft("sc")
        if by_itself:
            cohort_ends(draft, opened)
        else:
            end_cohort(draft, EndCohort(opened, BASIS))
        ground.keep(draft)
        assert draft.events[-1].by == (None if by_itself else id_of("sc"))
        assert ground.said("alice", "bob", 6) == "ticket_unfit"
        cohort(ground, from_at=0, until=TODAY + 2_000)
        assert ground.said("alice", "bob", 50) == "allowed", "they may take part again"


def test_a_cohort_that_nobody_ended_has_no_effect_after_its_end() -> None:
    ground = stocked()
    ground.adopt(Ticket(units_max=5))
    cohort(ground, from_at=0)
    ground.go_to(TODAY + 1_000)
    assert ground.said("alice", "bob", 6) == "ticket_unfit"


@pytest.mark.parametrize(
    ("within", "unit", "happened", "due"),
    [
        (24, TimeUnit.HOURS, moment("2026-11-24", 9, 30), moment("2026-11-25", 9, 30)),
        (1, TimeUnit.DAYS, moment("2026-11-24", 0, 0), moment("2026-11-26", 0)),
        (14, TimeUnit.DAYS, moment("2026-11-24", 23, 59), moment("2026-12-09", 0)),
        (1, TimeUnit.BUSINESS_DAYS, moment("2026-11-27", 9), moment("2026-12-01", 0)),
        (1, TimeUnit.BUSINESS_DAYS, moment("2026-12-24", 9), moment("2026-12-29", 0)),
        (3, TimeUnit.MONTHS, moment("2026-11-30", 9), moment("2027-03-01", 0)),
        (1, TimeUnit.MONTHS, moment("2028-01-31", 9), moment("2028-03-01", 0)),
        (12, TimeUnit.MONTHS, moment("2028-02-29", 9), moment("2029-03-01", 0)),
        (1, TimeUnit.MONTHS, moment("2026-12-31", 9), moment("2027-02-01", 0)),
    ],
)
def test_a_deadline_passes_when_its_last_local_day_ends(
    within: int, unit: TimeUnit, happened: int, due: int
) -> None:
    ground = stocked()
    assert due_moment(ground.state, Deadline(within, unit), happened, 480) == due


def test_what_comes_to_the_hub_and_who_is_granted_a_status_is_judged_like_a_movement() -> None:
    ground = stocked()
    capital = Figure(Subject.ISSUER, "capital", Compare.AT_LEAST, 5)
    of_status = Scope(occasions=(Occasion.STATUS,), statuses=("licence.exchange",))
    ground.adopt(
        rule_of(capital, "my.listing", Scope(occasions=(Occasion.LISTING,))),
        rule_of(Credential(Side.RECEIVER, all=("fit",)), "my.licence", of_status),
    )
    state, paper = ground.state, id_of("PAPER")
    profile = PROFILES.require(state, paper)
    with pytest.raises(Refused, match="figure_unfit"):
        admit_listing(state, paper, profile)
    ground.record("issuer", "capital", 5)
    admit_listing(state, paper, profile)
    with pytest.raises(Refused, match="credential_missing"):
        admit_status(state, id_of("bob"), "licence.exchange", ("my",))
    admit_status(state, id_of("bob"), "licence.custodian", ("my",))
    admit_status(state, id_of("bob"), "licence.exchange", ("sg",))
    ground.vouch("bob", "fit")
    admit_status(state, id_of("bob"), "licence.exchange", ("my",))
