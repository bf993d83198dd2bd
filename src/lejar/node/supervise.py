# SPDX-License-Identifier: Apache-2.0
"""The supervisor: starts the node's processes, watches them, ends them together.

The writer is never started again by itself: when it stops there is a reason that a person should
read.  Projector and gateway hold nothing that is not written elsewhere, so they are started again,
more slowly each time.
"""

import contextlib
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final

from lejar.node.config import Config
from lejar.node.process import READY

LOGS: Final = "logs"
READY_SECONDS: Final = 60.0
STOP_SECONDS: Final = 20.0
BACKOFF_SECONDS: Final = (0.5, 1.0, 2.0, 5.0, 10.0)
STEADY_SECONDS: Final = 60.0
"""A process that ran so long starts again without waiting."""
WATCH_SECONDS: Final = 0.2
TAIL_BYTES: Final = 4096


class NodeStopped(Exception):
    """A process that the node cannot do without has ended; the text says which and why."""


class Child:
    """One process of the node."""

    def __init__(self, name: str, config: Config, environment: dict[str, str]) -> None:
        self.name = name
        self.log = config.home / LOGS / f"{name}.jsonl"
        self.failures = 0
        self.again_at: float | None = None
        self._command = [sys.executable, "-m", "lejar", "node", name, "--supervised"]
        self._environment = environment
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    def start(self) -> None:
        """Start it, in a session of its own, so that Ctrl-C reaches only the supervisor."""
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603  # our own program, no shell
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                env=self._environment,
                start_new_session=True,
            )
        self._started = time.monotonic()
        self.again_at = None

    def wait_ready(self, wait: Callable[[], None]) -> None:
        """Wait until it says that it serves; raises `NodeStopped`."""
        stdout = self._pipe()
        deadline = time.monotonic() + READY_SECONDS
        said = b""
        while READY.encode() not in said:
            if time.monotonic() > deadline:
                raise NodeStopped(
                    f"The {self.name} was not ready after {READY_SECONDS:.0f} seconds; "
                    f"its log is {self.log}."
                )
            wait()
            if select.select([stdout], [], [], WATCH_SECONDS)[0]:
                chunk = os.read(stdout.fileno(), 4096)
                if not chunk:
                    self.stop()
                    raise NodeStopped(f"The {self.name} did not start. {self.last_words()}")
                said += chunk

    def ended(self) -> int | None:
        """Give its exit code if it has ended."""
        return None if self._process is None else self._process.poll()

    def fail(self) -> float:
        """Note that it has ended by itself; gives the seconds until it is started again."""
        if time.monotonic() - self._started > STEADY_SECONDS:
            self.failures = 0
        pause = BACKOFF_SECONDS[min(self.failures, len(BACKOFF_SECONDS) - 1)]
        self.failures += 1
        self._close()
        self.again_at = time.monotonic() + pause
        return pause

    def stop(self) -> None:
        """Ask it to end, and wait; what does not end in time is killed."""
        process = self._process
        if process is None:
            return
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._close()

    def last_words(self) -> str:
        """Give the end of its log: the last line a person can read."""
        with contextlib.suppress(OSError):
            data = self.log.read_bytes()[-TAIL_BYTES:]
            lines = [line for line in data.decode(errors="replace").splitlines() if line.strip()]
            if lines:
                return f"It last said: {lines[-1]}"
        return f"Its log is {self.log}."

    def _pipe(self) -> IO[bytes]:
        if self._process is None or self._process.stdout is None:
            raise NodeStopped(f"The {self.name} is not running.")
        return self._process.stdout

    def _close(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with contextlib.suppress(OSError):
                        stream.close()


class Supervisor:
    """The processes of one node."""

    def __init__(
        self, config: Config, environment: dict[str, str], tell: Callable[[str], None]
    ) -> None:
        self._config = config
        self._tell = tell
        self.writer = Child("writer", config, environment)
        self.projector = Child("projector", config, environment)
        self.gateway = Child("gateway", config, environment)
        self._snapshots = Child("snapshot", config, environment)
        self._snapshot_at = time.monotonic() + config.snapshots.every_seconds

    @property
    def children(self) -> tuple[Child, ...]:
        """The processes in the order in which they start."""
        return (self.writer, self.projector, self.gateway)

    def start(self, started: Callable[[str], None]) -> None:
        """Start each when the one before serves; raises `NodeStopped`."""
        for child in self.children:
            child.start()
            child.wait_ready(_nothing)
            started(child.name)

    def watch(self) -> None:
        """Look once after every process; raises `NodeStopped` when the writer has ended."""
        code = self.writer.ended()
        if code is not None:
            raise NodeStopped(
                f"The writer has stopped (exit code {code}). {self.writer.last_words()}"
            )
        for child in (self.projector, self.gateway):
            self._keep(child)
        self._take_snapshots()

    def run(self) -> None:
        """Watch until interrupted; raises `NodeStopped`."""
        while True:
            self.watch()
            time.sleep(WATCH_SECONDS)

    def stop(self) -> None:
        """End every process, the writer last."""
        for child in (self._snapshots, *reversed(self.children)):
            child.stop()

    def _keep(self, child: Child) -> None:
        if child.again_at is not None:
            if time.monotonic() >= child.again_at:
                child.start()
            return
        code = child.ended()
        if code is not None:
            pause = child.fail()
            self._tell(
                f"The {child.name} has ended (exit code {code}); it is started again in "
                f"{pause:g} seconds. {child.last_words()}"
            )

    def _take_snapshots(self) -> None:
        if self._snapshots.ended() is not None:
            self._snapshots.stop()
        if time.monotonic() >= self._snapshot_at:
            self._snapshot_at = time.monotonic() + self._config.snapshots.every_seconds
            self._snapshots.stop()
            self._snapshots.start()


def child_environment(environment: dict[str, str], config: Config) -> dict[str, str]:
    """Give the processes the very same settings, whatever folder they start in."""
    return {**environment, "LEJAR_HOME": str(config.home), "PYTHONUNBUFFERED": "1"}


def log_folder(home: Path) -> Path:
    """Where the processes' logs are."""
    return home / LOGS


def _nothing() -> None:
    """Wait for nothing more."""
