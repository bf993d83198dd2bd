# SPDX-License-Identifier: Apache-2.0
"""The determinism lint, on small pieces of code that it must refuse and must allow."""

from pathlib import Path

import pytest

from tools import determinism

REFUSED = {
    "float literal": "rate = 0.05",
    "float call": "x = float('1')",
    "true division": "half = total / 2",
    "true division in place": "total /= 2",
    "negative power": "x = 10 ** -2",
    "clock": "from datetime import datetime\nx = datetime.now()",
    "clock by module": "import datetime as dt\nx = dt.datetime.now(dt.UTC)",
    "today": "from datetime import date\nx = date.today()",
    "time": "import time",
    "time from": "from time import monotonic",
    "random": "from random import choice",
    "secrets": "import secrets",
    "os": "import os.path",
    "pathlib": "from pathlib import Path",
    "environ": "x = thing.environ",
    "hash": "x = hash(key)",
    "id": "x = id(key)",
    "open": "x = open('f')",
    "print": "print(1)",
    "input": "input()",
    "globals": "globals()",
    "set literal iterated": "for x in {1, 2}: pass",
    "set comprehension": "x = {a for a in b}",
    "set call": "x = list(set(b))",
    "frozenset constant": "KINDS = frozenset({1, 2})",
    "sorted set by key": "x = sorted(set(b), key=len)",
    "set of keys": "for x in a.keys() & b.keys(): pass",
    "async": "async def f(): pass",
    "async comprehension": "async def f(): return [x async for x in y]",
    "math": "import math\nx = math.sqrt(2)",
    "marker without a reason": "KINDS = {1, 2}  # dst-ok:",
    "marker without a finding": "x = 1  # dst-ok: nothing here",
}

ALLOWED = {
    "integers": "x = (a * b + 1) // 2",
    "power": "x = 10 ** 6",
    "membership": "x = a in {1, 2}",
    "equality": "x = set(a) == {1}",
    "size": "x = len(set(a)) == len(a)",
    "sorted at once": "for x in sorted(set(a)): pass",
    "annotation": "def f(x: frozenset[int]) -> set[str]: ...",
    "dict": "x = {k: v for k, v in a.items()}",
    "date": "from datetime import date\nx = date(2026, 6, 28)",
    "exact math": "import math\nx = math.gcd(4, 6)",
    "a method called id": "x = party.id()",
    "our own name": "from lejar.kernel.digest import hash\nx = hash(b'')",
    "marked": "KINDS = frozenset((1, 2))  # dst-ok: membership only",
}


@pytest.mark.parametrize("source", REFUSED.values(), ids=REFUSED.keys())
def test_what_may_differ_is_refused(source: str) -> None:
    assert determinism.findings(source)


@pytest.mark.parametrize("source", ALLOWED.values(), ids=ALLOWED.keys())
def test_what_is_exact_is_allowed(source: str) -> None:
    assert determinism.findings(source) == []


def test_a_finding_names_its_line() -> None:
    (finding,) = determinism.findings("x = 1\ny = 0.5\n")
    assert finding == (2, "a float literal")


def test_only_the_core_is_held_to_it(tmp_path: Path) -> None:
    for room in ("node", "domain/money"):
        (tmp_path / room).mkdir(parents=True)
        (tmp_path / room / "rates.py").write_text("import time\n", encoding="utf-8")
    assert determinism.main(tmp_path) == 1
    (tmp_path / "domain/money/rates.py").write_text("RATE = 5\n", encoding="utf-8")
    assert determinism.main(tmp_path) == 0
