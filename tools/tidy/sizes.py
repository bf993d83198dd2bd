# SPDX-License-Identifier: Apache-2.0
"""File and function length, as a ratchet.

Good code in every project that we looked up to has functions of 7 to 14 lines, nine in ten below
40, and files of about 150. Over the soft limit is counted; over the hard limit fails, unless
`tools/tidy_exemptions.toml` names the thing, its length and the reason. An exempted thing may
shrink but never grow, and the exemption goes when it is no longer needed.
"""

import ast
import tomllib
from collections.abc import Iterator
from typing import Final, NamedTuple

from tools.tidy.problem import Problem
from tools.tidy.tree import Texts, python

FUNCTION_LINES_SOFT: Final = 30
FUNCTION_LINES_HARD: Final = 50
FILE_LINES_SOFT: Final = 300
FILE_LINES_HARD: Final = 500

EXEMPTIONS: Final = "tools/tidy_exemptions.toml"

Place = tuple[str, str]
"""Path, and the function's dotted name or an empty string for the file itself."""


class Size(NamedTuple):
    """How long a file or a function is. A function's docstring does not count."""

    line: int
    lines: int


class Exemption(NamedTuple):
    """A length that somebody has agreed to, and why."""

    lines: int
    reason: str


def check(texts: Texts) -> Iterator[Problem]:
    """Yield what is too long without a reason, what grew, and exemptions that are not needed."""
    exempt = dict(exemptions(texts.get(EXEMPTIONS, "")))
    sizes = dict(measure(texts))
    for (path, name), size in sizes.items():
        hard = FUNCTION_LINES_HARD if name else FILE_LINES_HARD
        allowed = exempt[path, name].lines if (path, name) in exempt else hard
        if size.lines > allowed:
            what = f"{name}()" if name else "the file"
            yield Problem(path, size.line, f"{what} has {size.lines} lines; at most {allowed}")
    yield from _not_needed(exempt, sizes)


def over_soft_limits(texts: Texts) -> tuple[int, int]:
    """Count the functions and files over their soft limits, for the closing line."""
    sizes = dict(measure(texts))
    functions = sum(s.lines > FUNCTION_LINES_SOFT for (_, name), s in sizes.items() if name)
    files = sum(s.lines > FILE_LINES_SOFT for (_, name), s in sizes.items() if not name)
    return functions, files


def measure(texts: Texts) -> Iterator[tuple[Place, Size]]:
    """Yield the size of every Python file and of every function in it."""
    for path, text, tree in python(texts):
        yield (path, ""), Size(0, len(text.splitlines()))
        for name, function in _functions(tree, ""):
            yield (path, name), Size(function.lineno, _length(function))


def exemptions(text: str) -> Iterator[tuple[Place, Exemption]]:
    """Read the list: tables `[[function]]` and `[[file]]` of path, name, lines, reason."""
    for kind, rows in tomllib.loads(text).items():
        for row in rows:
            name = row["name"] if kind == "function" else ""
            yield (row["path"], name), Exemption(int(row["lines"]), str(row["reason"]))


def _not_needed(exempt: dict[Place, Exemption], sizes: dict[Place, Size]) -> Iterator[Problem]:
    for (path, name), exemption in exempt.items():
        hard = FUNCTION_LINES_HARD if name else FILE_LINES_HARD
        what = f"{path} {name}".strip()
        if (path, name) not in sizes:
            yield Problem(EXEMPTIONS, 0, f"{what} does not exist; remove its exemption")
        elif sizes[path, name].lines <= hard:
            yield Problem(EXEMPTIONS, 0, f"{what} is within {hard} lines; remove its exemption")
        if not exemption.reason.strip():
            yield Problem(EXEMPTIONS, 0, f"{what} is exempt without a reason")


def _functions(
    node: ast.AST, prefix: str
) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + child.name, child
        inner = f"{prefix}{child.name}." if isinstance(child, _NAMED) else prefix
        yield from _functions(child, inner)


_NAMED: Final = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function, clean=False) is None:
        return lines
    docstring = function.body[0]
    return lines - ((docstring.end_lineno or docstring.lineno) - docstring.lineno + 1)
