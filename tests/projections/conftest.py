# SPDX-License-Identifier: Apache-2.0
"""A database for a test: SQLite in a folder, or a PostgreSQL that the machine offers."""

import os
from pathlib import Path

import pytest
from sqlalchemy import create_engine

from lejar.projections.schema import METADATA

POSTGRES = "LEJAR_TEST_POSTGRES_URL"
"""Set it to have these tests run on PostgreSQL, too: it names a database that they may empty, as `postgresql+psycopg://user@127.0.0.1/name`."""


DATABASES = ("sqlite", "postgres") if POSTGRES in os.environ else ("sqlite",)


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Name a database for one test."""
    return _named(str(request.param), tmp_path)


@pytest.fixture(params=DATABASES, scope="module")
def kept_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Name a database for all tests of a file, which only read it."""
    return _named(str(request.param), tmp_path_factory.mktemp("projections"))


def _named(database: str, folder: Path) -> str:
    if database == "postgres":
        engine = create_engine(os.environ[POSTGRES])
        METADATA.drop_all(engine)
        engine.dispose()
        return os.environ[POSTGRES]
    return f"sqlite:///{folder / 'projections.db'}"
