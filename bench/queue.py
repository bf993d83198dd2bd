# SPDX-License-Identifier: Apache-2.0
"""What going through the queue costs: five thousand payments of forty banks that wait.

They were sent as signed commands and wait because every bank has too little for its first one; so
the search begins with everything and ends with nothing, which is the longest way that it can go.
"""

import gc
import random
import statistics
import time
from collections.abc import Callable

from bench.market import Market, Order, bank_set_up, envelope, first_state, market, payment
from lejar.assembly import RULEBOOK
from lejar.domain.settlement.pool import lines
from lejar.domain.settlement.queue import WAITING
from lejar.domain.settlement.saving import settles_in_order
from lejar.kernel.apply import apply
from lejar.kernel.entry import Block
from lejar.kernel.state import State
from lejar.node.recovery import from_genesis

BANKS = 40
WAITING_ITEMS = 5_000
REPETITIONS = 15
BLOCK = 500
LEAST = 1_000_000
"""Every payment is for more than a bank has, and receipts come only with payments."""


def fifo_pass_ms(banks: int = BANKS, count: int = WAITING_ITEMS) -> dict[str, float]:
    """Give milliseconds of the search alone, and with reading the queue from the state."""
    state = waiting_state(banks, count)
    waiting = lines(state, {})
    if len(waiting.items) != count:
        message = f"{len(waiting.items)} payments wait, {count} should"
        raise RuntimeError(message)
    search = _median_ms(lambda: settles_in_order(waiting.available, waiting.items))
    whole = _median_ms(lambda: _whole(state))
    return {"fifo_search_ms": search, "fifo_pass_ms": whole}


def _whole(state: State) -> object:
    waiting = lines(state, {})
    return settles_in_order(waiting.available, waiting.items)


def _median_ms(act: Callable[[], object]) -> float:
    taken = []
    for _ in range(REPETITIONS):
        gc.collect()
        began = time.perf_counter()
        act()
        taken.append(1000 * (time.perf_counter() - began))
    return statistics.median(taken)


def waiting_state(banks: int, count: int) -> State:
    """Give a state in which so many payments wait; nothing of it can settle."""
    measured = market(banks)
    genesis = first_state(banks)
    state = from_genesis(genesis, RULEBOOK).state
    orders = [*bank_set_up(measured, [LEAST - 1] * banks), *_payments(measured, count)]
    listed = [envelope(genesis.network, measured.until, order)[1] for order in orders]
    for start in range(0, len(listed), BLOCK):
        block = Block(state.block + 1, state.at, tuple(listed[start : start + BLOCK]))
        apply(RULEBOOK, state, block, genesis.network)
    if sum(1 for _ in WAITING.scan(state)) != count:
        message = "not every payment waits"
        raise RuntimeError(message)
    return state


def _payments(measured: Market, count: int) -> list[Order]:
    chance = random.Random(5)
    made = []
    for number in range(count):
        payer, payee = chance.sample(range(measured.accounts), 2)
        # Amounts differ from bank to bank, so that what comes in never pays for what goes out.
        made.append(payment(measured, number, payer, payee, LEAST + 4 * LEAST * payer + number))
    return made
