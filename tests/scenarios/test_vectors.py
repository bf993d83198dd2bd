# SPDX-License-Identifier: Apache-2.0
"""No byte of any envelope or receipt changes unnoticed.

When a change is meant, write the vectors anew with `LEJAR_WRITE_VECTORS=1`; review sees it.
"""

import os
from itertools import groupby

import pytest

from tests.scenarios.language import Scenario
from tests.scenarios.runner import MARKET, all_scenarios
from tests.scenarios.vectors import (
    VECTORS,
    market_vectors,
    path_of,
    scenario_vectors,
    text_of,
)

WRITES = os.environ.get("LEJAR_WRITE_VECTORS") == "1"
FILES = {
    file: list(scenarios)
    for file, scenarios in groupby(all_scenarios(), key=lambda one: one.place.file)
}


@pytest.mark.parametrize("file", sorted(FILES))
def test_the_bytes_of_a_scenario_file_are_as_written(file: str) -> None:
    vectors = market_vectors() if file == MARKET.name else scenario_vectors(FILES[file])
    path, text = path_of(file), text_of(vectors)
    if WRITES:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), "write the vectors: LEJAR_WRITE_VECTORS=1"
    same = path.read_text(encoding="utf-8") == text
    assert same, (
        f"the bytes of {file} changed; if that is meant, write them with LEJAR_WRITE_VECTORS=1"
    )


def test_every_vector_belongs_to_a_scenario_file() -> None:
    written = set(VECTORS.rglob("*.json"))
    assert written == {path_of(file) for file in FILES}


def test_a_scenario_gives_the_same_bytes_each_time() -> None:
    some: list[Scenario] = FILES["settlement/affirm.scenario"][:3]
    assert scenario_vectors(some) == scenario_vectors(some)
