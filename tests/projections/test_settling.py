# SPDX-License-Identifier: Apache-2.0
"""A part of an instruction settles: what moved and what is left stand beside one another."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine

from lejar.domain.calendar import commands as on_calendar
from lejar.domain.settlement import INSTRUCTIONS, OnShortfall, Terms
from lejar.domain.settlement import commands as on_settlement
from lejar.domain.settlement.fails import PENALTIES
from lejar.projections import Projector, Snapshot
from lejar.projections.privileged.instructions import instruction_whole, penalties_of
from lejar.projections.privileged.waits import Waits
from lejar.projections.queue import pool_of
from lejar.projections.standing import read_standing
from tests.projections.traffic import (
    CENTRAL_BANK,
    HOUR,
    OTHER_BANK,
    SECOND,
    THIRD,
    Market,
    Trade,
)


def test_a_part_settles_and_the_rest_waits_and_says_what_it_lacks(url: str) -> None:
    market = Market()
    trade = Trade(market)
    legs = trade.exchange(trade.other_bank, trade.second, 300, 3_000_000)
    terms = Terms(OnShortfall.QUEUE, partial_from=10)
    made = market.do(on_settlement.Instruct(legs, None, terms), OTHER_BANK, SECOND)
    assert made.refusal is None
    ((instruction, queued),) = INSTRUCTIONS.scan(market.state)
    assert queued.place
    assert market.do(on_settlement.Settle(instruction), SECOND).refusal is None
    projector = Projector(url, market.genesis)
    projector.rebuild()
    list(projector.catch_up(market.blocks))
    projector.close()
    engine = create_engine(url)
    with engine.connect() as connection:
        snapshot = Snapshot(connection, read_standing(connection))
        whole = instruction_whole(snapshot, instruction)
        assert whole is not None
        assert [(leg.amount, leg.settled) for leg in whole.legs] == [
            (200, 100), (2_000_000, 1_000_000),
        ]  # fmt: skip
        steps = [step.what for step in whole.found.history]
        assert steps == ["queued", "partly_settled", "queued"]
        for reader, kind in ((SECOND, "lacks"), (OTHER_BANK, "others")):
            waits = Waits(snapshot, reader, bytes.hex)
            (why,) = waits.of(whole)
            assert (why.kind, why.amount) == (kind, 2_000_000 if kind == "lacks" else None)
        assert len(pool_of(snapshot).items) == 1
    engine.dispose()


def test_a_penalty_is_shown_before_it_is_charged(url: str) -> None:
    market = Market()
    trade = Trade(market)
    rules = on_settlement.SetFailRules(trade.myr, 10_000, 0, None, None)
    assert market.do(rules, CENTRAL_BANK).refusal is None
    paid = on_settlement.Pay(trade.myr, trade.second, trade.third, 3_000_000)
    assert market.do(paid, SECOND).refusal is None
    for hours in (20, 24):
        market.do(on_calendar.AdvanceTime(market.state.at + hours * HOUR), CENTRAL_BANK)
        for _ in range(3):
            market.do(on_calendar.Tick(), CENTRAL_BANK)
        for waiting, _ in list(INSTRUCTIONS.scan(market.state)):
            assert market.do(on_settlement.Cancel(waiting), SECOND).refusal is None
    ((instruction, _),) = PENALTIES.scan(market.state)
    projector = Projector(url, market.genesis)
    projector.rebuild()
    list(projector.catch_up(market.blocks))
    shown = len(market.blocks)
    with projected(url) as snapshot:
        (owed,) = penalties_of(snapshot, party=THIRD)
        assert owed.days > 0
        assert owed.amount == owed.days * 30_000
    charged = market.do(on_settlement.ChargePenalty(instruction), THIRD)
    assert charged.refusal is None, charged.refusal
    list(projector.catch_up(market.blocks[shown:]))
    projector.close()
    with projected(url) as snapshot:
        (paid_for,) = penalties_of(snapshot, party=SECOND)
        assert (paid_for.days, paid_for.amount) == (0, owed.amount)


@contextmanager
def projected(url: str) -> Iterator[Snapshot]:
    engine = create_engine(url)
    with engine.connect() as connection:
        yield Snapshot(connection, read_standing(connection))
    engine.dispose()
