# SPDX-License-Identifier: Apache-2.0
"""Commands answer with sentences, JSON and exit codes, never with a traceback."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from lejar.assembly import RULEBOOK
from lejar.cli import COMMANDS, lejar
from lejar.cli.demonstration.founding import found
from lejar.kernel.digest import sha256
from lejar.kernel.entry import read_entry
from lejar.node.clock import system_clock
from lejar.node.disk import LocalDisk
from lejar.node.founding import node_signer, read_genesis
from lejar.node.hub import Hub
from lejar.node.keys import KeyFolder
from lejar.proofs.evidence import encode, make_receipt_evidence
from lejar.proofs.log import Hashes, leaf_hash


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder of its own, in a working directory of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LEJAR_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def run(*words: str, text: str | None = None) -> Result:
    return CliRunner().invoke(lejar, list(words), input=text)


def test_every_command_explains_itself(home: Path) -> None:
    for name in COMMANDS:
        answer = run(name, "--help")
        assert answer.exit_code == 0
        assert len(answer.output.splitlines()) > 3


def test_the_configuration_is_shown_as_sentences_and_as_json(home: Path) -> None:
    assert "LEJAR_GATEWAY_PORT" in run("config").output
    assert json.loads(run("config", "--json").stdout)["gateway.port"] == "8750"


def test_a_wrong_setting_is_a_sentence(home: Path) -> None:
    Path("lejar.toml").write_text("[gateway]\nprt = 1\n")
    answer = run("config")
    assert answer.exit_code == 4
    assert "line 2" in answer.stderr
    problem = json.loads(run("config", "--json").stderr)
    assert problem["title"] == "setup"
    assert "line 2" in problem["detail"]


def test_keys_are_made_listed_and_shown_without_their_secret(home: Path) -> None:
    made = run("keys", "new", "auditor", "--role", "operate", "--json")
    public = json.loads(made.stdout)["public"]
    assert json.loads(run("keys", "list", "--json").stdout) == [json.loads(made.stdout)]
    shown = run("keys", "show", "auditor").output
    assert public in shown
    assert KeyFolder(home).read("auditor").seed not in shown + run("keys", "list").output
    assert run("keys", "new", "auditor").exit_code == 4
    assert run("keys", "show", "nobody").exit_code == 4


def test_a_hub_that_does_not_run_is_a_sentence(home: Path) -> None:
    answer = run("show", "status", "--hub", "http://127.0.0.1:9")
    assert answer.exit_code == 3
    assert "does not answer" in answer.stderr
    assert "Traceback" not in answer.output


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "status", "name"), 2),
        (("show", "entry"), 2),
        (("statement", "acct_x"), 2),
        (("statement", "acct_x", "--asset", "instr_x", "--day", "today", "--as", "x"), 2),
        (("evidence",), 2),
        (("evidence", "five"), 2),
        (("submit", "missing.json", "--sign", "x"), 2),
        (("verify", "missing.json", "--keys", "a+b+c"), 2),
        (("verify", "missing.json"), 2),
        (("up", "--port", "0"), 4),
        (("advance",), 4),
        (("node", "writer"), 4),
        (("node", "checkpoint"), 3),
        (("node", "doctor"), 4),
    ],
)
def test_what_cannot_be_done_is_said_with_its_exit_code(
    home: Path, words: tuple[str, ...], code: int
) -> None:
    Path("five").write_text("")
    answer = run(*words)
    assert answer.exit_code == code, answer.output
    assert "Traceback" not in answer.output


def test_a_file_that_is_no_command_is_refused(home: Path) -> None:
    answer = run("submit", "-", "--sign", "node", text='{"comand": "x"}')
    assert answer.exit_code == 2
    assert "is not" in answer.stderr


def test_a_demonstration_is_founded_once_with_private_keys(home: Path) -> None:
    made = found(home)
    assert read_genesis(home) == made
    assert made.kind == "demonstration"
    assert home.stat().st_mode & 0o077 == 0
    assert {"sc", "bnm", "digital", "node", "log", "bank-one"} <= set(KeyFolder(home).names())


def test_two_demonstrations_are_two_networks(tmp_path: Path) -> None:
    assert found(tmp_path / "one").network != found(tmp_path / "two").network


def test_evidence_is_verified_offline_and_every_changed_byte_is_noticed(home: Path) -> None:
    signer = node_signer(home, found(home))
    path, keys = _evidence(home), [key.text for key in signer.keys]
    log, *_ = keys
    proved = run("verify", str(path), "--keys", log)
    assert proved.exit_code == 0, proved.output
    assert "Proved." in proved.output
    assert "Terbukti." in run("verify", str(path), "--keys", log, "--lang", "ms").output
    assert json.loads(run("verify", str(path), "--keys", log, "--json").stdout)["accepted"]
    data = path.read_bytes()
    for place in range(0, len(data), max(1, len(data) // 60)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert run("verify", str(path), "--keys", log).exit_code == 1, place


def test_witnesses_that_are_not_trusted_do_not_count(home: Path) -> None:
    signer = node_signer(home, found(home))
    path = _evidence(home)
    words = [word for key in signer.keys for word in ("--keys", key.text)]
    assert run("verify", str(path), *words, "--witnesses", "3").exit_code == 0
    assert run("verify", str(path), *words[:4], "--witnesses", "3").exit_code == 1


def test_keys_of_another_hub_prove_nothing(home: Path, tmp_path: Path) -> None:
    found(home)
    other = node_signer(tmp_path / "other", found(tmp_path / "other"))
    answer = run("verify", str(_evidence(home)), "--keys", other.keys[0].text)
    assert answer.exit_code == 1
    assert "Not proved." in answer.output


def _evidence(home: Path) -> Path:
    """Write the evidence of the first entry of a hub in this very process."""
    genesis = read_genesis(home)
    signer = node_signer(home, genesis)
    hub = Hub(LocalDisk(home), genesis, RULEBOOK, lambda: bytes(16))
    now = system_clock()
    block = hub.order([signer.tick(genesis.network, now)[1] for _ in range(5)], now)
    entries = [read_entry(record) for record in block.records]
    made = make_receipt_evidence(
        receipt=entries[2].receipt,
        receipt_salt=entries[2].salt,
        number=3,
        read=Hashes(leaf_hash(entry.digest) for entry in entries),
        note=signer.checkpoint(hub.last),
        keys=signer.keys,
    )
    hub.close()
    assert sha256(entries[2].salt + entries[2].receipt) == entries[2].digest
    path = home / "some.evidence.json"
    path.write_text(encode(made))
    return path
