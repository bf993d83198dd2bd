# SPDX-License-Identifier: Apache-2.0
"""What every process of a node has in common: its log, its readiness, its end.

A process says `ready` once on standard output, writes its log as JSON lines on standard error, and
ends on SIGTERM, on SIGINT, and when its supervisor is gone (its standard input ends).
"""

import asyncio
import datetime
import os
import signal
import sys
from collections.abc import Callable
from typing import Final

import msgspec

READY: Final = "ready"


class LogLine(msgspec.Struct, frozen=True):
    """One line of a process's log."""

    at: str
    process: str
    says: str


class ProcessLog:
    """Writes sentences as JSON lines."""

    def __init__(self, process: str) -> None:
        self._process = process

    def __call__(self, sentence: str) -> None:
        """Write one sentence."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds")
        line = msgspec.json.encode(LogLine(now, self._process, sentence))
        sys.stderr.write(line.decode() + "\n")
        sys.stderr.flush()


def say_ready() -> None:
    """Tell whoever started this process that it serves."""
    sys.stdout.write(f"{READY}\n")
    sys.stdout.flush()


def on_stop(stop: Callable[[], None], *, supervised: bool) -> None:
    """Call `stop` when this process shall end; needs a running event loop."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop)
    if supervised:
        descriptor = sys.stdin.fileno()

        def heard() -> None:
            if not os.read(descriptor, 1):
                loop.remove_reader(descriptor)
                stop()

        loop.add_reader(descriptor, heard)
