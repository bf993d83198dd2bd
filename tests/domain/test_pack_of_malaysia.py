# SPDX-License-Identifier: Apache-2.0
"""What ordinary trades meet under the shipped pack of Malaysia, and in what state they pass.

The rules about sanctions, due diligence, duties and money: a rule of these that stopped a trade by
mistake would stop every trade.
"""

import datetime

import pytest

from lejar.domain.identity import PARTIES, Party, PartyKind, PartyStatus, vouch
from lejar.domain.policy import (
    PROFILES,
    AssetClass,
    AssetKind,
    AssetProfile,
    Leg,
    Movement,
    MovePurpose,
    move,
    move_resolved,
    resolved,
)
from lejar.domain.policy.adopting import name_target
from lejar.domain.policy.book import adopt
from lejar.domain.policy.lists import LISTED, LISTS, Listed, ListHead, entry_key
from lejar.domain.policy.program import Program, program_for
from lejar.kernel.draft import Draft
from lejar.kernel.moment import EPOCH_ORDINAL, MICROS_PER_DAY
from lejar.kernel.refusal import Refused
from lejar.kernel.state import State
from lejar.ledger.accounts import ACCOUNTS, Account, Purpose
from lejar.ledger.balances import balance
from lejar.reference.packs import shipped_pack

NOW = (datetime.date(2026, 11, 27).toordinal() - EPOCH_ORDINAL) * MICROS_PER_DAY
RICH = 10_000_000_00

ANN, BEN, TAX, CLEARER, ISSUER, AGENCY = (
    name.ljust(16).encode() for name in ("ann", "ben", "tax", "clearer", "issuer", "agency")
)
ASSETS = {
    AssetClass.DIGITAL_ASSET: AssetKind.SECURITY,
    AssetClass.SHARE: AssetKind.SECURITY,
    AssetClass.GOVERNMENT: AssetKind.SECURITY,
    AssetClass.FUND_UNIT: AssetKind.SECURITY,
    AssetClass.MONEY: AssetKind.MONEY,
    AssetClass.DEPOSIT: AssetKind.MONEY,
}


def asset_of(asset_class: AssetClass) -> bytes:
    return asset_class[:16].ljust(16).encode()


def market(*, is_list_kept: bool = True) -> Draft:
    """Ann has some of every asset, Ben has money; the pack is adopted and the list is empty."""
    draft = Draft(State(), b"c" * 16)
    draft.at = NOW
    for party in (ANN, BEN, TAX, CLEARER, ISSUER, AGENCY):
        PARTIES.put(draft, party, Party(PartyKind.PERSON, PartyStatus.OPEN, 0, party))
        ACCOUNTS.put(draft, party, Account(party, Purpose.OWN, 0, None))
    ACCOUNTS.put(draft, b"v" * 16, Account(ISSUER, Purpose.ISSUANCE, 0, None))
    for asset_class, kind in ASSETS.items():
        profile = AssetProfile(kind, ISSUER, b"v" * 16, (), None, None, asset_class, ("my",))
        PROFILES.put(draft, asset_of(asset_class), profile)
        for party in (ANN, BEN):
            leg = Leg(asset_of(asset_class), b"v" * 16, party, RICH)
            move(draft, (leg,), MovePurpose.ISSUE)
    adopt(draft, shipped_pack("my"), AGENCY)
    if is_list_kept:
        LISTS.put(draft, b"my.sanctions", ListHead(AGENCY, 1, NOW, bytes(32), 0))
    return draft


def vouch_for(draft: Draft, party: bytes, *types: str) -> None:
    for one in types:
        vouch(draft, party, one, AGENCY, None, None)


def sell(draft: Draft, asset_class: AssetClass, paid: int, units: int = 1_000) -> None:
    """Ann sells to Ben, who pays in central bank money."""
    money = resolved(draft, Leg(asset_of(AssetClass.MONEY), BEN, ANN, paid))
    leg = resolved(draft, Leg(asset_of(asset_class), ANN, BEN, units))
    priced = Movement(
        leg.asset,
        leg.source,
        leg.target,
        leg.amount,
        leg.profile,
        leg.giver,
        leg.receiver,
        paid,
        money.asset,
        BEN,
        ANN,
    )
    move_resolved(draft, [priced, money], MovePurpose.SETTLEMENT)


def pay(draft: Draft, asset_class: AssetClass) -> None:
    leg = Leg(asset_of(asset_class), BEN, ANN, 5_000_00)
    move(draft, (leg,), MovePurpose.SETTLEMENT)


def list_person(draft: Draft, person: bytes) -> None:
    LISTED.put(draft, entry_key("my.sanctions", person), Listed(NOW, None))


def held(draft: Draft, party: bytes, asset_class: AssetClass = AssetClass.MONEY) -> int:
    return balance(draft, asset_of(asset_class), party).total


RETAIL = ("identity.verified", "due_diligence.standard", "investor.retail")


def test_a_retail_buyer_who_is_known_buys_a_digital_asset() -> None:
    draft = market()
    vouch_for(draft, BEN, *RETAIL)
    sell(draft, AssetClass.DIGITAL_ASSET, 500_00)
    assert held(draft, BEN, AssetClass.DIGITAL_ASSET) == RICH + 1_000
    assert held(draft, ANN) == RICH + 500_00


@pytest.mark.parametrize(
    ("left_out", "rule"),
    [
        ("identity.verified", "my.identity.verified"),
        ("due_diligence.standard", "my.aml.due_diligence"),
    ],
)
def test_a_retail_buyer_who_is_not_known_does_not(left_out: str, rule: str) -> None:
    draft = market()
    vouch_for(draft, BEN, *(one for one in RETAIL if one != left_out))
    with pytest.raises(Refused) as refused:
        sell(draft, AssetClass.DIGITAL_ASSET, 500_00)
    assert refused.value.facts["rule"] == rule


@pytest.mark.parametrize("listed", [ANN, BEN])
@pytest.mark.parametrize("asset_class", [AssetClass.DIGITAL_ASSET, AssetClass.GOVERNMENT])
def test_a_listed_person_neither_buys_nor_sells(listed: bytes, asset_class: AssetClass) -> None:
    draft = market()
    vouch_for(draft, BEN, *RETAIL)
    list_person(draft, listed)
    with pytest.raises(Refused) as refused:
        sell(draft, asset_class, 500_00)
    assert refused.value.facts["rule"] == "my.aml.sanctions"


def test_a_list_that_nobody_keeps_stops_securities() -> None:
    draft = market(is_list_kept=False)
    with pytest.raises(Refused) as refused:
        sell(draft, AssetClass.GOVERNMENT, 500_00)
    assert refused.value.facts["rule"] == "my.aml.sanctions"


def test_money_between_banks_meets_no_list() -> None:
    draft = market(is_list_kept=False)
    pay(draft, AssetClass.MONEY)
    assert held(draft, ANN) == RICH + 5_000_00


def test_a_listed_person_is_not_paid_in_deposits() -> None:
    draft = market()
    pay(draft, AssetClass.DEPOSIT)
    list_person(draft, ANN)
    with pytest.raises(Refused) as refused:
        pay(draft, AssetClass.DEPOSIT)
    assert refused.value.facts["rule"] == "my.aml.sanctions_payments"


def test_government_paper_passes_between_banks_and_costs_nothing() -> None:
    draft = market()
    sell(draft, AssetClass.GOVERNMENT, 1_000_000_00)
    assert held(draft, BEN) == RICH - 1_000_000_00
    assert held(draft, ANN) == RICH + 1_000_000_00


def test_a_share_costs_stamp_duty_and_each_side_its_clearing_fee() -> None:
    draft = market()
    name_target(draft, "stamp_duty", TAX)
    name_target(draft, "clearing_fees", CLEARER)
    sell(draft, AssetClass.SHARE, 100_500_00)
    assert held(draft, TAX) == 101_00
    assert held(draft, CLEARER) == 2 * 30_15
    assert held(draft, BEN) == RICH - 100_500_00 - 101_00 - 30_15
    assert held(draft, ANN) == RICH + 100_500_00 - 30_15


def test_a_share_does_not_trade_while_nobody_collects_its_duty() -> None:
    draft = market()
    name_target(draft, "clearing_fees", CLEARER)
    with pytest.raises(Refused) as refused:
        sell(draft, AssetClass.SHARE, 100_500_00)
    assert refused.value.facts["rule"] == "my.bursa.stamp_duty"


def program_of(draft: Draft, fund: bytes) -> Program:
    """Give what is asked of a sale of a fund's units, whichever fund it is."""
    like = PROFILES.require(draft, asset_of(AssetClass.FUND_UNIT))
    PROFILES.put(draft, fund, like)
    return program_for(draft, resolved(draft, Leg(fund, ANN, BEN, 1)), MovePurpose.SETTLEMENT)


def test_an_asset_that_a_rule_names_has_a_program_of_its_own_and_all_others_share_one() -> None:
    draft = market()
    funds = b"a" * 16, b"b" * 16, b"n" * 16
    name_target(draft, "abfmy1", funds[2])
    one, other, named = (program_of(draft, fund) for fund in funds)
    assert one is other
    by_name = {asked.rule.id for asked in named.advised} - {asked.rule.id for asked in one.advised}
    assert by_name == {"my.bursa.abfmy1_ticks"}
