# SPDX-License-Identifier: Apache-2.0
"""Run every rule on the repository: `python -m tools.tidy`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from tools import catalogue, reference
from tools.tidy import described, reach, sizes, tree, words
from tools.tidy.problem import Problem


def problems(root: Path, texts: tree.Texts) -> Iterator[Problem]:
    """Yield what every rule finds. What asks the assembly waits until there is one."""
    yield from sizes.check(texts)
    yield from words.check(texts)
    yield from reach.check(texts)
    if catalogue.is_assembled(root):
        commands = catalogue.commands(catalogue.assembled())
        yield from described.check(texts, commands)
        for path, text in reference.pages(commands).items():
            if texts.get(path) != text:
                yield Problem(path, 0, "is not what the code says; run `make docs`")


def main() -> int:
    """Print what is to mend; return 1 if there is anything."""
    root = Path()
    texts = tree.read(root)
    found = list(problems(root, texts))
    for problem in found:
        print(problem)
    functions, files = sizes.over_soft_limits(texts)
    print(f"tidy: {len(texts)} files, {len(found)} problems;", end=" ")
    print(f"over the soft limits: {functions} functions, {files} files")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
