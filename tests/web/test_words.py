# SPDX-License-Identifier: Apache-2.0
"""Every command, event, fact and refusal of every module has words in both languages."""

import ast
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import pytest

import lejar
from lejar.assembly import MACHINE, MODULES
from lejar.domain.consent import Stage as ProposalStage
from lejar.domain.identity import PartyKind, Power, Role
from lejar.domain.instruments import BusinessDay, DayCount, Principle, Rounding
from lejar.domain.servicing import PaymentStage
from lejar.domain.settlement import Stage
from lejar.kernel.mandate import KIND
from lejar.ledger.accounts import Purpose
from lejar.projections.folds import consent
from lejar.web.formats import plain_name
from lejar.web.language import Language, catalogue
from lejar.web.presentation import term_key
from lejar.web.reading.public_facts import PUBLIC_FACTS
from lejar.web.views import State

SOURCE = Path(lejar.__file__).parent
EVENTS = [event for module in MODULES for event in module.events]


def missing(family: str, names: Iterator[str] | list[str]) -> set[str]:
    known = [catalogue(language).messages for language in Language]
    keys = {f"{family}.{plain_name(name)}" for name in names}
    return {key for key in keys if any(key not in messages for messages in known)}


def test_every_command_and_all_due_work_has_words() -> None:
    names = [verb.name for verb in MACHINE.verbs.values()] + list(MACHINE.due) + [KIND]
    assert missing("command", names) == set()


def test_every_event_has_words() -> None:
    assert missing("event", [str(event.__struct_config__.tag) for event in EVENTS]) == set()


def test_every_fact_of_every_event_has_words() -> None:
    nested = {"legs", "keys", "thresholds"}
    names = {name for event in EVENTS for name in event.__struct_fields__} - nested
    assert missing("fact", list(names)) == set()


def facts_of_refusals() -> Iterator[str]:
    """Yield the names of the facts that refusals are raised with, from the source."""
    rooms = [SOURCE / room for room in ("kernel", "ledger", "domain")]
    for path in (path for room in rooms for path in room.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                yield from (word.arg for word in node.keywords if word.arg is not None)


def test_every_fact_of_every_refusal_has_words() -> None:
    names = list(facts_of_refusals())
    assert len(names) > 50
    assert missing("fact", names) == set()


@pytest.mark.parametrize(
    ("family", "choices"),
    [
        ("kind", PartyKind),
        ("power", Power),
        ("role", Role),
        ("purpose", Purpose),
        ("state", State),
        ("state", Stage),
        ("state", PaymentStage),
    ],
)
def test_every_choice_has_words(family: str, choices: type[StrEnum]) -> None:
    assert missing(family, [str(one) for one in choices]) == set()


@pytest.mark.parametrize(
    ("family", "choices"),
    [
        ("rounding", Rounding),
        ("convention", BusinessDay),
        ("day_count", DayCount),
        ("principle", Principle),
    ],
)
def test_every_choice_of_the_terms_has_words(family: str, choices: type[StrEnum]) -> None:
    for language in Language:
        messages = catalogue(language).messages
        assert [one for one in choices if f"{family}.{term_key(str(one))}" not in messages] == []


def test_every_step_of_a_proposal_has_words() -> None:
    ends = list(consent.ENDINGS.values())
    steps = [consent.MADE, consent.AGREEMENT, consent.POSTPONED, *ProposalStage, *ends]
    assert missing("step", [step for step in steps if step != ProposalStage.OPEN]) == set()
    assert {*ProposalStage, *ends} <= {str(one) for one in State}


def test_public_facts_are_facts_of_events() -> None:
    for event, names in PUBLIC_FACTS.items():
        assert event in EVENTS
        assert names <= set(event.__struct_fields__)
