# SPDX-License-Identifier: Apache-2.0
"""The packs of Singapore, Thailand, the Emirates, Kyrgyzstan and Pakistan, asked at the gate."""

import msgspec
import pytest

from lejar.domain.policy import PROFILES, AssetClass, AssetKind, AssetProfile, MovePurpose
from lejar.domain.policy.refusing import most
from tests.domain.policy.ground import Ground, id_of, moment
from tests.domain.policy.neighbours import (
    bind,
    listing_refused,
    neighbours,
    rule_of,
    said_of,
    status_refused,
)

TOKENS = "knowledge.digital_assets"


def classed(asset_class: AssetClass, where: str) -> AssetProfile:
    return AssetProfile(
        AssetKind.MONEY, id_of("issuer"), b"", (), None, None, asset_class, (where,)
    )


def recorded(ground: Ground, subject: str, **figures: int) -> None:
    for name, value in figures.items():
        ground.record(subject, name, value)


# Corridors


def corridor() -> Ground:
    """Carol lives in Singapore, Alice in Malaysia, Bob in Thailand; dollars go through."""
    ground = neighbours("sg", "th")
    bind(ground, "corridor_sgd", "SGD")
    ground.endow("carol/own", 10_000_00, "SGD")
    ground.endow("alice/own", 10_000_00, "SGD")
    for person, country in (("carol", "sg"), ("issuer", "sg"), ("alice", "my"), ("bob", "th")):
        ground.vouch(person, f"country.{country}")
    return ground


def test_a_corridor_lets_its_limit_through_each_day_and_no_cent_more() -> None:
    ground = corridor()
    assert said_of(ground, "carol", "alice", 1_000_00, asset="SGD") is None
    assert said_of(ground, "carol", "alice", 1, asset="SGD") == "sg.corridor.my_day"
    ground.go_to(moment("2026-11-25", 0))
    assert said_of(ground, "carol", "alice", 1_000_00, asset="SGD") is None


def test_what_is_paid_at_home_does_not_use_up_a_corridor() -> None:
    ground = corridor()
    assert said_of(ground, "carol", "issuer", 5_000_00, asset="SGD") is None
    assert said_of(ground, "carol", "alice", 1_000_00, asset="SGD") is None


def test_ringgit_go_to_singapore_up_to_the_limit_of_the_malaysian_pack() -> None:
    ground = neighbours("my")
    bind(ground, "corridor_myr", "MYR")
    for person, country in (("alice", "my"), ("bob", "my"), ("carol", "sg")):
        ground.vouch(person, f"country.{country}")
    leg = ground.leg("alice", "carol", 3_000_01, asset="MYR")
    asked = [one for one in ground.program(leg).asked if one.rule.id == "my.corridor.sg_day"]
    assert [most(one, ground.state, leg, (leg,)) for one in asked] == [3_000_00]
    leg = ground.leg("alice", "bob", 3_000_01, asset="MYR")
    assert [most(one, ground.state, leg, (leg,)) for one in asked] == [None]


def test_each_corridor_has_a_limit_of_its_own() -> None:
    ground = corridor()
    assert said_of(ground, "carol", "alice", 1_000_00, asset="SGD") is None
    assert said_of(ground, "carol", "bob", 1_000_00, asset="SGD") is None
    assert said_of(ground, "carol", "bob", 1, asset="SGD") == "sg.corridor.th_day"


def test_money_to_a_bank_and_money_that_the_hub_did_not_name_meet_no_corridor() -> None:
    ground = corridor()
    ground.vouch("alice", "bank")
    assert said_of(ground, "carol", "alice", 2_000_00, asset="SGD") is None
    assert said_of(ground, "carol", "bob", 2_000_00, asset="MYR") is None


def test_an_asset_that_no_rule_names_shares_the_program_of_its_class() -> None:
    ground = corridor()
    draft = ground.draft()
    PROFILES.put(draft, id_of("OTHER"), PROFILES.require(draft, id_of("PAPER")))
    PROFILES.put(draft, id_of("THB"), PROFILES.require(draft, id_of("SGD")))
    ground.keep(draft)
    legs = [ground.leg("carol", "alice", 1, asset=one) for one in ("PAPER", "OTHER")]
    assert ground.program(legs[0]) is ground.program(legs[1])
    legs = [ground.leg("carol", "alice", 1, asset=one) for one in ("SGD", "THB")]
    assert len(ground.program(legs[0]).asked) == len(ground.program(legs[1]).asked) + 2


# Singapore


@pytest.mark.parametrize(
    ("figures", "refused_by"),
    [
        ({"income_year_sgd": 30_000_001}, None),
        ({"income_year_sgd": 30_000_000}, "sg.investor.accredited"),
        (
            {
                "net_personal_assets_sgd": 200_000_001,
                "home_counted_sgd": 100_000_000,
                "tokens_counted_sgd": 20_000_000,
                "tokens_counted_share": 500_000,
            },
            None,
        ),
        (
            {
                "net_personal_assets_sgd": 200_000_001,
                "home_counted_sgd": 100_000_001,
                "tokens_counted_sgd": 0,
                "tokens_counted_share": 0,
            },
            "sg.investor.accredited_home",
        ),
        (
            {
                "financial_assets_sgd": 100_000_001,
                "tokens_counted_sgd": 20_000_001,
                "tokens_counted_share": 0,
            },
            "sg.investor.accredited_tokens",
        ),
        (
            {
                "financial_assets_sgd": 100_000_001,
                "tokens_counted_sgd": 0,
                "tokens_counted_share": 500_001,
            },
            "sg.investor.accredited_haircut",
        ),
    ],
)
def test_an_accredited_investor(figures: dict[str, int], refused_by: str | None) -> None:
    ground = neighbours("sg")
    ground.vouch("alice", "opt_in.accredited")
    recorded(ground, "alice", **figures)
    assert status_refused(ground, "alice", "investor.mas.accredited", "sg") == refused_by


def test_a_customer_is_retail_until_it_opts_in() -> None:
    ground = neighbours("sg")
    recorded(ground, "alice", income_year_sgd=30_000_001)
    refused = status_refused(ground, "alice", "investor.mas.accredited", "sg")
    assert refused == "sg.investor.opted_in"


def test_a_retail_customer_is_assessed_and_an_accredited_one_is_not() -> None:
    ground = neighbours("sg")
    ground.profile(jurisdictions=("sg",))
    assert said_of(ground, "alice", "bob", 1) == "sg.retail.knowledge"
    ground.vouch("bob", TOKENS)
    ground.vouch("carol", "investor.mas.accredited")
    assert said_of(ground, "alice", "bob", 1) is None
    assert said_of(ground, "alice", "carol", 1) is None


def test_a_stablecoin_beyond_five_million_is_backed_in_full() -> None:
    ground = neighbours("sg")
    draft = ground.draft()
    PROFILES.put(draft, id_of("SGD"), _sgd_coin(PROFILES.require(draft, id_of("SGD"))))
    ground.keep(draft)

    def issued() -> str | None:
        return said_of(ground, "SGD/issuance", "bob", 1, asset="SGD", purpose=MovePurpose.ISSUE)

    assert issued() is not None
    ground.record("SGD", "circulation_sgd", 500_000_000)
    assert issued() is None
    ground.record("SGD", "circulation_sgd", 500_000_001)
    ground.record("SGD", "reserve_maturity_months", 3)
    ground.record("SGD", "reserve_ratio", 999_999)
    assert issued() == "sg.stablecoin.reserves"
    ground.record("SGD", "reserve_ratio", 1_000_000)
    assert issued() is None
    ground.record("SGD", "reserve_maturity_months", 4)
    assert issued() == "sg.stablecoin.reserve_maturity"


def _sgd_coin(profile: AssetProfile) -> AssetProfile:
    return msgspec.structs.replace(
        profile, asset_class=AssetClass.STABLECOIN, jurisdictions=("sg",)
    )


# Thailand


def test_an_operator_that_holds_nothing_of_clients_needs_less_capital() -> None:
    ground = neighbours("th")
    status = "licence.sec_th.broker"
    ground.record("issuer", "net_capital_thb", 500_000_000)
    assert status_refused(ground, "issuer", status, "th") is None
    ground.vouch("issuer", "client_assets.held", by="sc")
    ground.vouch("issuer", "withdrawals.two_approvers", "withdrawals.independent_checker", by="sc")
    ground.record("issuer", "cold_share", 900_000)
    assert status_refused(ground, "issuer", status, "th") == "th.capital.net_holding"
    ground.record("issuer", "net_capital_thb", 2_500_000_000)
    assert status_refused(ground, "issuer", status, "th") is None


@pytest.mark.parametrize(
    ("figures", "refused_by"),
    [
        ({"cold_share": 900_000}, None),
        (
            {"cold_share": 899_999, "hot_share": 100_001, "client_assets_thb": 100_000_000_001},
            "th.custody.cold_share",
        ),
        (
            {"cold_share": 500_000, "hot_share": 500_000, "client_assets_thb": 100_000_000_000},
            None,
        ),
        (
            {"cold_share": 499_999, "hot_share": 500_001, "client_assets_thb": 100_000_000_000},
            "th.custody.hot_share_small",
        ),
    ],
)
def test_what_may_stay_in_hot_wallets(figures: dict[str, int], refused_by: str | None) -> None:
    ground = neighbours("th")
    ground.vouch(
        "issuer",
        "client_assets.held",
        "withdrawals.two_approvers",
        "withdrawals.independent_checker",
        by="sc",
    )
    recorded(ground, "issuer", net_capital_thb=2_500_000_000, **figures)
    assert status_refused(ground, "issuer", "licence.sec_th.broker", "th") == refused_by


def test_a_weak_figure_advises_and_refuses_nobody() -> None:
    ground = neighbours("th")
    ground.record("issuer", "net_capital_thb", 500_000_000)
    assert status_refused(ground, "issuer", "licence.sec_th.coin_exchange", "th") is None


def test_the_retail_part_of_an_offer_meets_one_of_its_two_bounds() -> None:
    ground = neighbours("th")
    ground.profile(jurisdictions=("th",))
    assert said_of(ground, "issuer", "bob", 1, 100) == "th.offer.retail_total"
    ground.record("PAPER", "retail_share_of_offer", 700_001)
    ground.record("PAPER", "retail_offer_to_equity", 4_000_000)
    assert said_of(ground, "issuer", "bob", 1, 100) is None
    ground.record("PAPER", "retail_offer_to_equity", 4_000_001)
    assert said_of(ground, "issuer", "bob", 1, 100) == "th.offer.retail_total"
    ground.vouch("carol", "investor.sec_th.qualified")
    assert said_of(ground, "issuer", "carol", 1, 100) is None


# The Emirates


def test_capital_is_the_fixed_amount_or_the_share_of_overheads_whichever_is_more() -> None:
    ground = neighbours("ae")
    status = "licence.vara.exchange"
    ground.vouch("issuer", "custodian.external")
    recorded(ground, "issuer", paid_up_capital_aed=80_000_000, overheads_aed=533_333_333)
    assert status_refused(ground, "issuer", status, "ae") is None
    ground.record("issuer", "overheads_aed", 533_333_400)
    assert status_refused(ground, "issuer", status, "ae") == "ae.vara.exchange_external_share"
    ground.record("issuer", "paid_up_capital_aed", 79_999_999)
    ground.record("issuer", "overheads_aed", 0)
    assert status_refused(ground, "issuer", status, "ae") == "ae.vara.exchange_external"


def test_a_further_licence_asks_for_the_sum() -> None:
    ground = neighbours("ae")
    ground.vouch("issuer", "licence.vara.advisory")
    recorded(ground, "issuer", paid_up_capital_aed=60_000_000, overheads_aed=0)
    recorded(ground, "issuer", capital_of_activities_aed=60_000_001)
    refused = status_refused(ground, "issuer", "licence.vara.transfer", "ae")
    assert refused == "ae.vara.additive"
    ground.record("issuer", "paid_up_capital_aed", 60_000_001)
    assert status_refused(ground, "issuer", "licence.vara.transfer", "ae") is None


def test_a_payment_token_comes_from_a_licensee_in_dirham_and_hides_nothing() -> None:
    ground = neighbours("ae")
    coin = classed(AssetClass.STABLECOIN, "ae")
    plain = ("issuer.not_algorithmic", "issuer.not_privacy_token")
    ground.vouch("issuer", *plain, by="sc")
    assert listing_refused(ground, coin) == "ae.cbuae.licence"
    ground.vouch("issuer", "licence.cbuae.payment_token_issuer", by="sc")
    assert listing_refused(ground, coin) == "ae.cbuae.dirham_only"
    ground.vouch("issuer", "issuer.token_in_dirham", by="sc")
    assert listing_refused(ground, coin) is None


def test_an_asset_in_the_free_zone_is_on_the_accepted_list() -> None:
    ground = neighbours("ae")
    token = classed(AssetClass.DIGITAL_ASSET, "ae")
    assert listing_refused(ground, token) is None
    ground.vouch("issuer", "zone.adgm")
    assert listing_refused(ground, token) == "ae.adgm.accepted_assets"


# The Kyrgyz Republic and Pakistan


def test_an_exchange_needs_its_capital_from_the_day_on_which_it_was_due() -> None:
    before = neighbours("kg", at=moment("2026-02-28"))
    assert status_refused(before, "issuer", "licence.sfm.exchange", "kg") is None
    ground = neighbours("kg", at=moment("2026-03-01", 12))
    ground.vouch("issuer", "capital.cash_in_som", "capital.founders_own_funds", by="sc")
    ground.record("issuer", "capital_kgs", 999_999_999_999)
    refused = status_refused(ground, "issuer", "licence.sfm.exchange", "kg")
    assert refused == "kg.exchange.capital"
    ground.record("issuer", "capital_kgs", 1_000_000_000_000)
    assert status_refused(ground, "issuer", "licence.sfm.exchange", "kg") is None


def test_a_no_objection_certificate_is_no_licence() -> None:
    ground = neighbours("pk")
    status = "licence.pvara.virtual_assets"
    ground.vouch("issuer", "registration.goaml", "subsidiary.local", by="sc")
    assert status_refused(ground, "issuer", status, "pk") == "pk.licence.virtual_assets"
    ground.vouch("issuer", "licence_application.virtual_assets", by="sc")
    assert status_refused(ground, "issuer", status, "pk") is None


def test_one_country_asks_nothing_of_another_countrys_licence() -> None:
    ground = neighbours("ae", "kg", "pk", "sg", "th")
    everywhere = ("ae", "kg", "pk", "sg", "th")
    assert status_refused(ground, "issuer", "licence.exchange", *everywhere) is None


def test_a_refusal_names_the_pack() -> None:
    ground = neighbours("sg")
    ground.profile(jurisdictions=("sg",))
    refused = ground.judged(ground.leg("alice", "bob", 1))
    assert refused is not None
    assert rule_of(refused) == "sg.retail.knowledge"
    assert dict(refused.facts)["pack"] == "sg 2026.11.1"
