# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - fields of messages
"""Instructions of two sides, each through its own bank's channel: they match, settle, and wait."""

from datetime import date
from typing import Any

import pytest

from lejar.gateways.iso20022.acting.asked import name_id
from lejar.gateways.iso20022.messages import (
    Linkage,
    Party,
    SecuritiesInstruction,
    SecuritiesState,
    Side,
)
from lejar.gateways.iso20022.writing import instruction
from lejar.gateways.reconciling.forms import read_outside
from lejar.gateways.reconciling.outside import Holdings
from tests.cli.messaging.conftest import ISIN, Two
from tests.cli.messaging.world import ALFA, BETA, HUB, LATER, TODAY, heading, said


def sold(two: Two, **other: Any) -> SecuritiesInstruction:
    """Beta sells Alfa thirty units for 4,500 sen."""
    given: dict[str, Any] = {
        "identifier": "sese.023.001.11",
        "reference": "BETA-1",
        "common_reference": "TRADE-1",
        "side": Side.DELIVERS,
        "against_payment": True,
        "isin": ISIN,
        "quantity": 30 * 10_000,
        "account": two.founded.other,
        "owner": Party(bic=BETA),
        "counterparty": Party(bic=ALFA),
        "counterparty_account": two.founded.account,
        "depository": Party(bic=HUB),
        "counterparty_depository": Party(bic=HUB),
        "settlement_date": TODAY,
        "currency": "MYR",
        "units": 4_500,
    }
    return SecuritiesInstruction(**(given | other))


def bought(two: Two, **other: Any) -> SecuritiesInstruction:
    """The same from Alfa's side."""
    mirrored: dict[str, Any] = {
        "reference": "ALFA-1",
        "side": Side.RECEIVES,
        "account": two.founded.account,
        "owner": Party(bic=ALFA),
        "counterparty": Party(bic=BETA),
        "counterparty_account": two.founded.other,
    }
    return sold(two, **(mirrored | other))


def sent(instructed: SecuritiesInstruction) -> bytes:
    sender = ALFA if instructed.side is Side.RECEIVES else BETA
    return instruction(heading(instructed.reference, sender), instructed)


def test_two_sides_match_and_both_are_told_that_it_settled(two: Two) -> None:
    two.list_units(100)
    (alleged,) = two.beta.take(sent(sold(two)))
    status = said(alleged)
    assert (status.state, status.reason) == (SecuritiesState.UNMATCHED, "CMIS")
    (confirmed,) = two.alfa.take(sent(bought(two)))
    assert confirmed.name.startswith("sese.025")
    mine = said(confirmed)
    assert (mine.reference, mine.side, mine.quantity, mine.units) == (
        "ALFA-1",
        Side.RECEIVES,
        300_000,
        4_500,
    )
    told = [one for one in two.beta.following.look() if one.name.startswith("sese")]
    (theirs,) = map(said, told)
    assert (theirs.reference, theirs.side) == ("BETA-1", Side.DELIVERS)
    assert two.balances() == (95_500, 4_500)
    assert two.units() == (30, 70)


def test_two_sides_that_agree_on_a_later_day_are_matched(two: Two) -> None:
    two.list_units(100)
    two.beta.take(sent(sold(two, settlement_date=LATER)))
    (reply,) = two.alfa.take(sent(bought(two, settlement_date=LATER)))
    assert said(reply).state is SecuritiesState.MATCHED
    assert said(reply).infrastructure_reference.startswith("inst_")


@pytest.mark.parametrize("other", [{"units": 4_501}, {"common_reference": "TRADE-2"}])
def test_sides_that_say_different_things_do_not_match(two: Two, other: dict[str, Any]) -> None:
    two.list_units(100)
    two.beta.take(sent(sold(two)))
    (reply,) = two.alfa.take(sent(bought(two, **other)))
    assert said(reply).state is SecuritiesState.UNMATCHED


def test_terms_reach_the_hub(two: Two) -> None:
    two.list_units(100)
    first = sold(two, reference="BETA-0", common_reference="TRADE-0", settlement_date=LATER)
    (reply,) = two.beta.take(sent(first))
    instructed = sold(
        two,
        settlement_date=LATER,
        priority="0003",
        partial="PART",
        hold=True,
        linkages=(
            Linkage(position="AFTE", reference="BETA-0"),
            Linkage(position="WITH", reference="TRADE-9"),
        ),
    )
    two.beta.take(sent(instructed))
    (event,) = two.beta.last_events()
    terms = event["terms"]
    assert (terms["priority"], terms["partial_from"], terms["on_hold"]) == ("high", "1", True)
    first_id = said(reply).infrastructure_reference
    assert [one.partition("_")[2] for one in terms["after"]] == [first_id.partition("_")[2]]
    assert terms["pool"] == {"reference": name_id("TRADE-1\nTRADE-9").hex(), "number": 2}
    assert terms["on_shortfall"] == "queue"


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"isin": "MYBLJ2600019"}, "DSEC"),
        ({"quantity": 15_000}, "DQUA"),
        ({"counterparty_account": "nobody's"}, "SAFE"),
        ({"settlement_date": "2026-09-18"}, "DDAT"),
        ({"linkages": (Linkage(position="AFTE", reference="UNKNOWN"),)}, "REFE"),
        ({"linkages": (Linkage(position="BEFO", reference="BETA-0"),)}, "REFE"),
        ({"quantity": 300_000, "face_amount": True}, "DQUA"),
        ({"owner": Party(bic=ALFA)}, "OTHR"),
        ({"currency": "JPY"}, "DMON"),
    ],
)
def test_what_cannot_be_is_rejected_with_its_reason(
    two: Two, other: dict[str, Any], reason: str
) -> None:
    two.list_units(100)
    (reply,) = two.beta.take(sent(sold(two, **other)))
    status = said(reply)
    assert (status.state, status.reason) == (SecuritiesState.REJECTED, reason)
    assert two.units() == (0, 100)


def test_a_delivery_free_of_payment_needs_the_hubs_leave(two: Two) -> None:
    two.list_units(100)
    free = {"against_payment": False, "currency": None, "units": None}
    (reply,) = two.beta.take(sent(sold(two, **free)))
    status = said(reply)
    assert status.state is SecuritiesState.REJECTED
    assert status.reason_text.startswith("free_of_payment: ")


def test_the_same_reference_twice_is_a_duplicate(two: Two) -> None:
    two.list_units(100)
    two.beta.take(sent(sold(two)))
    (reply,) = two.beta.take(sent(sold(two)))
    (status,) = said(reply)
    assert (status.code, status.reason) == ("RJCT", "AM05")


@pytest.mark.parametrize(
    ("short", "reasons"), [("money", ("MONY", "CMON")), ("units", ("CLAC", "LACK"))]
)
def test_each_side_is_told_what_is_missing_and_where(
    two: Two, short: str, reasons: tuple[str, str]
) -> None:
    two.list_units(100)
    more = {"units": 200_000} if short == "money" else {"quantity": 5_000_000}
    two.beta.take(sent(sold(two, **more)))
    (reply,) = two.alfa.take(sent(bought(two, **more)))
    status = said(reply)
    assert (status.state, status.reason) == (SecuritiesState.PENDING, reasons[0])
    told = [said(one) for one in two.beta.following.look() if one.name.startswith("sese")]
    assert [(one.state, one.reason) for one in told] == [(SecuritiesState.PENDING, reasons[1])]


def test_what_an_account_holds_is_stated_and_can_be_reconciled(two: Two) -> None:
    two.list_units(100)
    outside = read_outside(two.beta.bank.holdings(two.founded.other))
    assert isinstance(outside, Holdings)
    assert outside.day == date(2026, 9, 21)
    assert [(one.isin, one.units) for one in outside.positions] == [(ISIN, 100)]
