# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - JSON has no narrower type
"""Rules over REST: by two times, with what is personal for whom it is about; refusals in words."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from lejar.domain.basis import LegalBasis
from lejar.domain.policy.commands import RelaxedRule
from lejar.domain.policy.kinds.windows import InvestmentCap, Per
from lejar.domain.policy.pack import Pack
from lejar.gateways.rest.codec import form_of
from tests.gateways.rest.market import (
    BANK,
    CENTRE,
    CITIZEN,
    NOW,
    OTHER,
    Actor,
    Market,
    open_for_business,
)
from tests.gateways.rest.test_openapi import says
from tests.projections.ruled import BASIS, YEAR, in_days, pack_from

CHANGES_AT = in_days(NOW, 10)
DIGEST = "ab" * 32
LAWFUL = form_of(LegalBasis).show(BASIS)


@dataclass
class Ruled:
    """A market with a pack, a token, a cohort and what is recorded."""

    market: Market
    token: str
    myr: str
    cohort: str
    accounts: tuple[str, str]

    def do(self, *signers: Actor, command: str, **arguments: Any) -> httpx.Response:
        answer = self.market.send(*signers, command=command, **arguments)
        assert answer.status_code == 201, answer.text
        return answer


@pytest.fixture
def ruled(projected: Market) -> Ruled:
    opened = open_for_business(projected)
    made = Ruled(projected, "", opened.myr, "", (opened.account, opened.other))
    adopt(made, pack_from(CHANGES_AT))
    issue = {
        "issuer": OTHER.text, "asset_class": "digital_asset", "short_name": "TOKEN", "isin": None,
        "units_max": None, "jurisdictions": ["my"], "required": [], "holding_max": None,
        "locked_until": None, "documents": [],
    }  # fmt: skip
    created = made.do(OTHER, CENTRE, command="instruments.create_units", **issue)
    made.token = projected.made(created, "asset")
    made.do(
        OTHER, command="instruments.issue_units",
        asset=made.token, account=opened.other, units="5000",
    )  # fmt: skip
    made.do(
        CENTRE, command="policy.bind_name", name="stamp_duty",
        target=opened.other,
    )  # fmt: skip
    values = form_of(RelaxedRule).show(
        RelaxedRule("my.test.cap", InvestmentCap(Per.TOTAL, YEAR, 9_000_00))
    )
    cohort = made.do(
        CENTRE, command="policy.open_cohort", title="Trying it out", basis=LAWFUL,
        participants=[BANK.text, CITIZEN.text], relaxed=[values], money_each="500000",
        money_all=None, from_at="2026-09-21T00:00:00Z", until="2027-01-01T00:00:00Z",
    )  # fmt: skip
    made.cohort = projected.made(cohort, "cohort")
    return made


def adopt(made: Ruled, pack: Pack) -> None:
    made.do(CENTRE, command="policy.adopt_pack", pack=form_of(Pack).show(pack), basis=LAWFUL)


def told(market: Market, path: str, template: str, reader: Actor | None = None) -> Any:
    """Read what must be there, and hold it to the document."""
    answer = market.get(path, reader)
    assert answer.status_code == 200, answer.text
    says(answer, template, "get")
    return answer.json()


def test_the_rules_in_force_are_told_as_they_were_known(ruled: Ruled) -> None:
    market = ruled.market
    first_entry = market.world.hub.state.entry
    market.world.now = in_days(NOW, 2)
    adopt(ruled, pack_from(CHANGES_AT, "2026.11.2", 3_000_00))
    packs = told(market, "/v1/packs", "/v1/packs")
    assert [one["version"] for one in packs["items"]] == ["2026.11.2", "2026.11.1"]
    assert packs["items"][1]["entry"] <= first_entry
    template = "/v1/packs/{jurisdiction}"

    def cap(query: str) -> list[str]:
        view = told(market, f"/v1/packs/my{query}", template)
        return [r["spec"]["limit"] for r in view["in_pack"] if r["id"] == "my.test.cap"]

    assert cap("") == ["300000", "400000"]
    assert cap("?at=2026-09-25") == ["300000"]
    assert cap("?at=2026-09-25&known=2026-09-21") == ["200000"]
    assert cap("?at=2026-10-25&known=2026-09-21") == ["400000"]
    assert cap("?at=2026-09-25T00:00:00Z&known=2026-09-24T23:59:00%2B08:00") == ["300000"]
    assert market.get("/v1/packs/my?known=2026-09-20").status_code == 404
    assert market.get("/v1/packs/sg").status_code == 404
    one = told(market, "/v1/packs/my/2026.11.1", "/v1/packs/{jurisdiction}/{version}")
    assert (one["pack"]["version"], len(one["in_pack"])) == ("2026.11.1", 5)
    assert market.get("/v1/packs/my/2026.11.3").status_code == 404


@pytest.mark.parametrize("asked", ["at=now", "known=2026-13-01", "at=2026-09-25T00:00:00", "at="])
def test_what_is_no_time_is_refused(ruled: Ruled, asked: str) -> None:
    answer = ruled.market.get(f"/v1/packs/my?{asked}")
    assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


def test_a_rule_is_told_over_time(ruled: Ruled) -> None:
    found = told(ruled.market, "/v1/rules/my.test.cap", "/v1/rules/{rule}")
    assert [one["rule"]["spec"]["limit"] for one in found["items"]] == ["200000", "400000"]
    assert found["items"][0]["rule"]["basis"]["link"] == BASIS.link
    assert ruled.market.get("/v1/rules/my.test.none").status_code == 404


def test_who_takes_part_in_a_cohort_is_for_itself_and_supervisors(ruled: Ruled) -> None:
    path = f"/v1/cohorts/{ruled.cohort}"
    for reader, known in (
        (None, set()),
        (OTHER, set()),
        (BANK, {BANK.text}),
        (CENTRE, {BANK.text, CITIZEN.text}),
    ):
        for view in (
            told(ruled.market, path, "/v1/cohorts/{cohort}", reader),
            told(ruled.market, "/v1/cohorts", "/v1/cohorts", reader)["items"][0],
        ):
            assert set(view["participants"]) == known
            assert (view["title"], view["members"], view["stage"]) == ("Trying it out", 2, "open")
            assert view["relaxed"][0]["spec"]["limit"] == "900000"
    assert ruled.market.get("/v1/cohorts/coh_aaaaaaaaaaaaaaaaaaaaaaaaaa").status_code == 404


def test_how_many_are_on_a_list_is_for_its_keeper_and_supervisors(ruled: Ruled) -> None:
    listed = [{"person": CITIZEN.text, "expires_at": None}]
    ruled.do(
        CENTRE, command="policy.update_list", name="my.sanctions", version=1, added=listed,
        removed=[], digest=DIGEST,
    )  # fmt: skip
    for reader, members in ((None, None), (BANK, None), (CITIZEN, None), (CENTRE, 1)):
        (one,) = told(ruled.market, "/v1/lists", "/v1/lists", reader)["items"]
        assert (one["name"], one["members"]) == ("my.sanctions", members)
        assert CITIZEN.text not in str(one)


def test_obligations_are_for_their_party_and_counted_for_everyone(ruled: Ruled) -> None:
    for rule in ("my.test.report", "my.aml.report"):
        ruled.do(
            BANK, command="policy.open_obligation", rule=rule, party=BANK.text,
            happened_at="2026-09-21T00:00:00Z", evidence=DIGEST,
        )  # fmt: skip
    path = "/v1/obligations"
    assert ruled.market.get(path).status_code == 401
    for reader, number in ((BANK, 2), (OTHER, 0), (CENTRE, 2)):
        assert len(told(ruled.market, path, path, reader)["items"]) == number
    counts = told(ruled.market, f"{path}/counts", f"{path}/counts")["items"]
    assert counts == [{"rule": "my.test.report", "unmet": 1, "missed": 0, "met": 0, "late": 0}]


def test_figures_are_for_whom_they_are_about_and_who_vouched(ruled: Ruled) -> None:
    for subject in (CITIZEN.text, ruled.token):
        ruled.do(
            CENTRE, command="policy.record_figure", subject=subject, name="net_assets",
            value="500000", expires_at=None, evidence=DIGEST,
        )  # fmt: skip
    assert ruled.market.get(f"/v1/figures?subject={CITIZEN.text}").status_code == 401
    assert ruled.market.get("/v1/figures", BANK).status_code == 400
    assert ruled.market.get("/v1/figures?subject=acct_x", BANK).status_code == 400
    for subject, seen in ((CITIZEN.text, (CITIZEN, CENTRE)), (ruled.token, (OTHER, CENTRE))):
        for reader in (BANK, OTHER, CITIZEN, CENTRE):
            path = f"/v1/figures?subject={subject}"
            rows = told(ruled.market, path, "/v1/figures", reader)["items"]
            assert [one["value"] for one in rows] == (["500000"] if reader in seen else [])


def buy(ruled: Ruled, sen: int, *, alone: bool, language: str = "en") -> httpx.Response:
    """Buy ten tokens for a sum: the buyer answers the seller alone, or both sign together."""
    account, other = ruled.accounts
    legs = [
        {"asset": ruled.token, "source": other, "target": account, "amount": "10"},
        {"asset": ruled.myr, "source": account, "target": other, "amount": str(sen)},
    ]
    headers = {"Accept-Language": language}
    terms: dict[str, Any] = {"command": "settlement.instruct", "legs": legs, "value_date": None}
    if not alone:
        return ruled.market.send(BANK, OTHER, headers=headers, **terms)
    alleged = ruled.market.made(ruled.do(OTHER, **terms), "instruction")
    return ruled.market.send(
        BANK, command="settlement.affirm", instruction=alleged, headers=headers
    )


def test_a_refusal_says_the_rule_its_basis_what_is_allowed_and_what_helps(ruled: Ruled) -> None:
    """Two thousand are allowed in all: a hundred were paid, half of the rest would be too much."""
    assert buy(ruled, 100_00, alone=False).status_code == 201
    (duty,) = told(ruled.market, "/v1/duties", "/v1/duties")["items"]
    assert (duty["rule"], duty["times"], duty["base"], duty["amount"]) == (
        "my.test.duty", 1, "10000", "100",
    )  # fmt: skip
    english = buy(ruled, 3_800_00, alone=True).json()
    malay = buy(ruled, 3_800_00, alone=True, language="ms").json()
    assert english["code"] == malay["code"] == "investment_cap"
    assert english["title"] == "A person pays at most RM 2,000 for digital assets within 12 months."
    assert (english["rule"], english["pack"]) == ("my.test.cap", "my 2026.11.1")
    assert (english["basis"], english["link"]) == (BASIS.cited(), BASIS.link)
    assert "Limit: RM 2,000.00" in english["detail"]
    assert "Spent within the window: RM 100.00" in english["detail"]
    assert "Counted for: all together" in english["detail"]
    assert "5 units of TOKEN would be allowed." in english["detail"]
    assert english["detail"].startswith(english["title"])
    assert "wait until earlier investments" in english["remedy"]
    assert malay["title"].startswith("Seorang membayar paling banyak RM 2,000")
    assert "5 unit TOKEN akan dibenarkan." in malay["detail"]
    assert "Had: RM 2,000.00" in malay["detail"]
    assert english["facts"]["allowed"] == "5"


def test_whoever_signs_beside_the_buyer_learns_the_rule_and_no_fact(ruled: Ruled) -> None:
    told_both = buy(ruled, 3_800_00, alone=False).json()
    assert told_both["rule"] == "my.test.cap"
    assert "Limit" not in told_both["detail"]
    assert "allowed" not in told_both["facts"]


def test_a_rule_that_nobody_verified_says_so(ruled: Ruled) -> None:
    ruled.market.world.now = in_days(CHANGES_AT, 1)
    refused = buy(ruled, 9_000_00, alone=False).json()
    assert refused["title"].startswith("A person pays at most RM 4,000")
    assert refused["source"] == "class N, not verified"
    assert "source" not in refused["detail"]
