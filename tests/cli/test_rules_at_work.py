# SPDX-License-Identifier: Apache-2.0
"""The demonstration under rules: what they refused and cost, what may be asked, a draft tried."""

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from lejar.cli.demonstration import shares
from lejar.kernel import identifiers
from tests.cli.hub_process import HubProcess, lejar

pytestmark = pytest.mark.slow

PAGE: Final = Path(__file__).parents[2] / "docs" / "how-to" / "try-a-draft.md"
CLEARING_FEE: Final = shares.TRADED * shares.PRICE * 3 // 10_000
"""0.03 % of the price, for each side."""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    started = HubProcess(tmp_path_factory.mktemp("rules") / "home", "--demo")
    try:
        started.wait_for("The hub is at")
        yield started
    finally:
        started.stop()


def test_the_page_about_drafts_says_what_its_commands_say(hub: HubProcess, tmp_path: Path) -> None:
    """First of all: it judges the journal as the demonstration left it."""
    blocks = re.findall(r"```(\w+)\n(.*?)```\n", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    assert [language for language, _ in blocks] == ["sh", "text"] * 4
    environment = _environment(hub, tmp_path)
    for (_, commands), (_, wanted) in zip(blocks[::2], blocks[1::2], strict=True):
        done = subprocess.run(
            ["/bin/sh", "-e", "-c", commands],
            capture_output=True,
            text=True,
            env=environment,
            cwd=tmp_path,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        assert _comparable(done.stdout) == _comparable(wanted)
    assert {one.name for one in (tmp_path / "lab").iterdir()} == {
        "by-day.svg",
        "differences.csv",
        "sums.csv",
    }


def test_everybody_whose_consent_is_needed_gave_it_before_the_pack_took_force(
    hub: HubProcess,
) -> None:
    told = [one["command"] for one in hub.get("/v1/entries?limit=200").json()["items"]]
    adopted = told.index("policy.adopt_pack")
    assert told[adopted - 5 : adopted] == ["consent.propose", *["consent.agree"] * 4]


def test_a_refusal_says_how_much_is_allowed_to_the_investor_alone(hub: HubProcess) -> None:
    refusal = "A retail investor puts at most RM 2,000 into one issuer within 12 months."
    assert refusal in hub.said
    assert "500 units of DEMO TOKEN would be allowed." in hub.said
    assert "An issuer's paid-up capital is at least RM 500,000." in hub.said


def test_the_question_that_is_printed_is_answered(hub: HubProcess) -> None:
    printed = re.search(r"lejar (policy explain .*)", hub.said)
    assert printed is not None
    asked = lejar(*shlex.split(printed[1]), "--json", cwd=hub.home.parent)
    assert asked.returncode == 1
    answer = json.loads(asked.stdout)
    assert answer["allowed"] == "500"
    tightest = [one["rule"] for one in answer["answers"] if one["allows"] == "500"]
    assert tightest == ["my.ieo.retail_per_issuer"]


def test_each_side_of_a_share_trade_paid_the_clearing_fee(hub: HubProcess) -> None:
    collected = _shown(hub, "account", _id(hub, "account", "clearing fees account"), "clearing")
    (position,) = collected["positions"]
    assert position["total"] == str(2 * CLEARING_FEE)


def test_the_sandbox_ended_by_itself_with_its_report(hub: HubProcess) -> None:
    (cohort,) = hub.get("/v1/cohorts").json()["items"]
    assert (cohort["stage"], cohort["ended_by"]) == ("ended", None)
    assert (cohort["movements"], cohort["money"]) == (1, "300000")
    assert [one["rule"] for one in cohort["relaxed"]] == ["my.ieo.retail_per_issuer"]


def test_a_shipped_pack_is_not_written_over(tmp_path: Path) -> None:
    assert lejar("policy", "copy", "th", "mine", cwd=tmp_path).returncode == 0
    checked = lejar("policy", "check", "mine/th", cwd=tmp_path)
    assert checked.returncode == 0, checked.stderr
    again = lejar("policy", "copy", "th", "mine", cwd=tmp_path)
    assert again.returncode == 2
    assert "exists already" in again.stderr


def _environment(hub: HubProcess, folder: Path) -> dict[str, str]:
    """Let `lejar` be this program, as a person has it on the path."""
    programs = folder / "bin"
    programs.mkdir()
    program = programs / "lejar"
    program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m lejar "$@"\n')
    program.chmod(0o700)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LEJAR_")}
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    return {**kept, "PATH": path, "LEJAR_HOME": str(hub.home), "COLUMNS": "100"}


def _comparable(text: str) -> str:
    """Leave out what differs from hub to hub, and what every change of the pack changes."""
    text = re.sub(r"\b(instr|party)_[a-z2-7]{26}", r"\1", text)
    text = re.sub(r"\bdigest [0-9a-f]{64}$", "digest", text, flags=re.MULTILINE)
    text = re.sub(r"\b\d+ (entries replayed)", r"\1", text)  # a hub where something waits ticks
    return re.sub(r"\b\d+ (rules|files)\b", r"\1", text)


def _id(hub: HubProcess, kind: str, name: str) -> str:
    memory = json.loads((hub.home / "demonstration.json").read_text())
    return identifiers.show(kind, bytes.fromhex(memory["ids"][name]))


def _shown(hub: HubProcess, what: str, which: str, reader: str) -> dict[str, Any]:
    words = ("show", what, which, "--as", reader, "--json", "--home", str(hub.home))
    answer = lejar(*words, cwd=hub.home.parent)
    assert answer.returncode == 0, answer.stderr
    shown: dict[str, Any] = json.loads(answer.stdout)
    return shown
