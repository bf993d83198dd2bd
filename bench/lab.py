# SPDX-License-Identifier: Apache-2.0
"""The policy laboratory on a long journal: `python -m bench.lab --movements 1000000`.

The journal is a real one, written by the hub on a real disk; only its signatures are blank, because
neither replay nor the laboratory checks them again.
"""

import argparse
import itertools
import secrets
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from bench.market import (
    Market,
    Order,
    exchanges,
    first_state,
    market,
    rules,
    seed_of,
    set_up,
    tokens,
)
from lejar.assembly import RULEBOOK
from lejar.domain.policy.kinds.holdings import HoldingCap
from lejar.domain.policy.model import AssetClass
from lejar.domain.policy.pack import Pack, Scope
from lejar.kernel.codec import encode
from lejar.kernel.entry import read_receipt
from lejar.kernel.envelope import FORMAT, Body, Envelope, Signed
from lejar.kernel.genesis import Genesis
from lejar.kernel.signature import public_key_of
from lejar.node.clock import system_clock
from lejar.node.disk import LocalDisk
from lejar.node.hub import Hub
from lejar.node.laboratory.running import ALWAYS, Span, run
from lejar.reference import shipped_pack

ACCOUNTS = 2_000
BLOCK = 512
MOVEMENTS = 100_000


def lab_s_per_million(folder: Path, movements: int = MOVEMENTS) -> dict[str, float]:
    """Give seconds for a million movements under a draft of the whole Malaysian pack."""
    genesis = first_state(ACCOUNTS)
    _write_journal(folder, genesis, market(ACCOUNTS), movements)
    began = time.perf_counter()
    findings = run(folder, genesis, draft(), Span(*ALWAYS), _progress)
    taken = time.perf_counter() - began
    if findings.judged < movements:
        message = f"only {findings.judged} of {movements} movements were judged"
        raise RuntimeError(message)
    return {
        "lab_s_per_million": taken / movements * 1e6,
        "lab_movements": float(movements),
        "lab_differences": float(len(findings.differences)),
    }


def draft() -> Pack:
    """Give the shipped pack with one rule more: nobody owns more than a little above the start."""
    pack = shipped_pack("my")
    like = next(rule for rule in pack.rules if isinstance(rule.spec, HoldingCap))
    cap = msgspec.structs.replace(
        like,
        id="my.draft.holding",
        spec=HoldingCap(1_000_300),
        scope=Scope(classes=(AssetClass.DIGITAL_ASSET,)),
    )
    return msgspec.structs.replace(pack, version="2027.1.1", rules=(*pack.rules, cap))


def _write_journal(folder: Path, genesis: Genesis, measured: Market, movements: int) -> None:
    hub = Hub(LocalDisk(folder), genesis, RULEBOOK, lambda: secrets.token_bytes(16))
    public = {}

    def blank(order: Order) -> bytes:
        salt = order.command_id * 2
        raw = msgspec.Raw(order.command)
        body = Body(FORMAT, genesis.network, order.command_id, measured.until, salt, raw)
        signatures = []
        for party in sorted(order.signers):
            if party not in public:
                public[party] = public_key_of(seed_of(party))
            signatures.append(Signed(party, public[party], bytes(64)))
        return encode(Envelope(encode(body), tuple(signatures)))

    trades = exchanges(measured, movements, 3, paper=measured.token)
    parts: tuple[Iterable[Order], ...] = (set_up(measured), rules(), tokens(measured), trades)
    for part in parts:
        for block in _blocks(map(blank, part)):
            for entry in hub.order(block, system_clock()).entries:
                refusal = read_receipt(entry.receipt).refusal
                if refusal is not None:
                    message = f"writing the journal was refused: {refusal.code} {refusal.facts}"
                    raise RuntimeError(message)
    hub.settle()
    hub.close()


def _blocks(envelopes: Iterator[bytes]) -> Iterator[list[bytes]]:
    while block := list(itertools.islice(envelopes, BLOCK)):
        yield block


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        print(f"\rblock {done} of {of}", end="", file=sys.stderr, flush=True)


def main() -> None:
    """Measure on a journal of so many movements, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--movements", type=int, default=1_000_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="lejar-lab-") as folder:
        for name, value in lab_s_per_million(Path(folder), options.movements).items():
            print(f"{name:28} {value:>14,.2f}", flush=True)


if __name__ == "__main__":
    main()
