# SPDX-License-Identifier: Apache-2.0
"""`lejar pay`, `queue` and `instruction`: a bank pays, sees what waits, and acts on it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from lejar.cli import lejar as program
from tests.cli.hub_process import HubProcess, lejar

INSTRUCTION = "inst_aaaaaaaaaaaaaaaaaaaaaaaaaa"
PAY = ("pay", "--from", "acct_a", "--to", "acct_b", "--asset", "instr_a", "--amount")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*PAY, "0", "--sign", "bank"), "0 is not in the range"),
        ((*PAY, "1", "--priority", "soon", "--sign", "bank"), "is not one of"),
        ((*PAY, "1"), "Name the keys that sign"),
        (("instruction", "hold", "pay_x", "--sign", "bank"), "is no instruction"),
        (("instruction", "prioritise", INSTRUCTION, "soon", "--sign", "bank"), "is not one of"),
        (("instruction", "reorder", "5", "first", "--sign", "bank"), "is no instruction"),
        (("instruction", "release", INSTRUCTION), "Name the keys that sign"),
        (("queue",), "Missing option '--as'"),
    ],
)
def test_wrong_words_are_a_sentence(words: tuple[str, ...], said: str) -> None:
    answer = CliRunner().invoke(program, list(words))
    assert (answer.exit_code, said in answer.stderr) == (2, True), answer.output


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    started = HubProcess(tmp_path_factory.mktemp("hub") / "home", "--demo")
    try:
        started.wait_for("The hub is at")
        yield started
    finally:
        started.stop()


def told(hub: HubProcess, *words: str) -> dict[str, Any]:
    """Say something to the hub; gives the document, which must be of what was done."""
    answer = lejar(*words, "--home", str(hub.home), "--json", cwd=hub.home.parent)
    assert answer.returncode == 0, answer.stderr
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def client_account(hub: HubProcess, name: str) -> dict[str, Any]:
    """Find the account on which a bank keeps its clients' money."""
    party = json.loads((hub.home / "keys" / f"{name}.json").read_text())["party"]
    found = told(hub, "show", "party", party, "--as", name)
    accounts = [told(hub, "show", "account", one, "--as", name) for one in found["accounts"]]
    return next(one for one in accounts if one["purpose"] == "client")


@pytest.mark.slow
def test_a_payment_that_waits_is_held_released_and_cancelled(hub: HubProcess) -> None:
    source, target = (client_account(hub, name) for name in ("bank-one", "bank-two"))
    currencies = [
        one["asset"]
        for one in source["positions"]
        if told(hub, "show", "instrument", one["asset"])["kind"] == "currency"
    ]
    receipt = told(
        hub, "pay", "--from", source["account"], "--to", target["account"],
        "--asset", currencies[0], "--amount", "900000000000000", "--priority", "high",
        "--sign", "bank-one",
    )  # fmt: skip
    queued = receipt["events"][-1]
    assert queued["type"] == "settlement.instruction_queued"
    instruction = queued["instruction"]
    (row,) = told(hub, "queue", "--as", "bank-one")["items"]
    assert (row["instruction"], row["position"], row["priority"]) == (instruction, 1, "high")
    said = lejar("queue", "--as", "bank-two", "--home", str(hub.home), cwd=hub.home.parent).stdout
    assert "Waits for what its giver does not have yet." in said
    for words in (
        ("prioritise", instruction, "urgent"),
        ("reorder", instruction, "last"),
        ("hold", instruction),
        ("release", instruction),
        ("cancel", instruction),
    ):
        done = told(hub, "instruction", *words, "--sign", "bank-one")
        assert done["outcome"] == "accepted"
    assert told(hub, "queue", "--as", "bank-one")["items"] == []
    one = told(hub, "show", "instruction", instruction, "--as", "bank-two")
    assert one["stage"] == "cancelled"
