# SPDX-License-Identifier: Apache-2.0
"""The pages of reconciliation over a real hub: whom they are shown to, and what they say."""

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest
from starlette.types import ASGIApp

from lejar.assembly import RULEBOOK
from lejar.domain.accounts import commands as on_accounts
from lejar.domain.money import commands as on_money
from lejar.domain.reconciliation import Cause, CounterpartKind
from lejar.domain.reconciliation import commands as on_ledgers
from lejar.ledger.accounts import Purpose
from lejar.node.hub import Hub
from lejar.node.simulation.disk import SimulatedDisk
from lejar.projections import Projections, Projector
from lejar.web.pages import site_app
from tests.web.real_hub import SITE, RealHub, digest, founding, party, shown
from tests.web.test_rule_pages import ask, seen

DAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHub]:
    """A bank's account that another bank's ledger mirrors, with a break that has grown old."""
    url = f"sqlite:///{tmp_path_factory.mktemp('breaks') / 'pages.db'}"
    hub = Hub(SimulatedDisk(Random(1)), founding(), RULEBOOK, lambda: bytes(16))
    played = RealHub(hub, Projector(url, hub.genesis), Projections(url))
    played.made("myr", "asset", on_money.CreateCurrency("MYR", ("bank",)), "central bank")
    opening = on_accounts.OpenAccount(party("bank a"), Purpose.OWN, None)
    account = played.made("account", "account", opening, "bank a")
    issue = on_money.IssueMoney(played.ids["myr"], account, 1_000_00, digest("rtgs")[:16])
    played.do(issue, "central bank")
    naming = on_ledgers.NameCounterpart(
        CounterpartKind.CUSTODIAN, party("bank b"), account, played.ids["myr"], digest("x"), 1
    )
    counterpart = played.made("counterpart", "counterpart", naming, "bank a")
    played.go_to(date(2026, 11, 25))
    stating = on_ledgers.RecordStatement(
        counterpart, 1, digest("s")[:16], DAY, played.ids["myr"], 1_002_50, 1, digest("file")
    )
    played.made("break", "break_id", stating, "bank b")
    assigning = on_ledgers.AssignBreak(played.ids["break"], party("person"))
    played.do(assigning, "bank a")
    played.numbers["assigned"] = played.receipts[-1].number
    played.go_to(date(2026, 11, 30))
    explaining = on_ledgers.ExplainBreak(played.ids["break"], Cause.FEE_OR_TAX, digest("evidence"))
    played.do(explaining, "person")
    played.numbers["explained"] = played.receipts[-1].number
    yield played
    played.projector.close()
    played.projections.close()


@pytest.fixture(scope="module")
def app(hub: RealHub) -> ASGIApp:
    return site_app(SITE, hub.reads())


def test_breaks_are_shown_to_their_sides_to_the_assignee_and_to_supervisors(
    hub: RealHub, app: ASGIApp
) -> None:
    one = f"/reconciliation/breaks/{shown('break', hub.ids['break'])}"
    for reader in ("bank a", "bank b", "person", "regulator"):
        assert "2.50" in seen(hub, app, "/reconciliation", reader)
        assert "Fee or tax" in seen(hub, app, one, reader)
    for reader in ("stranger", "issuer"):
        assert "There is no break here." in seen(hub, app, "/reconciliation", reader)
        assert ask(app, one, hub.pass_of(reader), "en").status_code == 404
    assert "Sign in to see yours." in seen(hub, app, "/reconciliation", None)
    assert ask(app, one, None, "en").status_code == 404
    assert ask(app, "/reconciliation/breaks/nothing", None, "en").status_code == 404


def test_age_and_escalation_are_told_in_both_languages(hub: RealHub, app: ASGIApp) -> None:
    one = f"/reconciliation/breaks/{shown('break', hub.ids['break'])}"
    english = seen(hub, app, one, "bank a")
    # opened on Wednesday the 25th; Thursday and Friday have ended by Monday the 30th
    assert "Age in business days 2" in " ".join(english.split())
    for said in ("Explained", "Escalated", "Closing balances differ", "A break moves nothing."):
        assert said in english
    malay = seen(hub, app, one, "bank a", "ms")
    for said in ("Diterangkan", "Dinaikkan", "Baki penutup berbeza", "Fi atau cukai"):
        assert said in malay


def test_a_state_is_asked_for_and_statements_stand_beside(hub: RealHub, app: ASGIApp) -> None:
    explained = seen(hub, app, "/reconciliation?state=explained", "bank b")
    assert "2.50" in explained
    assert "1,002.50" in explained
    assert "There is no break here." in seen(hub, app, "/reconciliation?state=open", "bank b")


def test_the_tables_are_exported_to_whoever_sees_them(hub: RealHub, app: ASGIApp) -> None:
    for table in ("rows", "statements"):
        path = f"/reconciliation?format=csv&table={table}"
        assert ask(app, path, hub.pass_of("bank a"), "en").text.count("\n") == 2
        assert ask(app, path, None, "en").status_code == 404


def test_receipts_speak_of_breaks_in_words(hub: RealHub, app: ASGIApp) -> None:
    told = seen(hub, app, f"/receipts/{hub.numbers['break']}", "bank a")
    assert "Closing balances differ" in told
    told = seen(hub, app, f"/receipts/{hub.numbers['explained']}", "person")
    assert "Fee or tax" in told
    assert "Fee or tax" not in seen(hub, app, f"/receipts/{hub.numbers['explained']}", "stranger")
