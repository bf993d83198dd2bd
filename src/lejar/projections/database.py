# SPDX-License-Identifier: Apache-2.0
"""Opening the database: SQLite by default, PostgreSQL by URL.

One process writes, many read.  A reader's questions about one page are asked in one transaction, so
that all its answers stand at the same entry.
"""

import sqlite3

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.pool import ConnectionPoolEntry

WAIT_SECONDS = 30
CACHE_KIB = 64 * 1024


def open_for_writing(url: str) -> Engine:
    """Open the projector's end; a transaction takes the write lock when it begins."""
    return _opened(url, "BEGIN IMMEDIATE", {})


def open_for_reading(url: str) -> Engine:
    """Open a reader's end; a transaction sees the database as it was when it first asked."""
    server = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    return _opened(url, "BEGIN", {} if _is_sqlite(url) else server)


def _is_sqlite(url: str) -> bool:
    return make_url(url).get_backend_name() == "sqlite"


def _opened(url: str, begin: str, options: dict[str, object]) -> Engine:
    sqlite = _is_sqlite(url)
    arguments: dict[str, object] = {"timeout": WAIT_SECONDS} if sqlite else {}
    engine = create_engine(url, execution_options=options, connect_args=arguments)
    if sqlite:
        event.listen(engine, "connect", _prepare_sqlite)

        def begin_plainly(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

        event.listen(engine, "begin", begin_plainly)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
    """Let us begin transactions ourselves, and let readers read while the projector writes.

    A power cut may take the last transactions with it (`synchronous=NORMAL`): they are folded
    again from the output log, which is why the journal pays for durability and this does not.
    """
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "temp_store=MEMORY",
        f"cache_size=-{CACHE_KIB}",
    ):
        connection.execute(f"PRAGMA {pragma}")
