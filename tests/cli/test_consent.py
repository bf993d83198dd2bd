# SPDX-License-Identifier: Apache-2.0
"""`lejar propose`, `agree`, `object`, `withdraw`: agencies agree on a hub as a person does it."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from lejar.cli import lejar as program
from lejar.cli.commands.object import digest_of
from tests.cli.hub_process import HubProcess, lejar

BASIS = ("--basis", "Rules of the hub", "--clause", "rule 7")
PROPOSAL = "prop_aaaaaaaaaaaaaaaaaaaaaaaaaa"
VERB = "identity.grant_power"
LOADED = "The hub is at"


def run(*words: str, text: str | None = None) -> Result:
    return CliRunner().invoke(program, list(words), input=text)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("propose", "missing.json", *BASIS, "--sign", "sc"), "cannot be read"),
        (("propose", "-", *BASIS), "Name the keys that sign"),
        (("propose", "-", *BASIS, "--effective", "soon", "--sign", "sc"), "not a date and time"),
        (("propose", "-", *BASIS, "--expires", "2026-12-01T09:00", "--sign", "sc"), "no offset"),
        (("agree", "cmd_x", "--sign", "sc"), "is no proposal"),
        (("agree", PROPOSAL), "Name the keys that sign"),
        (("object", PROPOSAL, "--reason", "missing.pdf", "--sign", "sc"), "neither a digest nor"),
        (("withdraw", "5", "--sign", "sc"), "is no proposal"),
        (
            ("policy", "adopt", "--jurisdiction", "sg", *BASIS, "--expires", "2026-12-01T09:00Z",
             "--sign", "sc"),
            "add --propose",
        ),
    ],
)  # fmt: skip
def test_wrong_words_are_a_sentence(
    words: tuple[str, ...], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    answer = run(*words, text='{"command": "calendar.tick", "arguments": {}}')
    assert (answer.exit_code, said in answer.stderr) == (2, True), answer.output


def test_a_reason_is_sent_as_its_digest(tmp_path: Path) -> None:
    file = tmp_path / "reason.txt"
    file.write_bytes(b"It would harm holders.")
    digest = hashlib.sha256(b"It would harm holders.").hexdigest()
    assert digest_of(str(file)) == digest_of(digest) == digest


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HubProcess]:
    started = HubProcess(tmp_path_factory.mktemp("hub") / "home", "--demo")
    try:
        started.wait_for(LOADED)
        yield started
    finally:
        started.stop()


@pytest.fixture
def grant(hub: HubProcess, tmp_path: Path) -> Path:
    """A command that three agencies must agree to, with two officers of the owner."""
    party = json.loads((hub.home / "keys" / "bank-one.json").read_text())["party"]
    file = tmp_path / "grant.json"
    file.write_text(json.dumps({"command": VERB, "arguments": {"party": party, "power": "tick"}}))
    return file


def told(hub: HubProcess, *words: str) -> dict[str, Any]:
    """Say something to the hub; gives the document, which must be of what was done."""
    answer = lejar(*words, "--home", str(hub.home), "--json", cwd=hub.home.parent)
    assert answer.returncode == 0, answer.stderr
    found: dict[str, Any] = json.loads(answer.stdout)
    return found


def propose(hub: HubProcess, file: Path, *words: str) -> str:
    receipt = told(hub, "propose", str(file), *BASIS, *words)
    return str(receipt["events"][0]["proposal"])


def shown(hub: HubProcess, proposal: str) -> dict[str, Any]:
    entry = hub.get("/v1/status").json()["entry"]
    while hub.get("/v1/status").json()["as_at"] < entry:
        pass
    return told(hub, "show", "proposal", proposal, "--as", "digital")


@pytest.mark.slow
def test_who_is_missing_is_said_to_the_person_who_asked(hub: HubProcess, grant: Path) -> None:
    words = ("submit", str(grant), "--sign", "digital", "--home", str(hub.home))
    for language, said in (("en", "Must still agree: party_"), ("ms", "Masih perlu bersetuju:")):
        refused = lejar(*words, "--lang", language, cwd=hub.home.parent)
        assert refused.returncode == 1
        assert said in refused.stderr


@pytest.mark.slow
def test_agencies_agree_and_the_hub_carries_it_out(hub: HubProcess, grant: Path) -> None:
    proposal = propose(hub, grant, "--sign", "digital")
    before = shown(hub, proposal)
    assert before["carried"] == json.loads(grant.read_text())
    assert before["stage"] == "open"
    for key in ("sc", "digital-second"):
        told(hub, "agree", proposal, "--sign", key)
    said = lejar("agree", proposal, "--sign", "bnm", "--home", str(hub.home), cwd=hub.home.parent)
    assert "Everybody has agreed; it is carried out at" in said.stdout
    tick = hub.home.parent / "tick.json"
    tick.write_text('{"command": "calendar.tick", "arguments": {}}')
    told(hub, "submit", str(tick), "--sign", "node")
    assert shown(hub, proposal)["stage"] == "enacted"


@pytest.mark.slow
def test_one_no_ends_it_and_a_maker_takes_back_its_own(hub: HubProcess, grant: Path) -> None:
    ended = propose(hub, grant, "--sign", "digital")
    reason = hub.home.parent / "reason.txt"
    reason.write_text("It would harm holders.")
    receipt = told(hub, "object", ended, "--reason", str(reason), "--sign", "bnm")
    digest = hashlib.sha256(reason.read_bytes()).hexdigest()
    assert receipt["events"][0]["reason"] == digest
    back = propose(hub, grant, "--effective", "2022-04-01T09:00+08:00", "--sign", "digital")
    assert shown(hub, back)["effective_at"] == "2022-04-01T01:00:00.000000Z"
    assert shown(hub, back)["expires_at"] == "2022-05-01T01:00:00.000000Z"
    told(hub, "withdraw", back, "--sign", "digital")
    assert [shown(hub, one)["stage"] for one in (ended, back)] == ["objected", "withdrawn"]


@pytest.mark.slow
def test_a_pack_is_proposed_in_one_go(hub: HubProcess) -> None:
    words = ("policy", "adopt", "--jurisdiction", "sg", "--basis", "Order 1", "--sign", "sc")
    refused = lejar(*words, "--home", str(hub.home), cwd=hub.home.parent)
    assert refused.returncode == 1
    assert "--propose" in refused.stderr
    receipt = told(hub, *words, "--propose")
    made = receipt["events"][0]
    assert (made["type"], made["verb"]) == ("consent.proposal_made", "policy.adopt_pack")
    carried = made["carried"]["arguments"]
    assert carried["pack"]["jurisdiction"] == "sg"
    assert carried["basis"]["instrument"] == made["basis"]["instrument"] == "Order 1"
