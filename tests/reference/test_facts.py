# SPDX-License-Identifier: Apache-2.0
"""Every shipped fact says what became of it; a file that does not is refused at its line."""

from importlib import import_module

import pytest

from lejar.domain.instruments import SourceClass
from lejar.reference import Fact, PackError, calendar, facts, listings
from lejar.reference.facts import read_facts
from lejar.reference.pack_files import PackFile, pack_folder

COUNTS = {"ae": 38, "corridors": 21, "kg": 13, "my": 584, "pk": 13, "sg": 31, "th": 20}

SOUND = """\
format = 1
collected = "2026-11"

[[fact]]
id = "my.offer.cap"
title = "Cap"
value = "RM2,000"
source_class = "L"
verified = false
reference = "one.example"
section = "1.1"
carried_by = ["my.offer.cap"]

[[fact]]
id = "my.offer.days"
title = "Days"
value = "14 days"
source_class = "P"
verified = true
reference = "two.example"
section = "1.1"
carried_by = ["my.offer.days"]
conflicts_with = ["my.offer.days_older"]
taken = true

[[fact]]
id = "my.offer.days_older"
title = "Days, by an older text"
value = "7 days"
source_class = "N"
review = true
verified = false
reference = "three.example"
section = "1.1"
why_not = "Not taken: the newer text wins."
conflicts_with = ["my.offer.days"]
taken = false
"""


def read(text: str) -> tuple[Fact, ...]:
    return read_facts("my", [PackFile("offers.toml", text)])


def exists(code: str) -> bool:
    """Say whether a fact's name of code or of a pack's file is one."""
    if code.startswith("packs/"):
        return pack_folder(*code.split("/")[1:]).is_file()
    parts = code.split(".")
    for end in range(len(parts) - 1, 0, -1):
        try:
            found: object = import_module(".".join(parts[:end]))
        except ModuleNotFoundError:
            continue
        for name in parts[end:]:
            found = getattr(found, name, None)
        return found is not None
    return False


@pytest.mark.parametrize("jurisdiction", COUNTS)
def test_all_facts_that_were_collected_are_there(jurisdiction: str) -> None:
    assert len(facts(jurisdiction)) == COUNTS[jurisdiction]


def test_no_jurisdiction_with_facts_is_left_out() -> None:
    packs = (item.name for item in pack_folder().iterdir() if item.joinpath("facts").is_dir())
    assert sorted(packs) == sorted(COUNTS)


@pytest.mark.parametrize("jurisdiction", COUNTS)
def test_the_code_that_a_fact_names_exists(jurisdiction: str) -> None:
    named = {one.enforced_by.partition(":")[0] for one in facts(jurisdiction) if one.enforced_by}
    assert [code for code in sorted(named) if not exists(code)] == []


def test_a_name_of_code_that_is_gone_is_noticed() -> None:
    assert exists("lejar.domain.settlement.rules.value_date_can_be_met")
    assert not exists("lejar.domain.settlement.rules.value_date_is_kept")
    assert not exists("lejar.domain.haste.rules")
    assert not exists("packs/my/colours.toml")


@pytest.mark.parametrize("jurisdiction", [one for one in COUNTS if one != "corridors"])
def test_a_rule_belongs_to_the_pack_of_its_fact(jurisdiction: str) -> None:
    rules = [rule for one in facts(jurisdiction) for rule in one.carried_by or ()]
    assert [rule for rule in rules if not rule.startswith(f"{jurisdiction}.")] == []


def test_a_corridor_has_its_rules_in_the_packs_of_its_ends() -> None:
    rules = {
        (one.id.split(".")[1], rule.split(".")[0])
        for one in facts("corridors")
        for rule in one.carried_by or ()
    }
    assert rules == {("my_sg", "my"), ("my_sg", "sg"), ("sg_th", "sg"), ("sg_th", "th")}


def test_the_facts_agree_with_what_the_pack_already_ships() -> None:
    values = {one.id: one.value for one in facts("my")}
    cut_off = calendar("my").cut_off
    assert cut_off is not None
    hours, minutes = divmod(cut_off.minutes, 60)
    assert values["my.bond.cut_off_same_day"] == f"{hours}:{minutes}"
    papers = " ".join(one.title for one in facts("my") if one.id.startswith("my.bond.paper_"))
    assert [paper.isin for paper in listings("my") if paper.isin not in papers] == []


def test_an_unknown_value_is_a_fact_and_says_so() -> None:
    unknown = {one.id: one for one in facts("my") if not one.is_known()}
    assert "my.exchange.paid_up_2026" in unknown
    assert "my.ieo.cooling_off" in unknown
    for one in unknown.values():
        assert one.source_class is SourceClass.UNVERIFIED
        assert not one.verified


def test_of_two_values_the_newer_text_is_taken() -> None:
    by_id = {one.id: one for one in facts("my")}
    newer, older = by_id["my.ecf.retail_per_issuer"], by_id["my.ecf.retail_per_issuer_older"]
    assert (newer.value, newer.taken) == ("RM10,000", True)
    assert (older.value, older.taken) == ("RM5,000", False)


def test_a_sound_file_is_read_in_its_order() -> None:
    cap, days, older = read(SOUND)
    assert (cap.carried_by, cap.is_known()) == (("my.offer.cap",), True)
    assert (days.taken, older.taken) == (True, False)


LAW, PRIMARY, NEWS = 'source_class = "L"', 'source_class = "P"', 'source_class = "N"'
CAP = 'carried_by = ["my.offer.cap"]'


@pytest.mark.parametrize(
    ("old", "new", "key", "says"),
    [
        ("format = 1", "format = 2", "format", "expected 1"),
        ('"2026-11"', '"November"', "collected", "regex"),
        ('title = "Cap"', 'titel = "Cap"', "fact.0.titel", "unknown field"),
        ('title = "Cap"', "", "fact.0", "title"),
        ('title = "Days"', 'title = ""', "fact.1.title", "length"),
        ('value = "7 days"', "value = 7", "fact.2.value", "int"),
        ('id = "my.offer.cap"', 'id = "My cap"', "fact.0.id", "regex"),
        ('id = "my.offer.cap"', 'id = "sg.offer.cap"', "fact.0.id", "expected a fact of my"),
        ('id = "my.offer.days"', 'id = "my.offer.cap"', "fact.1.id", "already"),
        ('section = "1.1"', 'section = "one"', "fact.0.section", "regex"),
        (LAW, 'source_class = "X"', "fact.0.source_class", "X"),
        (PRIMARY, 'source_class = "W"', "fact.1.verified", "W cannot be verified"),
        (PRIMARY, 'source_class = "U"', "fact.1.verified", "U cannot be verified"),
        (PRIMARY, f"{PRIMARY}\nreview = true", "fact.1.verified", "not verified"),
        (LAW, f"{LAW}\nreview = true", "fact.0.review", "only class N"),
        ("review = true\n", "", "fact.2.source_class", "needs review"),
        (CAP, "", "fact.0.id", "exactly one of"),
        (CAP, f'{CAP}\nwhy_not = "It is."', "fact.0.why_not", "exactly one of"),
        (CAP, 'enforced_by = "the calendar"', "fact.0.enforced_by", "regex"),
        (CAP, "carried_by = []", "fact.0.carried_by", "length"),
        (CAP, 'carried_by = ["my.a.b", "my.a.b"]', "fact.0.carried_by", "each rule once"),
        ('"RM2,000"', '"unknown"', "fact.0.carried_by", "needs why_not"),
        ('"14 days"', '"unknown, long"', "fact.1.verified", "not verified"),
        ("taken = true\n", "", "fact.1.id", "together"),
        ("why_not =", 'enforced_by = "a: b"\n#', "fact.2.enforced_by", "not taken"),
        ("taken = false", "taken = true", "fact.1.taken", "to be taken"),
        ('["my.offer.days_older"]', '["my.offer.lost"]', "fact.1.conflicts_with", "no other fact"),
        ('["my.offer.days_older"]', '["my.offer.days"]', "fact.1.conflicts_with", "no other fact"),
        ('["my.offer.days"]\ntaken', '["my.offer.cap"]\ntaken', "fact.1.conflicts_with",
         "does not name"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_at_its_fact(old: str, new: str, key: str, says: str) -> None:
    assert old in SOUND
    text = SOUND.replace(old, new, 1)
    with pytest.raises(PackError) as refused:
        read(text)
    error = refused.value
    assert error.key == key
    assert says in str(error)
    line = key.rpartition(".")[2]
    shown = text.splitlines()[(error.line or 0) - 1]
    assert shown.startswith("[[fact]]" if line.isdigit() else f"{line} =")
    if key.startswith("fact."):
        headers = [n for n, row in enumerate(text.splitlines(), 1) if row == "[[fact]]"]
        assert sum(n <= (error.line or 0) for n in headers) == int(key.split(".")[1]) + 1


def test_a_fact_that_stands_in_two_files_is_refused_at_the_second() -> None:
    files = [PackFile("one.toml", SOUND), PackFile("two.toml", SOUND)]
    with pytest.raises(PackError, match=r"two\.toml:5: fact\.0\.id: .* stands in one\.toml"):
        read_facts("my", files)


def test_a_jurisdiction_without_facts_is_refused() -> None:
    with pytest.raises(PackError, match="facts: none are shipped for xx"):
        facts("xx")


def test_a_file_that_is_no_toml_is_refused() -> None:
    with pytest.raises(PackError, match=r"offers\.toml:1: not TOML"):
        read("[[fact]\n")


def test_a_file_without_facts_is_refused() -> None:
    with pytest.raises(PackError, match="fact"):
        read('format = 1\ncollected = "2026-11"\nfact = []\n')
