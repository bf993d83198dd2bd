# SPDX-License-Identifier: Apache-2.0
"""Replays every vector and prints one digest of all that came of it.

Run as a program by the determinism test, under other Pythons, hash seeds, time zones and locales:
`python -m tests.scenarios.replay`.
"""

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import msgspec

from lejar.kernel.apply import apply, found
from lejar.kernel.codec import decode, encode
from lejar.kernel.entry import Block
from lejar.kernel.envelope import Body, sealed
from lejar.kernel.genesis import Genesis
from lejar.kernel.state import State
from tests.scenarios.network import RULEBOOK

VECTORS: Final = Path(__file__).parent.parent / "vectors"
MARKET: Final = json.loads((VECTORS / "market.json").read_text(encoding="utf-8"))


def replayed(vector: dict[str, Any]) -> tuple[State, list[list[str]]]:
    """Replay one vector on the market that it follows; gives the state and the digests."""
    usual = MARKET[vector["follows"].partition("#")[2]]
    genesis = decode(base64.b64decode(usual["genesis"]), Genesis)
    state = State()
    found(RULEBOOK, state, genesis)
    for written in usual["blocks"]:
        _apply(state, written, genesis.network)
    return state, [_apply(state, written, genesis.network) for written in vector["blocks"]]


def all_vectors() -> Iterator[tuple[str, dict[str, Any]]]:
    """Walk all vectors but the market's own, in the order of files."""
    for path in sorted(VECTORS.rglob("*.json")):
        if path.name != "market.json":
            for title, vector in json.loads(path.read_text(encoding="utf-8")).items():
                yield f"{path.stem}::{title}", vector


def odd_digests() -> list[bytes]:
    """Order commands nested so deep that Pythons differ in how far they follow."""
    genesis = decode(base64.b64decode(MARKET["test"]["genesis"]), Genesis)
    state = State()
    found(RULEBOOK, state, genesis)
    seed, until = bytes(32), genesis.begins_at + 1
    envelopes = tuple(
        sealed(
            Body(1, genesis.network, bytes([n]) * 16, until, bytes(32), msgspec.Raw(nested)),
            [(bytes(16), seed)],
        )
        for n, nested in enumerate(b"\x91" * depth + b"\xc0" for depth in (800, 1_500, 9_000))
    )
    block = Block(1, genesis.begins_at, envelopes)
    return [entry.digest for entry in apply(RULEBOOK, state, block, genesis.network).entries]


def content(state: State) -> bytes:
    """Give everything in a state, in key order, with its place in time."""
    rows = [(key, state.records[key]) for key in sorted(state.records)]
    return encode((state.block, state.entry, state.at, state.memory.dump(), rows))


def _apply(state: State, written: dict[str, Any], network: bytes) -> list[str]:
    envelopes = tuple(base64.b64decode(text) for text in written["envelopes"])
    block = Block(state.block + 1, written["at"], envelopes)
    return [entry.digest.hex() for entry in apply(RULEBOOK, state, block, network).entries]


def main() -> None:
    """Print the digest of all receipts and all states."""
    everything = hashlib.sha256()
    for name, vector in all_vectors():
        state, digests = replayed(vector)
        wanted = [written["receipts"] for written in vector["blocks"]]
        if digests != wanted:
            print(f"other receipts: {name}")  # noqa: T201  # this is a program
        everything.update(repr(digests).encode())
        everything.update(content(state))
    for digest in odd_digests():
        everything.update(digest)
    print(everything.hexdigest())  # noqa: T201  # this is a program


if __name__ == "__main__":
    main()
