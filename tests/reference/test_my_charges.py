# SPDX-License-Identifier: Apache-2.0
"""The worked examples that were collected with the duties come out of the shipped rules."""

import datetime

import pytest

from lejar.domain.policy.kinds.duty import Duty, due
from lejar.domain.policy.pack import Effect, Rule
from lejar.kernel.moment import EPOCH_ORDINAL, MICROS_PER_DAY
from lejar.reference.pack_files import pack_file, pack_folder
from lejar.reference.rules.files import read_rules

AGENCIES = ("sc", "bnm", "lhdn", "land")
EAST = 480
SEN = 100


def rules_of(topic: str) -> list[Rule]:
    """Read the rules of one file."""
    found = read_rules(pack_file(pack_folder("my", "rules", f"{topic}.toml")), EAST, AGENCIES)
    assert found.errors == ()
    return [one.rule for one in found.rules]


def duty_on(topic: str, rule_id: str, day: str) -> Duty:
    """Give the parameters of the version of a duty that is in force on a day."""
    at = (datetime.date.fromisoformat(day).toordinal() - EPOCH_ORDINAL) * MICROS_PER_DAY
    (rule,) = (one for one in rules_of(topic) if one.id == rule_id and one.is_in_force(at))
    assert isinstance(rule.spec, Duty)
    return rule.spec


@pytest.mark.parametrize(
    ("topic", "rule_id", "day", "ringgit", "sen"),
    [
        ("bursa", "my.bursa.stamp_duty", "2026-11-28", 5_000, 5_00),
        ("bursa", "my.bursa.stamp_duty", "2026-11-28", 100_500, 101_00),
        ("bursa", "my.bursa.stamp_duty", "2026-11-28", 1_200_000, 1_000_00),
        ("bursa", "my.bursa.stamp_duty", "2028-07-12", 1_200_000, 1_000_00),
        ("bursa", "my.bursa.stamp_duty", "2028-07-13", 1_200_000, 1_800_00),
        ("bursa", "my.bursa.clearing_fee", "2026-11-28", 5_000, 1_50),
        ("bursa", "my.bursa.clearing_fee", "2026-11-28", 4_000_000, 1_000_00),
        ("bond", "my.bond.stamp_exemption", "2026-11-28", 5_000_000, 0),
        ("property", "my.property.transfer_duty", "2026-11-28", 1_500_000, 44_000_00),
        ("property", "my.property.transfer_duty_foreign", "2025-12-31", 1_500_000, 60_000_00),
        ("property", "my.property.transfer_duty_foreign", "2026-01-01", 1_500_000, 120_000_00),
    ],
)
def test_a_worked_example_comes_out(
    topic: str, rule_id: str, day: str, ringgit: int, sen: int
) -> None:
    assert due(duty_on(topic, rule_id, day), ringgit * SEN) == sen


def test_what_was_read_on_weak_pages_charges_nothing() -> None:
    assert {rule.effect for rule in rules_of("property")} == {Effect.ADVISE}
    charging = [
        rule.id
        for rule in rules_of("bursa")
        if isinstance(rule.spec, Duty) and rule.effect is Effect.BIND
    ]
    assert charging == ["my.bursa.clearing_fee", "my.bursa.stamp_duty", "my.bursa.stamp_duty"]
