# SPDX-License-Identifier: Apache-2.0
"""A bank's channel over a real hub, as the documentation walks through it."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from lejar.cli.commands.iso20022.send import says_no
from lejar.cli.messaging.log import Reply
from lejar.gateways.iso20022 import check
from tests.cli.hub_process import HubProcess, lejar

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "iso20022.md"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("channel") / "home"


@pytest.fixture(scope="module")
def hub(home: Path) -> Iterator[HubProcess]:
    started = HubProcess(home, "--demo")
    try:
        started.wait_for("The hub is at")
        yield started
    finally:
        started.stop()


def channel(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return lejar("iso20022", *words, "--home", str(home), cwd=home.parent)


def payment(number: int) -> str:
    """The message of the documentation, under names of its own."""
    found = re.search(r"```xml\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    written = found[1].replace("ONE-1", f"ONE-{number}")
    return written.replace("000000000001", f"{number:012}")


@pytest.mark.slow
def test_the_documented_walk_goes_as_it_says(hub: HubProcess) -> None:
    home = hub.home
    pay = home.parent / "pay.xml"
    pay.write_text(payment(1), encoding="utf-8")
    as_one = ("--as", "bank-one")
    for words, code, said in (
        (("--dry-run",), 0, "<TxSts>ACSC<"),
        ((), 0, "<TxSts>ACSC<"),
        ((), 1, "<Cd>AM05<"),
    ):
        sent = channel(home, "send", str(pay), *as_one, *words)
        assert (sent.returncode, said in sent.stdout) == (code, True), sent.stderr
    sent = channel(home, "send", str(pay), "--as", "bank-two")
    assert (sent.returncode, "<Cd>DS0H<" in sent.stdout) == (1, True), sent.stderr
    drop = home.parent / "drop"
    (drop / "in").mkdir(parents=True)
    (drop / "in" / "pay.xml").write_text(payment(2), encoding="utf-8")
    watched = channel(home, "watch", str(drop), *as_one, "--once")
    assert watched.returncode == 0, watched.stderr
    (out,) = (drop / "out").iterdir()
    assert "<TxSts>ACSC<" in out.read_text(encoding="utf-8")
    directory = (home / "messages" / "directory.toml").read_text(encoding="utf-8")
    account = re.findall(r'account = "(.*?)"', directory)[0]
    stated = channel(home, "statement", account, "--day", "2022-03-15", *as_one, "--json")
    (statement,) = json.loads(stated.stdout)
    assert statement.count('<Amt Ccy="MYR">1000000.00</Amt>') == 2


@pytest.mark.slow
def test_a_holder_is_told_what_its_paper_pays(hub: HubProcess) -> None:
    home, drop = hub.home, hub.home.parent / "holder"
    words = ("watch", str(drop), "--as", "custodian", "--once")
    first = channel(home, *words)
    assert (first.returncode, list((drop / "out").iterdir())) == (0, []), first.stderr
    advanced = lejar("advance", "--to", "next", "--home", str(home), cwd=home.parent)
    assert advanced.returncode == 0, advanced.stderr
    told = channel(home, *words)
    assert told.returncode == 0, told.stderr
    (movement,) = (drop / "out").glob("seev.036*")
    report = check(movement.read_bytes())
    assert (report.identifier, report.findings) == ("seev.036.001.15", ())
    assert again_says_nothing(home, words)


def again_says_nothing(home: Path, words: tuple[str, ...]) -> bool:
    return channel(home, *words).stdout == ""


def test_a_channel_that_cannot_open_says_why(tmp_path: Path) -> None:
    home = tmp_path / "home"
    file = tmp_path / "pay.xml"
    file.write_text(payment(1), encoding="utf-8")
    answer = channel(home, "send", str(file), "--as", "bank-one")
    assert (answer.returncode, "bank-one" in answer.stderr) == (4, True)
    made = lejar("keys", "new", "bank-one", "--home", str(home), cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    answer = channel(home, "send", str(file), "--as", "bank-one")
    assert (answer.returncode, "directory.toml cannot be read" in answer.stderr) == (4, True)
    directory = tmp_path / "d.toml"
    directory.write_text('hub = "HUB"\n', encoding="utf-8")
    words = ("send", str(file), "--as", "bank-one", "--directory", str(directory))
    answer = channel(home, *words)
    assert (answer.returncode, f"{directory}:1: hub: 'HUB' is not a BIC" in answer.stderr) == (
        4,
        True,
    )
    assert "Traceback" not in answer.stderr


def test_an_answer_that_cannot_be_read_is_no_yes() -> None:
    assert says_no(Reply("", "", b"<x/>"))
