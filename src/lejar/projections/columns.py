# SPDX-License-Identifier: Apache-2.0
"""How columns are declared: ids, numbers, words, truths and JSON, in both databases alike."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA: Final = MetaData()
"""Every table of the projections."""


def table(name: str, *parts: Column[object] | Index) -> Table:
    """Make a table whose rows SQLite keeps in the order of their key, as PostgreSQL does not."""
    return Table(name, METADATA, *parts, sqlite_with_rowid=False)


def id_(name: str, *, key: bool = False, may_lack: bool = False) -> Column[object]:
    """Declare an id or a digest, in its bytes."""
    return Column(name, LargeBinary(32), primary_key=key, nullable=may_lack)


def number(name: str, *, key: bool = False, may_lack: bool = False) -> Column[object]:
    """Declare an entry's number, an amount or a moment."""
    return Column(name, BigInteger, primary_key=key, nullable=may_lack, autoincrement=False)


def count(name: str, *, key: bool = False, may_lack: bool = False) -> Column[object]:
    """Declare a small whole number."""
    return Column(name, Integer, primary_key=key, nullable=may_lack, autoincrement=False)


def word(name: str, *, key: bool = False, may_lack: bool = False) -> Column[object]:
    """Declare a name of the code."""
    return Column(name, String(140), primary_key=key, nullable=may_lack)


def truth(name: str) -> Column[object]:
    """Declare a yes or no."""
    return Column(name, Boolean, nullable=False)


def json(name: str, *, may_lack: bool = False) -> Column[object]:
    """Declare a text of any length; often JSON."""
    return Column(name, Text, nullable=may_lack)
