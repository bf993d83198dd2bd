# SPDX-License-Identifier: Apache-2.0
"""Statements over a real hub: for whom they are, and that day leads to day without a gap."""

import json
from collections.abc import Iterator

import pytest
from starlette.types import ASGIApp

from lejar.ledger.balances import balance
from lejar.web.pages import site_app
from tests.web.markup import faults, text_of
from tests.web.real_hub import SITE, RealHub, real_hub, shown
from tests.web.test_real_pages import READERS, ask


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHub]:
    """Play the market once."""
    played = real_hub(tmp_path_factory.mktemp("statements"))
    yield played
    played.projector.close()
    played.projections.close()


@pytest.fixture(scope="module")
def app(hub: RealHub) -> ASGIApp:
    """Give the pages over it."""
    return site_app(SITE, hub.reads())


@pytest.mark.parametrize("reader", READERS)
def test_a_statement_is_for_the_accounts_owner_and_supervisors(
    hub: RealHub, app: ASGIApp, reader: str | None
) -> None:
    path = f"/accounts/{shown('account', hub.ids['account bank a'])}/statement"
    answer = ask(app, path, None if reader is None else hub.pass_of(reader))
    sees = reader in {"bank a", "regulator", "central bank"}
    assert answer.status_code == (200 if sees else 404)
    if sees:
        assert faults(answer.text) == []
        assert "Opening balance" in text_of(answer.text)


def test_days_of_a_statement_lead_to_each_other_and_their_sums_are_the_balance(
    hub: RealHub, app: ASGIApp
) -> None:
    account, myr = hub.ids["account bank a"], hub.ids["myr"]
    path: str | None = f"/accounts/{shown('account', account)}/statement?format=json"
    closing: int | None = None
    moved = days = 0
    while path is not None:
        said = json.loads(ask(app, path, hub.pass_of("bank a")).text)
        assert said["asset_id"] == shown("asset", myr)
        if closing is not None:
            assert said["closing"]["units"] == closing
        assert said["movements"] == len(said["rows"])
        sums = sum(row["amount"]["units"] for row in said["rows"])
        assert said["closing"]["units"] - said["opening"]["units"] == sums
        closing, moved, days = said["opening"]["units"], moved + sums, days + 1
        path = None if said["earlier"] is None else f"{said['earlier']}&format=json"
    assert closing == 0
    assert days > 1
    assert moved == balance(hub.hub.state, myr, account).total


def test_a_paper_has_a_statement_beside_the_money(hub: RealHub, app: ASGIApp) -> None:
    account = shown("account", hub.ids["account bank a"])
    sukuk = shown("asset", hub.ids["sukuk"])
    path = f"/accounts/{account}/statement"
    said = json.loads(ask(app, f"{path}?format=json", hub.pass_of("bank a")).text)
    assert any(f"asset={sukuk}" in one["href"] for one in said["others"])
    other = json.loads(ask(app, f"{path}?format=json&asset={sukuk}", hub.pass_of("bank a")).text)
    assert other["asset_id"] == sukuk
    found = balance(hub.hub.state, hub.ids["sukuk"], hub.ids["account bank a"])
    assert other["closing"]["units"] == found.total


@pytest.mark.parametrize("query", ["day=yesterday", "after=nonsense", "after=%00"])
def test_what_is_no_day_and_no_cursor_counts_as_none(
    hub: RealHub, app: ASGIApp, query: str
) -> None:
    path = f"/accounts/{shown('account', hub.ids['account bank a'])}/statement?format=json"
    plain = ask(app, path, hub.pass_of("bank a"))
    assert ask(app, f"{path}&{query}", hub.pass_of("bank a")).text == plain.text


def test_an_asset_that_is_none_has_no_statement(hub: RealHub, app: ASGIApp) -> None:
    path = f"/accounts/{shown('account', hub.ids['account bank a'])}/statement"
    for asset in ("nothing", shown("asset", b"?" * 16)):
        assert ask(app, f"{path}?asset={asset}", hub.pass_of("bank a")).status_code == 404
