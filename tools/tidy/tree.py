# SPDX-License-Identifier: Apache-2.0
"""The files that the rules look at: those that git has or would take.

Read once and handed to every rule, so that a rule is a pure function of paths and texts, and its
test needs no repository.
"""

import ast
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

SOURCE: Final = {
    ".py", ".md", ".toml", ".sh", ".html", ".css", ".js", ".txt", ".scenario", ".yml", ".yaml",
    ".json", ".sql",
}  # fmt: skip
NAMED_SOURCE: Final = {"Makefile", "NOTICE", "CHANGELOG", ".ci/run", ".gitignore"}

Texts = Mapping[str, str]
"""Path from the root, with forward slashes, to the file's text."""


def read(root: Path) -> dict[str, str]:
    """Return the text of every source file below `root`, in order of path."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    paths = sorted({p for p in listed.stdout.split("\0") if p and (root / p).is_file()})
    return {p: (root / p).read_text(encoding="utf-8") for p in paths if _is_source(p)}


def python(texts: Texts) -> Iterator[tuple[str, str, ast.Module]]:
    """Yield path, text and syntax tree of each Python file."""
    for path, text in texts.items():
        if path.endswith(".py"):
            yield path, text, ast.parse(text, filename=path)


def _is_source(path: str) -> bool:
    """Tell our own text from data, and from files that other people publish and we serve."""
    theirs = "/vendor/" in path or ".min." in path
    return not theirs and (Path(path).suffix in SOURCE or path in NAMED_SOURCE)
