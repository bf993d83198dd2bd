# SPDX-License-Identifier: Apache-2.0
"""The page of money on a real hub: what exists for everybody, credits for their two sides."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from starlette.types import ASGIApp

from lejar.domain.accounts import commands as on_accounts
from lejar.domain.identity import commands as on_identity
from lejar.domain.money import commands as on_money
from lejar.domain.money.deposits import commands as on_deposits
from lejar.domain.money.intraday import Form
from lejar.domain.money.intraday import commands as on_intraday
from lejar.domain.money.intraday.model import Piece, Terms
from lejar.kernel.moment import MICROS_PER_HOUR
from lejar.ledger.accounts import Purpose
from lejar.ledger.balances import balance
from lejar.web.pages import site_app
from tests.web.markup import faults, text_of
from tests.web.real_hub import SITE, RealHub, digest, party, traded_hub
from tests.web.test_real_pages import ask, seen

PRICE = 100_000_000_000
"""A thousand ringgit for a unit, in millionths of a sen."""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> RealHub:
    """Let a bank make deposits, draw against sukuk, and not be able to pay back."""
    folder: Path = tmp_path_factory.mktemp("money")
    made = traded_hub(folder)
    _make_deposits(made)
    _draw(made)
    return made


def _make_deposits(hub: RealHub) -> None:
    token = on_deposits.CreateDepositToken("MYRB", hub.ids["myr"], hub.ids["account bank b"], ())
    hub.made("deposit", "asset", token, "bank b")
    opening = on_accounts.OpenAccount(party("person"), Purpose.OWN, None)
    hub.made("wallet", "account", opening, "person")
    keep = on_deposits.KeepAsDeposit(hub.ids["wallet"], hub.ids["deposit"])
    hub.do(keep, "person", "bank b")
    issue = on_deposits.IssueDeposit(
        hub.ids["deposit"], hub.ids["wallet"], 4_321_00, digest("cash")[:16]
    )
    hub.do(issue, "bank b")


def _draw(hub: RealHub) -> None:
    myr, account = hub.ids["myr"], hub.ids["account bank b"]
    vouched = on_identity.GrantCredential(party("central bank"), "investor", None, None)
    hub.do(vouched, "regulator")
    opening = on_accounts.OpenAccount(party("central bank"), Purpose.OWN, None)
    vault = hub.made("vault", "account", opening, "central bank")
    until = hub.hub.state.at + 24 * MICROS_PER_HOUR
    terms = Terms(PRICE, 125_000, until, islamic=True)
    hub.do(on_intraday.SetCollateral(myr, hub.ids["sukuk"], terms), "central bank")
    hub.do(on_intraday.OpenFacility(myr, tuple(Form), vault, 18 * 60), "central bank")
    pieces = (Piece(hub.ids["sukuk"], 1_000),)
    drawn = on_intraday.DrawIntraday(Form.REPO, myr, account, account, pieces, 800_000_00)
    hub.made("credit", "credit", drawn, "bank b")
    left = balance(hub.hub.state, myr, account).free - 300_000_00
    out = on_money.RedeemMoney(myr, account, left, digest("out")[:16])
    hub.do(out, "central bank", "bank b")
    hub.go_to(date(2026, 11, 26))


@pytest.fixture(scope="module")
def app(hub: RealHub) -> ASGIApp:
    return site_app(SITE, hub.reads())


@pytest.mark.parametrize("reader", ["bank b", "central bank", "regulator"])
def test_its_sides_are_told_what_is_owed_and_that_it_is_overdue(
    hub: RealHub, app: ASGIApp, reader: str
) -> None:
    text = seen(hub, app, "/money", reader)
    for said in (
        "Overdue",
        "RM\xa0800,000.00",
        "Repo",
        "1,000 units",
        "26\xa0Nov\xa02026, 18:00:00",
    ):
        assert said in text, said
    assert "Lacked at the close: RM\xa0500,000.00" in text
    assert "Not covered: RM\xa0800,000.00" in text, "the price is too old"


@pytest.mark.parametrize("reader", ["bank a", "person"])
def test_others_are_told_what_exists_and_not_who_owes(
    hub: RealHub, app: ASGIApp, reader: str
) -> None:
    text = seen(hub, app, "/money", reader)
    assert "Nothing is owed now." in text
    assert "Overdue" not in text
    assert "MYRB" in text


def test_the_public_sees_claims_and_terms_and_no_banks_money(hub: RealHub, app: ASGIApp) -> None:
    text = seen(hub, app, "/money", None)
    assert "Sign in to see what you owe" in text
    for said in ("MYRB", "RM\xa04,321.00", "12.500\xa0%", "RM\xa01,000.00", "Expired", "18:00"):
        assert said in text, said
    assert "RM\xa0300,000.00" not in text
    assert "RM\xa0300,000.00" in seen(hub, app, "/money", "bank b")
    assert "RM\xa0300,000.00" not in seen(hub, app, "/money", "bank a")


def test_what_is_exported_is_what_the_page_shows(hub: RealHub, app: ASGIApp) -> None:
    told = ask(app, "/money?format=csv&table=credits", hub.pass_of("bank b")).text
    (row,) = csv.DictReader(io.StringIO(told))
    assert (row["owed.units"], row["is_overdue"]) == ("80000000", "True")
    assert ask(app, "/money?format=csv&table=credits", None).status_code == 404
    whole = ask(app, "/money?format=json", None).json()
    assert whole["credits"] is None
    assert [one["reserves"] for one in whole["claims"]] == [None]


def test_the_page_is_sound_in_malay_and_names_its_place(hub: RealHub, app: ASGIApp) -> None:
    cookie = f"{hub.pass_of('bank b')}; lejar_language=ms"
    answer = ask(app, "/money", cookie)
    assert faults(answer.text) == []
    text = text_of(answer.text)
    assert "Lampau tempoh" in text
    assert "Potongan nilai" in text
    assert 'href="/money" aria-current="page"' in answer.text
