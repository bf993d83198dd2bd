# SPDX-License-Identifier: Apache-2.0
"""Every command has its file; every refusal that its verb lists happens in some scenario.

A refusal that cannot happen does not belong into the list: it would promise people an answer that
never comes.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import pytest

from lejar.assembly import MACHINE
from lejar.kernel.module import Verb
from lejar.kernel.refusal import KernelRefusal
from tests.scenarios.play import KERNEL_REFUSALS, RULES_REFUSALS, SIGNERS_REFUSALS
from tests.scenarios.runner import ROOT, all_scenarios

VERBS = list(MACHINE.verbs.values())


@dataclass
class Shown:
    """What scenarios show of one command."""

    accepted: bool = False
    codes: dict[str, None] = field(default_factory=dict)


def shown_by_command() -> dict[str, Shown]:
    """Read from the text what each scenario expects; that it is true is `test_scenarios`' part."""
    shown: dict[str, Shown] = defaultdict(Shown)
    for scenario in all_scenarios():
        for step in scenario.steps:
            command = next((i.word for i in step.said if i.word[:1].isupper()), "")
            expected = [item.word for item in step.expected or ()]
            if expected[:1] == ["accepted"]:
                shown[command].accepted = True
            elif expected[:1] == ["refused"]:
                shown[command].codes[expected[1]] = None
    return shown


SHOWN = shown_by_command()


def file_of(verb: Verb) -> str:
    """`module/verb.scenario`."""
    return f"{verb.name.replace('.', '/')}.scenario"


@pytest.mark.parametrize("verb", VERBS, ids=[verb.name for verb in VERBS])
def test_a_command_has_a_file_and_a_happy_path(verb: Verb) -> None:
    assert (ROOT / file_of(verb)).is_file(), f"write tests/scenarios/{file_of(verb)}"
    assert SHOWN[verb.command.__name__].accepted


@pytest.mark.parametrize("verb", VERBS, ids=[verb.name for verb in VERBS])
def test_every_refusal_of_a_command_happens_in_a_scenario(verb: Verb) -> None:
    told = [refusal.code for refusal in verb.refusals]
    assert len(told) == len(dict.fromkeys(told)), f"{verb.name} lists a refusal twice"
    missing = [code for code in told if code not in SHOWN[verb.command.__name__].codes]
    assert not missing, f"no scenario shows {verb.name} refused for {', '.join(missing)}"


def test_every_refusal_of_the_kernel_of_signers_and_of_packs_happens_in_a_scenario() -> None:
    happened = {code for one in SHOWN.values() for code in one.codes}
    assert happened >= KERNEL_REFUSALS | SIGNERS_REFUSALS | RULES_REFUSALS
    assert len(KERNEL_REFUSALS) == len(KernelRefusal)


def test_every_refusal_of_every_module_belongs_to_a_command() -> None:
    told = {refusal.code for verb in VERBS for refusal in verb.refusals}
    orphans = set(MACHINE.refusals) - told - KERNEL_REFUSALS - SIGNERS_REFUSALS - RULES_REFUSALS
    assert not orphans, f"no command lists {', '.join(sorted(orphans))}"


def test_every_refusal_is_said_in_both_languages() -> None:
    for refusal in MACHINE.refusals.values():
        row = refusal.row
        for text in (row.sentence, row.sentence_ms, row.remedy, row.remedy_ms):
            assert text.endswith("."), f"{refusal.code}: '{text}' is not a sentence"
        assert row.sentence != row.sentence_ms
        assert row.remedy != row.remedy_ms
        assert row.basis
