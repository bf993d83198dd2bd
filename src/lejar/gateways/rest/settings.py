# SPDX-License-Identifier: Apache-2.0
"""What a deployment may choose about HTTP, and the limits that keep one caller from starving all.

The names of the hosts come from the configuration because a page of another origin may rebind its
name to the loopback address; a request for a name that is not listed is not answered.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
MEBIBYTE: Final = 1 << 20


def now_micros() -> int:
    """Give the gateway's clock in microseconds UTC; it judges passes, never a command."""
    return time.time_ns() // 1000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one request and of all streams; sizes in bytes, times in seconds."""

    body_bytes: int = 2 * MEBIBYTE
    batch_bytes: int = 8 * MEBIBYTE
    batch_envelopes: int = 500
    header_bytes: int = 16 * 1024
    target_bytes: int = 4 * 1024
    """The path and query together."""
    page_rows: int = 200
    body_seconds: float = 15.0
    answer_seconds: float = 30.0
    """How long a caller waits for a seal before the outcome is called unknown."""
    streams: int = 64
    stream_seconds: float = 3600.0
    heartbeat_seconds: float = 15.0
    poll_seconds: float = 0.2


@dataclass(frozen=True, slots=True)
class Settings:
    """What `server.app` needs beside its seams."""

    network: bytes
    hosts: frozenset[str] = LOOPBACK
    limits: Limits = field(default_factory=Limits)
    now: Callable[[], int] = now_micros
    hub_version: str = "0"
