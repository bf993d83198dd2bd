# SPDX-License-Identifier: Apache-2.0
"""The schema of a file of rules takes what the reader takes, and refuses what one file can show."""

import tomllib
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from lejar.reference import jurisdictions
from lejar.reference.pack_files import pack_folder
from lejar.reference.rules.kinds import KINDS
from lejar.reference.rules.schema import rules_schema

HERE = Path(__file__).parent
VALIDATOR = jsonschema.Draft202012Validator(rules_schema())
BROKEN = [
    file
    for file in sorted((HERE / "broken_packs").glob("*.toml"))
    if not file.stem.startswith("head_") and "not TOML" not in file.read_text(encoding="utf-8")
]
BEYOND = {
    "agree_unknown",
    "backing_unknown",
    "backing_weak",
    "consult_unknown",
    "duty_bounds_crossed",
    "duty_half_said",
    "duty_of_nothing",
    "duty_part_of_nothing",
    "ends_before_it_begins",
    "id_foreign",
    "id_twice",
    "inferred_verified",
    "issuer_unknown",
    "kind_changed",
    "moment_text",
    "moment_too_early",
    "money_too_large",
    "news_without_review",
    "owner_unknown",
    "share_above_whole",
    "span_beyond_midnight",
    "span_reversed",
    "ticket_bounds_crossed",
    "ticket_of_nothing",
    "tiers_falling",
    "tiers_without_end",
    "turned_text",
    "verified_before_review",
    "versions_gap",
    "versions_overlap",
    "weak_alone",
    "weak_alone_unsaid",
    "weak_verified",
    "window_too_long",
}
"""What takes the whole pack, arithmetic, or more than a pattern, and no schema says."""


def plain(value: object) -> object:
    """Write TOML's dates as their texts, as a schema sees them."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def fits(text: str) -> bool:
    return bool(VALIDATOR.is_valid(plain(tomllib.loads(text))))


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(rules_schema())


def test_a_sound_file_fits() -> None:
    assert fits((HERE / "packs" / "xx" / "rules" / "offers.toml").read_text(encoding="utf-8"))


def test_what_the_schema_refuses_is_all_but_what_it_cannot_see() -> None:
    passed = {file.stem for file in BROKEN if fits(file.read_text(encoding="utf-8"))}
    assert passed == BEYOND


@pytest.mark.parametrize("kind", KINDS)
def test_the_example_of_a_kind_fits_and_with_one_key_more_does_not(kind: str) -> None:
    sound = (HERE / "packs" / "xx" / "rules" / "offers.toml").read_text(encoding="utf-8")
    rule = tomllib.loads(sound)["rule"][0]
    value = tomllib.loads(f"value = {KINDS[kind].example}")["value"]
    whole = {"format": 1, "rule": [rule | {"kind": kind, "value": value}]}
    assert VALIDATOR.is_valid(plain(whole))
    worse = {"format": 1, "rule": [rule | {"kind": kind, "value": value | {"colour": 1}}]}
    assert not VALIDATOR.is_valid(plain(worse))


@pytest.mark.parametrize("jurisdiction", jurisdictions())
def test_shipped_rules_fit(jurisdiction: str) -> None:
    for file in pack_folder(jurisdiction, "rules").iterdir():
        document = plain(tomllib.loads(file.read_text(encoding="utf-8")))
        assert [error.message for error in VALIDATOR.iter_errors(document)] == []
