# SPDX-License-Identifier: Apache-2.0
"""What becomes of the whole hub when a part of it dies, or its place is taken."""

import json
import os
import signal
import socket
import time
from pathlib import Path

import pytest

from lejar.cli.demonstration import story
from lejar.cli.demonstration.cast import REGISTERED
from lejar.node.lock import lock_holder
from tests.cli.hub_process import HubProcess, child_of, lejar

pytestmark = pytest.mark.slow


def test_a_load_that_was_killed_is_gone_on_with(tmp_path: Path) -> None:
    """The supervisor dies without a word; its processes end too; nothing is done twice."""
    home = tmp_path / "home"
    first = HubProcess(home, "--demo")
    first.wait_for("entry  25")
    first.process.kill()
    first.process.wait()
    _wait_until_free(home)
    second = HubProcess(home, "--demo")
    try:
        second.wait_for("The hub is at")
        assert "registers a party: Bank One." not in second.said
        memory = json.loads((home / "demonstration.json").read_text())
        assert memory["done"] == [step.name for step in story.steps()]
        numbers = list(memory["entries"].values())
        assert numbers == sorted(set(numbers))
        commands = [one["command"] for one in second.get("/v1/entries?limit=200").json()["items"]]
        assert commands.count("identity.register_party") == len(REGISTERED)
    finally:
        assert second.stop() == 0


def test_a_hub_whose_writer_died_stops_and_says_so(tmp_path: Path) -> None:
    """Nothing goes on without the one process that orders."""
    home = tmp_path / "home"
    hub = HubProcess(home, "--demo")
    hub.wait_for("The hub is at")
    os.kill(child_of(hub.process.pid, "writer"), signal.SIGKILL)
    assert hub.process.wait(60) == 4
    assert "The writer has stopped" in hub.said
    assert lock_holder(home) is None
    again = HubProcess(home)
    try:
        again.wait_for("The hub is at")
    finally:
        assert again.stop() == 0


def test_a_port_that_is_taken_is_a_sentence(tmp_path: Path) -> None:
    """And nothing is left running."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        home = tmp_path / "home"
        answer = lejar("up", "--demo", "--home", str(home), "--port", port, cwd=tmp_path)
    assert answer.returncode == 4
    assert "Name another port" in answer.stderr
    assert lock_holder(home) is None


def test_snapshots_are_taken_while_the_hub_runs(tmp_path: Path) -> None:
    """A helper beside the writer takes them, when there are blocks enough."""
    home = tmp_path / "home"
    (tmp_path / "lejar.toml").write_text("[snapshots]\nevery_seconds = 0.5\nblocks_at_least = 20\n")
    hub = HubProcess(home, "--demo")
    try:
        hub.wait_for("The hub is at")
        deadline = time.monotonic() + 60
        while not list((home / "snapshots").glob("*.snapshot")):
            assert time.monotonic() < deadline
            time.sleep(0.1)
        assert "No snapshot was taken" not in hub.said
    finally:
        assert hub.stop() == 0


def _wait_until_free(home: Path) -> None:
    deadline = time.monotonic() + 60
    while lock_holder(home) is not None:
        assert time.monotonic() < deadline
        time.sleep(0.05)
