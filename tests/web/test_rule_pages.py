# SPDX-License-Identifier: Apache-2.0
"""The pages of the rules over the real hub with the shipped packs, as each reader sees them."""

import asyncio
import csv
import io
import json
import re
from collections.abc import Iterator

import httpx
import msgspec
import pytest
from starlette.types import ASGIApp

from lejar.assembly import MACHINE
from lejar.domain.policy.commands import AdoptPack
from lejar.domain.policy.explain import Answered, Question
from lejar.kernel.codec import encode
from lejar.kernel.failure import Unavailable
from lejar.reference import jurisdictions, shipped_pack
from lejar.reference.parameters import LABELS, SCOPE, in_one_line, refusal_of
from lejar.reference.rules.kinds import KINDS, kind_of
from lejar.web.language import Language, catalogue
from lejar.web.pages import site_app
from lejar.web.reading.asked import Asked
from lejar.web.reading.explained import sen_of, units_of
from lejar.web.reading.facts import carried_facts
from lejar.web.views import Reference
from tests.web.conversation import ask as ask_example
from tests.web.example_rules import RULE_PAGES
from tests.web.markup import faults, text_of
from tests.web.real_hub import SITE, RealHub, party, real_hub, shown
from tests.web.real_rules import LAW, LOT

READERS = (None, "stranger", "person", "bank a", "bank b", "issuer", "regulator")


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealHub]:
    """Play the market once."""
    played = real_hub(tmp_path_factory.mktemp("rules"))
    yield played
    played.projector.close()
    played.projections.close()


@pytest.fixture(scope="module")
def app(hub: RealHub) -> ASGIApp:
    """Give the pages over it."""
    return site_app(SITE, hub.reads())


def ask(app: ASGIApp, path: str, shown_pass: str | None, language: str) -> httpx.Response:
    """Ask for a page."""

    async def conversation() -> httpx.Response:
        transport = httpx.ASGITransport(app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            cookie = f"lejar_language={language}"
            cookie += "" if shown_pass is None else f"; lejar_pass={shown_pass}"
            return await client.get(path, headers={"Cookie": cookie})

    return asyncio.run(conversation())


def seen(
    hub: RealHub, app: ASGIApp, path: str, reader: str | None = None, language: str = "en"
) -> str:
    """Give the text of a page as a reader sees it; it must be sound."""
    answer = ask(app, path, None if reader is None else hub.pass_of(reader), language)
    assert answer.status_code == 200, (path, reader)
    assert faults(answer.text) == [], path
    text = text_of(answer.text)
    assert not re.search(r"\{[{%#]|[}%#]\}|\bNone\b|Undefined|object at 0x", text), path
    return text


def pages(hub: RealHub) -> list[str]:
    """Give every page of the rules, and the receipts that speak of rules."""
    names = [name for name in hub.numbers if name.startswith(("pack", "cohort", "obligation"))]
    return [
        "/packs",
        "/packs/my",
        "/packs/sg",
        "/packs/my/2026.11.1",
        f"/rules/{LOT}",
        "/rules/my.bursa.clearing_fee",
        "/rules/my.aml.sanctions_report",
        "/cohorts",
        f"/cohorts/{shown('cohort', hub.ids['cohort open'])}",
        f"/cohorts/{shown('cohort', hub.ids['cohort ended'])}",
        "/obligations",
        "/explain",
        *(f"/receipts/{hub.numbers[name]}" for name in [*names, "odd lot"]),
    ]


@pytest.mark.parametrize("language", ["en", "ms"])
@pytest.mark.parametrize("reader", [None, "bank b", "regulator"])
def test_every_page_is_sound_for_every_reader(
    hub: RealHub, app: ASGIApp, reader: str | None, language: str
) -> None:
    for path in pages(hub):
        seen(hub, app, path, reader, language)


def test_every_rule_of_every_pack_has_a_page_in_both_languages(hub: RealHub, app: ASGIApp) -> None:
    for name in ("my", "sg"):
        for rule in shipped_pack(name).rules[::7]:
            if rule.id != LOT:
                english = seen(hub, app, f"/rules/{rule.id}")
                assert rule.id in english
                assert seen(hub, app, f"/rules/{rule.id}", language="ms") != english


def test_the_rules_are_those_in_force_on_a_day_as_they_were_known(
    hub: RealHub, app: ASGIApp
) -> None:
    now = seen(hub, app, "/packs/my")
    assert "Shares trade in board lots of 50." in now
    assert "In lots of: 50" in now
    then = seen(hub, app, "/packs/my/2026.11.1")
    assert "Shares trade in board lots of 100." in then
    early = seen(hub, app, "/packs/my?at=2026-01-05")
    late = seen(hub, app, "/packs/my?at=2026-06-05")
    change = "which is not known"
    assert change not in early
    assert change in late
    assert ask(app, "/packs/my?known=2027-03-14", None, "en").status_code == 404
    assert "Rules in force on 5 June 2026" in late.replace("\xa0", " ")
    for wrong in ("at=2026-13-01", "known=yesterday"):
        assert ask(app, f"/packs/my?{wrong}", None, "en").status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/packs/xx", "/packs/my/2026.11.9", "/rules/my.none", "/cohorts/coh_a",
     "/cohorts/coh_aaaaaaaaaaaaaaaaaaaaaaaaaa"],
)  # fmt: skip
def test_what_does_not_exist_is_not_there(app: ASGIApp, path: str) -> None:
    assert ask(app, path, None, "en").status_code == 404


def test_a_rule_says_what_it_rests_on_and_how_it_came_to_be(hub: RealHub, app: ASGIApp) -> None:
    text = seen(hub, app, f"/rules/{LOT}")
    for said in ("In lots of", "not verified", "Malaysia 2027.3.1", "Malaysia 2026.11.1",
                 "ticket_unfit", "trades between holders", "Securities Commission"):  # fmt: skip
        assert said in text, said
    unknown = seen(hub, app, "/rules/my.aml.sanctions_report")
    assert "A value is not known" in unknown
    assert "not known" in unknown


@pytest.mark.parametrize("reader", READERS)
def test_who_takes_part_is_for_itself_and_supervisors(
    hub: RealHub, app: ASGIApp, reader: str | None
) -> None:
    path = f"/cohorts/{shown('cohort', hub.ids['cohort open'])}"
    answer = ask(app, path, None if reader is None else hub.pass_of(reader), "en")
    main = answer.text.partition("<main")[2]
    for name in ("bank b", "person"):
        sees = reader in {"regulator", name}
        assert (shown("party", party(name)) in main) is sees, (reader, name)
    assert "In lots of: 10" in text_of(main)
    assert "In lots of: 50" in text_of(main)


def test_a_cohort_that_is_over_has_a_report(hub: RealHub, app: ASGIApp) -> None:
    ended = seen(hub, app, f"/cohorts/{shown('cohort', hub.ids['cohort ended'])}")
    assert "Paid in all" in ended
    assert "The cohort is open" in seen(
        hub, app, f"/cohorts/{shown('cohort', hub.ids['cohort open'])}"
    )


def test_a_report_about_money_laundering_shows_to_nobody_but_its_party(
    hub: RealHub, app: ASGIApp
) -> None:
    receipt = f"/receipts/{hub.numbers['obligation my.aml.suspicion_report']}"
    for reader in READERS:
        sees = reader in {"bank a", "regulator"}
        told = seen(hub, app, "/obligations", reader)
        assert ("A suspicious transaction" in told) is sees, reader
        assert ("aml.suspicion" in seen(hub, app, receipt, reader)) is sees, reader
    shown_pass = hub.pass_of("bank b")
    assert "suspicion" not in ask(app, "/obligations?format=json", shown_pass, "en").text


def test_a_refusal_is_told_by_its_rule_to_whom_it_concerns(hub: RealHub, app: ASGIApp) -> None:
    path = f"/receipts/{hub.numbers['odd lot']}"
    english = seen(hub, app, path, "bank b")
    malay = seen(hub, app, path, "bank b", "ms")
    assert "Shares trade in board lots of 50." in english
    assert "The amount is below the smallest" in english
    assert "Saham didagangkan dalam lot papan 50." in malay
    for said in ("my 2027.3.1", LOT, "not verified", "In multiples of"):
        assert said in english
    html = ask(app, path, hub.pass_of("bank b"), "en").text
    assert f'href="/rules/{LOT}"' in html
    assert 'href="/packs/my/2027.3.1"' in html
    public = seen(hub, app, path)
    assert LOT not in public
    assert "ticket_unfit" in public


# --- what would be allowed ----------------------------------------------------------------------


def question(hub: RealHub, buyer: str = "bank b", **fields: str) -> str:
    """Give the address of a question."""
    asked = {
        "account": shown("account", hub.ids[f"account {buyer}"]),
        "asset": shown("asset", hub.ids["share"]),
        "amount": "100",
        "total": "100.00",
        **fields,
    }
    return "/explain?" + "&".join(f"{name}={value}" for name, value in asked.items())


def test_an_answer_says_what_is_allowed_why_and_at_what_cost(hub: RealHub, app: ASGIApp) -> None:
    text = seen(hub, app, question(hub), "bank b")
    assert "Yes: all 100 units" in text
    assert "my.bursa.stamp_duty" in text
    assert "It would advise against it" in text
    refused = seen(hub, app, question(hub, "person"), "person", "ms")
    assert "Tidak" in refused or "Ya" in refused
    told = json.loads(ask(app, question(hub) + "&format=json", hub.pass_of("bank b"), "en").text)
    assert told["verdict"]["allowed"] == "100"


@pytest.mark.parametrize("reader", READERS)
def test_an_answer_is_for_the_owner_and_supervisors(
    hub: RealHub, app: ASGIApp, reader: str | None
) -> None:
    text = seen(hub, app, question(hub), reader)
    assert ("Rules that were asked" in text) is (reader in {"bank b", "regulator"})
    if reader is None:
        assert "The answer is personal" in text
    elif reader not in {"bank b", "regulator"}:
        assert "Choose one of your accounts." in text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("amount", "0", "whole number of units"),
        ("amount", "1.5", "whole number of units"),
        ("amount", "9" * 30, "whole number of units"),
        ("total", "1,5", "ringgit and sen"),
        ("total", "-5", "ringgit and sen"),
        ("asset", "instr_x", "Choose an instrument."),
        ("account", "acct_x", "Choose one of your accounts."),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    hub: RealHub, app: ASGIApp, field: str, value: str, sentence: str
) -> None:
    if (field, value) == ("total", "1,5"):
        value = "1,5x"
    answer = ask(app, question(hub, **{field: value}), hub.pass_of("bank b"), "en")
    assert sentence in text_of(answer.text)
    assert f'href="#{field}"' in answer.text
    assert "Rules that were asked" not in answer.text


def test_the_writer_that_does_not_answer_is_said_to_be_away(hub: RealHub) -> None:
    def away(_question: Question) -> Answered:
        raise Unavailable("no answer")

    reads = hub.reads()
    reads._explainer = away
    app = site_app(SITE, reads)
    assert ask(app, question(hub), hub.pass_of("bank b"), "en").status_code == 503


@pytest.mark.parametrize(
    ("text", "units"), [("1,000", 1000), ("1 000", 1000), ("", None), ("x", None), ("-1", None)]
)
def test_units_are_read_with_thousands_parted(text: str, units: int | None) -> None:
    assert units_of(text) == units


@pytest.mark.parametrize(
    ("text", "sen"),
    [("1,500.00", 150_000), ("RM 12.34", 1234), ("12", 1200), ("12.3", None), ("", None)],
)
def test_a_sum_is_read_to_the_sen(text: str, sen: int | None) -> None:
    assert sen_of(text) == sen


# --- words --------------------------------------------------------------------------------------


def test_every_topic_agency_kind_and_parameter_of_the_shipped_packs_has_words() -> None:
    wanted: set[str] = {f"rule_kind.{kind}" for kind in KINDS}
    for name in jurisdictions():
        wanted.add(f"country.{name}")
        for rule in shipped_pack(name).rules:
            wanted.add(f"topic.{rule.id.split('.')[1]}")
            wanted |= {f"authority.{one}" for one in (rule.owner, *rule.consult, *rule.agree)}
    for language in Language:
        assert wanted - set(catalogue(language).messages) == set()
    assert {field.key for table in KINDS.values() for field in table.fields} <= set(LABELS)
    assert all(en != "" != ms for en, ms in [*LABELS.values(), *SCOPE.values()])


def test_every_rule_of_the_shipped_packs_is_said_in_one_line_and_names_its_refusal() -> None:
    codes = set(MACHINE.refusals)
    for name in jurisdictions():
        pack = shipped_pack(name)
        for rule in pack.rules:
            line = in_one_line(rule.spec, name, pack.offset_minutes)
            assert line.en, rule.id
            assert line.ms, rule.id
            refusal = refusal_of(rule)
            assert (refusal is None) is (kind_of(rule.spec) == "deadline")
            assert refusal is None or refusal.code in codes


def test_tables_are_exported_as_they_are_shown(hub: RealHub, app: ASGIApp) -> None:
    text = ask(app, "/packs/my?format=csv", None, "en").text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 140
    assert {row["rule_id"] for row in rows} >= {LOT}
    for path in ("/packs", "/cohorts", "/obligations", f"/rules/{LOT}"):
        assert ask(app, f"{path}?format=csv", None, "en").status_code == 200
    assert ask(app, "/obligations?format=csv&table=rows", None, "en").status_code == 404
    assert ask(app, "/explain?format=csv", None, "en").status_code == 404
    assert LAW.link is not None
    assert LAW.link in ask(app, "/packs?format=json", None, "en").text


def test_the_example_shows_what_holds_back(hub: RealHub) -> None:
    cookie = {"Cookie": "lejar_pass=the regulator"}
    answer = ask_example("/explain?amount=100", headers=cookie)
    text = text_of(answer.text)
    assert faults(answer.text) == []
    assert "Only 40 of 100 units" in text
    assert "Then 100 would be allowed." in text
    assert "No pack was adopted for: sg" in " ".join(text.split())
    wrong = ask_example("/explain?amount=x", headers=cookie)
    assert "Give a whole number of units" in text_of(wrong.text)
    for path in RULE_PAGES.values():
        assert ask_example(path, headers=cookie).status_code == 200
    assert hub.counted > 0


def test_a_pack_that_is_only_proposed_has_no_page_to_link_to(hub: RealHub) -> None:
    adopted = shipped_pack("sg")
    proposed = msgspec.structs.replace(adopted, version="2099.1.1")
    with hub.projections.snapshot() as snapshot:
        asked = Asked(snapshot, None, {})
        found = [
            fact.value
            for pack in (adopted, proposed)
            for fact in carried_facts(asked, encode(AdoptPack(pack, LAW)))
            if isinstance(fact.value, Reference) and fact.value.text.startswith("sg ")
        ]
    assert found == [
        Reference(f"sg {adopted.version}", f"/packs/sg/{adopted.version}", is_id=False),
        Reference("sg 2099.1.1", None, is_id=False),
    ]
