# SPDX-License-Identifier: Apache-2.0
"""The whole hub over HTTP: `lejar up`, and clients that send batches of a hundred envelopes.

The projector folds beside it, as it does for everybody; how far it lags at the end is reported.
"""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from bench.market import CENTRAL_BANK, Market, Order, exchanges, market, setting_up, signed
from lejar.domain.identity import Role
from lejar.kernel.genesis import Genesis
from lejar.node.founding import LOG_KEY, NODE_KEY, write_genesis
from lejar.node.keys import KeyFolder

BATCH = 100
CLIENTS = 8
ACCEPTED = "accepted"
MEDIA_TYPE = "application/vnd.lejar.envelopes"


def rest_batch_per_s(folder: Path, genesis: Genesis, accounts: int, count: int) -> dict[str, float]:
    """Give exchanges a second through `POST /v1/envelopes/batch`, all of them accepted."""
    home = folder / "rest"
    write_genesis(home, genesis)
    keys = KeyFolder(home)
    roles = (Role.OPERATE, Role.ADMINISTER)
    keys.make(NODE_KEY, party=CENTRAL_BANK, roles=roles)
    keys.make(LOG_KEY, party=None, roles=roles)
    traded = market(accounts)
    with _hub(home) as port:
        for part in setting_up(traded):
            _send(port, genesis.network, traded, part)
        rates = [
            _send(port, genesis.network, traded, exchanges(traded, count, 300 + number))
            for number in range(3)
        ]
        rates.sort()
        behind = _status(port)
    return {"rest_batch_per_s": rates[1], "projector_entries_behind": float(behind)}


@contextmanager
def _hub(home: Path) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "lejar", "up", "--home", str(home), "--port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            time.sleep(0.2)
            try:
                _status(port)
                break
            except (OSError, http.client.HTTPException, ValueError):
                continue
        yield port
    finally:
        process.terminate()
        process.wait(60)


def _status(port: int) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/v1/status")
    answer: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return int(answer["entry"]) - int(answer["as_at"])


def _send(port: int, network: bytes, traded: Market, orders: Iterable[Order]) -> float:
    pairs = signed(network, traded.until, orders)
    bodies = [
        msgspec.msgpack.encode([data for _, data in pairs[start : start + BATCH]])
        for start in range(0, len(pairs), BATCH)
    ]
    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        parts = [bodies[number::CLIENTS] for number in range(CLIENTS)]
        accepted = sum(pool.map(lambda part: _client(port, part), parts))
    taken = time.perf_counter() - began
    if accepted != len(pairs):
        message = f"{len(pairs) - accepted} of {len(pairs)} envelopes were not accepted"
        raise RuntimeError(message)
    return accepted / taken


def _client(port: int, bodies: list[bytes]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    accepted = 0
    for body in bodies:
        connection.request(
            "POST", "/v1/envelopes/batch", body, {"Content-Type": MEDIA_TYPE, "Accept": "*/*"}
        )
        answers = msgspec.msgpack.decode(connection.getresponse().read())
        accepted += sum(1 for outcome in answers if outcome[0] == ACCEPTED)
    connection.close()
    return accepted
