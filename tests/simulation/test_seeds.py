# SPDX-License-Identifier: Apache-2.0
"""The short form of the simulation: a few seeds, the same twice, and the way it is called."""

import json
import os
import subprocess
import sys

import pytest

from lejar.node.simulation.world import Told, run

PATH_SEEDS = range(1, 41)


@pytest.mark.parametrize("seed", PATH_SEEDS)
def test_every_claim_holds(seed: int) -> None:
    told = run(seed)
    assert not told.broken, f"seed {seed}: {told.broken}"


def test_the_short_form_meets_what_it_is_about() -> None:
    """A simulation in which nothing happens would pass as well."""
    runs = [run(seed) for seed in range(1, 13)]
    assert sum(told.restarts for told in runs) > len(runs)
    assert sum(told.known for told in runs) > len(runs)
    assert sum(told.closed for told in runs) > 0
    assert sum(told.snapshots for told in runs) > 0
    assert sum(told.accepted for told in runs) > sum(told.entries for told in runs) // 4
    refused = {code for told in runs for code in told.refusals}
    assert {"funds_insufficient", "command_duplicate", "key_unknown"} <= refused


def test_a_seed_is_the_same_run_in_another_process() -> None:
    first, second = (_replayed(7, hash_seed) for hash_seed in ("1", "2"))
    assert first == second
    assert first["digest"] == run(7).digest


def test_another_seed_is_another_run() -> None:
    assert run(7).digest != run(8).digest


def _replayed(seed: int, hash_seed: str) -> dict[str, object]:
    """Run one seed by its command, in a process whose sets and dicts hash differently."""
    done = subprocess.run(
        [sys.executable, "-m", "lejar.node.simulation", "--seed", str(seed), "--json"],
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        check=True,
    )
    found = json.loads(done.stdout)
    assert set(found) == set(Told.__struct_fields__)
    return dict(found)
