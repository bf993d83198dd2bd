# SPDX-License-Identifier: Apache-2.0
"""A reader's view: every question asked of one snapshot is answered as at the same entry."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Row

from lejar.projections.database import open_for_reading
from lejar.projections.failures import NotBuilt
from lejar.projections.schema import version
from lejar.projections.standing import Standing, read_standing, written_version

Found: TypeAlias = Row[*tuple[Any, ...]]
"""A row of an answer; the function that asked knows its columns."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The tables as they were when it was taken."""

    connection: Connection
    standing: Standing


class Projections:
    """The reading end of a projections database."""

    def __init__(self, url: str) -> None:
        self._engine = open_for_reading(url)
        self._is_fit = False

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """Take a snapshot; raises `NotBuilt` until the projector has built these tables."""
        with self._engine.begin() as connection:
            if not self._is_fit:
                self._is_fit = written_version(connection) == version()
            if not self._is_fit:
                raise NotBuilt("The projections are not built yet; ask again in a moment.")
            yield Snapshot(connection, read_standing(connection))

    def close(self) -> None:
        """Let the database go."""
        self._engine.dispose()
