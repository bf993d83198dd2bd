# SPDX-License-Identifier: Apache-2.0
"""A part of an instruction settles: what moved and what is left stand beside one another."""

from sqlalchemy import create_engine

from lejar.domain.settlement import INSTRUCTIONS, OnShortfall, Terms
from lejar.domain.settlement import commands as on_settlement
from lejar.projections import Projector, Snapshot
from lejar.projections.privileged.instructions import instruction_whole
from lejar.projections.privileged.waits import Waits
from lejar.projections.queue import pool_of
from lejar.projections.standing import read_standing
from tests.projections.traffic import OTHER_BANK, SECOND, Market, Trade


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
