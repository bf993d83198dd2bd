# SPDX-License-Identifier: Apache-2.0
"""Directives over HTTP: public in outline, whole for those concerned, proved in one file."""

import json

import pytest

from lejar.kernel import identifiers
from lejar.proofs.bundle import decode_bundle, verify_file
from tests.gateways.rest.market import BANK, CENTRE, CITIZEN, LOG, Market, open_for_business
from tests.gateways.rest.test_openapi import says

BASIS = {
    "instrument": "An order of a test",
    "clause": "section 1",
    "dated": "2026-09-21",
    "link": None,
    "document": "ab" * 32,
}


@pytest.fixture
def directive(projected: Market) -> str:
    """A freeze of a bank's account, appealed by the bank, and lifted."""
    founded = open_for_business(projected)
    word = founded.account.partition("_")[2]
    frozen = projected.send(
        CENTRE, command="oversight.freeze", subject=f"id_{word}", basis=BASIS, expires_at=None
    )
    made = projected.made(frozen, "directive")
    grounds = "cd" * 32
    lodged = projected.send(BANK, command="oversight.appeal", directive=made, grounds=grounds)
    assert lodged.status_code == 201, lodged.text
    lifted = projected.send(CENTRE, command="oversight.thaw", directive=made, basis=BASIS)
    assert lifted.status_code == 201, lifted.text
    return made


def test_everybody_sees_who_ordered_what_on_which_basis(projected: Market, directive: str) -> None:
    (row,) = projected.get("/v1/directives").json()["items"]
    assert row["directive"] == directive
    assert (row["kind"], row["stage"], row["appeal"]) == ("freeze", "lifted", "lodged")
    assert row["agency"] == CENTRE.text
    assert row["cited"] == "An order of a test, section 1, 2026-09-21"
    for reader in (None, CITIZEN):
        one = projected.get(f"/v1/directives/{directive}", reader).json()
        assert one["row"] == row
        assert one["basis"] == BASIS
        assert one["bearing"] is None
        assert [step["what"] for step in one["steps"]] == ["issued", "appealed", "lifted"]
        assert {(step["party"], step["reason"]) for step in one["steps"]} == {(None, None)}


def test_on_whom_it_bears_is_for_those_whom_it_concerns(projected: Market, directive: str) -> None:
    for reader in (BANK, CENTRE):
        one = projected.get(f"/v1/directives/{directive}", reader).json()
        assert one["bearing"]["concerned"] == [BANK.text]
        assert one["bearing"]["subject"].startswith("id_")
        assert one["steps"][1]["party"] == BANK.text


def test_one_file_proves_every_entry_of_its_life(projected: Market, directive: str) -> None:
    path = f"/v1/directives/{directive}/evidence"
    assert projected.get(path).status_code == 401
    assert projected.get(path, CITIZEN).status_code == 404
    for reader in (BANK, CENTRE):
        answer = projected.get(path, reader)
        assert answer.status_code == 200, answer.text
        assert f"{directive}.evidence.json" in answer.headers["content-disposition"]
        bundle = decode_bundle(answer.text)
        assert identifiers.show("directive", bundle.about) == directive
        assert [one.index + 1 for one in bundle.entries] == [5, 6, 7]
        verdict = verify_file(answer.text, (LOG.public,))
        assert verdict.accepted, verdict.failure


def test_what_an_authority_moved_is_told_apart(market: Market) -> None:
    founded = open_for_business(market)
    forced = market.send(
        CENTRE, command="oversight.forced_transfer", asset=founded.myr, source=founded.account,
        target=founded.other, amount="250", basis=BASIS,
    )  # fmt: skip
    directive = market.made(forced, "directive")
    number = forced.json()["number"]
    for reader in (None, BANK):
        answer = market.get(f"/v1/entries/{number}", reader)
        says(answer, "/v1/entries/{number}", "get")
        assert answer.json()["directive"] == directive
    assert market.get(f"/v1/entries/{number - 1}").json()["directive"] is None
    listed = market.get("/v1/entries").json()["items"]
    assert {one["number"]: one["directive"] for one in listed}[number] == directive
    path = f"/v1/accounts/{founded.account}/movements"
    assert market.get(path).status_code == 401
    assert market.get(path, CITIZEN).status_code == 404
    for reader in (BANK, CENTRE):
        statement = market.get(path, reader)
        says(statement, "/v1/accounts/{account}/movements", "get")
        taken, issued = statement.json()["items"]
        assert (taken["amount"], taken["entry"], taken["directive"]) == ("-250", number, directive)
        assert (issued["amount"], issued["directive"]) == ("100000", None)


def test_a_directive_that_is_none_is_not_found(projected: Market) -> None:
    nothing = identifiers.show("directive", b"?" * 16)
    assert projected.get(f"/v1/directives/{nothing}").status_code == 404
    assert projected.get(f"/v1/directives/{nothing}/evidence", CENTRE).status_code == 404
    assert projected.get("/v1/directives").json()["items"] == []


def test_a_bundle_says_no_more_than_it_proves(projected: Market, directive: str) -> None:
    text = projected.get(f"/v1/directives/{directive}/evidence", BANK).text
    told = json.loads(text)

    def changed(**fields: object) -> str:
        return json.dumps({**told, **fields}, indent=2, ensure_ascii=False) + "\n"

    assert verify_file(changed(), (LOG.public,)).accepted
    wrong = {
        "another thing": changed(about="AAAAAAAAAAAAAAAAAAAAAA=="),
        "no thing": changed(about=""),
        "no entries": changed(entries=[]),
        "an entry twice": changed(entries=[told["entries"][0]] * 2),
        "another order": changed(entries=told["entries"][::-1]),
        "a changed receipt": text.replace(told["entries"][1]["receipt"], "AAAA"),
        "another form": json.dumps(told, ensure_ascii=False),
        "no bundle": changed(kind="bundles"),
        "cut off": text[:-10],
    }
    for what, file in wrong.items():
        verdict = verify_file(file, (LOG.public,))
        assert not verdict.accepted, what
        assert verdict.failure, what
    assert not verify_file(text, ()).accepted
