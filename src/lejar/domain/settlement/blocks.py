# SPDX-License-Identifier: Apache-2.0
"""Instructions that wait for a block: one piece of work looks after all of them."""

from collections.abc import Iterator
from typing import Final

from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.schedule import Due, schedule
from lejar.kernel.state import Table

BLOCK_COMES: Final = "settlement.block_comes"
BLOCK_ID: Final = b"settlement.block"
"""Sixteen bytes, as every id."""
NUMBER_BYTES: Final = 8


class AwaitsBlock(Record, frozen=True):
    """That an instruction waits for a block; the block's number and the instruction are the key."""


BLOCKS: Table[AwaitsBlock] = Table(0x6A, "awaited_blocks", AwaitsBlock)
WAITS: Final = AwaitsBlock()


def await_block(draft: Draft, number: int, instruction_id: bytes) -> None:
    """Let an instruction be tried in a block."""
    BLOCKS.put(draft, number.to_bytes(NUMBER_BYTES, "big") + instruction_id, WAITS)
    schedule(draft, draft.at, BLOCK_ID, Due(BLOCK_COMES, b""))


def reached(draft: Draft) -> Iterator[bytes]:
    """Take out, and give, the instructions whose block has come; look again in the next block."""
    keys = [key for key, _ in BLOCKS.scan(draft)]
    come = [key for key in keys if int.from_bytes(key[:8], "big") <= draft.state.block]
    for key in come:
        BLOCKS.remove(draft, key)
    if len(come) < len(keys):
        schedule(draft, draft.at, BLOCK_ID, Due(BLOCK_COMES, b""))
    for key in come:
        yield key[NUMBER_BYTES:]
