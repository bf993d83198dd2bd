# SPDX-License-Identifier: Apache-2.0
"""What a channel remembers: messages, transactions, answers to deliver, and how far it has read.

One SQLite file beside the bank's keys. An answer is written in the same transaction as the standing
that it tells, and delivered afterwards: a crash in between delivers it late, never twice under two
names, and never one that is not so.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import msgspec

from lejar.gateways.iso20022.acting.session import OPEN, Transaction
from lejar.gateways.iso20022.messages import Envelope
from lejar.gateways.iso20022.writing import Heading
from lejar.kernel.moment import MICROS_PER_DAY

BUSY_SECONDS: Final = 30.0
"""How long one program waits while another of the same bank writes."""
DAYS_KEPT: Final = 30
"""Duplicates are found for so long; after that only the hub's own record of the command stands."""

_SCHEMA: Final = """
create table if not exists messages (
    fingerprint text primary key, sender text not null, kind text not null,
    message_id text not null, business_id text, digest text not null, at integer not null
);
create index if not exists messages_by_id on messages (sender, kind, message_id);
create table if not exists transactions (
    reference text not null, form text not null, fingerprint text not null, open integer not null,
    instruction text, at integer not null, record blob not null, primary key (reference, form)
);
create index if not exists transactions_open on transactions (open) where open = 1;
create index if not exists transactions_of on transactions (fingerprint);
create table if not exists replies (
    number integer primary key autoincrement, name text not null unique, fingerprint text not null,
    data blob not null, delivered integer not null default 0, at integer not null
);
create table if not exists credits (
    reference text primary key, asset text not null, source text not null, target text not null,
    amount integer not null, at integer not null
);
create table if not exists marks (name text primary key, value integer not null);
"""

_FORGETTING: Final = (
    """delete from replies where delivered = 1 and at < ?
       and fingerprint not in (select fingerprint from transactions where open = 1)""",
    "delete from credits where at < ?",
    "delete from transactions where open = 0 and at < ?",
    """delete from messages where at < ?
       and fingerprint not in (select fingerprint from transactions)""",
)


class Reply(msgspec.Struct, frozen=True):
    """An answer or a notice for the bank, under a name that never means another."""

    name: str
    fingerprint: str
    """Of the message it answers; empty for a notice, and for a no to a whole message."""
    data: bytes


def reply_of(name: str, heading: Heading, data: bytes, fingerprint: str = "") -> Reply:
    """Name an answer after its kind and its own id."""
    return Reply(f"{name}-{heading.message_id}.xml", fingerprint, data)


class CreditRow(msgspec.Struct, frozen=True):
    """What came in under a reference, as ids of the hub."""

    reference: str
    asset: str
    source: str
    target: str
    amount: int


class Log:
    """One channel's memory."""

    def __init__(self, path: Path | None) -> None:
        """Open it; without a path it remembers nothing afterwards."""
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        place = ":memory:" if path is None else path
        self._connection = sqlite3.connect(
            place, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        self._connection.execute("pragma journal_mode=wal")
        self._connection.execute("pragma synchronous=full")
        self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Write all of it or nothing."""
        self._connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            self._connection.execute("rollback")
            raise
        self._connection.execute("commit")

    def seen(self, envelope: Envelope, kind: str) -> str | None:
        """Give the fingerprint of an earlier message that has this one's name or an id of it."""
        row = self._connection.execute(
            "select fingerprint from messages where fingerprint = ? or (sender = ? and "
            "((kind = ? and message_id = ?) or business_id = ?)) order by at limit 1",
            (
                envelope.fingerprint,
                envelope.sender,
                kind,
                envelope.message_id,
                envelope.business_id,
            ),
        ).fetchone()
        return None if row is None else str(row[0])

    def receive(self, envelope: Envelope, kind: str, digest: str, at: int) -> None:
        """Write a message down before anything is done upon it."""
        self._connection.execute(
            "insert or ignore into messages values (?, ?, ?, ?, ?, ?, ?)",
            (
                envelope.fingerprint,
                envelope.sender or "",
                kind,
                envelope.message_id,
                envelope.business_id,
                digest,
                at,
            ),
        )

    def answered(self, fingerprint: str) -> bool:
        """Say whether a message has an answer."""
        row = self._connection.execute(
            "select 1 from replies where fingerprint = ? limit 1", (fingerprint,)
        ).fetchone()
        return row is not None

    def digest(self, fingerprint: str) -> str | None:
        """Give the digest of the bytes of a message."""
        row = self._connection.execute(
            "select digest from messages where fingerprint = ?", (fingerprint,)
        ).fetchone()
        return None if row is None else str(row[0])

    def keep(self, one: Transaction, at: int) -> None:
        """Write down where a transaction stands."""
        is_open = one.standing.state in OPEN
        self._connection.execute(
            "insert into transactions values (?, ?, ?, ?, ?, ?, ?) on conflict (reference, form) "
            "do update set open = excluded.open, instruction = excluded.instruction, "
            "record = excluded.record",
            (
                one.reference,
                one.form.value,
                one.fingerprint,
                int(is_open),
                one.standing.instruction,
                at,
                msgspec.json.encode(one),
            ),
        )

    def transaction(self, reference: str, form: str) -> Transaction | None:
        """Give a transaction by what its sender calls it."""
        found = self._transactions(
            "select record from transactions where reference = ? and form = ? order by rowid",
            (reference, form),
        )
        return next(iter(found), None)

    def of_message(self, fingerprint: str) -> list[Transaction]:
        """Give the transactions of a message."""
        return self._transactions(
            "select record from transactions where fingerprint = ? order by rowid", (fingerprint,)
        )

    def open_ones(self) -> list[Transaction]:
        """Give all that may still change."""
        return self._transactions(
            "select record from transactions where open = 1 order by rowid", ()
        )

    def instructions(self) -> dict[str, str]:
        """Give the hub's instructions by what their sender called them, and by common name."""
        found: dict[str, str] = {}
        for one in self._transactions(
            "select record from transactions where form = 'securities'"
            " and instruction is not null order by rowid",
            (),
        ):
            said = one.instructed
            names = (one.reference, None if said is None else said.common_reference)
            for name in names:
                if name is not None and one.standing.instruction is not None:
                    found[name] = one.standing.instruction
        return found

    def _transactions(self, query: str, values: Sequence[str]) -> list[Transaction]:
        rows = self._connection.execute(query, values)
        return [msgspec.json.decode(row[0], type=Transaction) for row in rows]

    def answer(self, reply: Reply, at: int) -> None:
        """Put an answer out for delivery; one of that name that is there already stays."""
        self._connection.execute(
            "insert or ignore into replies (name, fingerprint, data, at) values (?, ?, ?, ?)",
            (reply.name, reply.fingerprint, reply.data, at),
        )

    def undelivered(self) -> list[Reply]:
        """Give the answers that have not been delivered, oldest first."""
        return self._replies(
            "select name, fingerprint, data from replies where delivered = 0 order by number", ()
        )

    def delivered(self, name: str) -> None:
        """Note that an answer is where the bank finds it."""
        self._connection.execute("update replies set delivered = 1 where name = ?", (name,))

    def reply(self, name: str) -> Reply | None:
        """Give an answer by its name."""
        return next(
            iter(
                self._replies("select name, fingerprint, data from replies where name = ?", (name,))
            ),
            None,
        )

    def reply_names(self, after: int, limit: int) -> list[tuple[int, str]]:
        """Give the names of answers with a higher number, oldest first."""
        rows = self._connection.execute(
            "select number, name from replies where number > ? order by number limit ?",
            (after, limit),
        )
        return [(int(number), str(name)) for number, name in rows]

    def _replies(self, query: str, values: Sequence[str]) -> list[Reply]:
        rows = self._connection.execute(query, values)
        return [Reply(str(name), str(of), bytes(data)) for name, of, data in rows]

    def mark(self, name: str) -> int | None:
        """Give how far something has been read."""
        row = self._connection.execute("select value from marks where name = ?", (name,))
        found = row.fetchone()
        return None if found is None else int(found[0])

    def set_mark(self, name: str, value: int) -> None:
        """Note how far something has been read."""
        self._connection.execute("insert or replace into marks values (?, ?)", (name, value))

    def credit(self, row: CreditRow, at: int) -> None:
        """Remember what came in, so that it can go back."""
        self._connection.execute(
            "insert or ignore into credits values (?, ?, ?, ?, ?, ?)",
            (row.reference, row.asset, row.source, row.target, row.amount, at),
        )

    def came(self, reference: str) -> CreditRow | None:
        """Give what came in under a reference."""
        row = self._connection.execute(
            "select reference, asset, source, target, amount from credits where reference = ?",
            (reference,),
        ).fetchone()
        return None if row is None else CreditRow(*row)

    def forget(self, now: int) -> None:
        """Let go what is finished and old."""
        before = now - DAYS_KEPT * MICROS_PER_DAY
        with self.at_once():
            for sentence in _FORGETTING:
                self._connection.execute(sentence, (before,))
