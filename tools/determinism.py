# SPDX-License-Identifier: Apache-2.0
"""A lint that keeps kernel, ledger, proofs and domain deterministic.

The same journal must replay to the same root on every machine and every Python. What could differ
from run to run is therefore not written in these rooms at all: floats, clocks, randomness, the
order of a set, addresses in memory, the environment, input and output. The contract and its limits
are in `docs/explanation/determinism.md`. A line that is safe for a reason says so:
`# dst-ok: membership only`.
"""

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

ROOMS: Final = ("kernel", "ledger", "proofs", "domain")

MARKER: Final = re.compile(r"#\s*dst-ok:\s*(?P<reason>\S.*)?$")

MODULES: Final = {
    "time": "a clock",
    "random": "randomness",
    "secrets": "randomness",
    "uuid": "randomness and the machine's address",
    "os": "the environment",
    "sys": "the interpreter",
    "platform": "the machine",
    "locale": "the locale",
    "zoneinfo": "a time-zone database",
    "decimal": "an ambient context",
    "asyncio": "scheduling",
    "concurrent": "scheduling",
    "threading": "scheduling",
    "multiprocessing": "scheduling",
    "subprocess": "input and output",
    "socket": "input and output",
    "sqlite3": "input and output",
    "tempfile": "input and output",
    "pathlib": "input and output",
    "shutil": "input and output",
    "logging": "input and output",
    "warnings": "input and output",
    "gc": "memory",
    "weakref": "memory",
}

BUILTINS: Final = {
    "float": "a float",
    "complex": "a float",
    "hash": "it differs from run to run",
    "id": "an address in memory",
    "open": "input and output",
    "print": "input and output",
    "input": "input and output",
    "globals": "ambient names",
    "locals": "ambient names",
    "eval": "code that no lint has read",
    "exec": "code that no lint has read",
    "__import__": "code that no lint has read",
}

CLOCKS: Final = {
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "datetime.datetime.fromtimestamp",
    "datetime.date.today",
    "datetime.date.fromtimestamp",
}

MATH: Final = {"gcd", "lcm", "isqrt", "comb", "perm", "factorial", "prod"}

SET_MAKERS: Final = {"set", "frozenset"}

ORDER_BLIND: Final = {"sorted", "len"}
"""Calls whose answer does not depend on the order of what they are given (`sorted` without key)."""

ASYNC: Final = (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)


class Finding(NamedTuple):
    """One line that could differ from run to run."""

    line: int
    sentence: str


def findings(source: str) -> list[Finding]:
    """Return what is not deterministic in this source, by line, less what is marked safe."""
    tree = ast.parse(source)
    found = sorted(set(_walk(tree, _imported_names(tree))))
    return sorted(_without_marked(found, source.splitlines()))


def _walk(tree: ast.AST, names: dict[str, str]) -> Iterator[Finding]:
    safe = set(_order_blind_sets(tree))
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        for sentence in _sentences(node, names):
            yield Finding(line, sentence)
        if _is_set(node) and node not in safe:
            yield Finding(line, "the order of a set differs from run to run; sort it")


def _sentences(node: ast.AST, names: dict[str, str]) -> Iterator[str]:
    """What is wrong with this one node."""
    match node:
        case ast.Import(names=aliases):
            for alias in aliases:
                yield from _module(alias.name)
        case ast.ImportFrom(module=str(module)):
            yield from _module(module)
        case ast.Constant(value=float() | complex()):
            yield "a float literal"
        case ast.BinOp(op=operator, right=right) | ast.AugAssign(op=operator, value=right):
            yield from _operator(operator, right)
        case ast.Call(func=func):
            yield from _call(func, names)
        case ast.Attribute(attr="environ"):
            yield "environ: the environment"
        case _ if isinstance(node, ASYNC) or getattr(node, "is_async", False):
            yield "async: the order of scheduling is not ours"


def _module(dotted: str) -> Iterator[str]:
    root = dotted.split(".", maxsplit=1)[0]
    if root in MODULES:
        yield f"import {root}: {MODULES[root]}"


def _operator(operator: ast.operator, right: ast.expr) -> Iterator[str]:
    match operator, right:
        case ast.Div(), _:
            yield "true division makes a float; divide with a named rounding"
        case ast.Pow(), ast.UnaryOp(op=ast.USub()):
            yield "a negative power makes a float"


def _call(func: ast.expr, names: dict[str, str]) -> Iterator[str]:
    dotted = _dotted(func, names)
    if isinstance(func, ast.Name) and func.id in BUILTINS and func.id not in names:
        yield f"{func.id}(): {BUILTINS[func.id]}"
    if dotted in CLOCKS:
        yield f"{dotted}(): a clock"
    if dotted.startswith("math.") and dotted.removeprefix("math.") not in MATH:
        yield f"{dotted}(): a float"


def _dotted(node: ast.expr, names: dict[str, str]) -> str:
    """The full name of what is called, through the module's imports, or an empty string."""
    match node:
        case ast.Name(id=name):
            return names.get(name, "")
        case ast.Attribute(value=value, attr=attribute):
            owner = _dotted(value, names)
            return f"{owner}.{attribute}" if owner else ""
    return ""


def _imported_names(tree: ast.AST) -> dict[str, str]:
    """Each imported name with the full name it stands for."""
    names: dict[str, str] = {}
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=aliases):
                for alias in aliases:
                    root = alias.name if alias.asname else alias.name.split(".")[0]
                    names[alias.asname or root] = root
            case ast.ImportFrom(module=str(module), names=aliases):
                names |= {a.asname or a.name: f"{module}.{a.name}" for a in aliases}
    return names


def _is_set(node: ast.AST) -> bool:
    match node:
        case ast.Set() | ast.SetComp() | ast.Call(func=ast.Name(id="set" | "frozenset")):
            return True
        case ast.BinOp(op=ast.BitAnd() | ast.BitOr() | ast.Sub() | ast.BitXor()):
            return _is_keys(node.left) or _is_keys(node.right)
    return False


def _is_keys(node: ast.expr) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(attr="keys" | "items"), args=[]):
            return True
    return False


def _order_blind_sets(tree: ast.AST) -> Iterator[ast.AST]:
    """Sets that are only asked for membership, equality, size, or are sorted at once."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare(left=left, comparators=others):
                yield from (left, *others)
            case ast.Call(func=ast.Name(id=name), args=[only], keywords=[]) if name in ORDER_BLIND:
                yield only


def _without_marked(found: list[Finding], lines: list[str]) -> Iterator[Finding]:
    """Drop findings on marked lines; a marker without a reason or without a finding is one."""
    marked = {n: m for n, text in enumerate(lines, 1) if (m := MARKER.search(text))}
    yield from (f for f in found if f.line not in marked)
    flagged = {f.line for f in found}
    for line, match in marked.items():
        if line not in flagged:
            yield Finding(line, "dst-ok marks nothing; remove it")
        elif not match["reason"]:
            yield Finding(line, "dst-ok must say why")


def main(root: Path = Path("src/lejar")) -> int:
    """Print every finding below `root`; return 1 if there is any."""
    files = [f for room in ROOMS for f in sorted((root / room).rglob("*.py"))]
    count = 0
    for file in files:
        for finding in findings(file.read_text(encoding="utf-8")):
            print(f"{file}:{finding.line}: {finding.sentence}")
            count += 1
    print(f"determinism: {len(files)} files, {count} findings")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
