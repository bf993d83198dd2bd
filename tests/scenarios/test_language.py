# SPDX-License-Identifier: Apache-2.0
"""What the language does not know is an error that names file and line; nothing is skipped."""

from pathlib import Path

import pytest

from tests.scenarios.language import (
    Atom,
    Group,
    Place,
    Sequence,
    Unreadable,
    items_of,
    read_scenarios,
)
from tests.scenarios.runner import played

HERE = Place("x.scenario", 1)


def test_words_lists_and_records_are_read_as_written() -> None:
    items = items_of(HERE, 'when a, b Do x=[(1 key:k) Name(y=2)] z="two words" q=doc:"a b"')
    assert [item.word for item in items[:4]] == ["when", "a", "b", "Do"]
    listed = items[4].value
    assert isinstance(listed, Sequence)
    one, two = (item.value for item in listed.items)
    assert isinstance(one, Group)
    assert [item.word for item in one.items] == ["1", "key:k"]
    assert isinstance(two, Group)
    assert (two.name, two.items[0].name) == ("Name", "y")
    assert (items[5].name, items[5].value) == ("z", Atom("two words"))
    assert items[6].value == Atom("doc:a b")


@pytest.mark.parametrize(
    "line",
    [
        "whenever alice Tick then accepted",
        "when alice Tick",
        "when alice Tick then happy",
        "when alice Tick then refused",
        "when Tick then accepted",
        "when nobody_known Tick then accepted",
        "when alice Unknown then accepted",
        "when alice Affirm then accepted",
        "when alice Affirm instruction=id:x more=1 then accepted",
        "when alice Affirm instruction=nothing then accepted",
        "when alice Affirm instruction= then accepted",
        "when alice Affirm instruction=[id:x] then accepted",
        "when alice Affirm instruction=id:x with salt=1 then refused instruction_unknown",
        "when alice Affirm instruction=id:x then refused instruction_unknown more=1",
        "when alice OpenAccount owner=alice purpose=hobby then accepted",
        "when alice OpenAccount owner=alice purpose=own as then accepted",
        "when alice OpenAccount owner=alice purpose=own as alice then accepted",
        "when alice Instruct 1 BOND to bob_acct then accepted",
        "when alice Instruct 1.00 BOND from alice_acct to bob_acct against 1.00 MYR then accepted",
        "when alice, bob Instruct 1 BOND from alice_acct to bob_acct against 100 MYR then accepted",
        "when time becomes tomorrow then nothing",
        "when node AdvanceTime to=noon then accepted",
        "given bnm issued 5 GOLD to alpha",
        "given bnm issued 5 MYR to alpha",
        "then alice_acct holds 1_000 BOND perhaps",
        "then alice_acct holds plenty BOND",
        "then alice_acct likes BOND",
        "then nowhere alice is gone",
        "then parties alice has colour=blue",
        "then parties id:nobody has status=open",
        'when bytes "open then accepted',
        "when alice Instruct legs=[(BOND then accepted",
        "when alice ] Tick then accepted",
        "given sc AdoptPack",
        "given sc AdoptPack nowhere",
        "given sc AdoptPack my only=my.ticket",
        "given sc AdoptPack my only=[my.nothing]",
        "given sc AdoptPack my colour=blue",
    ],
)
def test_a_line_that_is_not_understood_is_an_error_with_its_place(
    tmp_path: Path, line: str
) -> None:
    path = tmp_path / "odd.scenario"
    path.write_text(f"# an odd one\n{line}\n", encoding="utf-8")
    with pytest.raises(Unreadable, match=r"^odd\.scenario:2: ."):
        _ = [played(scenario) for scenario in read_scenarios(path, tmp_path)]


@pytest.mark.parametrize(
    "line",
    [
        "then alice_acct holds 999 BOND",
        "then alice_acct holds 1_000 BOND of which 1 held",
        "then alice owns 1 BOND",
        "then supply of BOND is 1",
        "then parties alice is gone",
        "then parties alice has status=suspended",
        "when alice Tick then accepted",
        "when alice Tick then refused threshold_unmet",
        "when alice Tick then refused power_missing power=direct",
        "when node Tick then refused power_missing",
        "when node Tick then accepted TimeAdvanced",
        "when due work runs then InstructionSettled",
        "when sc Freeze subject=alice basis=(x) then accepted SubjectFrozen agency=bnm",
        "given alice Tick",
        "when alice Tick then refused power_missing facts=[]",
    ],
)
def test_a_claim_that_is_not_true_fails(tmp_path: Path, line: str) -> None:
    path = tmp_path / "false.scenario"
    path.write_text(f"# a false one\n{line}\n", encoding="utf-8")
    (scenario,) = read_scenarios(path, tmp_path)
    with pytest.raises(AssertionError):
        played(scenario)


def test_due_work_is_never_silent(tmp_path: Path) -> None:
    path = tmp_path / "due.scenario"
    path.write_text(
        "# due\n"
        "given alice, bob Instruct 1 BOND from alice_acct to bob_acct against 1.00 MYR "
        "on 2026-11-25\n"
        "given time is 2026-11-25T10:00\n"
        "when alice OpenAccount owner=alice purpose=own then accepted\n",
        encoding="utf-8",
    )
    (scenario,) = read_scenarios(path, tmp_path)
    with pytest.raises(Unreadable, match="due work ran"):
        played(scenario)


def test_a_block_needs_a_title_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "titles.scenario"
    for text in ("given alice Tick\n", "# one\nthen x\n\n# one\nthen x\n"):
        path.write_text(text, encoding="utf-8")
        with pytest.raises(Unreadable, match=r"titles\.scenario:1"):
            read_scenarios(path, tmp_path)
