# SPDX-License-Identifier: Apache-2.0
"""The market in PostgreSQL, the load that `pgbench` puts on it, and the sums that must hold."""

import re
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from bench.market import MONEY_EACH, UNITS_EACH
from bench.peers.server import Server, Unavailable

TPS: Final = re.compile(r"^tps = ([0-9.]+) \(without initial connection time\)$", re.MULTILINE)
DONE: Final = re.compile(r"^number of transactions actually processed: ([0-9]+)", re.MULTILINE)


class Unsound(Exception):
    """A round lost or made something, or was refused: its figure would mean nothing."""


@dataclass(frozen=True, slots=True)
class Load:
    """What `pgbench` is told: accounts to choose from, who is a side, how many, how long."""

    accounts: int
    kind: str
    """`any` or `hot`."""
    clients: int
    seconds: int
    rate: float = 0.0
    """Exchanges a second that arrive by themselves; 0: each client sends when it was answered."""


@dataclass(frozen=True, slots=True)
class Round:
    """Exchanges settled, how many a second, and their latencies in ms, sorted (if asked for)."""

    settled: int
    per_s: float
    latencies: list[float]


class Peer:
    """The market on a server; it remembers how many entries there must be."""

    def __init__(self, server: Server, accounts: int) -> None:
        self.server, self.accounts, self.entries = server, accounts, 0
        filled = {"accounts": accounts, "units_each": UNITS_EACH, "money_each": MONEY_EACH}
        server.sql(sql_text("schema.sql") + sql_text("dvp.sql"))
        server.sql(sql_text("fill.sql"), **filled)

    def round(self, load: Load, *, latencies: bool = False) -> Round:
        """Send for a while, then count what came of it."""
        (self.server.folder / "load.sql").write_text(sql_text(f"{load.kind}.pgbench.sql"))
        logged = ("--log", "--log-prefix=latency") if latencies else ()
        out = self.server.run("pgbench", *_words(load), *logged)
        settled, per_s = read_pgbench(out)
        self.entries += settled
        self.audit()
        return Round(settled, per_s, self._latencies() if latencies else [])

    def audit(self) -> None:
        """Raise `Unsound` unless the sums stand, and each exchange has an entry and no refusal."""
        found = [int(field) for field in self.server.sql(sql_text("audit.sql"))[0]]
        wanted = [UNITS_EACH * self.accounts, MONEY_EACH * self.accounts, self.entries, 0]
        if found != wanted:
            raise Unsound(f"bonds, money, entries, refused: {found}, and not {wanted}")

    def reconcile(self) -> None:
        """Raise `Unsound` unless the postings explain every balance and balance out."""
        each = {"units_each": UNITS_EACH, "money_each": MONEY_EACH}
        found = self.server.sql(sql_text("reconcile.sql"), **each)[0]
        if found != ["0", "0"]:
            raise Unsound(f"unexplained balances, entries without their postings: {found}")

    def _latencies(self) -> list[float]:
        """Read and remove pgbench's logs; the third field of a line is microseconds."""
        found = []
        for path in self.server.folder.glob("latency.*"):
            with path.open() as lines:
                found += [int(line.split(" ", 3)[2]) / 1000 for line in lines]
            path.unlink()
        return sorted(found)


def _words(load: Load) -> list[str]:
    return [
        "--no-vacuum",
        "--protocol=prepared",
        "--file=load.sql",
        f"--define=accounts={load.accounts}",
        f"--client={load.clients}",
        f"--jobs={min(2, load.clients)}",
        f"--time={load.seconds}",
        *([f"--rate={load.rate:.1f}"] if load.rate else []),
    ]


def read_pgbench(out: str) -> tuple[int, float]:
    """Give (transactions done, a second) from pgbench's report, or raise `Unavailable`."""
    done, per_s = DONE.search(out), TPS.search(out)
    if done is None or per_s is None:
        raise Unavailable(f"pgbench reported in a form that we do not know: {out[-500:]}")
    return int(done[1]), float(per_s[1])


def sql_text(name: str) -> str:
    """Give one of the SQL files beside this one."""
    return (files("bench.peers") / name).read_text()
