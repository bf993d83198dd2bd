# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - JSON has no narrower type
"""Money over HTTP: claims and terms for everyone, credits and limits for their two sides."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.gateways.rest.market import (
    BANK,
    CENTRE,
    CITIZEN,
    OTHER,
    Actor,
    Founded,
    Market,
    open_for_business,
    reference,
)
from tests.gateways.rest.test_openapi import says

UNTIL = "2027-01-31T00:00:00.000000Z"
PRICE = 100_000_000
"""A ringgit for a unit, in millionths of a sen."""


@dataclass
class Moneyed:
    """A market in which a bank may draw against a token that it has issued."""

    market: Market
    founded: Founded
    token: str

    def do(self, *signers: Actor, command: str, **arguments: Any) -> httpx.Response:
        answer = self.market.send(*signers, command=command, **arguments)
        assert answer.status_code == 201, answer.text
        return answer

    def made(self, field: str, *signers: Actor, command: str, **arguments: Any) -> str:
        return self.market.made(self.do(*signers, command=command, **arguments), field)

    def price(self, price: int) -> None:
        """Take the token at a price, with a haircut of a tenth."""
        terms = {"price": str(price), "haircut": 100_000, "until": UNTIL, "islamic": False}
        self.do(
            CENTRE, command="money.set_collateral", currency=self.founded.myr, asset=self.token,
            terms=terms,
        )  # fmt: skip

    def draw(self, units: int, amount: int) -> str:
        account = self.founded.other
        return self.made(
            "credit", OTHER, command="money.draw_intraday", form="repo", currency=self.founded.myr,
            account=account, collateral_account=account, amount=str(amount),
            collateral=[{"asset": self.token, "amount": str(units)}],
        )  # fmt: skip

    def told(self, path: str, reader: Actor | None = None) -> Any:
        """Read a list, and hold it to the document."""
        answer = self.market.get(path, reader)
        assert answer.status_code == 200, answer.text
        says(answer, path.partition("?")[0], "get")
        return answer.json()["items"]


@pytest.fixture
def moneyed(projected: Market) -> Moneyed:
    founded = open_for_business(projected)
    made = Moneyed(projected, founded, "")
    made.token = made.made(
        "asset", OTHER, CENTRE, command="instruments.create_units", issuer=OTHER.text,
        asset_class="digital_asset", short_name="TOKEN", isin=None, units_max=None,
        jurisdictions=["my"], required=[], holding_max=None, locked_until=None, documents=[],
    )  # fmt: skip
    made.do(
        OTHER, command="instruments.issue_units", asset=made.token, account=founded.other,
        units="5000",
    )  # fmt: skip
    vault = made.made(
        "account", CENTRE, command="accounts.open_account", owner=CENTRE.text, purpose="own",
        cash_account=None,
    )  # fmt: skip
    made.price(PRICE)
    made.do(
        CENTRE, command="money.open_facility", currency=founded.myr, forms=["repo"], account=vault,
        closing_minutes=18 * 60, difference=None, bank_max=None,
    )  # fmt: skip
    return made


def test_terms_are_public(moneyed: Moneyed) -> None:
    myr = moneyed.founded.myr
    (one,) = moneyed.told("/v1/collateral")
    assert (one["asset"], one["price"], one["haircut"]) == (moneyed.token, str(PRICE), 100_000)
    assert (one["until"], one["islamic"]) == (UNTIL, False)
    (facility,) = moneyed.told("/v1/facilities")
    assert (facility["currency"], facility["forms"]) == (myr, ["repo"])
    assert (facility["closing_minutes"], facility["bank_max"]) == (1_080, None)
    moneyed.do(CENTRE, command="money.close_facility", currency=myr)
    assert moneyed.told("/v1/facilities") == []


def test_a_credit_is_between_its_bank_and_the_central_bank(moneyed: Moneyed) -> None:
    credit = moneyed.draw(100, 9_000)
    moneyed.price(PRICE // 2)
    for reader in (OTHER, CENTRE):
        (one,) = moneyed.told("/v1/intraday", reader)
        assert (one["credit"], one["stage"], one["form"]) == (credit, "open", "repo")
        assert (one["bank"], one["central_bank"]) == (OTHER.text, CENTRE.text)
        assert (one["drawn"], one["owed"]) == ("9000", "9000")
        assert one["collateral"] == [{"asset": moneyed.token, "amount": "100"}]
        assert (one["value"], one["margin_short"]) == ("4500", "4500")
        assert one["closes_at"] == "2026-09-22T10:00:00.000000Z"
        assert (one["overdue_at"], one["ended_at"], one["cause"]) == (None, None, None)
        assert one["called_at"] is not None
    for stranger in (BANK, CITIZEN):
        assert moneyed.told("/v1/intraday", stranger) == []
    assert moneyed.market.get("/v1/intraday").status_code == 401


def test_credits_are_paged_the_newest_first_and_kept_after_their_end(moneyed: Moneyed) -> None:
    first, second = moneyed.draw(100, 1_000), moneyed.draw(100, 2_000)
    moneyed.do(OTHER, command="money.repay_intraday", credit=first, amount=None)
    page = moneyed.market.get("/v1/intraday?limit=1", OTHER).json()
    assert [one["credit"] for one in page["items"]] == [second]
    (ended,) = moneyed.told(f"/v1/intraday?limit=1&after={page['next']}", OTHER)
    assert (ended["credit"], ended["stage"], ended["owed"]) == (first, "ended", "0")
    assert ended["collateral"] == []
    assert ended["ended_at"] is not None


def test_claims_are_public_and_who_keeps_which_is_its_owners(moneyed: Moneyed) -> None:
    founded = moneyed.founded
    token = moneyed.made(
        "asset", BANK, command="money.create_deposit_token", code="MYRONE", currency=founded.myr,
        settles_in=founded.account, required=[],
    )  # fmt: skip
    account = moneyed.made(
        "account", CITIZEN, command="accounts.open_account", owner=CITIZEN.text, purpose="own",
        cash_account=None,
    )  # fmt: skip
    moneyed.do(CITIZEN, BANK, command="money.keep_as_deposit", account=account, asset=token)
    moneyed.do(
        BANK, command="money.issue_deposit", asset=token, account=account, amount="700",
        reference=reference(7),
    )  # fmt: skip
    (one,) = moneyed.told("/v1/deposits")
    assert (one["asset"], one["code"], one["currency"]) == (token, "MYRONE", founded.myr)
    assert (one["bank"], one["settles_in"], one["claims"]) == (BANK.text, founded.account, "700")
    kept = moneyed.market.get(f"/v1/accounts/{account}", CITIZEN)
    says(kept, "/v1/accounts/{account}", "get")
    assert [(one["currency"], one["deposit"]) for one in kept.json()["keeps"]] == [
        (founded.myr, token)
    ]
    assert moneyed.market.get(f"/v1/accounts/{account}", OTHER).status_code == 404
    assert moneyed.market.get(f"/v1/accounts/{founded.account}", BANK).json()["keeps"] == []


def test_a_limit_is_between_its_owner_and_the_central_bank(moneyed: Moneyed) -> None:
    founded = moneyed.founded
    limited = {
        "command": "money.set_account_limit", "account": founded.account, "currency": founded.myr,
    }  # fmt: skip
    moneyed.do(CENTRE, **limited, holding_max="500000", daily_out_max=None)
    for reader in (BANK, CENTRE):
        (one,) = moneyed.told("/v1/limits", reader)
        assert (one["account"], one["owner"]) == (founded.account, BANK.text)
        assert (one["holding_max"], one["daily_out_max"]) == ("500000", None)
    assert moneyed.told("/v1/limits", OTHER) == []
    assert moneyed.market.get("/v1/limits").status_code == 401
    moneyed.do(CENTRE, **limited, holding_max=None, daily_out_max=None)
    assert moneyed.told("/v1/limits", BANK) == []


def test_tiers_are_public(moneyed: Moneyed) -> None:
    moneyed.do(
        CENTRE, command="policy.set_switch", name="retail_money", on=True,
        basis={"instrument": "Rules of the test", "clause": None, "link": None},
    )  # fmt: skip
    moneyed.do(
        CENTRE, command="money.define_tier", currency=moneyed.founded.myr, tier="basic",
        holding_max="5000", payment_max="1000", daily_max="2000",
    )  # fmt: skip
    (one,) = moneyed.told("/v1/tiers")
    assert (one["tier"], one["holding_max"], one["daily_max"]) == ("basic", "5000", "2000")
