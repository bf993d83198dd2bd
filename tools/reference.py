# SPDX-License-Identifier: Apache-2.0
"""Write `docs/reference/` from the code: `python -m tools.reference`.

Pages that are written by a program cannot drift from it; tidy compares them on every check.
"""

import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from tools import catalogue
from tools.catalogue import CommandEntry

WRITTEN: Final = "<!-- Written by `make docs` from the code. Change the code, not this page. -->"


def pages(commands: Iterable[CommandEntry]) -> dict[str, str]:
    """Return each page's path, from the root, and its text."""
    listed = list(commands)
    return {
        "docs/reference/commands.md": "\n".join(_commands_page(listed)) + "\n",
        "docs/reference/refusals.md": "\n".join(_refusals_page(listed)) + "\n",
    }


def _commands_page(commands: list[CommandEntry]) -> Iterator[str]:
    yield from ("# Commands", "", WRITTEN, "")
    yield "Everything that changes Lejar is one of these, signed by those who ask for it."
    for module, group in groupby(commands, key=lambda command: command.module):
        yield from ("", f"## {module}")
        for command in group:
            yield from _command(command)


def _command(command: CommandEntry) -> Iterator[str]:
    yield from ("", f"### {command.name}", "", command.text)
    if command.fields:
        yield from ("", "| field | type |", "|---|---|")
        yield from (f"| `{field.name}` | `{_cell(field.type)}` |" for field in command.fields)
    yield from ("", "Refused, in order of precedence, if:", "")
    for refusal in command.refusals:
        yield f"- `{refusal.code}`: {refusal.en}" if refusal.en else f"- `{refusal.code}`"


def _refusals_page(commands: list[CommandEntry]) -> Iterator[str]:
    yield from ("# Refusals", "", WRITTEN, "")
    yield "Why Lejar says no. The code is for programs; the sentences are for people."
    for module, group in groupby(commands, key=lambda command: command.module):
        yield from ("", f"## {module}", "", "| code | English | Malay |", "|---|---|---|")
        unique = dict.fromkeys(refusal for command in group for refusal in command.refusals)
        for code, english, malay in unique:
            yield f"| `{code}` | {_cell(english)} | {_cell(malay)} |"


def _cell(text: str) -> str:
    """Keep a text inside one cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def main(root: Path = Path()) -> int:
    """Write the pages, and say which."""
    if not catalogue.is_assembled(root):
        print(f"{catalogue.ASSEMBLY} does not exist yet: nothing to describe")
        return 0
    for path, text in pages(catalogue.commands(catalogue.assembled())).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
