# SPDX-License-Identifier: Apache-2.0
"""Every refusal that a payment can meet has an outward code, and each is a refusal of ours."""

from lejar.assembly import MODULES
from lejar.domain.policy.rule_refusals import RuleRefusal
from lejar.gateways.iso20022.reasons import (
    REFUSALS,
    RULES,
    reason_of_refusal,
    reason_of_rules,
)
from lejar.gateways.iso20022.rule_table import Rule
from lejar.kernel.refusal import KernelRefusal
from tools.catalogue import catalogue

CATALOGUE = catalogue(MODULES)
PAYING = {"money", "settlement"}


def test_every_refusal_of_a_payment_has_a_reason() -> None:
    met = {
        refusal.code
        for command in CATALOGUE.commands
        if command.module in PAYING
        for refusal in command.refusals
    }
    met |= {refusal.code for table in (KernelRefusal, RuleRefusal) for refusal in table}
    assert sorted(met - REFUSALS.keys()) == []


def test_every_reason_is_of_a_refusal_that_exists() -> None:
    known = {refusal.code for group in CATALOGUE.refusals for refusal in group.refusals}
    assert sorted(REFUSALS.keys() - known) == []


def test_every_reason_has_four_characters() -> None:
    assert {len(reason) for reason in (*REFUSALS.values(), *RULES.values())} == {4}


def test_what_has_no_code_is_said_in_words() -> None:
    assert reason_of_refusal("funds_insufficient") == "AM04"
    assert reason_of_refusal("something_new") == "NARR"
    assert reason_of_rules([Rule.BIC_FORM, Rule.XML_SYNTAX]) == "RC01"
    assert reason_of_rules([Rule.SCHEMA_MISSING]) == reason_of_rules([]) == "FF01"


def test_every_rule_has_its_own_words_in_both_languages() -> None:
    words = [one for rule in Rule for one in rule.value]
    assert all(words)
    sentences = [rule.sentence(lang) for rule in Rule for lang in ("en", "ms")]
    assert len(set(sentences)) == len(sentences)
    assert all(rule.remedy("en") != rule.remedy("ms") for rule in Rule)
