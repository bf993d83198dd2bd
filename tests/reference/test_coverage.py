# SPDX-License-Identifier: Apache-2.0
"""A fact is enforced when all that it names is there; what names something missing is unmapped."""

import pytest

from lejar.reference.coverage import Unenforceable, outcomes, summed, with_facts
from lejar.reference.facts import facts


def test_facts_without_rules_are_unmapped_and_reasons_are_kept() -> None:
    found = outcomes(["sg"], frozenset(), lambda _: False)
    coverage = summed(found)
    listed = facts("sg")
    reasons = [one for one in listed if one.why_not is not None]
    assert coverage.facts == len(listed)
    assert coverage.enforced == 0
    assert [one.fact for one in coverage.not_enforceable] == [one.id for one in reasons]
    assert coverage.unmapped == tuple(one.id for one in listed if one.why_not is None)
    assert Unenforceable(reasons[0].id, reasons[0].why_not or "") in coverage.not_enforceable


@pytest.mark.parametrize("jurisdiction", with_facts())
def test_facts_whose_rules_and_code_are_there_are_enforced(jurisdiction: str) -> None:
    listed = facts(jurisdiction)
    rules = frozenset(name for one in listed for name in one.carried_by or ())
    coverage = summed(outcomes([jurisdiction], rules, lambda _: True))
    assert coverage.unmapped == ()
    assert coverage.enforced + len(coverage.not_enforceable) == coverage.facts


def test_one_missing_rule_of_several_is_named() -> None:
    fact = next(one for one in facts("my") if len(one.carried_by or ()) > 1)
    first, *others = fact.carried_by or ()
    found = outcomes(["my"], frozenset(others), lambda _: True)
    assert next(one.lacking for one in found if one.fact.id == fact.id) == (first,)
