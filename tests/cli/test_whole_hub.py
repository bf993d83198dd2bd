# SPDX-License-Identifier: Apache-2.0
"""One hub from nothing: the market is loaded, read, proved, stopped, and found again."""

import json
import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import msgspec
import pytest

from lejar.cli.demonstration import paying, story
from lejar.kernel import identifiers
from lejar.kernel.signature import public_key_of
from lejar.node.doctor import examine
from tests.cli.hub_process import HubProcess, child_of, lejar

pytestmark = pytest.mark.slow

LOADED = "The hub is at"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hub") / "home"


@pytest.fixture(scope="module")
def hub(home: Path) -> Iterator[HubProcess]:
    started = HubProcess(home, "--demo")
    try:
        started.wait_for(LOADED)
        yield started
    finally:
        started.stop()


def test_the_market_is_told_and_loaded(hub: HubProcess) -> None:
    memory = json.loads((hub.home / "demonstration.json").read_text())
    assert memory["finished"]
    assert memory["done"] == [step.name for step in story.steps()]
    status = hub.get("/v1/status").json()
    assert status["at"].startswith("2022-03-15")
    assert status["as_at"] == status["entry"]


def test_refusals_are_shown_with_their_sentence(hub: HubProcess) -> None:
    assert "The receiver lacks a credential that the asset demands." in hub.said
    assert "The giver or its account is frozen by a directive." in hub.said


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/entries",
        "/parties",
        "/instruments",
        "/instructions",
        "/verify",
        "/v1/status",
        "/v1/entries",
        "/v1/openapi.json",
        "/metrics",
    ],
)
def test_pages_and_rest_answer(hub: HubProcess, path: str) -> None:
    assert hub.get(path).status_code == 200


def test_the_pages_show_the_papers_life_and_a_receipts_proof(hub: HubProcess) -> None:
    memory = json.loads((hub.home / "demonstration.json").read_text())
    paper = identifiers.show("asset", bytes.fromhex(memory["ids"]["paper"]))
    page = hub.get(f"/instruments/{paper}").text
    assert "ARSB IMTN 4.050% 15.09.2032" in page
    assert "1,606,684.93" in page
    receipt = hub.get(f"/receipts/{memory['entries']['sell to custodian']}").text
    assert "The custodian" in receipt
    assert "lejar/lejar-demonstration" in receipt
    frozen = hub.get(f"/receipts/{memory['entries']['sell to investor-three']}").text
    assert "The receiver lacks a credential that the asset demands." in frozen


def test_a_link_signs_a_browser_in_once(hub: HubProcess) -> None:
    made = lejar("keys", "sign-in", "sc", "--home", str(hub.home), "--json", cwd=hub.home.parent)
    link = json.loads(made.stdout)["link"]
    with httpx.Client(trust_env=False, follow_redirects=False) as browser:
        assert browser.get(link).status_code == 200
        form = {"ticket": link.partition("ticket=")[2]}
        origin = {"Origin": hub.address}
        first = browser.post(f"{hub.address}/sign-in", data=form, headers=origin)
        assert first.status_code == 303
        assert "HttpOnly" in first.headers["set-cookie"]
        assert "Securities Commission" in browser.get(f"{hub.address}/").text
        browser.cookies.clear()
        again = browser.post(f"{hub.address}/sign-in", data=form, headers=origin)
        assert "set-cookie" not in again.headers


def test_due_work_is_proved_by_its_entry(hub: HubProcess, tmp_path: Path) -> None:
    number = next(
        one["number"]
        for one in hub.get("/v1/entries?limit=200").json()["items"]
        if one["command"] == "servicing.payment_date_comes"
    )
    made = lejar("evidence", str(number), "--as", "sc", "-o", "paid.json",
                 "--home", str(hub.home), cwd=tmp_path)  # fmt: skip
    assert made.returncode == 0, made.stderr
    keys = str(hub.home / "published-keys.txt")
    proved = lejar("verify", "paid.json", "--keys", keys, cwd=tmp_path)
    assert f"entry {number}" in proved.stdout


def test_every_unit_was_sold_and_the_first_payment_was_made(hub: HubProcess) -> None:
    found = hub.get("/v1/instruments").json()["items"]
    paper = next(one for one in found if one["code"] == "MYBVO2103476")
    assert paper["supply"] == "800000"
    shown = lejar("show", "account", _account(hub, "investor-one"), "--as", "investor-one",
                  "--json", "--home", str(hub.home), cwd=hub.home.parent)  # fmt: skip
    totals = {one["asset"]: one["total"] for one in json.loads(shown.stdout)["positions"]}
    assert totals[paper["asset"]] == "250000"
    commands = [one["command"] for one in hub.get("/v1/entries?limit=200").json()["items"]]
    assert "servicing.record_date_ends" in commands


def test_an_account_has_a_statement_for_each_day(hub: HubProcess) -> None:
    account = _account(hub, "investor-one")
    found = hub.get("/v1/instruments").json()["items"]
    paper = next(one["asset"] for one in found if one["code"] == "MYBVO2103476")
    words = ("statement", account, "--asset", paper, "--home", str(hub.home), "--as")
    days = lejar(*words, "investor-one", "--json", cwd=hub.home.parent)
    listed = json.loads(days.stdout)["items"]
    moved = 0
    for one in listed:
        day = lejar(*words, "investor-one", "--day", one["day"], "--json", cwd=hub.home.parent)
        told = json.loads(day.stdout)
        assert len(told["lines"]) == told["movements"] == one["movements"]
        moved += sum(int(line["amount"]) for line in told["lines"])
    assert moved == 250000
    shown = lejar(*words, "investor-one", "--day", listed[0]["day"], cwd=hub.home.parent)
    assert "250000" in shown.stdout
    assert lejar(*words, "bank-one", "--day", listed[0]["day"], cwd=hub.home.parent).returncode == 1


def test_a_stranger_sees_no_account(hub: HubProcess) -> None:
    account = _account(hub, "investor-one")
    assert hub.get(f"/v1/accounts/{account}").status_code == 401
    refused = lejar("show", "account", account, "--as", "bank-one", "--home", str(hub.home),
                    cwd=hub.home.parent)  # fmt: skip
    assert refused.returncode == 1


def test_evidence_proves_and_a_changed_byte_does_not(hub: HubProcess, tmp_path: Path) -> None:
    (path,) = (hub.home / "evidence").iterdir()
    keys = str(hub.home / "published-keys.txt")
    proved = lejar("verify", str(path), "--keys", keys, "--witnesses", "3", cwd=tmp_path)
    assert proved.returncode == 0
    assert "settlement.instruct" in proved.stdout
    changed = tmp_path / "changed.json"
    data = path.read_bytes()
    for place in range(0, len(data), len(data) // 20):
        changed.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        refused = lejar("verify", str(changed), "--keys", keys, "--json", cwd=tmp_path)
        assert refused.returncode == 1, place
        said = refused.stdout or refused.stderr
        assert json.loads(said).get("failure") or json.loads(said).get("detail")


def test_a_holding_is_proved_offline(hub: HubProcess, tmp_path: Path) -> None:
    asset = next(
        one["asset"]
        for one in hub.get("/v1/instruments").json()["items"]
        if one["code"] == "MYBVO2103476"
    )
    account = _account(hub, "custodian")
    made = lejar("evidence", "--state", account, asset, "-o", "holding.json",
                 "--home", str(hub.home), cwd=tmp_path)  # fmt: skip
    assert made.returncode == 0, made.stderr
    keys = str(hub.home / "published-keys.txt")
    proved = lejar("verify", "holding.json", "--keys", keys, cwd=tmp_path)
    assert proved.returncode == 0
    assert "400000" in proved.stdout


def test_a_command_from_a_file_is_checked_signed_and_sent(hub: HubProcess, tmp_path: Path) -> None:
    file = tmp_path / "tick.json"
    file.write_text('{"command": "calendar.tick", "arguments": {}}')
    words = ("submit", str(file), "--home", str(hub.home), "--json")
    tried = lejar(*words, "--sign", "node", "--dry-run", cwd=tmp_path)
    assert json.loads(tried.stdout)["would"] == "accepted"
    sent = lejar(*words, "--sign", "node", cwd=tmp_path)
    assert json.loads(sent.stdout)["outcome"] == "accepted"
    refused = lejar(*words, "--sign", "issuer", cwd=tmp_path)
    assert refused.returncode == 1
    assert json.loads(refused.stderr)["code"] == "power_missing"
    assert refused.stdout == ""


def test_a_second_hub_says_who_holds_the_folder(hub: HubProcess) -> None:
    second = lejar("up", "--home", str(hub.home), "--port", "0", cwd=hub.home.parent)
    assert second.returncode == 4
    assert "runs in" in second.stderr
    assert hub.address in second.stderr


def test_a_gateway_and_a_projector_that_die_are_started_again(hub: HubProcess) -> None:
    """The writer's commands go on; the other two come back by themselves."""
    for name in ("gateway", "projector"):
        os.kill(child_of(hub.process.pid, name), signal.SIGKILL)
        hub.wait_for(f"The {name} has ended")
    hub.wait_until_it_answers()
    assert hub.get("/v1/status").json()["accepting"]


def test_a_pause_lets_the_queue_rest(hub: HubProcess, tmp_path: Path) -> None:
    """While something waits the queue is gone through each second; paused, nothing is ordered."""
    file = tmp_path / "pause.json"
    pause = {"command": "settlement.pause", "arguments": {"reason": "ab" * 32}}
    file.write_text(json.dumps(pause))
    rows = lejar("queue", "--as", "bnm", "--json", "--home", str(hub.home), cwd=tmp_path)
    assert len(json.loads(rows.stdout)["items"]) >= 2
    sent = lejar("submit", str(file), "--sign", "bnm", "--home", str(hub.home), cwd=tmp_path)
    assert sent.returncode == 0, sent.stderr
    time.sleep(2)
    entry = hub.get("/v1/status").json()["entry"]
    time.sleep(3)
    assert hub.get("/v1/status").json()["entry"] == entry


def test_a_snapshot_is_taken_beside_the_writer(hub: HubProcess) -> None:
    taken = lejar("node", "snapshot", "--home", str(hub.home), "--json", cwd=hub.home.parent)
    assert taken.returncode == 0, taken.stderr
    replayed = lejar("node", "replay", "--home", str(hub.home), "--json", cwd=hub.home.parent)
    status = hub.get("/v1/status").json()
    assert json.loads(replayed.stdout)["state_root"] == status["state_root"]


def test_time_advances_to_the_next_payment(hub: HubProcess) -> None:
    done = lejar("advance", "--home", str(hub.home), "--json", cwd=hub.home.parent)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["at"].startswith(paying.payments()[1].pays_on.isoformat())


def test_the_hub_stops_cleanly_and_is_found_again(hub: HubProcess) -> None:
    before = hub.get("/v1/status").json()
    assert hub.stop() == 0
    assert not (hub.home / "writer.sock").exists()
    assert not any(one.severity == "fatal" for one in examine(hub.home).findings)
    again = HubProcess(hub.home, "--demo")
    try:
        again.wait_for(LOADED)
        after = again.get("/v1/status").json()
        for field in ("network", "entry", "log_root", "state_root"):
            assert after[field] == before[field]
    finally:
        assert again.stop() == 0


def test_keys_are_private_and_are_their_own(home: Path, hub: HubProcess) -> None:
    for path in (home / "keys").iterdir():
        key = msgspec.json.decode(path.read_bytes())
        assert path.stat().st_mode & 0o077 == 0
        assert public_key_of(bytes.fromhex(key["seed"])).hex() == key["public"]


def _account(hub: HubProcess, role: str) -> str:
    memory = json.loads((hub.home / "demonstration.json").read_text())
    return identifiers.show("account", bytes.fromhex(memory["ids"][f"{role} account"]))
