# SPDX-License-Identifier: Apache-2.0
"""Sealing beside the apply loop, in a second process, while a long journal is replayed.

Applying a block and hashing what it touched need each other only at the end: replay hands each
block's leaves and changes to a helper that keeps the log and the tree, and checks there that every
block continues the seal before it.  At the end the helper hands its log and tree back.
"""

import multiprocessing as mp
import pickle
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

import msgspec

from lejar.kernel.entry import Seal, read_seal
from lejar.kernel.failure import Broken
from lejar.node.sealed import Sealer, Sealing

UNDER_WAY_MAX = 64
"""Blocks handed over and not yet answered; bounds memory, not speed."""

Job: TypeAlias = tuple[bytes, Sealing]
"""The parent digest that the journal recorded, and what is to be sealed."""
OnSeal: TypeAlias = Callable[[Seal], None]

_encode = msgspec.msgpack.Encoder().encode
_read_job = msgspec.msgpack.Decoder(tuple[bytes, Sealing]).decode


class SealerBeside:
    """Seals in a process of its own; answers come in order, some blocks later."""

    def __init__(self, sealer: Sealer, on_seal: OnSeal) -> None:
        self._on_seal = on_seal
        self._under_way = 0
        context = mp.get_context("spawn")
        self._pipe, far = context.Pipe()
        self._process = context.Process(target=_serve, args=(far, sealer), daemon=True)
        self._process.start()
        far.close()

    def seal(self, parent: bytes, sealing: Sealing) -> None:
        """Hand one block over; earlier answers are taken on the way."""
        self._pipe.send_bytes(_encode((parent, sealing)))
        self._under_way += 1
        while self._under_way > UNDER_WAY_MAX or self._pipe.poll():
            self._take()

    def finish(self) -> Sealer:
        """Wait for every answer and take the log and the tree back."""
        while self._under_way:
            self._take()
        self._pipe.send_bytes(b"")
        sealer: Sealer = pickle.loads(self._receive())  # noqa: S301 - from our own child
        self.close()
        return sealer

    def close(self) -> None:
        """Let the helper end."""
        self._pipe.close()
        self._process.join(10)
        if self._process.is_alive():
            self._process.kill()

    def _take(self) -> None:
        self._on_seal(read_seal(self._receive()))
        self._under_way -= 1

    def _receive(self) -> bytes:
        try:
            answer = self._pipe.recv_bytes()
        except EOFError:
            raise Broken("the process that seals beside the replay has died") from None
        if answer.startswith(b"!"):
            raise Broken(answer[1:].decode())
        return answer[1:]


def _serve(pipe: "Connection[Any, Any]", sealer: Sealer) -> None:
    while message := pipe.recv_bytes():
        parent, sealing = _read_job(message)
        if parent != sealer.last.digest:
            pipe.send_bytes(b"!" + wrong_parent(sealing.block).encode())
            return
        pipe.send_bytes(b"." + _encode(sealer.seal(sealing)))
    pipe.send_bytes(b"." + pickle.dumps(sealer, protocol=pickle.HIGHEST_PROTOCOL))


def wrong_parent(block: int) -> str:
    """Say which block's replay came out differently."""
    return f"replay of block {block - 1} gives another result than the journal recorded"
