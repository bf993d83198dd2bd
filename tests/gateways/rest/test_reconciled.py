# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - JSON has no narrower type
"""Reconciliation over HTTP: for its sides, for whom a break is assigned to, and supervisors."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.gateways.rest.market import (
    BANK,
    CENTRE,
    CITIZEN,
    HOUR,
    OTHER,
    Actor,
    Market,
    open_for_business,
    reference,
)
from tests.gateways.rest.test_openapi import says

ROOM = "/v1/reconciliation"
DIGEST = "ab" * 32


@dataclass
class Reconciled:
    """A bank's account that another bank's ledger mirrors, and a break between them."""

    market: Market
    counterpart: str
    break_id: str

    def do(self, *signers: Actor, command: str, **arguments: Any) -> None:
        answer = self.market.send(
            *signers, command=f"reconciliation.{command}", break_id=self.break_id, **arguments
        )
        assert answer.status_code == 201, answer.text

    def told(self, path: str, reader: Actor, template: str = "") -> Any:
        answer = self.market.get(f"{ROOM}/{path}", reader)
        assert answer.status_code == 200, answer.text
        says(answer, f"{ROOM}/{template or path.partition('?')[0]}", "get")
        return answer.json()


@pytest.fixture
def reconciled(projected: Market) -> Reconciled:
    founded = open_for_business(projected)
    named = projected.send(
        BANK, command="reconciliation.name_counterpart", kind="custodian", keeper=OTHER.text,
        account=founded.account, asset=founded.myr, reference=DIGEST, business_days=1,
    )  # fmt: skip
    counterpart = projected.made(named, "counterpart")
    projected.world.now += 2 * HOUR
    stated = projected.send(
        OTHER, command="reconciliation.record_statement", counterpart=counterpart, sequence=1,
        reference=reference(9), day="2026-09-21", asset=founded.myr, closing="100250", entries=2,
        file=DIGEST,
    )  # fmt: skip
    assert stated.status_code == 201, stated.text
    return Reconciled(projected, counterpart, projected.made(stated, "break_id"))


def test_sides_and_supervisors_read_statements_and_breaks(reconciled: Reconciled) -> None:
    for reader, number in ((BANK, 1), (OTHER, 1), (CENTRE, 1), (CITIZEN, 0)):
        for path in ("counterparts", "statements", "breaks"):
            assert len(reconciled.told(path, reader)["items"]) == number, (path, reader)
    for path in ("counterparts", "statements", "breaks"):
        assert reconciled.market.get(f"{ROOM}/{path}").status_code == 401
    (ledger,) = reconciled.told("counterparts", BANK)["items"]
    assert (ledger["closed_on"], ledger["closing"]) == ("2026-09-21", "100000")
    (statement,) = reconciled.told("statements", BANK)["items"]
    assert (statement["theirs"], statement["ours"]) == ("100250", "100000")
    (row,) = reconciled.told("breaks", OTHER)["items"]
    assert (row["kind"], row["difference"], row["stage"]) == ("closing", "250", "open")
    assert (row["age_business_days"], row["escalated"]) == (0, False)


def test_a_break_is_for_whom_it_is_assigned_to_as_well(reconciled: Reconciled) -> None:
    path = f"breaks/{reconciled.break_id}"
    assert reconciled.market.get(f"{ROOM}/{path}", CITIZEN).status_code == 404
    reconciled.do(BANK, command="assign_break", party=CITIZEN.text)
    assert reconciled.told(path, CITIZEN, "breaks/{break_id}")["row"]["stage"] == "assigned"
    assert len(reconciled.told("breaks", CITIZEN)["items"]) == 1
    assert reconciled.told("statements", CITIZEN)["items"] == []


def test_its_life_is_told_and_its_age_counts_business_days(reconciled: Reconciled) -> None:
    reconciled.do(BANK, command="assign_break", party=BANK.text)
    reconciled.market.world.now += 6 * 24 * HOUR
    reconciled.do(BANK, command="explain_break", cause="fee_or_tax", evidence=DIGEST)
    reconciled.do(OTHER, command="resolve_break", correction=1)
    found = reconciled.told(f"breaks/{reconciled.break_id}", OTHER, "breaks/{break_id}")
    steps = [(step["step"], step["party"]) for step in found["steps"]]
    assert steps == [
        ("opened", None),
        ("assigned", BANK.text),
        ("escalated", None),
        ("explained", BANK.text),
        ("resolved", OTHER.text),
    ]
    row = found["row"]
    assert (row["stage"], row["cause"], row["correction"]) == ("resolved", "fee_or_tax", 1)
    # opened on Tuesday the 22nd, resolved on Monday the 28th: Wednesday, Thursday and Friday ended
    assert (row["age_business_days"], row["escalated"]) == (3, True)
    reconciled.do(OTHER, command="reopen_break", evidence=DIGEST)
    again = reconciled.told(f"breaks/{reconciled.break_id}", OTHER, "breaks/{break_id}")["row"]
    assert (again["stage"], again["cause"], again["correction"]) == ("reopened", None, None)


def test_breaks_are_asked_for_by_stage(reconciled: Reconciled) -> None:
    assert len(reconciled.told("breaks?stage=open", BANK)["items"]) == 1
    assert reconciled.told("breaks?stage=resolved", BANK)["items"] == []
    assert reconciled.market.get(f"{ROOM}/breaks?stage=lost", BANK).status_code == 400


def test_entries_are_counted_as_they_are_matched(reconciled: Reconciled) -> None:
    item = {
        "kind": "theirs_only", "reference": reference(3), "ours": None, "theirs": "250",
        "candidates": 0,
    }  # fmt: skip
    answer = reconciled.market.send(
        BANK, command="reconciliation.record_matching", counterpart=reconciled.counterpart,
        sequence=1, matched=1, unmatched=[item], last=True,
    )  # fmt: skip
    assert answer.status_code == 201, answer.text
    (statement,) = reconciled.told("statements", BANK)["items"]
    counted = (statement["matched_entries"], statement["unmatched_entries"])
    assert (counted, statement["complete"]) == ((1, 1), True)
    assert len(reconciled.told("breaks", BANK)["items"]) == 2
