# SPDX-License-Identifier: Apache-2.0
"""A refusal in words: the same text for API, console and pages, in both languages."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import lejar
from lejar.assembly import MACHINE
from lejar.domain.policy.rule_refusals import RuleRefusal
from lejar.kernel.moment import MICROS_PER_HOUR
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.reference.fact_names import FACT_NAMES
from lejar.reference.waiting_words import amount_words
from lejar.reference.wording import About, Fact, Reason, Said, fact_label, fact_text, reason
from tests.projections.ruled import pack_from

CHANGES_AT = 1_790_000_000_000_000
RULE = pack_from(CHANGES_AT).rules[0]
ABOUT = About(RULE, "TOKEN", asset_is_money=False, currency="MYR", offset_minutes=480)
FACTS: dict[str, Fact] = {
    "allowed": 5,
    "asset": "ab" * 16,
    "basis": "Guidelines, 4",
    "limit": 2_000_00,
    "link": "https://example.org/law",
    "pack": "my 2026.11.1",
    "per": "total",
    "rule": "my.test.cap",
    "source": "class W, not verified",
    "spent": 100_00,
}
SOURCE = Path(lejar.__file__).parent


def told(facts: dict[str, Fact], about: About = ABOUT) -> Reason:
    """Put an investor's refusal together."""
    row = RuleRefusal.INVESTMENT_CAP.row
    return reason(
        "investment_cap", row, facts, about, module="policy", shown=lambda _name, _value: None
    )


def test_a_refusal_by_a_rule_is_told_with_the_rules_own_sentence() -> None:
    said = told(FACTS)
    assert said.sentence == Said(RULE.title, RULE.title_ms)
    assert said.general == Said(
        RuleRefusal.INVESTMENT_CAP.row.sentence, RuleRefusal.INVESTMENT_CAP.row.sentence_ms
    )
    assert (said.rule, said.pack) == ("my.test.cap", "my 2026.11.1")
    assert (said.basis, said.link) == ("Guidelines, 4", "https://example.org/law")
    assert said.source == Said("class W, not verified", "kelas W, belum disahkan")
    assert [one.name for one in said.facts] == ["asset", "limit", "per", "spent"]
    assert said.detail("en") == (
        f"{RULE.title} {RuleRefusal.INVESTMENT_CAP.row.sentence} 5 units of TOKEN would be "
        "allowed. (Asset: TOKEN; Limit: RM 2,000.00; Counted for: all together; "
        "Spent within the window: RM 100.00)"
    )
    assert said.detail("ms").startswith(RULE.title_ms)
    assert "5 unit TOKEN akan dibenarkan." in said.detail("ms")


def test_without_the_rule_its_kinds_sentence_stands() -> None:
    said = told(FACTS, About(asset="TOKEN"))
    assert said.sentence.en == RuleRefusal.INVESTMENT_CAP.row.sentence
    assert said.general is None
    assert said.rule == "my.test.cap"


def test_a_rule_of_the_hub_keeps_its_own_basis_and_facts() -> None:
    row = MACHINE.refusals["funds_insufficient"].row
    about = About(asset="MYR", asset_is_money=True, currency="MYR")
    said = reason(
        "funds_insufficient", row, {"missing": 12_34, "account": "cd" * 16}, about,
        module="ledger", shown=lambda _name, _value: "acct_x",
    )  # fmt: skip
    assert (said.rule, said.pack, said.allowed) == ("ledger.funds_insufficient", None, None)
    assert said.basis == row.basis
    assert said.detail("en").endswith("(Missing: RM 12.34; Account: acct_x)")


@pytest.mark.parametrize(
    ("allowed", "sentence"),
    [
        (0, "Nothing of it is allowed now."),
        (None, None),
        (AMOUNT_MAX, None),
        (AMOUNT_MAX - 7, None),
    ],
)
def test_what_is_no_limit_is_not_told_as_one(allowed: int | None, sentence: str | None) -> None:
    said = told({**FACTS, "allowed": allowed}).allowed
    assert (said and said.en) == sentence


@pytest.mark.parametrize(
    ("name", "value", "en", "ms"),
    [
        ("share_millionths", 500_000, "50 %", "50 %"),
        ("step_millionths", 5_000, "RM 0.005", "RM 0.005"),
        ("cap", 1_000, "1,000 units of TOKEN", "1,000 unit TOKEN"),
        ("spent", None, "not known", "tidak diketahui"),
        ("side", "giver", "giver", "pemberi"),
        ("list_state", "unset or stale", "unset, or not current",
         "tidak ditetapkan, atau tidak terkini"),
        ("until", 2**62 + 1, "for good", "selama-lamanya"),
        ("until", CHANGES_AT, "21 Sep 2026, 22:13:20 UTC+8", "21 Sep 2026, 22:13:20 UTC+8"),
        ("expires_at", 0, "1 Jan 1970, 08:00:00 UTC+8", "1 Jan 1970, 08:00:00 UTC+8"),
        ("often", 3, "3", "3"),
    ],
)  # fmt: skip
def test_numbers_are_written_for_people(name: str, value: Fact, en: str, ms: str) -> None:
    assert fact_text(name, value, ABOUT) == Said(en, ms)


def test_an_hour_west_of_the_meridian_is_told_so() -> None:
    about = About(offset_minutes=-90)
    assert fact_text("at", 2 * MICROS_PER_HOUR, about) == Said(
        "1 Jan 1970, 00:30:00 UTC-1:30", "1 Jan 1970, 00:30:00 UTC-1:30"
    )


def test_a_text_that_is_no_word_of_the_code_is_whoever_shows_its() -> None:
    assert fact_text("account", "ab" * 16, ABOUT) is None
    assert fact_label("brand_new") == Said("Brand new", "Brand new")


def facts_of_refusals() -> Iterator[str]:
    """Yield the names of the facts that refusals are raised with, from the source."""
    for path in (
        p for room in ("kernel", "ledger", "domain") for p in (SOURCE / room).rglob("*.py")
    ):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                yield from (word.arg for word in node.keywords if word.arg is not None)
    for path in (SOURCE / "domain/policy/kinds").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == "facts":
                yield from _named(node)


def _named(node: ast.FunctionDef) -> Iterator[str]:
    for one in ast.walk(node):
        if isinstance(one, ast.Tuple) and len(one.elts) == 2:
            name = one.elts[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield name.value


def test_every_fact_of_every_refusal_is_named_in_both_languages() -> None:
    named = list(facts_of_refusals())
    assert len(named) > 100
    assert {"limit", "spent", "must_be", "multiple_of", "missing"} <= set(named)
    assert set(named) - set(FACT_NAMES) == set()
    assert all(en and ms for en, ms in FACT_NAMES.values())


def test_money_that_is_missing_is_told_with_its_own_decimals() -> None:
    assert amount_words(2_500_50, "USD", 2).en == "USD 2,500.50"
    assert amount_words(2_500, "JPY", 0).ms == "JPY 2,500"
    assert amount_words(2_500, "SUKUK", None) == Said("2,500 units of SUKUK", "2,500 unit SUKUK")
