# SPDX-License-Identifier: Apache-2.0
"""The same blocks give the same receipts and the same state, wherever and however they are run."""

import importlib.metadata
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from lejar.kernel.apply import apply, found
from lejar.kernel.state import State
from tests.scenarios.network import MACHINE, RULEBOOK, founding
from tests.scenarios.play import Play
from tests.scenarios.replay import content
from tests.scenarios.runner import all_scenarios, market, perform, played

ROOT: Final = Path(__file__).parent.parent.parent
IN_CI: Final = os.environ.get("LEJAR_CI") == "1"
HERE: Final = f"{sys.version_info.major}.{sys.version_info.minor}"
NEEDS: Final = ("msgspec", "pynacl", "python-stdnum")
"""What the core imports; other Pythons get the same versions, in a folder of their own."""

SURROUNDINGS: Final = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "1", "TZ": "Asia/Kuala_Lumpur", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "4294967295", "TZ": "America/St_Johns", "LC_ALL": "tr_TR.UTF-8"},
    {"PYTHONHASHSEED": "random", "TZ": "Pacific/Apia", "LC_ALL": "C", "PYTHONOPTIMIZE": "2"},
)


def replay(python: Path, surroundings: dict[str, str], packages: str = "") -> str:
    paths = [str(ROOT / "src"), str(ROOT), *([packages] if packages else [])]
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    ran = subprocess.run(
        [str(python), "-m", "tests.scenarios.replay"],
        env={**kept, **surroundings, "PYTHONPATH": os.pathsep.join(paths)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def expected() -> str:
    """Give what this Python says, in the first surroundings."""
    said = replay(Path(sys.executable), SURROUNDINGS[0])
    assert "other receipts" not in said, said
    return said


@pytest.mark.parametrize("place", range(1, len(SURROUNDINGS)))
def test_hash_seed_time_zone_locale_and_optimisation_change_nothing(
    place: int, expected: str
) -> None:
    assert replay(Path(sys.executable), SURROUNDINGS[place]) == expected


@pytest.mark.python_matrix
@pytest.mark.parametrize("version", [v for v in ("3.11", "3.12", "3.13") if v != HERE])
def test_every_python_says_the_same(
    version: str, expected: str, pythons: dict[str, Path], tmp_path: Path
) -> None:
    if version not in pythons:
        pytest.skip(f"this test needs Python {version}, which is not on this machine")
    packages = installed(pythons[version], tmp_path / "packages")
    assert replay(pythons[version], SURROUNDINGS[1], packages) == expected


def installed(python: Path, folder: Path) -> str:
    """Give the folder with this Python's copy of what the core imports."""
    wanted = [f"{name}=={importlib.metadata.version(name)}" for name in NEEDS]
    environment = folder.with_name("environment")
    made = subprocess.run(
        [str(python), "-m", "venv", str(environment)], capture_output=True, text=True, check=False
    )
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    asked = [*pip, "--only-binary=:all:", "--target", str(folder), *wanted]
    ran = subprocess.run(asked, capture_output=True, text=True, check=False)
    if made.returncode or ran.returncode:
        sentence = f"{python} could not be given {', '.join(wanted)}: {made.stderr}{ran.stderr}"
        if IN_CI:
            pytest.fail(sentence)
        pytest.skip(sentence)
    return str(folder)


def test_a_state_loaded_from_a_snapshot_goes_on_to_the_same_receipts() -> None:
    """Records loaded in another order, derived tables rebuilt: the rest comes out the same."""
    play = Play()
    for step in market().steps:
        perform(play, step)
    loaded = taken_up(play)
    scenario = next(s for s in all_scenarios() if s.title.startswith("a cap counts what is on its"))
    whole = played(scenario)
    rest = whole.blocks[len(play.blocks) :]
    digests = [
        tuple(entry.digest for entry in apply(RULEBOOK, loaded, block, play.network).entries)
        for block in rest
    ]
    assert digests == whole.digests[len(play.blocks) :]
    assert content(loaded) == content(whole.state)


def taken_up(play: Play) -> State:
    """Take a snapshot of the committed tables up into a new state, in the opposite order."""
    state = State()
    rows = sorted(play.state.records.items(), reverse=True)
    state.load((key, record) for key, record in rows if key[0] in MACHINE.committed)
    state.block, state.entry = play.state.block, play.state.entry
    state.at, state.ordered_at = play.state.at, play.state.ordered_at
    state.memory.load(play.state.memory.dump())
    for module in MACHINE.modules:
        if module.rebuild is not None:
            module.rebuild(state)
    return state


def test_the_genesis_is_one_network_and_another_genesis_another() -> None:
    networks = [founding(kind).network for kind in ("demonstration", "production", "test")]
    assert len(dict.fromkeys(networks)) == 3
    one, two = State(), State()
    for state in (one, two):
        found(RULEBOOK, state, founding("test"))
    assert content(one) == content(two)
