# SPDX-License-Identifier: Apache-2.0
"""The machine's limits, measured in the same run: signatures, syncs, hashes."""

import hashlib
import os
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from lejar.kernel.signature import is_valid, public_key_of, sign

CHECKS = 4_000
ROUNDS = 3


def _verify(_number: int) -> float:
    seed = bytes(32)
    message = os.urandom(420)
    signature, key = sign(message, seed), public_key_of(seed)
    began = time.perf_counter()
    for _ in range(CHECKS):
        is_valid(message, signature, key)
    return CHECKS / (time.perf_counter() - began)


def verify_per_s() -> float:
    """Give Ed25519 checks a second with every core at work."""
    cores = os.cpu_count() or 1
    with ProcessPoolExecutor(cores) as pool:
        list(pool.map(_verify, range(cores)))
        found = [sum(pool.map(_verify, range(cores))) for _ in range(ROUNDS)]
    return statistics.median(found)


def sync_per_s(folder: Path) -> float:
    """Give durable writes of 100 kB a second, one after the other."""
    data = os.urandom(100_000)
    count = 100
    with (folder / "sync").open("wb", buffering=0) as file:
        began = time.perf_counter()
        for _ in range(count):
            file.write(data)
            os.fdatasync(file.fileno())
        taken = time.perf_counter() - began
    (folder / "sync").unlink()
    return count / taken


def sha256_per_s() -> float:
    """Give SHA-256 digests of 64 bytes a second on one core, called as the hub calls them."""
    data = bytes(64)
    count = 200_000
    began = time.perf_counter()
    for _ in range(count):
        hashlib.sha256(data).digest()
    return count / (time.perf_counter() - began)
