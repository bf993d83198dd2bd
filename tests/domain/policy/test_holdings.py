# SPDX-License-Identifier: Apache-2.0
"""Kinds that ask how much is held: exactly at the limit, one above, over all accounts."""

import pytest

from lejar.domain.policy import MovePurpose
from lejar.domain.policy.kinds.holdings import (
    Concentration,
    ForeignCap,
    HolderCap,
    HoldingCap,
    SupplyCap,
)
from lejar.domain.policy.pack import Occasion, Scope
from lejar.domain.policy.tallies import EVERYWHERE, NOWHERE, tally
from lejar.ledger.balances import expect
from tests.domain.policy.ground import Ground, id_of, rule_of, stocked

ISSUE = Scope(occasions=(Occasion.ISSUE,))


@pytest.mark.parametrize(
    ("spec", "largest"),
    [
        (HoldingCap(units=1_500), 500),
        (HoldingCap(share=200_000), 1_200),
        (HoldingCap(units=1_500, share=200_000), 500),
        (HoldingCap(units=999), 0),
    ],
)
def test_a_holding_counts_a_person_over_all_accounts(spec: HoldingCap, largest: int) -> None:
    ground = stocked()
    assert ground.said("issuer", "alice", 1_200) == "allowed"
    ground.adopt(spec)
    for account in ("alice/own", "alice/other", "custodian/alice"):
        assert ground.allowed(ground.leg("issuer", account, 1)) == largest
        assert ground.said("issuer", account, largest + 1) == "ownership_cap"
        if largest:
            assert ground.said("issuer", account, largest) == "allowed"
    assert ground.said("alice", "issuer", 1_000) == "allowed"


def test_a_holding_counts_what_is_on_its_way_in_and_nets_what_stays() -> None:
    ground = stocked()
    ground.adopt(HoldingCap(units=1_500))
    draft = ground.draft()
    expect(draft, id_of("PAPER"), id_of("alice"), 400)
    ground.keep(draft)
    assert ground.said("issuer", "alice/other", 100) == "allowed"
    assert ground.said("issuer", "alice/other", 101) == "ownership_cap"
    assert ground.said("alice", "alice/other", 1_000) == "allowed"


def test_legs_of_one_command_share_what_a_holding_leaves() -> None:
    ground = stocked()
    ground.adopt(HoldingCap(units=1_500))
    one, other = ground.leg("issuer", "alice", 300), ground.leg("issuer", "alice/other", 200)
    assert ground.judged(one, other) is None
    refused = ground.judged(one, ground.leg("issuer", "alice/other", 201))
    assert refused is not None
    assert refused.refusal.code == "ownership_cap"


def test_holders_are_counted_once_each_and_the_issuer_is_none() -> None:
    ground = stocked()
    ground.adopt(HolderCap(2))
    assert tally(ground.state, id_of("PAPER"), EVERYWHERE).holders == 1
    assert ground.moved(ground.leg("issuer", "bob", 5)) is None
    assert ground.said("issuer", "carol") == "holders_too_many"
    assert ground.said("issuer", "alice/other") == "allowed"
    assert ground.said("issuer", "custodian/alice") == "allowed"
    assert ground.said("alice", "issuer") == "allowed"
    assert ground.said("bob", "carol", 5) == "holders_too_many", "who leaves has not left yet"
    assert ground.moved(ground.leg("bob", "alice", 5)) is None
    assert ground.said("issuer", "carol") == "allowed"


def test_two_newcomers_in_one_command_need_two_places() -> None:
    ground = stocked()
    ground.adopt(HolderCap(2))
    bob, carol = ground.leg("issuer", "bob", 1), ground.leg("issuer", "carol", 1)
    assert ground.judged(bob) is None
    assert ground.judged(bob, ground.leg("alice", "bob", 1)) is None
    refused = ground.judged(bob, carol)
    assert refused is not None
    assert refused.refusal.code == "holders_too_many"


def test_holders_are_counted_in_one_country_and_an_unknown_one_is_another() -> None:
    ground = stocked()
    ground.adopt(HolderCap(1, "sg"))
    ground.vouch("bob", "country.sg")
    ground.vouch("alice", "country.sg")
    assert ground.said("issuer", "carol") == "allowed"
    assert ground.said("issuer", "bob") == "allowed", "alice was counted before her country"
    assert ground.moved(ground.leg("issuer", "alice", 1)) is None
    assert ground.said("issuer", "bob") == "holders_too_many"
    assert ground.said("issuer", "carol") == "allowed"


def test_holders_are_counted_on_every_occasion_although_the_rule_asks_on_one() -> None:
    ground = stocked()
    ground.adopt(HolderCap(2))
    issued = ground.leg("PAPER/issuance", "bob", 7)
    assert ground.moved(issued, purpose=MovePurpose.ISSUE) is None
    assert tally(ground.state, id_of("PAPER"), EVERYWHERE).holders == 2
    assert tally(ground.state, id_of("PAPER"), NOWHERE).units == 1_007
    assert ground.said("issuer", "carol") == "holders_too_many"


@pytest.mark.parametrize("purpose", [MovePurpose.DIRECTIVE, MovePurpose.SEIZURE])
def test_holders_are_counted_when_an_authority_moves_although_no_rule_is_asked(
    purpose: MovePurpose,
) -> None:
    ground = stocked()
    ground.adopt(HolderCap(1))
    assert ground.moved(ground.leg("alice", "bob", 400), purpose=purpose) is None
    assert tally(ground.state, id_of("PAPER"), EVERYWHERE).holders == 2
    assert ground.moved(ground.leg("alice", "bob", 600), purpose=purpose) is None
    assert tally(ground.state, id_of("PAPER"), EVERYWHERE).holders == 1


def test_a_census_forgets_who_left_while_no_rule_asked() -> None:
    ground = stocked()
    ground.adopt(HolderCap(2))
    ground.adopt(HoldingCap(units=9_999))
    assert ground.moved(ground.leg("alice", "bob", 1_000)) is None
    ground.adopt(HolderCap(2))
    assert tally(ground.state, id_of("PAPER"), EVERYWHERE).holders == 1
    assert ground.said("issuer", "carol") == "allowed"


def foreign() -> Ground:
    """A tenth of eleven thousand may be foreign; Bob lives in Singapore, Carol nobody knows."""
    ground = stocked()
    ground.vouch("alice", "country.my")
    ground.vouch("bob", "country.sg")
    ground.adopt(ForeignCap("my", 100_000))
    return ground


def test_foreigners_own_a_share_together_and_an_unknown_country_is_foreign() -> None:
    ground = foreign()
    assert ground.said("issuer", "bob", 1_100) == "allowed"
    assert ground.said("issuer", "bob", 1_101) == "foreign_ownership"
    assert ground.moved(ground.leg("issuer", "bob", 1_000)) is None
    assert ground.said("issuer", "carol", 100) == "allowed"
    assert ground.said("issuer", "carol", 101) == "foreign_ownership"
    assert ground.said("bob", "carol", 1_000) == "allowed", "among foreigners nothing changes"
    assert ground.said("issuer", "alice", 9_000) == "allowed"
    assert ground.said("bob", "issuer", 1_000) == "allowed"


def test_two_foreigners_in_one_command_share_what_is_left() -> None:
    ground = foreign()
    bob, carol = ground.leg("issuer", "bob", 600), ground.leg("issuer", "carol", 500)
    assert ground.judged(bob, carol) is None
    refused = ground.judged(bob, ground.leg("issuer", "carol", 501))
    assert refused is not None
    assert refused.refusal.code == "foreign_ownership"


def test_no_more_exists_than_may() -> None:
    ground = stocked()
    ground.adopt(rule_of(SupplyCap(11_500), scope=ISSUE))
    issue = MovePurpose.ISSUE
    assert ground.said("PAPER/issuance", "bob", 500, purpose=issue) == "allowed"
    assert ground.said("PAPER/issuance", "bob", 501, purpose=issue) == "supply_cap"
    assert ground.said("alice", "PAPER/issuance", 1_000, purpose=issue) == "allowed"
    one, other = (ground.leg("PAPER/issuance", who, 251) for who in ("bob", "carol"))
    assert ground.judged(one, purpose=issue) is None
    assert ground.judged(one, other, purpose=issue) is not None


def test_a_concentration_asks_a_recorded_figure() -> None:
    ground = stocked()
    ground.adopt(Concentration(100_000, "net_assets"))
    assert ground.said("issuer", "bob", 1, 1_00) == "concentration", "nobody recorded it"
    assert ground.said("issuer", "bob", 1) == "allowed", "a gift costs nothing"
    ground.record("bob", "net_assets", 10_000_00)
    assert ground.said("issuer", "bob", 10, 1_000_00) == "allowed"
    assert ground.said("issuer", "bob", 10, 1_000_01) == "concentration"
    assert ground.moved(ground.leg("issuer", "bob", 6, 600_00)) is None
    assert ground.allowed(ground.leg("alice", "bob", 1, 100_00)) == 4
    assert ground.said("bob", "issuer", 6, 600_00) == "allowed", "it takes back its own"


def test_a_figure_that_lapsed_is_not_recorded() -> None:
    ground = stocked()
    ground.adopt(Concentration(100_000, "net_assets"))
    ground.record("bob", "net_assets", 10_000_00, expires_at=ground.at + 1)
    assert ground.said("issuer", "bob", 1, 1_00) == "allowed"
    ground.go_to(ground.at + 1)
    assert ground.said("issuer", "bob", 1, 1_00) == "concentration"


@pytest.mark.parametrize(
    "spec",
    [HolderCap(None), ForeignCap("my", None), SupplyCap(None), Concentration(None, "net_assets")],
)
def test_a_value_that_nobody_could_read_limits_nothing_and_is_named(
    spec: HolderCap | ForeignCap | SupplyCap | Concentration,
) -> None:
    ground = stocked()
    ground.adopt(spec)
    leg = ground.leg("issuer", "bob", 9_000, 9_000_00)
    assert ground.judged(leg) is None
    assert ground.program(leg).unknown
