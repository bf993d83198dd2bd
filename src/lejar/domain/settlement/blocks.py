# SPDX-License-Identifier: Apache-2.0
"""Instructions that wait for a block: one piece of work looks after all of them."""

from typing import Final

from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.moment import MICROS_PER_SECOND
from lejar.kernel.schedule import Due, schedule
from lejar.kernel.state import Table

BLOCK_COMES: Final = "settlement.block_comes"
BLOCK_ID: Final = b"settlement.block"
"""Sixteen bytes, as every id."""
NUMBER_BYTES: Final = 8
LOOK_EVERY: Final = MICROS_PER_SECOND
"""How often it is looked whether a block has come: due work makes blocks, and must not do so at
once for a block that is far away."""


class AwaitsBlock(Record, frozen=True):
    """That an instruction waits for a block; the block's number and the instruction are the key."""


BLOCKS: Table[AwaitsBlock] = Table(0x6A, "awaited_blocks", AwaitsBlock)
WAITS: Final = AwaitsBlock()


def await_block(draft: Draft, number: int, instruction_id: bytes) -> None:
    """Let an instruction be tried in a block."""
    if not any(True for _ in BLOCKS.scan(draft)):
        schedule(draft, draft.at + LOOK_EVERY, BLOCK_ID, Due(BLOCK_COMES, b""))
    BLOCKS.put(draft, number.to_bytes(NUMBER_BYTES, "big") + instruction_id, WAITS)


def forget_block(draft: Draft, number: int | None, instruction_id: bytes) -> None:
    """Let an instruction wait for its block no more."""
    if number is not None:
        key = number.to_bytes(NUMBER_BYTES, "big") + instruction_id
        if BLOCKS.get(draft, key) is not None:
            BLOCKS.remove(draft, key)


def reached(draft: Draft) -> tuple[bytes, ...]:
    """Take out, and give, the instructions whose block has come; look again while others wait."""
    come = []
    for key, _ in list(BLOCKS.scan(draft)):
        if int.from_bytes(key[:NUMBER_BYTES], "big") > draft.state.block:
            schedule(draft, draft.at + LOOK_EVERY, BLOCK_ID, Due(BLOCK_COMES, b""))
            break
        BLOCKS.remove(draft, key)
        come.append(key[NUMBER_BYTES:])
    return tuple(come)
