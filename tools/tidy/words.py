# SPDX-License-Identifier: Apache-2.0
"""Names, headers and words: what every file says at its top, and what no file says at all."""

import ast
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from tools.tidy.problem import Problem
from tools.tidy.tree import Texts, python

LICENCE: Final = "SPDX-License-Identifier: Apache-2.0"

EMPTY_WORDS: Final = {
    "util", "utils", "helper", "helpers", "common", "misc", "manager", "managers", "service",
    "services", "processor", "processors",
}  # fmt: skip
"""Words that could name anything, so that everything ends up beneath them. Use a noun instead."""

EMPTY_CLASS: Final = re.compile(r"(Util|Utils|Helper|Helpers|Manager|Service|Processor)$")

# Written in two halves, so that this file does not find itself.
LEFTOVER: Final = re.compile(r"\b(TO" + r"DO|FIX" + r"ME)\b|#\s*XX" + r"X\b")
MACHINE_PATH: Final = re.compile(r"(?<![\w.}*-])/(work|root|tmp|home|Users)/" + r"[\w.$]")
INDEX: Final = re.compile(r"https?" + r"://|--(extra-)?index-url|--find-links")


def check(texts: Texts) -> Iterator[Problem]:
    """Yield every broken rule about names, headers, words and titles."""
    yield from empty_names(texts)
    yield from headers(texts)
    yield from leftovers(texts)
    yield from titles(texts)


def empty_names(texts: Texts) -> Iterator[Problem]:
    """Yield files, folders and classes whose names say nothing."""
    for path, _, tree in python(texts):
        parts = [*PurePosixPath(path).parts[:-1], PurePosixPath(path).stem]
        for word in parts:
            if word in EMPTY_WORDS or word.rsplit("_", 1)[-1] in EMPTY_WORDS:
                yield Problem(path, 0, f"{word!r} says nothing; name it by what it is")
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and EMPTY_CLASS.search(node.name):
                yield Problem(path, node.lineno, f"{node.name} says what it does to no one")


def headers(texts: Texts) -> Iterator[Problem]:
    """Yield code without a licence line, or without a sentence of purpose."""
    for path, text in texts.items():
        is_code = path.endswith((".py", ".sh")) or path in {"Makefile", ".ci/run"}
        if is_code and LICENCE not in "\n".join(text.splitlines()[:2]):
            yield Problem(path, 1, f"the first line is not '# {LICENCE}'")
    for path, _, tree in python(texts):
        if not ast.get_docstring(tree):
            yield Problem(path, 1, "no docstring: one sentence of purpose, then why")


def leftovers(texts: Texts) -> Iterator[Problem]:
    """Yield notes to ourselves, paths of one machine, and addresses in the lock."""
    for path, text in texts.items():
        is_lock = path.startswith("requirements/")
        for number, line in enumerate(text.splitlines(), 1):
            if found := LEFTOVER.search(line):
                yield Problem(path, number, f"{found[0]}: do it, or open an issue")
            if found := MACHINE_PATH.search(line):
                yield Problem(path, number, f"{found[0]}…: a path of one machine")
            if is_lock and INDEX.search(line):
                yield Problem(path, number, "a lock names hashes, not where to fetch from")


def titles(texts: Texts) -> Iterator[Problem]:
    """Yield Markdown files that do not have exactly one title."""
    for path, text in texts.items():
        if path.endswith(".md"):
            count = sum(line.startswith("# ") for line in _outside_fences(text))
            if count != 1:
                yield Problem(path, 0, f"has {count} titles (`# `); a page has one")


def _outside_fences(text: str) -> Iterator[str]:
    fenced = False
    for line in text.splitlines():
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif not fenced:
            yield line
