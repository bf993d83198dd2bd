# SPDX-License-Identifier: Apache-2.0
"""Where the projections stand: every answer to a reader carries it."""

from dataclasses import dataclass

from sqlalchemy import Connection, inspect, select

from lejar.projections.schema import standing


@dataclass(frozen=True, slots=True)
class Standing:
    """The last block folded.  Entry and block are 0 at the genesis, where roots are unknown."""

    network: bytes
    name: str
    kind: str
    """`production`, `test` or `demonstration`."""
    entry: int
    block: int
    at: int
    """The hub's moment of the block, microseconds UTC."""
    log_root: bytes | None
    state_root: bytes | None
    seal: bytes | None
    """The digest of the block's seal: the next block names it as its parent."""


def read_standing(connection: Connection) -> Standing:
    """Read where the projections stand."""
    columns = [standing.c[name] for name in Standing.__dataclass_fields__]
    return Standing(*connection.execute(select(*columns)).one())


def written_version(connection: Connection) -> str | None:
    """Give the version of the tables that are there, or none when there are none."""
    there = inspect(connection)
    if not there.has_table(standing.name):
        return None
    if "version" not in [column["name"] for column in there.get_columns(standing.name)]:
        return ""
    found = connection.execute(select(standing.c.version)).scalar_one_or_none()
    return "" if found is None else str(found)


def written_network(connection: Connection) -> bytes | None:
    """Give the network of the tables that are there, whatever their version, if they say it."""
    if "network" not in [c["name"] for c in inspect(connection).get_columns(standing.name)]:
        return None
    found = connection.execute(select(standing.c.network)).scalar_one_or_none()
    return None if found is None else bytes(found)
