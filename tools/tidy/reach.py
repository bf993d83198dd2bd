# SPDX-License-Identifier: Apache-2.0
"""Every file of the package is used: imported by another, or a place where a program starts.

Code that nothing imports is not deleted by anyone, and is read by everyone. While the command line
does not exist yet, an import in a test counts too.
"""

import ast
from collections.abc import Iterator
from typing import Final

from tools.tidy.problem import Problem
from tools.tidy.tree import Texts, python

ENTRY_POINTS: Final = {"lejar", "lejar.cli", "lejar.cli.main"}
PROGRAMS: Final = ("src/", "tools/", "bench/")


def check(texts: Texts) -> Iterator[Problem]:
    """Yield the modules of `src` that nothing reaches."""
    started = any(path.startswith("src/lejar/cli") for path in texts)
    readers = PROGRAMS if started else (*PROGRAMS, "tests/")
    used = set(ENTRY_POINTS)
    for path, _, tree in python(texts):
        if path.startswith(readers):
            used |= set(_mentioned(tree))
    for path in texts:
        if path.startswith("src/") and path.endswith(".py"):
            module = module_name(path)
            if module not in used and not module.endswith("__main__"):
                yield Problem(path, 0, f"nothing imports {module}")


def module_name(path: str) -> str:
    """Turn `src/lejar/kernel/__init__.py` into `lejar.kernel`."""
    dotted = path.removeprefix("src/").removesuffix(".py").replace("/", ".")
    return dotted.removesuffix(".__init__")


def _mentioned(tree: ast.Module) -> Iterator[str]:
    """Yield modules that are imported, or named in a string (`python -m`, uvicorn)."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    yield from _with_parents(alias.name)
            case ast.ImportFrom(module=str(module), names=aliases):
                yield from _with_parents(module)
                yield from (f"{module}.{alias.name}" for alias in aliases)
            case ast.Constant(value=str(text)) if text.startswith("lejar."):
                yield from _with_parents(text.partition(":")[0])


def _with_parents(module: str) -> Iterator[str]:
    """Importing a module runs the packages above it."""
    parts = module.split(".")
    yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))
