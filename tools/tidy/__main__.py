# SPDX-License-Identifier: Apache-2.0
"""Run every rule on the repository: `python -m tools.tidy`."""

import sys
from collections.abc import Iterator
from pathlib import Path

from lejar.assembly import MODULES
from tools import reference
from tools.catalogue import catalogue
from tools.tidy import described, reach, sizes, tree, words
from tools.tidy.problem import Problem


def problems(texts: tree.Texts) -> Iterator[Problem]:
    """Yield what every rule finds."""
    yield from sizes.check(texts)
    yield from words.check(texts)
    yield from reach.check(texts)
    known = catalogue(MODULES)
    yield from described.check(texts, known.commands)
    for path, text in reference.pages(known).items():
        if texts.get(path) != text:
            yield Problem(path, 0, "is not what the code says; run `make docs`")


def main() -> int:
    """Print what is to mend; return 1 if there is anything."""
    texts = tree.read(Path())
    found = list(problems(texts))
    for problem in found:
        print(problem)
    functions, files = sizes.over_soft_limits(texts)
    print(f"tidy: {len(texts)} files, {len(found)} problems;", end=" ")
    print(f"over the soft limits: {functions} functions, {files} files")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
