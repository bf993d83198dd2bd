# SPDX-License-Identifier: Apache-2.0
"""`lejar liquidity` answers in words, as JSON and in drawings, and refuses wrong files."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lejar.cli import lejar
from lejar.cli.commands.liquidity import COMMANDS

QUESTION: dict[str, object] = {
    "balances": {"A": 4},
    "queue": [
        {"id": "1", "from": "A", "to": "B", "amount": 5},
        {"id": "2", "from": "A", "to": "B", "amount": 3},
        {"id": "3", "from": "A", "to": "B", "amount": 4},
        {"id": "7", "from": "C", "to": "A", "amount": 5},
    ],
}


def run(*words: str) -> Result:
    return CliRunner().invoke(lejar, ["liquidity", *words])


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "queue.json"
    path.write_text(json.dumps(QUESTION), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    answer = run(name, "--help")
    assert answer.exit_code == 0
    assert len(answer.output.splitlines()) > 3


def test_in_order_nothing_overtakes(file: Path) -> None:
    answer = json.loads(run("solve", str(file), "--mode", "fifo", "--json").stdout)
    assert answer == {"settled": [], "value": 0, "count": 0, "bound": 0, "optimal": True}


def test_free_order_takes_what_is_worth_most(file: Path) -> None:
    answer = json.loads(run("solve", str(file), "--mode", "free", "--json").stdout)
    assert answer == {"settled": ["3"], "value": 4, "count": 1, "bound": 4, "optimal": True}


def test_a_person_reads_why_each_item_waits(file: Path) -> None:
    answer = run("solve", str(file))
    assert answer.exit_code == 0
    assert "needs 1 more of MYR at A, or one of: 7" in answer.output
    assert "stands behind 1" in answer.output
    assert "needs 5 more of MYR at C" in answer.output
    assert "0 of 4 items settle, worth 0; no set is worth more than 0: nothing is better." in (
        answer.output
    )
    assert "1 of 4 items settle, worth 4" in run("solve", str(file), "--mode", "free").output


def test_ids_are_told_in_the_order_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "queue.json"
    queue = [
        {"id": "b", "from": "A", "to": "B", "amount": 1},
        {"id": "a", "from": "A", "to": "B", "amount": 1, "priority": 5},
    ]
    path.write_text(json.dumps({"balances": {"A": 2}, "queue": queue}), encoding="utf-8")
    assert json.loads(run("solve", str(path), "--json").stdout)["settled"] == ["b", "a"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "not JSON"),
        (b"\xff", "not text in UTF-8"),
        (b'{"balances": {"A": -1}, "queue": []}', "balances.A: must be from 0"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "queue.json"
    path.write_bytes(content)
    answer = run("solve", str(path))
    assert answer.exit_code == 2
    assert told in answer.stderr
    problem = json.loads(run("solve", str(path), "--json").stderr)
    assert told in problem["detail"]
    assert problem["file"] == str(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    answer = run("solve", str(tmp_path / "none.json"))
    assert answer.exit_code == 2
    assert "No such file" in answer.stderr


DAY = ("simulate", "--banks", "4", "--payments", "60", "--hours", "2")


def test_a_day_is_told_drawn_and_the_same_each_time(tmp_path: Path) -> None:
    answer = run(*DAY, "--out", str(tmp_path / "out"))
    assert answer.exit_code == 0
    assert "60 payments between 4 banks" in answer.output
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "liquidity-used.svg",
        "queue-value.svg",
        "value-settled.svg",
    ]
    assert run(*DAY).output == run(*DAY).output


def test_a_day_as_json_has_figures_for_the_modes_asked_for() -> None:
    document = json.loads(run(*DAY, "--mode", "fifo", "--seed", "9", "--json").stdout)
    assert document["plan"]["seed"] == 9
    (fifo,) = document["modes"]
    assert fifo["mode"] == "fifo"
    assert fifo["count_arrived"] == 60
    everything = json.loads(run(*DAY, "--seed", "9", "--json").stdout)
    assert [one["mode"] for one in everything["modes"]] == ["gross", "fifo", "free"]
    assert everything["modes"][1] == fifo


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    taken = tmp_path / "taken"
    taken.write_text("", encoding="utf-8")
    answer = run(*DAY, "--mode", "gross", "--out", str(taken / "out"))
    assert answer.exit_code == 2
    assert "Not a directory" in answer.stderr
