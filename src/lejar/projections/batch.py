# SPDX-License-Identifier: Apache-2.0
"""What the folds of some blocks want to write, gathered so that each table is written once.

Rows of one shape go to the database together; a balance that moved a hundred times is written once.
A fold only says what changed: inserting, changing and removing one row within a batch cancel out.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypeAlias

from sqlalchemy import Connection, Delete, Table, Update

from lejar.projections.known import Known, moves_for, people_of
from lejar.projections.schema import balances, entry_parties
from lejar.projections.statements import Statements, Way

Row: TypeAlias = dict[str, object]
Key: TypeAlias = tuple[object, ...]


class Batch:
    """The writes of a run of blocks, within one transaction."""

    def __init__(self, connection: Connection, statements: Statements, known: Known) -> None:
        self.connection = connection
        self._statements = statements
        self.known = known
        self._appended: dict[Table, list[Mapping[str, object]]] = {}
        self._inserted: dict[Table, dict[Key, Row]] = {}
        self._changed: dict[Table, dict[Key, Row]] = {}
        self._filled: dict[Table, dict[Key, Row]] = {}
        self._added: dict[Table, dict[Key, dict[str, int]]] = {}
        self._totalled: dict[Table, dict[Key, dict[str, int]]] = {}
        self._removed: dict[Table, dict[Key, None]] = {}
        self._concerned: dict[tuple[int, bytes], bool] = {}
        self._moved: dict[Key, tuple[int, int]] = {}
        self._told = (0, 0)

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
            added = self._added.get(table, {}).get(key, {})
            for name in values:
                added.pop(name, None)
        else:
            fresh.update(values)

    def add(self, table: Table, key: Key, amounts: Mapping[str, int]) -> None:
        """Add to some columns of a row that is there; a later change of a column replaces all."""
        known = self._inserted.get(table, {}).get(key) or self._changed.get(table, {}).get(key, {})
        added = self._added.setdefault(table, {}).setdefault(key, {})
        for name, amount in amounts.items():
            held = known.get(name)
            if isinstance(held, int):
                known[name] = held + amount
            else:
                added[name] = added.get(name, 0) + amount

    def total(self, table: Table, key: Key, amounts: Mapping[str, int]) -> None:
        """Add to a row of totals, which begins at zero; no other way writes to such a table."""
        row = self._totalled.setdefault(table, {}).setdefault(key, {})
        for name, amount in amounts.items():
            row[name] = row.get(name, 0) + amount

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

    def sign(self, entry: int, party: bytes) -> None:
        """Note that a party signed an entry; said before anything else of the entry."""
        self._concerned[entry, party] = True

    def concern(self, entry: int, account: bytes) -> None:
        """Note that an entry concerns an account's owner, and whom it keeps the account for."""
        for party in self.people(account):
            self.concern_party(entry, party)

    def concern_party(self, entry: int, party: bytes) -> None:
        """Note that an entry concerns a party."""
        self._concerned.setdefault((entry, party), False)

    def owner(self, account: bytes) -> bytes:
        """Give an account's owner; whoever posts to an account has opened it before."""
        return self.people(account)[0]

    def people(self, account: bytes) -> tuple[bytes, ...]:
        """Give an account's owner and, where it has one, its beneficiary."""
        found = self.known.people.get(account)
        if found is None:
            found = people_of(self.connection, account)
            self.known.people[account] = found
        return found

    def moves(self, account: bytes) -> bytes:
        """Give the account whose money moves for an account."""
        found = self.known.moves.get(account)
        if found is None:
            found = self.known.moves[account] = moves_for(self.connection, account)
        return found

    def next_within(self, entry: int) -> int:
        """Count what is told within one entry, from 0; an entry is in one batch."""
        last, ordinal = self._told
        self._told = (entry, ordinal + 1 if entry == last else 0)
        return self._told[1]

    def run(self, statement: Update | Delete) -> None:
        """Write what has been gathered, then run a statement on many rows; for rare events."""
        self.flush()
        self.connection.execute(statement)

    def flush(self) -> None:
        """Send everything to the database: removals, new rows, changes, balances."""
        for table, keys in self._removed.items():
            self._write(Way.DELETE, table, [_named(table, key) for key in keys])
        for table, inserted in self._inserted.items():
            self._write(Way.INSERT, table, list(inserted.values()))
        for table, appended in self._appended.items():
            self._write(Way.INSERT, table, appended)
        for way, gathered in ((Way.CHANGE, self._changed), (Way.FILL, self._filled)):
            for table, changed in gathered.items():
                self._change(way, table, changed)
        for table, added in self._added.items():
            self._change(Way.ADD, table, {key: row for key, row in added.items() if row})
        self._total()
        self._move()
        concerned = [
            {"entry": entry, "party": party, "signed": signed}
            for (entry, party), signed in self._concerned.items()
        ]
        self._write(Way.INSERT, entry_parties, concerned)
        self._appended, self._inserted, self._changed = {}, {}, {}
        self._filled, self._added, self._removed, self._totalled = {}, {}, {}, {}
        self._moved, self._concerned = {}, {}

    def _write(
        self,
        way: Way,
        table: Table,
        rows: Sequence[Mapping[str, object]],
        names: tuple[str, ...] = (),
    ) -> None:
        self._statements.write(self.connection, way, table, rows, names)

    def _change(self, way: Way, table: Table, changed: Mapping[Key, Mapping[str, object]]) -> None:
        shapes: dict[tuple[str, ...], list[Row]] = {}
        for key, values in changed.items():
            row = _named(table, key) | {f"new_{name}": value for name, value in values.items()}
            shapes.setdefault(tuple(sorted(values)), []).append(row)
        for names, rows in shapes.items():
            self._write(way, table, rows, names)

    def _total(self) -> None:
        """Add to the totals, in the order of their keys."""
        for table, rows in self._totalled.items():
            ordered = dict(sorted(rows.items()))
            names = _key_names(table)
            zeros = [
                dict(zip(names, key, strict=True)) | dict.fromkeys(row, 0)
                for key, row in ordered.items()
            ]
            self._write(Way.INSERT_MISSING, table, zeros)
            self._change(Way.ADD, table, ordered)

    def _move(self) -> None:
        """Add what moved to the balances, in the order of their keys; a new one starts at zero."""
        moved = sorted(self._moved.items())
        zeros = [
            {"asset": asset, "account": account, "total": 0, "held": 0}
            for (asset, account), _ in moved
        ]
        moves = [
            {"key_asset": asset, "key_account": account, "new_total": total, "new_held": held}
            for (asset, account), (total, held) in moved
        ]
        self._write(Way.INSERT_MISSING, balances, zeros)
        self._write(Way.ADD, balances, moves, ("total", "held"))


def _key_of(table: Table, row: Mapping[str, object]) -> Key:
    return tuple([row[name] for name in _key_names(table)])


def _named(table: Table, key: Key) -> Row:
    return dict(zip([f"key_{name}" for name in _key_names(table)], key, strict=True))


@cache
def _key_names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.primary_key.columns)
