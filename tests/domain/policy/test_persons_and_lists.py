# SPDX-License-Identifier: Apache-2.0
"""Kinds that ask who somebody is: each table goes from what is fit to what is not, by one step."""

import pytest

from lejar.domain.identity import matches
from lejar.domain.identity.held import Held, HeldCredential
from lejar.domain.policy.kinds.form import Side
from lejar.domain.policy.kinds.lists import AllowList, DenyList
from lejar.domain.policy.kinds.persons import (
    CountryAllow,
    CountryDeny,
    Credential,
    InvestorClass,
    Knowledge,
    LookThrough,
)
from lejar.domain.policy.pack import Scope
from lejar.kernel.moment import MICROS_PER_DAY, MICROS_PER_HOUR
from tests.domain.policy.ground import TODAY, id_of, rule_of, stocked


@pytest.mark.parametrize(
    ("pattern", "fits"),
    [
        ("*.kyc.hub", ["buyer.kyc.hub", "a.b.kyc.hub"]),
        ("buyer.kyc.hub", ["buyer.kyc.hub"]),
        ("*.hub", ["buyer.kyc.hub", "a.b.kyc.hub", "buyer.xkyc.hub", "kyc.hub"]),
        ("kyc.hub", ["kyc.hub"]),
        ("*.kyc", []),
        ("kyc", []),
    ],
)
def test_a_pattern_matches_whole_segments_only(pattern: str, fits: list[str]) -> None:
    types = ["buyer.kyc.hub", "a.b.kyc.hub", "buyer.xkyc.hub", "kyc.hub"]
    matched = [
        type_
        for type_ in types
        if matches(Held(None, None, {type_: HeldCredential(id_of("sc"), 0, None)}), pattern, TODAY)
    ]
    assert matched == fits


@pytest.mark.parametrize("side", [Side.RECEIVER, Side.GIVER, Side.BOTH, Side.AGENT])
def test_a_credential_is_asked_of_its_side_alone(side: Side) -> None:
    ground = stocked()
    ground.adopt(Credential(side, all=("fit",)))
    persons = {
        Side.RECEIVER: ["bob"],
        Side.GIVER: ["alice"],
        Side.BOTH: ["alice", "bob"],
        Side.AGENT: ["bank"],
    }[side]
    for person in persons:
        assert ground.said("alice", "bob", agents=["bank"]) == "credential_missing"
        ground.vouch(person, "fit")
    assert ground.said("alice", "bob", agents=["bank"]) == "allowed"
    if side is Side.AGENT:
        assert ground.said("alice", "bob", agents=["bank", "custodian"]) == "credential_missing"
        assert ground.said("alice", "bob") == "allowed", "without an agent there is none to ask"


@pytest.mark.parametrize(
    ("held", "said"),
    [
        ([], "credential_missing"),
        (["a"], "credential_missing"),
        (["a", "b"], "credential_missing"),
        (["a", "b", "c"], "allowed"),
        (["a", "b", "d"], "allowed"),
        (["a", "b", "c", "bad"], "credential_missing"),
        (["a", "b", "c", "very.bad"], "credential_missing"),
        (["a", "c"], "credential_missing"),
    ],
)
def test_all_of_these_one_of_those_and_none_of_the_others(held: list[str], said: str) -> None:
    ground = stocked()
    ground.adopt(Credential(Side.RECEIVER, all=("a", "b"), any=("c", "d"), none=("bad", "*.bad")))
    ground.vouch("bob", *held)
    assert ground.said("alice", "bob") == said


def test_only_the_word_of_a_trusted_issuer_counts_and_a_name_bound_to_nobody_trusts_nobody() -> (
    None
):
    for issuers, by, said in (
        (("sc",), "sc", "allowed"),
        (("sc",), "digital", "credential_missing"),
        (("sc", "digital"), "digital", "allowed"),
        (("nobody",), "sc", "credential_missing"),
        (("nobody", "sc"), "sc", "allowed"),
        ((), "bank", "allowed"),
    ):
        ground = stocked()
        ground.adopt(Credential(Side.RECEIVER, all=("fit",), issuers=issuers))
        ground.vouch("bob", "fit", by=by)
        assert ground.said("alice", "bob") == said, (issuers, by)


def test_anybodys_word_excludes_although_only_some_include() -> None:
    ground = stocked()
    ground.adopt(Credential(Side.RECEIVER, none=("bankrupt",), issuers=("sc",)))
    ground.vouch("bob", "bankrupt", by="bank")
    assert ground.said("alice", "bob") == "credential_missing"


def test_a_credential_lapses_at_its_moment_and_its_holder_may_still_exit() -> None:
    ground = stocked()
    ground.adopt(Credential(Side.RECEIVER, all=("fit",)))
    ground.vouch("alice", "fit", expires_at=TODAY + 10)
    ground.vouch("bob", "fit")
    ground.go_to(TODAY + 9)
    assert ground.said("issuer", "alice") == "allowed"
    ground.go_to(TODAY + 10)
    assert ground.said("issuer", "alice") == "credential_missing"
    assert ground.said("alice", "bob") == "allowed"


def test_an_issuer_takes_back_without_credentials_and_its_nominee_does_not() -> None:
    ground = stocked()
    ground.adopt(Credential(Side.RECEIVER, all=("fit",)))
    assert ground.said("alice", "issuer") == "allowed"
    assert ground.said("alice", "custodian/issuer") == "credential_missing"


def test_a_nominee_is_asked_beside_whom_it_holds_for() -> None:
    ground = stocked()
    ground.adopt(Credential(Side.RECEIVER, all=("fit",)))
    ground.vouch("alice", "fit")
    assert ground.said("issuer", "custodian/alice") == "credential_missing"
    ground.vouch("custodian", "fit")
    assert ground.said("issuer", "custodian/alice") == "allowed"


def test_scope_takes_receivers_in_and_out() -> None:
    ground = stocked()
    scope = Scope(only=("retail",), unless=("*.angel",))
    ground.adopt(rule_of(Credential(Side.RECEIVER, all=("fit",)), scope=scope))
    assert ground.said("alice", "bob") == "allowed"
    ground.vouch("bob", "retail")
    assert ground.said("alice", "bob") == "credential_missing"
    ground.vouch("bob", "investor.angel")
    assert ground.said("alice", "bob") == "allowed"


def test_an_investor_belongs_to_one_of_the_classes() -> None:
    ground = stocked()
    ground.adopt(InvestorClass(("investor.angel", "investor.sophisticated"), ("sc",)))
    assert ground.said("alice", "bob") == "investor_class_unfit"
    ground.vouch("bob", "investor.angel", by="digital")
    assert ground.said("alice", "bob") == "investor_class_unfit"
    ground.vouch("bob", "investor.sophisticated", by="sc")
    assert ground.said("alice", "bob") == "allowed"
    assert ground.said("alice", "issuer") == "allowed"


def test_knowledge_is_fresh_until_the_last_moment_of_its_days() -> None:
    ground = stocked()
    ground.adopt(Knowledge(("*.passed",), days_max=30, issuers=("sc",)))
    assert ground.said("alice", "bob") == "knowledge_missing"
    ground.vouch("bob", "bonds.passed", by="sc")
    ground.go_to(TODAY + 30 * MICROS_PER_DAY - 1)
    assert ground.said("alice", "bob") == "allowed"
    ground.go_to(TODAY + 30 * MICROS_PER_DAY)
    assert ground.said("alice", "bob") == "knowledge_missing"


def test_an_untrusted_assessment_does_not_refresh_a_stale_one() -> None:
    ground = stocked()
    ground.adopt(Knowledge(("old", "new"), days_max=30, issuers=("sc",)))
    ground.vouch("bob", "old", by="sc")
    ground.go_to(TODAY + 40 * MICROS_PER_DAY)
    ground.vouch("bob", "new", by="digital")
    assert ground.said("alice", "bob") == "knowledge_missing"
    ground.vouch("bob", "new", by="digital", expires_at=TODAY + 41 * MICROS_PER_DAY)
    ground.go_to(TODAY + 41 * MICROS_PER_DAY)
    ground.vouch("bob", "new", by="sc")
    assert ground.said("alice", "bob") == "allowed"


@pytest.mark.parametrize(
    ("country", "allow", "deny"),
    [
        (None, "country_not_allowed", "country_denied"),
        ("my", "allowed", "allowed"),
        ("sg", "allowed", "allowed"),
        ("kp", "country_not_allowed", "country_denied"),
        ("th", "country_not_allowed", "allowed"),
    ],
)
def test_a_country_is_allowed_denied_or_unknown(country: str | None, allow: str, deny: str) -> None:
    for spec, said in (
        (CountryAllow(Side.RECEIVER, ("my", "sg")), allow),
        (CountryDeny(Side.RECEIVER, ("kp", "ir")), deny),
    ):
        ground = stocked()
        ground.adopt(spec)
        if country is not None:
            ground.vouch("bob", f"country.{country}")
        assert ground.said("alice", "bob") == said


def test_a_country_that_lapsed_is_unknown() -> None:
    ground = stocked()
    ground.adopt(CountryDeny(Side.RECEIVER, ("kp",)))
    ground.vouch("bob", "country.my", expires_at=TODAY + 1)
    assert ground.said("alice", "bob") == "allowed"
    ground.go_to(TODAY + 1)
    assert ground.said("alice", "bob") == "country_denied"


def test_a_keeper_says_for_whom_it_keeps_unless_its_credential_lets_it_be_silent() -> None:
    ground = stocked()
    ground.adopt(LookThrough(("licence.omnibus",)))
    assert ground.said("alice", "custodian/clients") == "beneficiary_unnamed"
    assert ground.said("issuer", "custodian/alice") == "allowed"
    assert ground.said("alice", "custodian/own") == "allowed"
    ground.vouch("custodian", "licence.omnibus")
    assert ground.said("alice", "custodian/clients") == "allowed"


def test_a_list_that_was_never_set_or_is_stale_closes() -> None:
    for spec, unset, listed in (
        (DenyList(Side.BOTH, "sanctions", 24), "listed", "listed"),
        (AllowList(Side.RECEIVER, "members", 24), "not_listed", "allowed"),
    ):
        ground = stocked()
        ground.adopt(spec)
        assert ground.said("alice", "bob") == unset
        ground.list_(spec.name, "bob")
        assert ground.said("alice", "bob") == listed
        ground.go_to(TODAY + 24 * MICROS_PER_HOUR - 1)
        assert ground.said("alice", "bob") == listed
        assert ground.said("issuer", "alice") == ("allowed" if listed == "listed" else unset)
        ground.go_to(TODAY + 24 * MICROS_PER_HOUR)
        assert ground.said("issuer", "alice") == unset
        refused = ground.judged(ground.leg("issuer", "alice", 1), signers=["alice"])
        assert refused is not None
        if listed != "listed":
            assert refused.facts["list_state"] == "unset or stale"


def test_a_listing_ends_at_its_moment() -> None:
    ground = stocked()
    ground.adopt(DenyList(Side.RECEIVER, "sanctions"))
    ground.list_("sanctions", "bob", expires_at=TODAY + 5)
    ground.go_to(TODAY + 4)
    assert ground.said("alice", "bob") == "listed"
    ground.go_to(TODAY + 5)
    assert ground.said("alice", "bob") == "allowed"


def test_an_agent_on_a_list_stops_the_movement() -> None:
    ground = stocked()
    ground.adopt(DenyList(Side.AGENT, "sanctions"))
    ground.list_("sanctions", "bank")
    assert ground.said("alice", "bob") == "allowed"
    assert ground.said("alice", "bob", agents=["bank"]) == "listed"
