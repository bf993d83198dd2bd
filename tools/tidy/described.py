# SPDX-License-Identifier: Apache-2.0
"""Every command has refusals, a scenario that uses it, and an entry in the reference.

The checklist is `docs/how-to/add-a-command.md`; this holds the parts of it that a program can see.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tools.catalogue import CommandEntry
from tools.tidy.problem import Problem
from tools.tidy.tree import Texts

REFERENCE: Final = "docs/reference/commands.md"
SCENARIOS: Final = "tests/scenarios/"


def check(texts: Texts, commands: Iterable[CommandEntry]) -> Iterator[Problem]:
    """Yield what is missing for each command."""
    scenarios = [t for p, t in texts.items() if _is_scenario(p)]
    reference = texts.get(REFERENCE, "")
    for command in commands:
        where = f"src/lejar/domain/{command.module}"
        if not command.refusals:
            yield Problem(where, 0, f"{command.name} has no refusals")
        if not any(_mentions(text, command.name) for text in scenarios):
            yield Problem(where, 0, f"{command.name} has no scenario in {SCENARIOS}")
        if not _mentions(reference, command.name):
            yield Problem(where, 0, f"{command.name} is not in {REFERENCE}; run `make docs`")


def _is_scenario(path: str) -> bool:
    return path.startswith(SCENARIOS) and path.endswith(".scenario")


def _mentions(text: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}\b", text) is not None
