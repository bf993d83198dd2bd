# SPDX-License-Identifier: Apache-2.0
"""The peer must do the same work as the hub, or its figure means nothing.

So its rules are tried one by one, a resend too, and its audit must notice what it is there for.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bench.market import MONEY_EACH, UNITS_EACH
from bench.peers.load import Load, Peer, Unsound, read_pgbench
from bench.peers.server import Server, Unavailable, private_server

ROOT = Path(__file__).parents[2]
ACCOUNTS = 20
COMMAND = "00000000-0000-0000-0000-{:012}"

CAP_5_ABOVE = (
    "UPDATE asset SET holding_max = 5 +"
    " (SELECT amount FROM balance WHERE account = 2 AND asset = 1) WHERE id = 1"
)
SECOND_ACCOUNT = "INSERT INTO account VALUES (99, 2); INSERT INTO balance VALUES (99, 1, 1)"
REFUSED = {
    "source_suspended": "UPDATE party SET suspended = true WHERE id = 1",
    "target_suspended": "UPDATE party SET suspended = true WHERE id = 2",
    "source_frozen": "INSERT INTO frozen_party VALUES (1)",
    "target_frozen": "INSERT INTO frozen_account VALUES (2)",
    "target_ineligible": "UPDATE credential SET expires_at = now() WHERE party = 2",
    "lock_up": "UPDATE asset SET locked_until = now() + interval '1 day' WHERE id = 1",
    # This account alone would stay within the cap, but the person has a second one.
    "holding_cap": f"{CAP_5_ABOVE}; {SECOND_ACCOUNT}",
    "funds_insufficient": "UPDATE balance SET amount = 4 WHERE account = 1 AND asset = 1",
}


@pytest.fixture(scope="module")
def server(needs: Callable[[str], Path]) -> Iterator[Server]:
    with private_server(needs("initdb").resolve().parent) as running:
        yield running


@pytest.fixture
def peer(server: Server) -> Peer:
    server.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public;")
    return Peer(server, ACCOUNTS)


def dvp(number: int, *, units: int = 5, price: int = 700) -> str:
    """Let account 1 deliver to account 2."""
    return f"SELECT dvp('{COMMAND.format(number)}', 1, 2, 1, {units}, 2, {price});"


def balances(server: Server) -> list[list[str]]:
    return server.sql("SELECT account, asset, amount FROM balance ORDER BY 1, 2;")


@pytest.mark.postgres
def test_an_exchange_moves_both_legs_and_writes_four_postings(peer: Peer) -> None:
    peer.server.sql(dvp(1))
    moved = peer.server.sql("SELECT line, account, asset, amount FROM posting ORDER BY line;")
    assert moved == [
        ["1", "1", "1", "-5"],
        ["2", "2", "1", "5"],
        ["3", "2", "2", "-700"],
        ["4", "1", "2", "700"],
    ]
    assert balances(peer.server)[:4] == [
        ["1", "1", str(UNITS_EACH - 5)],
        ["1", "2", str(MONEY_EACH + 700)],
        ["2", "1", str(UNITS_EACH + 5)],
        ["2", "2", str(MONEY_EACH - 700)],
    ]
    peer.reconcile()


@pytest.mark.postgres
def test_a_resend_answers_the_first_entry_and_moves_nothing(peer: Peer) -> None:
    first, after = peer.server.sql(dvp(1)), balances(peer.server)
    assert peer.server.sql(dvp(1, units=6)) == first
    assert balances(peer.server) == after


@pytest.mark.postgres
@pytest.mark.parametrize("refusal", REFUSED)
def test_each_rule_refuses_keeps_the_entry_and_moves_nothing(peer: Peer, refusal: str) -> None:
    peer.server.sql(f"{REFUSED[refusal]};")
    before = balances(peer.server)
    peer.server.sql(dvp(1))
    assert peer.server.sql("SELECT refusal FROM entry;") == [[refusal]]
    assert balances(peer.server) == before
    assert peer.server.sql("SELECT count(*) FROM posting;") == [["0"]]


@pytest.mark.postgres
def test_the_cap_itself_may_be_reached(peer: Peer) -> None:
    peer.server.sql(f"{CAP_5_ABOVE};")
    peer.server.sql(dvp(1))
    assert peer.server.sql("SELECT refusal FROM entry;") == [[""]]


@pytest.mark.postgres
@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE balance SET amount = amount + 1 WHERE account = 3 AND asset = 1",
        "DELETE FROM entry WHERE number = (SELECT min(number) FROM entry)",
        "UPDATE entry SET refusal = 'lock_up' WHERE number = (SELECT min(number) FROM entry)",
    ],
)
def test_the_audit_notices(peer: Peer, damage: str) -> None:
    peer.round(Load(ACCOUNTS, "any", clients=4, seconds=1))
    peer.audit()
    peer.server.sql(f"{damage};")
    with pytest.raises(Unsound):
        peer.audit()


@pytest.mark.postgres
@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE balance SET amount = amount + account * 2 - 3 WHERE account < 3 AND asset = 1",
        "DELETE FROM posting WHERE line = 4",
    ],
)
def test_reconciling_notices_what_sums_do_not(peer: Peer, damage: str) -> None:
    peer.round(Load(ACCOUNTS, "hot", clients=4, seconds=1))
    peer.reconcile()
    peer.server.sql(f"{damage};")
    peer.audit()
    with pytest.raises(Unsound):
        peer.reconcile()


@pytest.mark.postgres
@pytest.mark.slow
def test_the_short_form_writes_all_figures(needs: Callable[[str], Path], tmp_path: Path) -> None:
    programs = needs("initdb").resolve().parent
    out = tmp_path / "peers.json"
    done = run(out, LEJAR_PEERS_SHORT="1", POSTGRES_BIN=str(programs))
    assert done.returncode == 0, done.stderr
    figures = json.loads(out.read_text())
    for name in ("dvp_per_s", "dvp_hot_per_s", "dvp_p50_ms"):
        assert figures[name] > 0
    assert figures["postgres_version"][0].isdigit()
    assert figures["clients"] == {"any": 2, "hot": 2}
    assert figures["settings"]["fsync"] == figures["settings"]["synchronous_commit"] == "on"
    assert {"cores", "cpu_model", "verify_per_s"} <= figures["machine"].keys()


@pytest.mark.postgres
def test_the_server_and_its_folder_are_gone_after_an_interruption(
    needs: Callable[[str], Path],
) -> None:
    programs = needs("initdb").resolve().parent
    with pytest.raises(KeyboardInterrupt), private_server(programs) as running:  # noqa: PT012 - it must come from inside
        process = int((running.folder / "data" / "postmaster.pid").read_text().split()[0])
        folder = running.folder
        raise KeyboardInterrupt
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@pytest.mark.parametrize(("ci", "code"), [("0", 0), ("1", 1)])
def test_where_there_is_no_server_it_says_so(tmp_path: Path, ci: str, code: int) -> None:
    done = run(tmp_path / "peers.json", POSTGRES_BIN=str(tmp_path), LEJAR_CI=ci)
    assert done.returncode == code
    assert "was not found" in done.stderr
    assert "The comparison was not made." in done.stderr
    assert not (tmp_path / "peers.json").exists()


def test_a_report_in_another_form_is_an_error_and_no_figure() -> None:
    good = (
        "number of transactions actually processed: 912\n"
        "tps = 304.5 (without initial connection time)\n"
    )
    assert read_pgbench(good) == (912, 304.5)
    with pytest.raises(Unavailable):
        read_pgbench("tps = 304.5 (including connections establishing)\n")


def run(out: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bench.peers", "--output", str(out)],
        cwd=ROOT,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        check=False,
    )
