# SPDX-License-Identifier: Apache-2.0
"""Reading: what everyone sees, what a pass adds, and what nobody can find out."""

import base64

import pytest

from lejar.gateways.rest import views
from lejar.gateways.rest.authority import Reader, may_see_account
from lejar.gateways.rest.endpoints import ENDPOINTS
from lejar.kernel import identifiers
from lejar.kernel.codec import decode
from lejar.kernel.genesis import Genesis
from lejar.ledger.accounts import Purpose
from tests.gateways.rest.market import (
    BANK,
    CENTRE,
    CITIZEN,
    OTHER,
    Founded,
    Market,
    founding,
    issue,
)


def test_the_genesis_is_what_the_network_id_is_a_digest_of(market: Market) -> None:
    said = market.get("/v1/genesis").json()
    genesis = decode(base64.b64decode(said["genesis"]), Genesis)
    assert identifiers.show("network", genesis.network) == said["network"]
    assert genesis == founding()


def test_entries_are_paged_without_gap_or_repetition(market: Market, founded: Founded) -> None:
    numbers: list[int] = []
    following: str | None = "0"
    while following is not None:
        page = market.get("/v1/entries", params={"after": following, "limit": 3}).json()
        numbers += [row["number"] for row in page["items"]]
        following = page["next"]
        assert page["as_at"] == len(market.world.entries)
    assert numbers == list(range(1, len(market.world.entries) + 1))


def test_everyone_sees_outcomes_and_only_the_involved_the_rest(
    market: Market, founded: Founded
) -> None:
    issued = "/v1/entries/4"
    assert market.get(issued).json()["receipt"] is None
    assert market.get(issued, CITIZEN).json()["receipt"] is None
    assert market.get(issued, OTHER).json()["receipt"] is None
    assert market.get(issued, BANK).json()["receipt"]["number"] == 4  # its balance changed
    assert market.get(issued, CENTRE).json()["receipt"]["number"] == 4


def test_a_refusal_is_public_but_its_facts_are_not(market: Market, founded: Founded) -> None:
    problem = issue(market, founded.myr, founded.account, 1).json()
    entry = market.get(problem["receipt"]).json()
    assert (entry["outcome"], entry["code"], entry["receipt"]) == (
        "refused", "reference_used", None,
    )  # fmt: skip
    whole = market.get(problem["receipt"], CENTRE).json()["receipt"]
    assert whole["refusal"]["facts"]


def test_an_account_is_for_its_owner_and_supervisors(market: Market, founded: Founded) -> None:
    path = f"/v1/accounts/{founded.account}"
    nobody = f"/v1/accounts/{identifiers.show('account', b'?' * 16)}"
    assert market.get(path).status_code == market.get(nobody).status_code == 401
    stranger, missing = market.get(path, OTHER), market.get(nobody, OTHER)
    assert stranger.status_code == missing.status_code == 404
    assert stranger.content == missing.content
    for reader in (BANK, CENTRE):
        position = market.get(path, reader).json()["positions"][0]
        assert position["total"] == "100000"


def test_an_account_is_for_whom_it_is_kept_and_for_its_keeper() -> None:
    kept = views.AccountView(
        b"a" * 16, b"k" * 16, Purpose.CUSTODY, 0, None, b"p" * 16, frozen=False, positions=()
    )
    seen = {
        party: may_see_account(Reader(party * 16, supervises=False), kept)
        for party in (b"k", b"p", b"s")
    }
    assert seen == {b"k": True, b"p": True, b"s": False}


def test_parties_cannot_be_enumerated(market: Market) -> None:
    def seen(reader: object) -> list[str]:
        rows = market.get("/v1/parties", reader).json()["items"]  # type: ignore[arg-type]
        return [row["party"] for row in rows]

    assert seen(None) == [CENTRE.text]
    assert seen(CITIZEN) == [CENTRE.text]
    assert seen(CENTRE) == [CENTRE.text, BANK.text, OTHER.text, CITIZEN.text]
    unknown = market.get(f"/v1/parties/{identifiers.show('party', b'?' * 16)}")
    hidden = market.get(f"/v1/parties/{BANK.text}")
    assert hidden.status_code == unknown.status_code == 404
    assert hidden.content == unknown.content


def test_credentials_and_accounts_are_for_the_party(market: Market, founded: Founded) -> None:
    public = market.get(f"/v1/parties/{CENTRE.text}", BANK).json()
    own = market.get(f"/v1/parties/{BANK.text}", BANK).json()
    assert (public["credentials"], public["accounts"]) == (None, None)
    assert own["credentials"][0]["credential"] == "bank"
    assert own["accounts"] == [founded.account]


def test_parties_are_paged(market: Market) -> None:
    first = market.get("/v1/parties", CENTRE, params={"limit": 3}).json()
    rest = market.get("/v1/parties", CENTRE, params={"limit": 3, "after": first["next"]}).json()
    assert [len(page["items"]) for page in (first, rest)] == [3, 1]
    assert rest["next"] is None


def test_instruments_are_public_and_their_registers_are_not(
    market: Market, founded: Founded
) -> None:
    (row,) = market.get("/v1/instruments").json()["items"]
    assert market.get(f"/v1/instruments/{founded.myr}").json() == {**row, "terms": None}
    assert row["supply"] == "100000"
    path = f"/v1/instruments/{founded.myr}/holders"
    assert market.get(path).status_code == 401
    assert market.get(path, BANK).json()["code"] == "not_permitted"
    (holder,) = market.get(path, CENTRE).json()["items"]
    assert holder == {
        "owner": BANK.text, "beneficiary": None, "account": founded.account,
        "total": "100000", "held": "0",
    }  # fmt: skip
    unknown = identifiers.show("asset", b"?" * 16)
    assert market.get(f"/v1/instruments/{unknown}/holders", CENTRE).status_code == 404


def test_parts_of_payments_are_for_the_owner_and_supervisors(
    market: Market, founded: Founded
) -> None:
    path = f"/v1/accounts/{founded.account}/entitlements"
    assert market.get(path).status_code == 401
    assert market.get(path, BANK).json()["items"] == []
    assert market.get(path, CENTRE).json()["items"] == []
    unknown = identifiers.show("account", b"?" * 16)
    assert market.get(f"/v1/accounts/{unknown}/entitlements", BANK).status_code == 404


def test_an_instruction_that_is_not_yours_does_not_exist(market: Market) -> None:
    path = f"/v1/instructions/{identifiers.show('instruction', b'?' * 16)}"
    assert market.get(path).status_code == 401
    assert market.get(path, BANK).status_code == 404


def test_evidence_is_for_who_took_part(market: Market, founded: Founded) -> None:
    command_id = market.get("/v1/entries/4").json()["command_id"]
    path = f"/v1/receipts/{command_id}/evidence"
    assert market.get(path).status_code == 401
    assert market.get(path, CITIZEN).status_code == 404
    answer = market.get(path, BANK)
    assert answer.status_code == 200
    assert f"{command_id}.evidence.json" in answer.headers["content-disposition"]


def test_tiles_are_public_and_bundles_are_not(market: Market, founded: Founded) -> None:
    leaf = market.get("/v1/tile/0/000.p/4")
    assert (leaf.status_code, len(leaf.content)) == (200, 4 * 32)
    assert "immutable" in leaf.headers["cache-control"]
    for wrong in ("0/000", "entries/000.p/4", "0/000.p/5", "0/0", "../x", "99/000", "0/000.p/0"):
        assert market.get(f"/v1/tile/{wrong}").status_code == 404, wrong


def test_the_checkpoint_is_text(market: Market) -> None:
    assert market.get("/v1/checkpoint").headers["content-type"].startswith("text/plain")


def test_the_catalogue_and_the_table_of_refusals_are_whole(market: Market) -> None:
    commands = market.get("/v1/commands").json()["items"]
    refusals = market.get("/v1/refusals").json()["items"]
    codes = {row["code"] for row in refusals}
    assert {code for row in commands for code in row["refusals"]} <= codes
    assert {"funds_insufficient", "signature_invalid", "command_expired"} <= codes
    assert all(row["sentence"]["en"] and row["sentence"]["ms"] for row in refusals)
    assert all(row["remedy"]["en"] and row["remedy"]["ms"] for row in refusals)
    components = market.get("/v1/openapi.json").json()["components"]["schemas"]
    assert all(row["schema"].rpartition("/")[2] in components for row in commands)


def test_the_metrics_count_and_name_nobody(market: Market, founded: Founded) -> None:
    text = market.get("/metrics").text
    assert 'lejar_envelopes_total{outcome="accepted"} 4.0' in text
    assert "lejar_read_entry 4.0" in text
    assert "party_" not in text


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda endpoint: endpoint.name)
def test_every_address_answers_other_methods_with_what_it_allows(
    market: Market, endpoint: object
) -> None:
    path = endpoint.path.replace("{tile_path}", "0/000")  # type: ignore[attr-defined]
    wrong = market.call("DELETE", path)
    options = market.call("OPTIONS", path)
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_unknown")
    assert endpoint.method in wrong.headers["allow"]  # type: ignore[attr-defined]
    assert (options.status_code, options.content) == (204, b"")
    assert endpoint.method in options.headers["allow"]  # type: ignore[attr-defined]
    assert "access-control-allow-origin" not in options.headers


def test_head_answers_like_get(market: Market, founded: Founded) -> None:
    for path in ("/v1/status", "/v1/entries", "/v1/events", "/v1/entries/99"):
        head = market.call("HEAD", path)
        assert head.status_code == (404 if path.endswith("99") else 200), path


def test_an_unknown_address_is_a_problem_too(market: Market) -> None:
    for path in ("/", "/v1", "/v1/", "/v2/status", "/v1/status/", "/v1/entries/1/"):
        answer = market.get(path)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found"), path
