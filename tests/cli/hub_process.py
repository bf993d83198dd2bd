# SPDX-License-Identifier: Apache-2.0
"""The real program, started as a person starts it, in a data folder of its own."""

import os
import subprocess
import sys
import time
from pathlib import Path

import httpx

START_SECONDS = 120
STOP_SECONDS = 60


class HubProcess:
    """`lejar up` under way; its output is kept in a file."""

    def __init__(self, home: Path, *words: str) -> None:
        self.home = home
        self.output = home.parent / f"{home.name}.output"
        environment = {k: v for k, v in os.environ.items() if not k.startswith("LEJAR_")}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "lejar", "up", "--home", str(home), "--port", "0", *words],
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**environment, "PYTHONUNBUFFERED": "1"},
                cwd=home.parent,
            )

    @property
    def said(self) -> str:
        """Give everything it has said."""
        return self.output.read_text()

    def wait_for(self, text: str) -> None:
        """Wait until it has said something."""
        deadline = time.monotonic() + START_SECONDS
        while text not in self.said:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"The hub did not say {text!r}, but:\n{self.said}")
            time.sleep(0.05)

    @property
    def address(self) -> str:
        """Give its address."""
        return (self.home / "address").read_text().strip()

    def get(self, path: str) -> httpx.Response:
        """Read one address."""
        return httpx.get(f"{self.address}{path}", trust_env=False, timeout=30)

    def wait_until_it_answers(self) -> None:
        """Wait until the gateway answers, at whatever address it has now."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            try:
                if self.get("/v1/status").is_success:
                    return
            except (httpx.TransportError, httpx.UnsupportedProtocol, FileNotFoundError):
                pass  # it is not there yet
            time.sleep(0.05)
        raise AssertionError(f"The hub does not answer:\n{self.said}")

    def stop(self) -> int:
        """Stop it as Ctrl-C does; gives its exit code."""
        if self.process.poll() is None:
            self.process.send_signal(2)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return int(self.process.returncode)


def lejar(*words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run one command of the real program."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LEJAR_")}
    return subprocess.run(
        [sys.executable, "-m", "lejar", *words],
        capture_output=True,
        text=True,
        env=environment,
        cwd=cwd,
        check=False,
        timeout=START_SECONDS,
    )


def child_of(parent: int, name: str) -> int:
    """Find one of a hub's processes by its name."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            words = (entry / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if int(stat[1]) == parent and name.encode() in words:
            return int(entry.name)
    raise AssertionError(f"process {parent} has no child '{name}'")
