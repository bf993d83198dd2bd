# SPDX-License-Identifier: Apache-2.0
"""The statements that write many rows of one shape, compiled once for a database.

SQLAlchemy writes the SQL; the rows then go straight to the driver, for all our values are of types
that drivers take as they are (bytes, whole numbers, words).  That halves the cost of a fold.
"""

import enum
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
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
    literal_column,
    select,
    update,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.sql.compiler import SQLCompiler

from lejar.kernel.failure import must


class Way(enum.Enum):
    """How rows are written."""

    INSERT = "insert"
    INSERT_MISSING = "insert missing"
    """Leave a row alone whose key is there: plain SQL, where each database has its own upsert."""
    DELETE = "delete"
    CHANGE = "change"
    FILL = "fill"
    """Change only columns that are null."""
    ADD = "add"
    """Add to what the columns hold."""


class Statements:
    """The compiled statements of one database."""

    def __init__(self, dialect: Dialect) -> None:
        self._dialect = dialect
        self._ready: dict[tuple[Way, str, tuple[str, ...]], _Ready] = {}

    def write(
        self,
        connection: Connection,
        way: Way,
        table: Table,
        rows: Sequence[Mapping[str, object]],
        names: tuple[str, ...] = (),
    ) -> None:
        """Write rows in one way; `names` are the columns that a change is about.

        A row to insert is named by its columns; in other ways key columns are `key_…` and new
        values `new_…`.
        """
        if not rows:
            return
        ready = self._ready.get((way, table.name, names))
        if ready is None:
            ready = _Ready(_statement(way, table, names), table, self._dialect)
            self._ready[way, table.name, names] = ready
        ready.run(connection, rows)


class _Ready:
    """One compiled statement, and how its rows become the driver's parameters."""

    def __init__(self, statement: Insert | Update | Delete, table: Table, to: Dialect) -> None:
        keys = [c.name for c in table.columns] if isinstance(statement, Insert) else None
        compiled = statement.compile(dialect=to, column_keys=keys)
        must(isinstance(compiled, SQLCompiler), "a statement compiles to SQL")
        self._sql = str(compiled)
        order: list[str] | None = getattr(compiled, "positiontup", None)
        self._pick: Callable[[Mapping[str, object]], object] | None = None
        if order is not None:
            pick = itemgetter(*order)
            self._pick = pick if len(order) > 1 else lambda row: (pick(row),)

    def run(self, connection: Connection, rows: Sequence[Mapping[str, object]]) -> None:
        pick = self._pick
        parameters = [dict(row) for row in rows] if pick is None else [pick(row) for row in rows]
        connection.exec_driver_sql(self._sql, parameters)


def _statement(way: Way, table: Table, names: tuple[str, ...]) -> Insert | Update | Delete:
    if way is Way.INSERT:
        return insert(table)
    if way is Way.INSERT_MISSING:
        return _insert_missing(table)
    if way is Way.DELETE:
        return delete(table).where(*_by_key(table))
    values = {name: _value(way, table.c[name]) for name in names}
    return update(table).where(*_by_key(table)).values(values)


def _value(way: Way, column: Column[Any]) -> ColumnElement[Any]:
    new = bindparam(f"new_{column.name}", type_=column.type)
    if way is Way.FILL:
        return func.coalesce(column, new)
    return column + new if way is Way.ADD else new


def _by_key(table: Table) -> list[ColumnElement[bool]]:
    return [c == bindparam(f"key_{c.name}", type_=c.type) for c in table.primary_key.columns]


def _insert_missing(table: Table) -> Insert:
    columns = list(table.columns)
    twin = table.alias("twin")
    taken = and_(*(twin.c[c.name] == bindparam(c.name) for c in table.primary_key.columns))
    row = select(*(bindparam(c.name, type_=c.type) for c in columns))
    missing = row.where(~exists(select(literal_column("1")).select_from(twin).where(taken)))
    return insert(table).from_select([c.name for c in columns], missing)
