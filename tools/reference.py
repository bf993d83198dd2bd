# SPDX-License-Identifier: Apache-2.0
"""Write `docs/reference/` from the code: `python -m tools.reference`.

Pages that are written by a program cannot drift from it; tidy compares them on every check.
"""

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Final

from lejar.assembly import MODULES
from tools import rule_pages
from tools.catalogue import Catalogue, CommandEntry, RefusalEntry, catalogue

WRITTEN: Final = "<!-- Written by `make docs` from the code. Change the code, not this page. -->"


def pages(described: Catalogue) -> dict[str, str]:
    """Return each page's path, from the root, and its text."""
    return {
        "docs/reference/commands.md": "\n".join(_commands_page(described)) + "\n",
        "docs/reference/refusals.md": "\n".join(_refusals_page(described)) + "\n",
        "docs/reference/rules.md": "\n".join(rule_pages.rules_page(WRITTEN)) + "\n",
        "docs/reference/packs.schema.json": rule_pages.schema_text(),
    }


def _commands_page(described: Catalogue) -> Iterator[str]:
    yield from ("# Commands", "", WRITTEN, "")
    yield "Everything that changes Lejar is one of these, signed by those who ask for it."
    yield "Before a command's own refusals come those of the kernel and of its signers:"
    yield "see [refusals](refusals.md)."
    for module, group in groupby(described.commands, key=lambda command: command.module):
        yield from ("", f"## {module}")
        for command in group:
            yield from _command(command)


def _command(command: CommandEntry) -> Iterator[str]:
    yield from ("", f"### {command.name}", "")
    yield from (f"`{command.tag}`, signed in the role `{command.role}`.", "", command.text)
    if command.fields:
        yield from ("", "| field | type |", "|---|---|")
        yield from (f"| `{field.name}` | {_cell(field.type)} |" for field in command.fields)
    yield from ("", "Refused, in order of precedence, if:", "")
    yield from (f"- `{refusal.code}`: {refusal.sentence}" for refusal in command.refusals)


def _refusals_page(described: Catalogue) -> Iterator[str]:
    yield from ("# Refusals", "", WRITTEN, "")
    yield "Why Lejar says no: the kernel first, then the modules from the bottom up,"
    yield "each in order of precedence. The code is for programs; the sentences are for people."
    for group in described.refusals:
        yield from ("", f"## {group.name}", "", group.text)
        for refusal in group.refusals:
            yield from _refusal(refusal)


def _refusal(refusal: RefusalEntry) -> Iterator[str]:
    yield from ("", f"### {refusal.code}", "")
    yield f"- {refusal.sentence} *{refusal.remedy}*"
    yield f"- {refusal.sentence_ms} *{refusal.remedy_ms}*"
    yield f"- Basis: {refusal.basis}"


def _cell(text: str) -> str:
    """Keep a text inside one cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ")


def main(root: Path = Path()) -> int:
    """Write the pages, and say which."""
    for path, text in pages(catalogue(MODULES)).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
