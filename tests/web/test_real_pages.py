# SPDX-License-Identifier: Apache-2.0
"""The pages over a real hub: sound for every reader, and each reader sees what is theirs."""

import asyncio
import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest
from starlette.types import ASGIApp

from lejar.kernel.moment import MICROS_PER_HOUR
from lejar.node import passes
from lejar.proofs.evidence import ReceiptEvidence
from lejar.proofs.verify import verify
from lejar.web.pages import site_app
from tests.web.markup import faults, text_of
from tests.web.real_hub import PARTIES, SITE, RealHub, party, real_hub, seed, shown

READERS = (None, "stranger", "person", "bank a", "bank b", "issuer", "central bank", "regulator")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHub]:
    """Play the market once."""
    played = real_hub(tmp_path_factory.mktemp("pages"))
    yield played
    played.projector.close()
    played.projections.close()


@pytest.fixture(scope="module")
def app(hub: RealHub) -> ASGIApp:
    """Give the pages over it."""
    return site_app(SITE, hub.reads())


def ask(app: ASGIApp, path: str, cookie: str | None = None, **sent: object) -> httpx.Response:
    """Ask for a page with a pass in the cookie, or as the public."""

    async def conversation() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            headers = {} if cookie is None else {"Cookie": f"lejar_pass={cookie}"}
            method = "POST" if "data" in sent else "GET"
            return await client.request(method, path, headers=headers, **sent)  # type: ignore[arg-type]

    return asyncio.run(conversation())


def seen(hub: RealHub, app: ASGIApp, path: str, reader: str | None) -> str:
    """Give the text of a page as a reader sees it."""
    answer = ask(app, path, None if reader is None else hub.pass_of(reader))
    assert answer.status_code == 200, (path, reader)
    return text_of(answer.text)


def pages(hub: RealHub) -> dict[str, str]:
    """Give every page of the hub by a name."""
    found = {
        "home": "/",
        "entries": "/entries",
        "refusals": "/entries?outcome=refused",
        "parties": "/parties",
        "instruments": "/instruments",
        "instructions": "/instructions",
        "directives": "/directives",
        "directive": f"/directives/{shown('directive', hub.ids['freeze'])}",
        "proposals": "/proposals",
        "proposal": f"/proposals/{shown('proposal', hub.ids['proposal waiting'])}",
        "enacted": f"/proposals/{shown('proposal', hub.ids['proposal enacted'])}",
        "requirements": "/requirements",
        "verify": "/verify",
        "sign-in": "/sign-in",
    }
    found |= {f"party {name}": f"/parties/{shown('party', party(name))}" for name, *_ in PARTIES}
    for name in ("myr", "sukuk", "bond", "share"):
        found[name] = f"/instruments/{shown('asset', hub.ids[name])}"
    found |= {"queue": "/queue", "settlement-day": "/settlement-day", "money": "/money"}
    waiting = ("paid", "short", "behind", "on hold", "by hand", "linked")
    for name in ("settled", "alleged", "matched", *waiting):
        found[name] = f"/instructions/{shown('instruction', hub.ids[name])}"
    return found | {f"receipt {one.number}": f"/receipts/{one.number}" for one in hub.receipts}


@pytest.mark.parametrize("reader", [None, "bank a", "issuer", "regulator"])
def test_every_page_is_sound_for_every_reader(
    hub: RealHub, app: ASGIApp, reader: str | None
) -> None:
    shown_pass = None if reader is None else hub.pass_of(reader)
    for name, path in pages(hub).items():
        answer = ask(app, path, shown_pass)
        assert answer.status_code == 200, name
        assert faults(answer.text) == [], name
        text = text_of(answer.text)
        assert not re.search(r"\{[{%#]|[}%#]\}|\bNone\b|Undefined|object at 0x", text), name


def test_plain_units_show_their_terms_and_no_debt(hub: RealHub, app: ASGIApp) -> None:
    text = seen(hub, app, f"/instruments/{shown('asset', hub.ids['share'])}", None)
    for said in ("CENGAL BHD", "Share", "250,000 units", "1,000,000", "MY, SG", "No limit"):
        assert said in text, said
    for debt in ("Day count", "Payments to holders", "Matures"):
        assert debt not in text, debt


def test_every_receipt_is_proved_to_the_checkpoint(hub: RealHub, app: ASGIApp) -> None:
    for receipt in hub.receipts:
        text = seen(hub, app, f"/receipts/{receipt.number}", None)
        assert text.count("Does not hold") == 0
        assert text.count("Holds") == 3, receipt.number


def test_a_receipt_is_found_by_its_command_too(hub: RealHub, app: ASGIApp) -> None:
    number = hub.numbers["settled"]
    command_id = shown("command", hub.receipts[number - 1].command_id)
    assert seen(hub, app, f"/receipts/{command_id}", None) == seen(
        hub, app, f"/receipts/{number}", None
    )


def test_work_that_comes_due_is_done_by_itself(hub: RealHub, app: ASGIApp) -> None:
    text = seen(hub, app, "/entries", None)
    assert "By itself" in text
    assert "A payment date comes" in text


# --- who sees what ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reader", "sees"),
    [
        (None, False),
        ("stranger", False),
        ("person", False),
        ("bank b", False),
        ("bank a", True),
        ("issuer", True),
        ("regulator", True),
        ("central bank", True),
    ],
)
def test_the_postings_of_an_entry_are_for_its_parties(
    hub: RealHub,
    app: ASGIApp,
    reader: str | None,
    sees: bool,  # noqa: FBT001 - a column of the table above
) -> None:
    text = seen(hub, app, f"/receipts/{hub.numbers['settled']}", reader)
    assert (shown("account", hub.ids["account bank a"])[:13] in text) is sees
    assert ("20,000,000.00" in text) is sees
    assert ("Only the public part" in text) is not sees


def test_the_register_is_for_the_issuer_and_supervisors(hub: RealHub, app: ASGIApp) -> None:
    path = pages(hub)["sukuk"]
    account_a = shown("account", hub.ids["account bank a"])[:13]
    account_b = shown("account", hub.ids["account bank b"])[:13]
    for reader in READERS:
        text = seen(hub, app, path, reader)
        everything = reader in {"issuer", "regulator", "central bank"}
        assert (account_a in text) is (everything or reader == "bank a"), reader
        assert (account_b in text) is (everything or reader == "bank b"), reader
        assert "55,000,000.00" in text  # the total is public
        assert ("Amount frozen" in text) is everything, reader


@pytest.mark.parametrize("reader", READERS)
def test_accounts_are_for_their_owner_and_supervisors(
    hub: RealHub, app: ASGIApp, reader: str | None
) -> None:
    text = seen(hub, app, pages(hub)["party bank a"], reader)
    sees = reader in {"bank a", "regulator", "central bank"}
    assert ("acct_" in text) is sees
    assert ("RM\u00a0" in text) is sees


def test_freezes_and_credentials_of_people_are_not_public(hub: RealHub, app: ASGIApp) -> None:
    for reader in READERS:
        text = seen(hub, app, pages(hub)["party stranger"], reader)
        sees = reader in {"regulator", "central bank", "stranger"}
        assert ("Resident" in text) is sees, reader
        assert ("Frozen" in text) is sees, reader
    for reader in (None, "bank a", "issuer"):
        assert "Frozen" not in seen(hub, app, "/parties", reader)


def test_on_whom_a_directive_bears_is_for_those_whom_it_concerns(
    hub: RealHub, app: ASGIApp
) -> None:
    account = shown("account", hub.ids["account bank b"])[:13]
    for reader in READERS:
        text = seen(hub, app, pages(hub)["directive"], reader)
        assert "An order of a test" in text, reader
        assert "In force" in text, reader
        sees = reader in {"bank b", "regulator", "central bank"}
        assert (account in text) is sees, reader
        assert account not in seen(hub, app, "/directives", reader), reader


def test_what_an_authority_moved_is_told_apart(hub: RealHub, app: ASGIApp) -> None:
    badge = f'href="/directives/{shown("directive", hub.ids["seizure"])}"'
    number = hub.numbers["seizure"]
    for path in (f"/receipts/{number}", "/entries"):
        answer = ask(app, path)
        assert badge in answer.text, path
        assert "By directive" in text_of(answer.text), path
    assert "By directive" not in seen(hub, app, f"/receipts/{hub.numbers['settled']}", None)


def test_who_must_agree_is_public_and_the_command_is_for_who_decides(
    hub: RealHub, app: ASGIApp
) -> None:
    for reader in READERS:
        text = seen(hub, app, pages(hub)["proposal"], reader)
        for said in ("Grant a power", "An order of a test", "1 of 1", "Not yet", "Proposed: Sec"):
            assert said in text, (reader, said)
        sees = reader in {"regulator", "central bank"}
        assert ("Issue credentials" in text) is sees, reader
        assert ("Digest of the grounds" in text) is sees, reader


def test_a_proposal_tells_how_it_was_carried_out(hub: RealHub, app: ASGIApp) -> None:
    text = seen(hub, app, pages(hub)["enacted"], None)
    for said in ("Everybody needed has agreed", "Agreed: Central Bank", "Carried out"):
        assert said in text, said
    assert "To be carried out" not in text
    listed = seen(hub, app, "/proposals?state=enacted", None)
    assert shown("proposal", hub.ids["proposal enacted"])[:13] in listed
    assert shown("proposal", hub.ids["proposal waiting"])[:13] not in listed


def test_requirements_are_told_in_words(hub: RealHub, app: ASGIApp) -> None:
    text = seen(hub, app, "/requirements", None)
    assert "Grant a power" in text
    assert "Central Bank (demonstration)" in text


def test_facts_and_the_search_lead_to_a_proposal(hub: RealHub, app: ASGIApp) -> None:
    waiting = shown("proposal", hub.ids["proposal waiting"])
    made = ask(app, f"/receipts/{hub.numbers['proposal waiting']}")
    assert f'href="/proposals/{waiting}"' in made.text
    found = ask(app, f"/find?q={waiting[:16]}")
    assert (found.status_code, found.headers["location"]) == (303, f"/proposals/{waiting}")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Must still agree: Central Bank (demonstration)."),
        ("ms", "Masih perlu bersetuju: Central Bank (demonstration)."),
    ],
)
def test_who_is_missing_is_said_on_the_receipt(
    hub: RealHub, app: ASGIApp, language: str, said: str
) -> None:
    path = f"/receipts/{hub.numbers['consent missing']}"
    cookie = f"{hub.pass_of('regulator')}; lejar_language={language}"
    text = text_of(ask(app, path, cookie).text)
    assert said in text
    assert said not in seen(hub, app, path, None)


@pytest.mark.parametrize("name", ["settled", "alleged", "matched"])
def test_what_an_instruction_exchanges_is_for_its_sides(
    hub: RealHub, app: ASGIApp, name: str
) -> None:
    sides = {"settled": {"issuer", "bank a"}}.get(name, {"bank a", "bank b"})
    for reader in READERS:
        text = seen(hub, app, pages(hub)[name], reader)
        sees = reader in sides | {"regulator", "central bank"}
        assert ("acct_" in text) is sees, reader
        assert ("units of" in text) is sees, reader


def test_a_holder_sees_its_own_part_of_a_payment_and_not_its_neighbours(
    hub: RealHub, app: ASGIApp
) -> None:
    kinds = ("servicing.payment_date_comes", "servicing.record_date_ends")
    first = {kind: next(r.number for r in hub.receipts if r.command == kind) for kind in kinds}
    parts = {"bank a": "301,253.42", "bank b": "100,417.81"}
    for number in first.values():
        for reader in READERS:
            text = seen(hub, app, f"/receipts/{number}", reader)
            everything = reader in {"issuer", "regulator", "central bank"}
            for owner, part in parts.items():
                assert (part in text) is (everything or reader == owner), (number, reader, owner)
            shown_pass = None if reader is None else hub.pass_of(reader)
            answer = ask(app, f"/receipts/{number}/evidence", shown_pass)
            assert (answer.status_code == 200) is everything, (number, reader)
            exported = ask(app, f"/receipts/{number}?format=json", shown_pass)
            assert ("10041781" in exported.text) is (everything or reader == "bank b")


def test_the_facts_of_a_refusal_are_for_whoever_was_refused(hub: RealHub, app: ASGIApp) -> None:
    path = f"/receipts/{hub.numbers['refused']}"
    for reader in READERS:
        text = seen(hub, app, path, reader)
        assert "too small" in text or "enough" in text or "funds_insufficient" in text
        sees = reader in {"bank a", "bank b", "regulator", "central bank"}
        assert ("Missing" in text) is sees, reader


def test_nothing_of_an_account_is_on_any_public_page(hub: RealHub, app: ASGIApp) -> None:
    for name, path in pages(hub).items():
        for answer in (ask(app, path), ask(app, f"{path}?format=json")):
            assert "acct_" not in answer.text, name


def test_unknown_and_forbidden_look_alike(hub: RealHub, app: ASGIApp) -> None:
    """Evidence exists for a receipt but not for this reader, or does not exist at all."""
    number = hub.numbers["settled"]
    hidden = ask(app, f"/receipts/{number}/evidence", hub.pass_of("stranger"))
    nothing = ask(app, "/receipts/999999/evidence", hub.pass_of("stranger"))
    assert hidden.status_code == nothing.status_code == 404

    def plain(answer: httpx.Response, address: str) -> str:
        return answer.text.replace(address, "").replace(address.replace("/", "%2F"), "")

    assert plain(hidden, f"/receipts/{number}/evidence") == plain(
        nothing, "/receipts/999999/evidence"
    )
    assert hidden.headers.keys() == nothing.headers.keys()


@pytest.mark.parametrize(
    "path",
    [
        "/receipts/0",
        "/receipts/999999",
        "/receipts/-1",
        "/receipts/1e3",
        "/receipts/" + "9" * 100,
        "/receipts/cmd_aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/receipts/cmd_",
        "/parties/party_aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/parties/instr_aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/accounts/acct_aaaaaaaaaaaaaaaaaaaaaaaaaa/statement",
        "/accounts/nothing/statement",
        "/instruments/MYBVO2103476",
        "/instructions/inst_aaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/instructions/%00",
    ],
)
def test_what_does_not_exist_is_not_there(app: ASGIApp, path: str) -> None:
    assert ask(app, path).status_code == 404


@pytest.mark.parametrize(
    "query", ["before=nonsense", "after=%00", "before=" + "a" * 90, "after=gqdlbnRyaWVzwpED"]
)
def test_a_cursor_that_nobody_gave_out_counts_as_none(app: ASGIApp, query: str) -> None:
    for path in ("/entries", "/parties", "/instruments", "/instructions"):
        assert ask(app, f"{path}?{query}").status_code == 200


# --- signing in ---------------------------------------------------------------------------------


def cookie_of(answer: httpx.Response) -> str:
    return answer.headers["Set-Cookie"]


def test_a_pass_signs_in_and_out(hub: RealHub, app: ASGIApp) -> None:
    given = {"pass": f"  {hub.pass_of('bank a')}\n", "next": "/entries"}
    answer = ask(app, "/sign-in", data=given)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/entries")
    cookie = cookie_of(answer)
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Max-Age=43200" in cookie
    shown_pass = re.sub(r"^lejar_pass=([^;]+);.*$", r"\1", cookie)
    assert "Bank Angsana" in seen_header(ask(app, "/", shown_pass))
    out = ask(app, "/sign-out", shown_pass, data={})
    assert out.status_code == 303
    assert 'lejar_pass=""' in cookie_of(out)


def seen_header(answer: httpx.Response) -> str:
    return text_of(answer.text.partition("<main")[0])


def test_a_pass_that_does_not_hold_signs_nobody_in(hub: RealHub, app: ASGIApp) -> None:
    network, later = hub.hub.network, hub.now + MICROS_PER_HOUR
    wrong = {
        "another party's key": passes.make(network, party("bank a"), seed("bank b"), later),
        "another network": passes.make(bytes(16), party("bank a"), seed("bank a"), later),
        "ended": passes.make(network, party("bank a"), seed("bank a"), hub.now),
        "too long": passes.make(network, party("bank a"), seed("bank a"), later * 2),
        "unknown party": passes.make(network, bytes(16), seed("bank a"), later),
        "changed": hub.pass_of("bank a")[:-6] + "AAAAAA",
        "nothing": "",
        "long": "a" * 3000,
    }
    for name, given in wrong.items():
        answer = ask(app, "/sign-in", data={"pass": given})
        assert answer.status_code == 403, name
        assert "Set-Cookie" not in answer.headers
        assert "You are not signed in" in text_of(answer.text)
        assert "acct_" not in ask(app, pages(hub)["party bank a"], given or "x").text, name


def test_a_ticket_stands_for_a_pass_once(hub: RealHub) -> None:
    class OneTicket:
        waiting: str | None = hub.pass_of("issuer")

        def redeem(self, ticket: str) -> str | None:
            found, self.waiting = (self.waiting, None) if ticket == "word" else (None, self.waiting)
            return found

    app = site_app(SITE, hub.reads(), tickets=OneTicket())
    page = ask(app, "/sign-in?ticket=word")
    assert 'name="ticket" value="word"' in page.text
    assert ask(app, "/sign-in", data={"ticket": "other"}).status_code == 403
    assert ask(app, "/sign-in", data={"ticket": "word"}).status_code == 303
    assert ask(app, "/sign-in", data={"ticket": "word"}).status_code == 403


# --- for programs -------------------------------------------------------------------------------


def test_a_table_is_exported_with_the_same_rows(hub: RealHub, app: ASGIApp) -> None:
    answer = ask(app, "/entries?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    newest = len(hub.receipts)
    assert [int(row["number"]) for row in rows] == list(range(newest, newest - 50, -1))
    told = json.loads(ask(app, "/entries?format=json").text)
    assert [row["number"] for row in told["rows"]] == [int(row["number"]) for row in rows]
    assert told["as_at"]["entry"] == len(hub.receipts)


def test_an_export_shows_a_reader_no_more_than_the_page(hub: RealHub, app: ASGIApp) -> None:
    register = f"{pages(hub)['sukuk']}?format=csv&table=holders"
    assert ask(app, register).status_code == 404
    own = list(csv.DictReader(io.StringIO(ask(app, register, hub.pass_of("bank b")).text)))
    assert {row["holder.name"] for row in own} == {"Bank Bakau"}
    every = list(csv.DictReader(io.StringIO(ask(app, register, hub.pass_of("issuer")).text)))
    assert {row["holder.name"] for row in every} >= {"Bank Angsana", "Bank Bakau"}
    assert sum(int(row["total"]) for row in every) == 55_000


@pytest.mark.parametrize("query", ["format=xml", "format=csv&table=nonsense", "format="])
def test_a_format_that_does_not_exist_is_refused(app: ASGIApp, query: str) -> None:
    assert ask(app, f"/entries?{query}").status_code == 400


def test_the_evidence_of_a_receipt_holds_offline(hub: RealHub, app: ASGIApp) -> None:
    number = hub.numbers["settled"]
    answer = ask(app, f"/receipts/{number}/evidence", hub.pass_of("bank a"))
    verdict = verify(answer.text, hub.reads().keys)
    assert verdict.failure is None
    assert isinstance(verdict.evidence, ReceiptEvidence)
    assert verdict.evidence.index == number - 1


@pytest.mark.parametrize(
    ("text", "address"),
    [("15", "/receipts/15"), ("MYBVO2103476", "sukuk"), ("myr", "myr")],
)
def test_what_one_types_is_found(hub: RealHub, app: ASGIApp, text: str, address: str) -> None:
    answer = ask(app, f"/find?q={text}")
    assert answer.headers["Location"] == pages(hub).get(address, address)


def test_a_site_without_its_tables_says_so(hub: RealHub) -> None:
    site = replace(SITE, name="Elsewhere")
    reads = hub.reads()
    hub.projections.close()
    assert ask(site_app(site, reads), "/").status_code in {200, 503}
