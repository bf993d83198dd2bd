# SPDX-License-Identifier: Apache-2.0

"""`lejar reconcile` over a real gateway: what it reads, what it finds, and what it records."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from lejar.cli import lejar as program
from lejar.cli.commands.reconcile import (
    Found,
    agrees,
    commands_of,
    compared,
    document,
    lines,
)
from lejar.cli.reconciling import OurSide, our_side
from lejar.cli.voice import Problem
from lejar.domain.identity import Role
from lejar.domain.reconciliation import BreakKind
from lejar.gateways.reconciling.outside import (
    Holdings,
    Position,
    Statement,
    StatementEntry,
    reference_digest,
)
from lejar.gateways.rest.codec import json_of
from lejar.kernel.signature import public_key_of
from lejar.node.keys import KeyFile
from tests.gateways.rest.conftest import over_projections
from tests.gateways.rest.market import (
    BANK,
    CENTRE,
    HOUR,
    OTHER,
    Actor,
    Market,
    open_for_business,
)

DAY = date(2026, 9, 21)
FILE = b"F" * 32
ISIN = "MYBVO2103476"


class Reading:
    """The market, read as one party."""

    def __init__(self, market: Market, reader: Actor = BANK) -> None:
        self.market = market
        self.reader = reader

    def get(self, path: str, key: KeyFile | None = None) -> dict[str, Any]:
        answer = self.market.get(path, None if key is None else self.reader)
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found


KEY = KeyFile(
    name="bank",
    party=BANK.text,
    roles=(Role.OPERATE,),
    public=public_key_of(BANK.seed).hex(),
    seed=BANK.seed.hex(),
)


@pytest.fixture
def market(tmp_path: Path) -> Iterator[Market]:
    with over_projections(tmp_path) as made:
        yield made


@pytest.fixture
def side(market: Market) -> OurSide:
    """A bank's account on which a thousand ringgit and then fifty came in, mirrored outside."""
    founded = open_for_business(market)
    named = market.send(
        BANK, command="reconciliation.name_counterpart", kind="custodian", keeper=OTHER.text,
        account=founded.account, asset=founded.myr, reference="ab" * 32, business_days=5,
    )  # fmt: skip
    counterpart = market.made(named, "counterpart")
    issued = market.send(
        CENTRE, command="money.issue_money", asset=founded.myr, account=founded.account,
        amount="5000", reference=reference_digest("RTGS-2"),
    )  # fmt: skip
    assert issued.status_code == 201, issued.text
    market.world.now += 2 * HOUR
    ticked = market.send(CENTRE, command="calendar.tick")
    assert ticked.status_code == 201, ticked.text
    return our_side(Reading(market), KEY, counterpart)


def statement(*entries: StatementEntry, closing: int = 105_000) -> Statement:
    return Statement("S-1", 1, DAY, 0, closing, entries)


def first(side: OurSide) -> str:
    """What the first issue is called here."""
    return side.entries(DAY, DAY)[0].references[0]


def record(market: Market, side: OurSide, found: Found) -> None:
    for asked in commands_of(side, found, FILE):
        answer = market.send(BANK, command=asked.command, **asked.arguments)
        assert answer.status_code == 201, answer.text


def test_what_agrees_is_recorded_and_opens_nothing(market: Market, side: OurSide) -> None:
    found = compared(
        side,
        statement(
            StatementEntry(first(side), 100_000, DAY), StatementEntry("RTGS-2", 5_000, DAY)
        ),
    )  # fmt: skip
    assert agrees(found)
    record(market, side, found)
    assert list(side.breaks()) == []
    assert side.stood(DAY) == 105_000
    assert list(lines(found, [])) == ["2 entries match, 0 do not."]


def test_what_differs_is_told_and_opens_breaks_and_moves_nothing(
    market: Market, side: OurSide
) -> None:
    entries = (StatementEntry("RTGS-2", 5_100, DAY), StatementEntry("FEE", -7, DAY))
    found = compared(side, statement(*entries, closing=105_093))
    assert [one.kind for one in found.matching.unmatched] == [
        BreakKind.AMOUNT,
        BreakKind.THEIRS_ONLY,
        BreakKind.OURS_ONLY,
    ]
    assert not agrees(found)
    record(market, side, found)
    breaks = list(side.breaks())
    assert {one["kind"]: one["difference"] for one in breaks} == {
        "closing": "93",
        "amount": "100",
        "theirs_only": "-7",
        "ours_only": "-100000",
    }
    said = "\n".join(lines(found, breaks))
    assert "FEE: -7 there, nothing here; theirs_only." in said
    assert "Their closing balance is 93 more than ours." in said
    assert "0 business days" in said
    assert json_of(document(found, breaks))
    movements = side.hub.get(f"/v1/accounts/{side.counterpart['account']}", side.key)
    assert [one["total"] for one in movements["positions"]] == ["105000"]


def test_a_long_list_of_differences_is_recorded_in_parts(market: Market, side: OurSide) -> None:
    entries = tuple(StatementEntry(f"X-{n}", n, DAY) for n in range(1, 41))
    found = compared(side, statement(*entries))
    sent = [asked.arguments for asked in commands_of(side, found, FILE)][1:]
    assert [(len(one["unmatched"]), one["last"]) for one in sent] == [(32, False), (10, True)]
    record(market, side, found)
    assert len(list(side.breaks())) == 42


def test_a_statement_whose_sums_are_wrong_is_told(side: OurSide) -> None:
    entries = (StatementEntry(first(side), 100_000, DAY), StatementEntry("RTGS-2", 5_000, DAY))
    found = compared(side, Statement("S-1", 1, DAY, 1, 105_000, entries))
    assert not agrees(found)
    assert "Their entries miss their closing balance by -1." in list(lines(found, []))


def test_another_days_entries_are_left_out(side: OurSide) -> None:
    assert len(side.entries(DAY, DAY)) == 2
    assert side.entries(date(2026, 9, 22), date(2026, 9, 22)) == ()
    assert side.entries(date(2026, 9, 20), date(2026, 9, 20)) == ()
    assert side.stood(date(2026, 9, 20)) is None


def test_holdings_of_money_have_no_isin(side: OurSide) -> None:
    found = compared(side, Holdings("H-1", 1, DAY, (Position(ISIN, 5),)))
    assert [(one.isin, one.theirs, one.ours) for one in found.holdings] == [(ISIN, 5, 0)]
    assert f"{ISIN}: 5 there, 0 here, differs." in list(lines(found, []))
    with pytest.raises(Problem, match="has no ISIN"):
        list(commands_of(side, found, FILE))


def test_holdings_are_compared_with_the_units_and_recorded_by_security(market: Market) -> None:
    founded = open_for_business(market)
    terms = {
        "issuer": OTHER.text, "asset_class": "digital_asset", "short_name": "TOKEN", "isin": ISIN,
        "units_max": None, "jurisdictions": ["my"], "required": [], "holding_max": None,
        "locked_until": None, "documents": [],
    }  # fmt: skip
    created = market.send(OTHER, CENTRE, command="instruments.create_units", **terms)
    token = market.made(created, "asset")
    issued = market.send(
        OTHER, command="instruments.issue_units", asset=token, account=founded.account, units="70",
    )  # fmt: skip
    assert issued.status_code == 201, issued.text
    named = market.send(
        BANK, command="reconciliation.name_counterpart", kind="csd", keeper=OTHER.text,
        account=founded.account, asset=token, reference="ab" * 32, business_days=None,
    )  # fmt: skip
    counterpart = market.made(named, "counterpart")
    market.world.now += 2 * HOUR
    assert market.send(CENTRE, command="calendar.tick").status_code == 201
    side = our_side(Reading(market), KEY, counterpart)
    same = compared(side, Holdings("H-1", 1, DAY, (Position(ISIN, 30), Position(ISIN, 40))))
    assert [(one.isin, one.kind) for one in same.holdings] == [(ISIN, None)]
    assert agrees(same)
    other = compared(side, Holdings("H-1", 1, DAY, (Position(ISIN, 71),)))
    assert not agrees(other)
    record(market, side, other)
    assert [(one["kind"], one["difference"]) for one in side.breaks()] == [("closing", "1")]


def test_an_issuance_account_is_mirrored_by_what_it_owes(market: Market) -> None:
    founded = open_for_business(market)
    issuance = market.get("/v1/entries/1", CENTRE).json()["receipt"]["events"][-1]
    named = market.send(
        CENTRE, command="reconciliation.name_counterpart", kind="rtgs", keeper=BANK.text,
        account=issuance["issuance_account"], asset=founded.myr, reference="ab" * 32,
        business_days=None,
    )  # fmt: skip
    counterpart = market.made(named, "counterpart")
    market.world.now += 2 * HOUR
    assert market.send(CENTRE, command="calendar.tick").status_code == 201
    side = our_side(Reading(market, CENTRE), KEY, counterpart)
    (entry,) = side.entries(DAY, DAY)
    found = compared(side, statement(StatementEntry("", 100_000, DAY), closing=100_000))
    assert (entry.amount, side.stood(DAY)) == (100_000, 100_000)
    assert found.sums is not None
    assert (found.sums.theirs_off, found.sums.closing_off) == (0, 0)


def test_a_counterpart_of_others_is_not_found(market: Market, side: OurSide) -> None:
    with pytest.raises(Problem, match="no counterpart that this key's party may read"):
        our_side(Reading(market), KEY, "ctp_aaaaaaaaaaaaaaaaaaaaaaaaaa")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("missing.json", "--record"), "Name the keys that sign"),
        (("missing.json",), "cannot be read"),
    ],
)
def test_wrong_words_are_a_sentence(words: tuple[str, ...], said: str) -> None:
    usual = ("--counterpart", "ctp_x", "--as", "bank")
    answer = CliRunner().invoke(program, ["reconcile", *words, *usual])
    assert (answer.exit_code, said in answer.stderr) == (2, True), answer.output
