# SPDX-License-Identifier: Apache-2.0
"""What the repository promises a machine: it finds a Python that works, and its lock holds."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def find_python(path: Path) -> str:
    """Run the search with only the programs of one folder, and the shell."""
    asked = ["/bin/sh", str(ROOT / "tools/find_python.sh")]
    answer = subprocess.run(
        asked, env={"PATH": str(path)}, capture_output=True, text=True, check=False
    )
    return answer.stdout.strip()


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_a_name_that_answers_with_an_error_is_passed_over(tmp_path: Path) -> None:
    program(tmp_path / "python3", "exit 127")
    good = program(tmp_path / "python3.12", f'exec "{sys.executable}" "$@"')
    assert find_python(tmp_path) == str(good)


def test_no_python_is_no_answer(tmp_path: Path) -> None:
    assert find_python(tmp_path) == ""


def pinned(name: str) -> dict[str, str]:
    """Return what a lock pins: package and version."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", text, flags=re.MULTILINE))


@pytest.mark.parametrize("name", ["run", "build", "compile"])
def test_everyone_runs_the_versions_that_were_tested(name: str) -> None:
    assert pinned(name).items() <= pinned("dev").items()


@pytest.mark.parametrize("name", ["run", "build", "compile", "dev"])
def test_every_pin_has_a_hash(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"^(?=\S)", text, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(pinned(name))
    assert all("--hash=sha256:" in block for block in blocks)


def test_the_pythons_that_are_offered_really_run(pythons: dict[str, Path]) -> None:
    here = "{}.{}".format(*sys.version_info)
    assert here in pythons


def test_a_missing_tool_is_never_a_silent_pass(needs: Callable[[str], Path]) -> None:
    with pytest.raises((pytest.skip.Exception, pytest.fail.Exception), match="no-such-tool"):
        needs("no-such-tool")
    assert needs("sh").exists()
