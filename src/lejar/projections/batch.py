# SPDX-License-Identifier: Apache-2.0
"""What the folds of some blocks want to write, gathered so that each table is written once.

Rows of one shape go to the database together; a balance that moved a hundred times is written once.
A fold only says what changed: inserting, changing and removing one row within a batch cancel out.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from sqlalchemy import (
    Connection,
    Delete,
    Insert,
    Table,
    Update,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    literal,
    select,
    update,
)

from lejar.projections.known import Known, owner_of
from lejar.projections.schema import balances

Row: TypeAlias = dict[str, object]
Key: TypeAlias = tuple[object, ...]


class Batch:
    """The writes of a run of blocks, within one transaction."""

    def __init__(self, connection: Connection, known: Known) -> None:
        self.connection = connection
        self.known = known
        self._appended: dict[Table, list[Mapping[str, object]]] = {}
        self._inserted: dict[Table, dict[Key, Row]] = {}
        self._changed: dict[Table, dict[Key, Row]] = {}
        self._filled: dict[Table, dict[Key, Row]] = {}
        self._removed: dict[Table, dict[Key, None]] = {}
        self._moved: dict[Key, tuple[int, int]] = {}

    def append(self, table: Table, row: Mapping[str, object]) -> None:
        """Write a row that is new and that no fold of these blocks will touch again."""
        self._appended.setdefault(table, []).append(row)

    def insert(self, table: Table, row: Mapping[str, object]) -> None:
        """Write a row that is new, and that may change within these blocks."""
        self._inserted.setdefault(table, {})[_key_of(table, row)] = dict(row)

    def replace(self, table: Table, row: Mapping[str, object]) -> None:
        """Write a row in place of whatever has its key."""
        key = _key_of(table, row)
        self._changed.get(table, {}).pop(key, None)
        self._removed.setdefault(table, {})[key] = None
        self._inserted.setdefault(table, {})[key] = dict(row)

    def change(self, table: Table, key: Key, values: Mapping[str, object]) -> None:
        """Change some columns of a row that is there."""
        fresh = self._inserted.get(table, {}).get(key)
        if fresh is None:
            self._changed.setdefault(table, {}).setdefault(key, {}).update(values)
        else:
            fresh.update(values)

    def fill(self, table: Table, key: Key, values: Mapping[str, object]) -> None:
        """Give columns of a row a value where they have none yet."""
        fresh = self._inserted.get(table, {}).get(key)
        if fresh is None:
            row = self._filled.setdefault(table, {}).setdefault(key, {})
            row.update({name: value for name, value in values.items() if name not in row})
        else:
            fresh.update({name: value for name, value in values.items() if fresh[name] is None})

    def remove(self, table: Table, key: Key) -> None:
        """Remove a row."""
        self._inserted.get(table, {}).pop(key, None)
        self._changed.get(table, {}).pop(key, None)
        self._removed.setdefault(table, {})[key] = None

    def move(self, asset: bytes, account: bytes, *, total: int = 0, held: int = 0) -> None:
        """Add to a balance, and to what is held of it."""
        before = self._moved.get((asset, account), (0, 0))
        self._moved[asset, account] = (before[0] + total, before[1] + held)

    def owner(self, account: bytes) -> bytes:
        """Give an account's owner; whoever posts to an account has opened it before."""
        found = self.known.owners.get(account)
        if found is None:
            found = owner_of(self.connection, account)
            self.known.owners[account] = found
        return found

    def run(self, statement: Update | Delete) -> None:
        """Write what has been gathered, then run a statement on many rows; for rare events."""
        self.flush()
        self.connection.execute(statement)

    def flush(self) -> None:
        """Send everything to the database: removals, new rows, changes, balances."""
        for table, keys in self._removed.items():
            self._many(_delete(table), [_named(table, key) for key in keys])
        for table, inserted in self._inserted.items():
            self._many(insert(table), list(inserted.values()))
        for table, appended in self._appended.items():
            self._many(insert(table), appended)
        for table, changed in self._changed.items():
            self._change(table, changed, _update)
        for table, filled in self._filled.items():
            self._change(table, filled, _fill)
        self._move()
        self._appended, self._inserted, self._changed = {}, {}, {}
        self._filled, self._removed, self._moved = {}, {}, {}

    def _many(
        self, statement: Insert | Update | Delete, rows: Sequence[Mapping[str, object]]
    ) -> None:
        if rows:
            self.connection.execute(statement, rows)

    def _change(
        self,
        table: Table,
        changed: Mapping[Key, Row],
        statement: Callable[[Table, Sequence[str]], Update],
    ) -> None:
        shapes: dict[tuple[str, ...], list[Row]] = {}
        for key, values in changed.items():
            row = _named(table, key) | {f"new_{name}": value for name, value in values.items()}
            shapes.setdefault(tuple(sorted(values)), []).append(row)
        for names, rows in shapes.items():
            self._many(statement(table, names), rows)

    def _move(self) -> None:
        zeros: list[Row] = []
        moves: list[Row] = []
        for (asset, account), (total, held) in sorted(self._moved.items()):
            zeros.append({"asset": asset, "account": account, "total": 0, "held": 0})
            named = {"key_asset": asset, "key_account": account}
            moves.append({**named, "more_total": total, "more_held": held})
        self._many(_insert_missing(balances), zeros)
        self._many(_MOVE, moves)


_MOVE = (
    update(balances)
    .where(
        balances.c.asset == bindparam("key_asset"),
        balances.c.account == bindparam("key_account"),
    )
    .values(
        total=balances.c.total + bindparam("more_total"),
        held=balances.c.held + bindparam("more_held"),
    )
)


def _key_of(table: Table, row: Mapping[str, object]) -> Key:
    return tuple(row[column.name] for column in table.primary_key.columns)


def _named(table: Table, key: Key) -> Row:
    names = [f"key_{column.name}" for column in table.primary_key.columns]
    return dict(zip(names, key, strict=True))


def _delete(table: Table) -> Delete:
    columns = table.primary_key.columns
    return delete(table).where(*(c == bindparam(f"key_{c.name}") for c in columns))


def _update(table: Table, names: Sequence[str]) -> Update:
    columns = table.primary_key.columns
    return (
        update(table)
        .where(*(c == bindparam(f"key_{c.name}") for c in columns))
        .values({name: bindparam(f"new_{name}") for name in names})
    )


def _fill(table: Table, names: Sequence[str]) -> Update:
    columns = table.primary_key.columns
    return (
        update(table)
        .where(*(c == bindparam(f"key_{c.name}") for c in columns))
        .values({n: func.coalesce(table.c[n], bindparam(f"new_{n}")) for n in names})
    )


def _insert_missing(table: Table) -> Insert:
    """Write a row unless its key is taken: plain SQL, where each database has its own upsert."""
    columns = list(table.columns)
    twin = table.alias("twin")
    taken = and_(*(twin.c[c.name] == bindparam(c.name) for c in table.primary_key.columns))
    row = select(*(bindparam(c.name, type_=c.type) for c in columns))
    missing = row.where(~exists(select(literal(1)).select_from(twin).where(taken)))
    return insert(table).from_select([c.name for c in columns], missing)
