# SPDX-License-Identifier: Apache-2.0
"""The projector folds each block once, in order, whole; and builds anew when it must."""

from collections.abc import Iterator

import msgspec
import pytest
from sqlalchemy import create_engine, insert, select, text, update

from lejar.kernel.failure import Malformed
from lejar.kernel.genesis import genesis
from lejar.projections import NotBuilt, OutOfOrder, Projections, Projector, WrongNetwork, schema
from tests.projections.traffic import BEGINS_AT, Market, Traffic


@pytest.fixture(scope="module")
def market() -> Market:
    traffic = Traffic(7)
    traffic.run(120)
    return traffic.market


@pytest.fixture
def projector(url: str, market: Market) -> Iterator[Projector]:
    made = Projector(url, market.genesis)
    made.rebuild()
    yield made
    made.close()


def everything(url: str) -> dict[str, list[tuple[object, ...]]]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = {
            table.name: sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
            for table in schema.METADATA.sorted_tables
        }
    engine.dispose()
    return found


def assert_not_built(url: str) -> None:
    projections = Projections(url)
    with pytest.raises(NotBuilt), projections.snapshot():
        pass
    projections.close()


def test_a_block_moves_the_standing(projector: Projector, market: Market) -> None:
    assert (projector.standing.block, projector.standing.entry) == (0, 0)
    seal, entries = market.blocks[0]
    after = projector.fold(seal, entries)
    assert (after.block, after.entry, after.at) == (1, seal.last, seal.at)
    assert (after.log_root, after.state_root) == (seal.log_root, seal.state_root)
    assert projector.standing == after


def test_a_block_twice_is_refused(projector: Projector, market: Market, url: str) -> None:
    projector.fold(*market.blocks[0])
    before = everything(url)
    with pytest.raises(OutOfOrder, match="next block is 2; this was block 1"):
        projector.fold(*market.blocks[0])
    assert everything(url) == before
    projector.fold(*market.blocks[1])


def test_a_gap_is_refused_and_nothing_of_the_run_is_written(
    projector: Projector, market: Market, url: str
) -> None:
    before = everything(url)
    with pytest.raises(OutOfOrder, match="next block is 2; this was block 3"):
        projector.fold_all([market.blocks[0], market.blocks[2]])
    assert everything(url) == before
    assert projector.fold_all(market.blocks[:3]).block == 3


def test_a_block_with_another_parent_is_refused(projector: Projector, market: Market) -> None:
    projector.fold(*market.blocks[0])
    seal, entries = market.blocks[1]
    forked = msgspec.structs.replace(seal, parent=bytes(32))
    with pytest.raises(OutOfOrder, match="parent"):
        projector.fold(forked, entries)


def test_a_block_that_lacks_an_entry_is_refused(projector: Projector, market: Market) -> None:
    seal, entries = market.blocks[0]
    with pytest.raises(OutOfOrder, match="entry 1"):
        projector.fold(seal, entries[1:])


def test_an_entry_that_does_not_decode_writes_nothing(
    projector: Projector, market: Market, url: str
) -> None:
    before = everything(url)
    seal, entries = market.blocks[0]
    broken = msgspec.structs.replace(entries[-1], receipt=b"\xc1")
    with pytest.raises(Malformed):
        projector.fold(seal, (*entries[:-1], broken))
    assert everything(url) == before


def test_one_by_one_and_all_together_write_the_same(
    projector: Projector, market: Market, url: str
) -> None:
    for block in market.blocks:
        projector.fold(*block)
    one_by_one = everything(url)
    projector.rebuild()
    assert projector.standing.entry == 0
    projector.fold_all(market.blocks)
    assert everything(url) == one_by_one


def test_opening_again_goes_on_where_it_stood(
    projector: Projector, market: Market, url: str
) -> None:
    projector.fold_all(market.blocks)
    whole = everything(url)
    projector.rebuild()
    projector.fold_all(market.blocks[:60])
    again = Projector(url, market.genesis)
    assert again.rebuilt_because is None
    assert again.standing == projector.standing
    again.fold_all(market.blocks[60:])
    again.close()
    assert everything(url) == whole


def test_another_version_is_said_and_built_anew(
    projector: Projector, market: Market, url: str
) -> None:
    projector.fold(*market.blocks[0])
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(update(schema.standing).values(version="0-old"))
    engine.dispose()
    assert_not_built(url)
    again = Projector(url, market.genesis)
    assert again.rebuilt_because is not None
    assert "version 0-old" in again.rebuilt_because
    assert again.standing.block == 0
    again.close()


def test_another_networks_database_is_left_as_it_was(
    projector: Projector, market: Market, url: str
) -> None:
    projector.fold(*market.blocks[0])
    before = everything(url)
    with pytest.raises(WrongNetwork):
        Projector(url, genesis("other", "test", BEGINS_AT))
    assert everything(url) == before


def test_the_version_names_the_columns() -> None:
    before = schema.version()
    column = schema.blocks.c.number
    column.primary_key = False
    try:
        assert schema.version() != before
    finally:
        column.primary_key = True
    assert schema.version() == before


def test_an_empty_database_is_not_built(url: str) -> None:
    assert_not_built(url)


def test_a_snapshot_does_not_move_while_the_projector_writes(
    projector: Projector, market: Market, url: str
) -> None:
    projector.fold(*market.blocks[0])
    projections = Projections(url)
    with projections.snapshot() as snapshot:
        projector.fold(*market.blocks[1])
        count = snapshot.connection.execute(text("SELECT max(number) FROM blocks"))
        assert count.scalar_one() == snapshot.standing.block == 1
    with projections.snapshot() as snapshot:
        assert snapshot.standing.block == 2
    projections.close()


def test_two_projectors_cannot_both_fold_a_block(
    projector: Projector, market: Market, url: str
) -> None:
    other = Projector(url, market.genesis)
    projector.fold(*market.blocks[0])
    with pytest.raises(OutOfOrder):
        other.fold(*market.blocks[0])
    other.close()


def test_a_failed_write_leaves_the_projector_usable(
    projector: Projector, market: Market, url: str
) -> None:
    engine = create_engine(url)
    seal, entries = market.blocks[0]
    row = {c.name: 0 if c.type.python_type is int else b"" for c in schema.blocks.columns}
    with engine.begin() as connection:
        connection.execute(insert(schema.blocks), {**row, "number": seal.block})
    with pytest.raises(Exception, match=r"(?i)unique"):
        projector.fold(seal, entries)
    with engine.begin() as connection:
        connection.execute(schema.blocks.delete())
    engine.dispose()
    assert projector.fold(seal, entries).block == 1
