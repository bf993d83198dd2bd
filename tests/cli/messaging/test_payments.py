# SPDX-License-Identifier: Apache-2.0
"""Payments between two banks over their channels: what is asked, and what is answered."""

from typing import Any

import pytest

from lejar.gateways.iso20022.messages import Original, Party, Return
from lejar.gateways.iso20022.writing import credit_transfer, returned
from lejar.kernel.failure import Unavailable
from tests.cli.messaging.conftest import Two
from tests.cli.messaging.world import (
    ALFA,
    BETA,
    HUB,
    LATER,
    camt_056,
    heading,
    pacs_009,
    said,
    transfer,
    uetr,
)


def test_a_payment_between_banks_settles_and_says_so(two: Two) -> None:
    (reply,) = two.alfa.take(pacs_009(1, 2_500))
    (status,) = said(reply)
    assert (status.code, status.reason) == ("ACSC", None)
    assert (status.original.uetr, status.original.end_to_end) == (uetr(1), "E-1")
    assert two.balances() == (97_500, 2_500)


def test_a_payment_without_funds_waits_and_settles_when_money_comes(two: Two) -> None:
    (reply,) = two.alfa.take(pacs_009(1, 150_000))
    (status,) = said(reply)
    assert (status.code, status.reason) == ("PDNG", "AM04")
    assert two.alfa.following.look() == []
    two.fund(60_000)
    told = {one.name[:8]: one for one in two.alfa.following.look()}
    (later,) = said(told["pacs.002"])
    assert (later.code, later.original.uetr) == ("ACSC", uetr(1))
    assert two.balances() == (10_000, 150_000)
    assert two.alfa.following.look() == []


def test_the_credited_bank_is_told_once(two: Two) -> None:
    assert two.beta.following.look() == []
    two.alfa.take(pacs_009(1, 2_500))
    (notice,) = two.beta.following.look()
    (statement,) = said(notice)
    (entry,) = statement.entries
    assert (entry.units, entry.currency, entry.uetr) == (2_500, "MYR", uetr(1))
    assert statement.account == two.founded.other
    assert two.beta.following.look() == []


def test_a_refused_payment_is_rejected_with_a_code(two: Two) -> None:
    (reply,) = two.alfa.take(pacs_009(1, 2_500, settlement_date="2026-09-19"))
    (status,) = said(reply)
    assert (status.code, status.reason) == ("RJCT", "DT01")
    assert status.reason_text.startswith("value_date_past: ")
    assert two.balances() == (100_000, 0)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ({"creditor": Party(bic="GAMAMYKLXXX")}, "AC01"),
        ({"creditor_account": "nobody's"}, "AC01"),
        ({"currency": "JPY"}, "AM03"),
        ({"debtor": Party(bic=BETA)}, "DS0H"),
    ],
)
def test_what_the_directory_does_not_know_is_rejected(
    two: Two, other: dict[str, Any], reason: str
) -> None:
    (reply,) = two.alfa.take(pacs_009(1, 2_500, **other))
    (status,) = said(reply)
    assert (status.code, status.reason) == ("RJCT", reason)
    assert two.alfa.posted() == []


def customers(two: Two, number: int, amount: int, agent: str = ALFA) -> bytes:
    """A payment between accounts that the banks keep for customers."""
    return pacs_009(
        number,
        amount,
        identifier="pacs.008.001.08",
        debtor=Party(name="A customer"),
        debtor_account=two.founded.account,
        debtor_agent=Party(bic=agent),
        creditor=Party(name="Another"),
        creditor_account=two.founded.other,
        creditor_agent=Party(bic=BETA),
    )


def test_a_customers_payment_goes_between_the_named_accounts(two: Two) -> None:
    (reply,) = two.alfa.take(customers(two, 1, 2_500))
    assert said(reply)[0].code == "ACSC"
    assert two.balances() == (97_500, 2_500)
    (other,) = two.alfa.take(customers(two, 2, 2_500, agent=BETA))
    assert (said(other)[0].code, said(other)[0].reason) == ("RJCT", "DS0H")


def test_each_payment_of_a_message_is_answered(two: Two) -> None:
    one, two_of_them = pacs_009(1, 2_500).decode(), pacs_009(2, 99_000).decode()
    begin, end = "<CdtTrfTxInf>", "</CdtTrfTxInf>"
    second = two_of_them[two_of_them.index(begin) : two_of_them.index(end) + len(end)]
    both = one.replace(end, end + second).replace("<NbOfTxs>1<", "<NbOfTxs>2<")
    (reply,) = two.alfa.take(both.encode())
    assert [(each.original.uetr, each.code) for each in said(reply)] == [
        (uetr(1), "ACSC"),
        (uetr(2), "PDNG"),
    ]
    assert two.balances() == (97_500, 2_500)


def test_another_banks_message_is_not_signed(two: Two) -> None:
    (reply,) = two.alfa.take(pacs_009(1, 2_500, sender=BETA))
    (status,) = said(reply)
    assert (status.code, status.reason, status.whole_message) == ("RJCT", "DS0H", True)
    assert two.alfa.posted() == []


def test_the_same_message_again_is_a_duplicate_and_moves_nothing(two: Two) -> None:
    data = pacs_009(1, 2_500)
    two.alfa.take(data)
    for _ in range(2):
        (reply,) = two.alfa.take(data)
        (status,) = said(reply)
        assert (status.code, status.reason) == ("RJCT", "AM05")
    assert two.balances() == (97_500, 2_500)


def test_a_possible_duplicate_is_answered_as_the_first_was(two: Two) -> None:
    (first,) = two.alfa.take(pacs_009(1, 2_500))
    flagged = credit_transfer(heading("M-1", possible_duplicate=True), transfer(1, 2_500))
    (again,) = two.alfa.take(flagged)
    assert again == first
    assert two.balances() == (97_500, 2_500)


def test_a_uetr_is_used_once(two: Two) -> None:
    two.alfa.take(pacs_009(1, 2_500))
    other = credit_transfer(heading("M-2"), transfer(1, 1_000, message_id="M-2"))
    (reply,) = two.alfa.take(other)
    (status,) = said(reply)
    assert (status.code, status.reason) == ("RJCT", "AM05")
    assert two.balances() == (97_500, 2_500)
    kept = two.alfa.log.transaction(uetr(1), "payment")
    assert kept is not None
    assert kept.standing.state == "settled"


def test_a_uetr_is_used_once_even_when_the_channel_has_forgotten(two: Two) -> None:
    two.alfa.take(pacs_009(1, 2_500))
    two.market.world.now += 31 * 24 * 3_600_000_000
    for name in two.alfa.log.undelivered():
        two.alfa.log.delivered(name.name)
    two.alfa.log.forget(two.market.world.now)
    (same,) = two.alfa.take(pacs_009(1, 2_500))
    assert said(same)[0].code == "ACSC"
    assert two.balances() == (97_500, 2_500)


def test_priority_and_value_date_reach_the_hub(two: Two) -> None:
    (reply,) = two.alfa.take(pacs_009(1, 2_500, settlement_date=LATER, priority="URGT"))
    (status,) = said(reply)
    assert status.code == "ACTC"
    (event,) = two.alfa.last_events()
    assert event["type"] == "settlement.instruction_matched"
    assert (event["value_date"], event["terms"]["priority"]) == (LATER, "urgent")


def test_a_hub_that_does_not_answer_leaves_the_message_for_later(two: Two) -> None:
    two.market.world.trouble = "gone"
    with pytest.raises(Unavailable):
        two.alfa.take(pacs_009(1, 2_500))
    two.market.world.trouble = ""
    (reply,) = two.alfa.take(pacs_009(1, 2_500))
    assert said(reply)[0].code == "ACSC"


def test_an_open_payment_is_cancelled(two: Two) -> None:
    two.alfa.take(pacs_009(1, 2_500, settlement_date=LATER))
    (reply,) = two.alfa.take(camt_056(1))
    (resolution,) = said(reply)
    assert (resolution.confirmation, resolution.case_id) == ("CNCL", "CASE-1")
    two.market.world.now += 3 * 24 * 3_600_000_000
    assert two.balances() == (100_000, 0)
    (again,) = two.alfa.take(camt_056(1, "C-2"))
    assert said(again)[0].confirmation == "CNCL"


def test_a_settled_payment_is_not_cancelled(two: Two) -> None:
    two.alfa.take(pacs_009(1, 2_500))
    (reply,) = two.alfa.take(camt_056(1))
    (resolution,) = said(reply)
    assert (resolution.confirmation, resolution.reason) == ("RJCR", "ARDT")
    assert two.balances() == (97_500, 2_500)


def test_a_payment_that_settles_meanwhile_is_not_cancelled(two: Two) -> None:
    two.alfa.take(pacs_009(1, 150_000))
    two.fund(60_000)
    (reply,) = two.alfa.take(camt_056(1))
    (resolution,) = said(reply)
    assert (resolution.confirmation, resolution.reason) == ("RJCR", "ARDT")


def test_an_unknown_payment_is_not_cancelled(two: Two) -> None:
    (reply,) = two.alfa.take(camt_056(9))
    (resolution,) = said(reply)
    assert (resolution.confirmation, resolution.reason) == ("RJCR", "NOOR")


def test_a_rejected_payment_is_not_cancelled(two: Two) -> None:
    two.alfa.take(pacs_009(1, 2_500, settlement_date="2026-09-19"))
    (reply,) = two.alfa.take(camt_056(1))
    (resolution,) = said(reply)
    assert (resolution.confirmation, resolution.reason) == ("RJCR", "NARR")


def back(units: int, name: str = "R-1", currency: str = "MYR") -> bytes:
    said_back = Return(
        identifier="pacs.004.001.09",
        message_id=name,
        return_id=name,
        original=Original(uetr=uetr(1), message_id="M-1", message_name="pacs.009.001.08"),
        currency=currency,
        units=units,
        settlement_date="2026-09-21",
        reason="AC04",
    )
    return returned(heading(name, BETA), said_back)


def test_what_came_goes_back_once_under_its_own_reference(two: Two) -> None:
    two.beta.following.look()
    two.alfa.following.look()
    two.alfa.take(pacs_009(1, 2_500))
    (reply,) = two.beta.take(back(2_500))
    (status,) = said(reply)
    assert (status.code, status.original.uetr) == ("ACSC", uetr(1))
    assert two.balances() == (100_000, 0)
    (notice,) = two.alfa.following.look()
    assert said(notice)[0].entries[0].uetr == uetr(1)
    (again,) = two.beta.take(back(2_500, "R-2"))
    assert (said(again)[0].code, said(again)[0].reason) == ("RJCT", "AM05")
    assert two.balances() == (100_000, 0)


@pytest.mark.parametrize(("units", "currency"), [(2_501, "MYR"), (2_500, "USD")])
def test_no_more_goes_back_than_came(two: Two, units: int, currency: str) -> None:
    two.alfa.take(pacs_009(1, 2_500))
    (reply,) = two.beta.take(back(units, currency=currency))
    (status,) = said(reply)
    assert (status.code, status.reason) in {("RJCT", "AM09"), ("RJCT", "AM03")}


def test_what_never_came_does_not_go_back(two: Two) -> None:
    (reply,) = two.beta.take(back(2_500))
    assert (said(reply)[0].code, said(reply)[0].reason) == ("RJCT", "NOOR")


def test_harmful_and_broken_files_are_answered_and_reach_no_hub(two: Two) -> None:
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    doctype = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    harmful = pacs_009(1, 2_500).decode().replace(head, head + doctype)
    for data in (harmful.encode(), b"", b"<x/>"):
        (reply,) = two.alfa.take(data)
        (status,) = said(reply)
        assert (status.code, status.whole_message) == ("RJCT", True)
        assert b"passwd" not in reply.data
    assert two.alfa.posted() == []


def test_a_message_that_asks_nothing_is_not_acted_upon(two: Two) -> None:
    (report,) = two.alfa.take(pacs_009(1, 2_500))
    back_again = report.data.replace(HUB.encode(), b"ALFAMYKLXXX")
    (reply,) = two.alfa.take(back_again)
    assert said(reply)[0].reason == "AG03"
