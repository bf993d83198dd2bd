# SPDX-License-Identifier: Apache-2.0
"""What the adopted packs cost: the gate alone on a retail transfer, and a packed node's rate."""

import gc
import statistics
import time
from collections.abc import Iterable

from bench.market import (
    Market,
    Order,
    envelope,
    exchanges,
    first_state,
    market,
    rules,
    set_up,
    tokens,
)
from lejar.assembly import MACHINE, RULEBOOK
from lejar.domain.settlement.commands import Instruct
from lejar.domain.settlement.exchange import exchange, movements
from lejar.domain.settlement.pricing import read_legs
from lejar.kernel.apply import apply
from lejar.kernel.draft import Draft
from lejar.kernel.entry import Block, read_receipt
from lejar.kernel.genesis import Genesis
from lejar.kernel.state import State
from lejar.node.clock import system_clock
from lejar.node.recovery import from_genesis

PERSONS = 2_000
TRANSFERS = 20_000
BLOCK = 256


def gate_us() -> dict[str, float]:
    """Give microseconds in the gate for one retail transfer of a digital asset against money.

    Reading the legs, every rule of the hub and of the whole Malaysian pack, balances, posting and
    counting; with the pack (`gate_us`, `gate_p99_us`) and in the same market without it.
    """
    found: dict[str, float] = {}
    for name, packed in (("gate_bare_us", False), ("gate_us", True)):
        times = _times(packed=packed)
        found[name] = statistics.median(times)
    found["gate_p99_us"] = times[int(len(times) * 0.99)]
    return found


def _times(*, packed: bool) -> list[float]:
    measured = market(PERSONS)
    genesis = first_state(PERSONS)
    state = from_genesis(genesis, RULEBOOK).state
    _run(state, genesis, measured, set_up(measured))
    if packed:
        _run(state, genesis, measured, rules())
    _run(state, genesis, measured, tokens(measured))
    orders = list(exchanges(measured, TRANSFERS, 7, paper=measured.token))
    commands = [MACHINE.read_command(order.command) for order in orders]
    gc.collect()
    gc.freeze()
    taken = sorted(_one(state, command) for command in commands)
    gc.unfreeze()
    return taken


def _one(state: State, command: Instruct) -> float:
    """Time one exchange on a draft, then keep what it wrote, as `apply` would."""
    draft = Draft(state, b"bench gate 12345")
    began = time.perf_counter_ns()
    named = read_legs(draft, command.legs)
    exchange(draft, named, movements(draft, named))
    taken = time.perf_counter_ns() - began
    state.absorb(draft.writes)
    return taken / 1000


def _run(state: State, genesis: Genesis, measured: Market, orders: Iterable[Order]) -> None:
    """Apply set-up commands block by block; every one must be accepted."""
    listed = [envelope(genesis.network, measured.until, order)[1] for order in orders]
    for start in range(0, len(listed), BLOCK):
        block = Block(state.block + 1, system_clock(), tuple(listed[start : start + BLOCK]))
        for entry in apply(RULEBOOK, state, block, genesis.network).entries:
            refusal = read_receipt(entry.receipt).refusal
            if refusal is not None:
                message = f"setting up was refused: {refusal.code} {refusal.facts}"
                raise RuntimeError(message)
