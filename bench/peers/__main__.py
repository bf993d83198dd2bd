# SPDX-License-Identifier: Apache-2.0
"""`make bench-peers`: measure the same exchange in PostgreSQL, and write `bench/peers.json`.

Rounds of all kinds take turns, so that a slow minute of the machine falls on all of them. The
figure is the median of the rounds at the client count whose median is best.
"""

import argparse
import json
import os
import platform
import signal
import statistics
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bench.limits import sync_per_s, verify_per_s
from bench.market import ACCOUNTS
from bench.peers.load import Load, Peer
from bench.peers.server import SETTINGS, Server, Unavailable, installed, private_server

BENCH: Final = Path(__file__).parent.parent
CLIENTS: Final[dict[str, tuple[int, ...]]] = {"any": (8, 16, 32), "hot": (2, 8, 32)}
"""Clients at once, by kind. With one hot account more clients mostly wait for each other."""
UNTOUCHED: Final = ("autovacuum", "commit_delay", "wal_sync_method", "wal_compression")
"""Settings that matter and that are as PostgreSQL has them."""
DRIFT: Final = 0.2
"""Above this the machine was not the same in both runs, and a ratio says little."""


@dataclass(frozen=True, slots=True)
class Extent:
    """How much is measured."""

    accounts: int
    seconds: int
    rounds: int
    clients: dict[str, tuple[int, ...]]


FULL: Final = Extent(ACCOUNTS, seconds=6, rounds=3, clients=CLIENTS)
SHORT: Final = Extent(accounts=200, seconds=1, rounds=1, clients={"any": (2,), "hot": (2,)})
"""With `LEJAR_PEERS_SHORT=1`: whether it works, not how fast it is."""

Rounds = dict[str, dict[int, list[float]]]
"""Exchanges a second by kind, clients and round."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What it ran on, and how steady that was; the hub's bench measures its limits alike."""

    cores: int
    cpu_model: str
    system: str
    verify_per_s: float
    verify_per_s_after: float
    sync_per_s: float
    sync_per_s_after: float
    load_before: float
    load_after: float
    measured_at: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What `bench/peers.json` says."""

    postgres_version: str
    accounts: int
    dvp_per_s: float
    dvp_hot_per_s: float
    dvp_p50_ms: float
    """One client alone."""
    dvp_p99_ms: float
    half_load_p50_ms: float
    """At half of `dvp_per_s`, counted from when each exchange was due."""
    half_load_p99_ms: float
    clients: dict[str, int]
    spread: dict[str, float]
    """(Fastest - slowest) / median of the rounds behind a figure."""
    rounds: Rounds
    round_seconds: int
    exchanges: int
    settings: dict[str, str]
    machine: Machine


def main() -> None:
    """Measure, check the sums, print and write; without a server, say so."""
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(128 + signal.SIGTERM))
    options = _options()
    extent = SHORT if os.environ.get("LEJAR_PEERS_SHORT") == "1" else FULL
    try:
        programs = installed()
        with private_server(programs) as server:
            figures = _measure(server, extent)
    except Unavailable as unavailable:
        print(f"{unavailable} The comparison was not made.", file=sys.stderr)
        sys.exit(1 if os.environ.get("LEJAR_CI") == "1" else 0)
    except KeyboardInterrupt:
        print("Interrupted; the server was stopped and removed.", file=sys.stderr)
        sys.exit(128 + signal.SIGINT)
    options.output.write_text(json.dumps(asdict(figures), indent=2) + "\n")
    _print(figures)
    _compare(figures, BENCH / "latest.json")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__)
    parser.add_argument("--output", type=Path, default=BENCH / "peers.json")
    return parser.parse_args()


def _measure(server: Server, extent: Extent) -> Figures:
    version = server.sql("SHOW server_version;")[0][0]
    load_before, verify_before = os.getloadavg()[0], verify_per_s()
    syncs = _syncs()
    print(f"PostgreSQL {version}, {extent.accounts} accounts …", flush=True)
    peer = Peer(server, extent.accounts)
    peer.round(Load(extent.accounts, "any", 2, extent.seconds))
    rounds = _rounds(peer, extent)
    best = {
        kind: max(of, key=lambda one: statistics.median(of[one])) for kind, of in rounds.items()
    }
    behind = {kind: of[best[kind]] for kind, of in rounds.items()}
    rate = statistics.median(behind["any"])
    alone = _latency(peer, Load(extent.accounts, "any", 1, extent.seconds))
    half = _latency(peer, Load(extent.accounts, "any", best["any"], extent.seconds, rate / 2))
    peer.reconcile()
    return Figures(
        postgres_version=version,
        accounts=extent.accounts,
        dvp_per_s=round(rate, 1),
        dvp_hot_per_s=round(statistics.median(behind["hot"]), 1),
        dvp_p50_ms=alone[0],
        dvp_p99_ms=alone[1],
        half_load_p50_ms=half[0],
        half_load_p99_ms=half[1],
        clients=best,
        spread={kind: _spread(of) for kind, of in behind.items()},
        rounds=rounds,
        round_seconds=extent.seconds,
        exchanges=peer.entries,
        settings=_settings(server),
        machine=_machine(load_before, verify_before, syncs),
    )


def _rounds(peer: Peer, extent: Extent) -> Rounds:
    rounds: Rounds = {
        kind: {clients: [] for clients in counts} for kind, counts in extent.clients.items()
    }
    for number in range(extent.rounds):
        for kind, of in rounds.items():
            for clients, found in of.items():
                load = Load(extent.accounts, kind, clients, extent.seconds)
                found.append(round(peer.round(load).per_s, 1))
                line = f"round {number + 1}  {kind:4} {clients:>3} clients {found[-1]:>10,.0f} /s"
                print(line, flush=True)
    return rounds


def _latency(peer: Peer, load: Load) -> tuple[float, float]:
    """Give the median and the 99th percentile in milliseconds."""
    ordered = peer.round(load, latencies=True).latencies
    return ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.99)]


def _spread(rates: list[float]) -> float:
    return round((max(rates) - min(rates)) / statistics.median(rates), 3)


def _settings(server: Server) -> dict[str, str]:
    """Give the settings as the running server has them, not as they were meant."""
    names = ", ".join(f"'{name}'" for name in (*SETTINGS, *UNTOUCHED))
    query = f"SELECT name, current_setting(name) FROM pg_settings WHERE name IN ({names});"  # noqa: S608 - our own names
    return dict(sorted((name, value) for name, value in server.sql(query)))


def _machine(load_before: float, verify_before: float, syncs: float) -> Machine:
    return Machine(
        cores=_cores(),
        cpu_model=_cpu_model(),
        system=f"{platform.system()} {platform.release()}",
        verify_per_s=round(verify_before),
        verify_per_s_after=round(verify_per_s()),
        sync_per_s=round(syncs),
        sync_per_s_after=round(_syncs()),
        load_before=round(load_before, 2),
        load_after=round(os.getloadavg()[0], 2),
        measured_at=int(time.time()),
    )


def _syncs() -> float:
    """Measure syncs where the server's folder is: the same disk."""
    with tempfile.TemporaryDirectory(prefix="lejar-peers-") as folder:
        return sync_per_s(Path(folder))


def _cores() -> int:
    """Count the cores we may use: `taskset -c 0,1 make bench bench-peers` gives both the same."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _cpu_model() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())


def _print(figures: Figures) -> None:
    machine = figures.machine
    print(
        f"\nPostgreSQL {figures.postgres_version}, unsigned PL/pgSQL, {figures.accounts} accounts"
    )
    print(f"on {machine.cores} cores ({machine.cpu_model}), {figures.exchanges:,} exchanges\n")
    for kind, name in (("any", "dvp_per_s"), ("hot", "dvp_hot_per_s")):
        how = f"{figures.clients[kind]} clients, spread {figures.spread[kind]:.0%}"
        print(f"{name:28} {getattr(figures, name):>14,.0f}   {how}")
    print(f"{'dvp_p50_ms / p99':28} {figures.dvp_p50_ms:>14.2f} / {figures.dvp_p99_ms:.2f}")
    half = f"{figures.half_load_p50_ms:>14.2f} / {figures.half_load_p99_ms:.2f}"
    print(f"{'half load p50 / p99 ms':28} {half}")
    _steady("verify_per_s", machine.verify_per_s, machine.verify_per_s_after)
    _steady("sync_per_s", machine.sync_per_s, machine.sync_per_s_after)
    _steady("load average", machine.load_before, machine.load_after)
    print("\nmoney and bonds conserved; postings explain every balance; no exchange was refused")


def _steady(name: str, before: float, after: float) -> None:
    print(f"{name + ', before / after':28} {before:>14,.2f} / {after:,.2f}")


def _compare(figures: Figures, latest: Path) -> None:
    """Put the hub's figures beside, if they were measured; another run, so say how it differed."""
    if not latest.exists():
        print("no bench/latest.json to compare with: `make bench` writes it")
        return
    ours: dict[str, float] = json.loads(latest.read_text())
    machine = figures.machine
    print(f"\n{'':28} {'hub':>14} {'PostgreSQL':>14} {'ratio':>8}")
    _beside("dvp_per_s", ours, figures.dvp_per_s)
    _beside("dvp_hot_per_s", ours, figures.dvp_hot_per_s)
    print("and what the machine could do in each of the two runs:")
    ratios = [
        _beside("accounts", ours, figures.accounts),
        _beside("verify_per_s", ours, machine.verify_per_s),
        _beside("sync_per_s", ours, machine.sync_per_s),
    ]
    if any(abs(ratio - 1) > DRIFT for ratio in ratios):
        print(
            "These differ too much for the ratios to mean anything: repeat both when it is quiet."
        )


def _beside(name: str, ours: dict[str, float], theirs: float) -> float:
    """Print a line of the comparison and give the ratio; 1 where the hub's run has no such key."""
    if name not in ours:
        return 1.0
    ratio = ours[name] / theirs
    print(f"{name:28} {ours[name]:>14,.0f} {theirs:>14,.0f} {ratio:>8.2f}")
    return ratio


if __name__ == "__main__":
    main()
