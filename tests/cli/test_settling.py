# SPDX-License-Identifier: Apache-2.0
"""`lejar pay`, `queue` and `instruction`: a bank pays, sees what waits, and acts on it.

And `lejar liquidity settle`: whoever runs settlement hands a better set in.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner

from lejar.cli import lejar as program
from lejar.kernel import identifiers
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


def waiting(hub: HubProcess, name: str) -> dict[str, dict[str, Any]]:
    """Give what a party sees of the queue, by instruction."""
    return {row["instruction"]: row for row in told(hub, "queue", "--as", name)["items"]}


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
    row = waiting(hub, "bank-one")[instruction]
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
    assert instruction not in waiting(hub, "bank-one")
    one = told(hub, "show", "instruction", instruction, "--as", "bank-two")
    assert one["stage"] == "cancelled"


@pytest.mark.slow
def test_a_set_found_in_free_order_settles_what_the_queue_would_not(hub: HubProcess) -> None:
    """One payment is too large for what there is, and stands before two that would fit."""
    memory = json.loads((hub.home / "demonstration.json").read_text())["ids"]

    def id_of(kind: str, name: str) -> str:
        return identifiers.show(kind, bytes.fromhex(memory[name]))

    source, target = (id_of("account", f"{bank} own account") for bank in ("bank-one", "bank-two"))
    ringgit = id_of("asset", "ringgit")
    shown = told(hub, "show", "account", source, "--as", "bank-one")
    has = next(int(one["free"]) for one in shown["positions"] if one["asset"] == ringgit)
    sent = {}
    for name, amount in (("all", has + 1), ("first", has // 2), ("second", has // 2)):
        receipt = told(
            hub, "pay", "--from", source, "--to", target, "--asset", ringgit,
            "--amount", str(amount), "--sign", "bank-one",
        )  # fmt: skip
        sent[name] = receipt["events"][-1]["instruction"]
    assert set(sent.values()) <= waiting(hub, "bnm").keys()
    refused = lejar(
        "liquidity", "settle", "--sign", "bank-one", "--home", str(hub.home), "--json",
        cwd=hub.home.parent,
    )  # fmt: skip
    assert refused.returncode == 1, refused.stdout
    receipt = told(hub, "liquidity", "settle", "--seconds", "2", "--sign", "bnm")
    done = next(one for one in receipt["events"] if one["type"] == "settlement.queue_settled")
    worth = str(has // 2 * 2)
    assert (done["count"], done["value"], done["bound"]) == ("2", worth, worth)
    left = waiting(hub, "bnm")
    assert sent["all"] in left
    assert sent["first"] not in left
    assert sent["second"] not in left
    again = told(hub, "liquidity", "settle", "--seconds", "2", "--sign", "bnm")
    assert again == {"settled": []}
