# SPDX-License-Identifier: Apache-2.0
"""What tests may ask of the machine, and what happens when it is not there.

On a person's machine a test whose tool is missing is skipped and says so. In CI (`LEJAR_CI=1`) it
fails: a skip that nobody reads is how a test dies.
"""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Final

import hypothesis
import pytest

ELSEWHERE: Final = {
    "initdb": "/usr/lib/postgresql",
    "pg_ctl": "/usr/lib/postgresql",
    "postgres": "/usr/lib/postgresql",
}
"""Debian keeps a server's programs off PATH, below a folder named by version."""

PYTHONS: Final = ("3.11", "3.12", "3.13")

IN_CI: Final = os.environ.get("LEJAR_CI") == "1"

# CI tries the same examples each time; a person's machine tries new ones and keeps what failed.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.register_profile("here", deadline=None)
hypothesis.settings.load_profile("ci" if IN_CI else "here")


@pytest.fixture(scope="session")
def needs() -> Callable[[str], Path]:
    """Find programs for a test, by name.

    `chromium = needs("chromium")` skips the test where there is none, or fails it in CI.
    """

    def find(tool: str) -> Path:
        path = found(tool)
        if path is None:
            sentence = f"this test needs {tool}, which is not on this machine"
            if IN_CI:
                pytest.fail(sentence)
            pytest.skip(sentence)
        return path

    return find


@pytest.fixture(scope="session")
def pythons() -> dict[str, Path]:
    """Return the Pythons that Lejar supports and that really run here, by version ("3.12")."""
    working = {version: path for version in PYTHONS if (path := found_python(version))}
    if not working:
        pytest.fail(f"none of {', '.join(PYTHONS)} runs here, not even the one that runs this")
    return working


def found(tool: str) -> Path | None:
    """Return where a program is, on PATH or where Debian keeps it."""
    if path := shutil.which(tool):
        return Path(path)
    if tool not in ELSEWHERE:
        return None
    return max(Path(ELSEWHERE[tool]).glob(f"*/bin/{tool}"), default=None)


def found_python(version: str) -> Path | None:
    """Return a Python of this version that answers with it; a name on PATH alone proves nothing."""
    installed = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    named = shutil.which(f"python{version}")
    candidates = [Path(named)] if named else []
    candidates += sorted(installed.glob(f"{version}.*/bin/python"), reverse=True)
    return next((path for path in candidates if _answers(path, version)), None)


def _answers(path: Path, version: str) -> bool:
    asked = [str(path), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    answer = subprocess.run(asked, capture_output=True, text=True, check=False)
    return answer.returncode == 0 and answer.stdout.strip() == version
