# SPDX-License-Identifier: Apache-2.0
"""The state against the auditor's books, read as anyone could who has the documented tables.

A record's bytes are decoded without its type, so that no code of the ledger is asked about itself.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import msgspec

from lejar.kernel.codec import encode
from lejar.node.simulation.books import Books
from lejar.node.simulation.claim import claim
from lejar.node.simulation.settling import RANKS, takers

ACCOUNTS: Final = 0x10
BALANCES: Final = 0x11
OWNED: Final = 0x12
HOLDS: Final = 0x13
PARTIES: Final = 0x20
KEYRINGS: Final = 0x21
FREEZES: Final = 0x31
FREEZE_ORDERS: Final = 0x34
HALTS: Final = 0x35
INSTRUCTIONS: Final = 0x48
WAITING: Final = 0x49
RESERVES: Final = 0x4C
LIMITS: Final = 0x4D
AHEAD: Final = 0x68
PENALTIES: Final = 0x6C
DIRECTIVES: Final = 0x70
ID: Final = 16


def agrees(state: Mapping[bytes, Any], books: Books) -> None:
    """Stop the run unless the state says what the books say."""
    totals = {(a, b): total for (a, b), total in books.balances.items() if total}
    held = {key: amount for key, amount in books.held.items() if amount}
    rows = {(key[:ID], key[ID:]): row for key, row in _rows(state, BALANCES)}
    _same("balances", {key: row[0] for key, row in rows.items() if row[0]}, totals)
    _same("what is held", {key: row[1] for key, row in rows.items() if row[1]}, held)
    for asset, page in books.assets.items():
        supply = -totals.get((asset, page.issuance), 0)
        holdings = sum(n for (a, b), n in totals.items() if a == asset and b != page.issuance)
        claim(supply == holdings, "Supply equals holdings.", f"{supply} and {holdings}")
    _same(
        "holds",
        {key: row[:3] for key, row in _rows(state, HOLDS)},
        {key: [hold.asset, hold.account, hold.amount] for key, hold in books.holds.items()},
    )
    _same(
        "accounts",
        dict.fromkeys(k for k, _ in _rows(state, ACCOUNTS)),
        dict.fromkeys(books.accounts),
    )
    _same_directives(state, books)
    _same_parties(state, books)
    _same_instructions(state, books)
    _same_owned(state, books)


def _same_directives(state: Mapping[bytes, Any], books: Books) -> None:
    _same(
        "freezes",
        {(key[:ID], key[ID:]): row[0] for key, row in _rows(state, FREEZE_ORDERS)},
        {(one, name): by for one, found in books.frozen.items() for name, by in found.items()},
    )
    shown = {key: row[0] for key, row in _rows(state, FREEZES)}
    _same("what is frozen", dict.fromkeys(shown), dict.fromkeys(books.frozen))
    claim(
        all(by in books.frozen[one].values() for one, by in shown.items()),
        "A freeze is shown with an agency that ordered it.",
        f"{shown}",
    )
    halts = sum(row[0] for key, row in _rows(state, HALTS) if key == b"any")
    claim(halts == len(books.halts), "Halts are counted as they were ordered.", f"{halts}")
    _same(
        "directives",
        {key: [row[0], row[1], *row[7:9]] for key, row in _rows(state, DIRECTIVES)},
        {
            name: [page.kind, page.agency, page.stage, page.appeal]
            for name, page in books.directives.items()
        },
    )


def _same_parties(state: Mapping[bytes, Any], books: Books) -> None:
    _same(
        "parties",
        {key: row[1] == "open" for key, row in _rows(state, PARTIES)},
        {one: page.is_open for one, page in books.parties.items()},
    )
    _same(
        "keys",
        {key: ([k[0] for k in row[0]], row[2]) for key, row in _rows(state, KEYRINGS)},
        {one: (list(page.keys), page.version) for one, page in books.parties.items()},
    )


def _same_instructions(state: Mapping[bytes, Any], books: Books) -> None:
    """An instruction's row: legs first, stage fifth, then due, attempts, holds; see the model."""
    rows = dict(_rows(state, INSTRUCTIONS))
    _same(
        "instructions",
        {key: (row[5], row[6], row[7], tuple(row[8])) for key, row in rows.items()},
        {
            key: (page.stage, page.due, page.attempts, page.holds)
            for key, page in books.instructions.items()
        },
    )
    _same(
        "who keeps instructions back, and where they stand",
        {key: (sorted(row[12]), row[13], sorted(row[17])) for key, row in rows.items()},
        {
            key: (sorted(page.held_by), page.place, sorted(page.followers))
            for key, page in books.instructions.items()
        },
    )
    _same(
        "the queue",
        dict.fromkeys(key for key, _ in _rows(state, WAITING)),
        dict.fromkeys(page.place for page in books.instructions.values() if page.place),
    )
    _everything_came_to_an_end(rows, books)
    _same_operation(state, books)


def _everything_came_to_an_end(rows: Mapping[bytes, Any], books: Books) -> None:
    """What was instructed has settled, was given up, or is still open: nothing else."""
    instructed, settled, ended = (
        books.instructed.get(what, 0) for what in ("instructed", "settled", "ended")
    )
    waiting = sum(leg[3] for row in rows.values() for leg in row[0])
    claim(
        instructed == settled + ended + waiting,
        "What was instructed has settled, has ended, or waits.",
        f"{instructed} is not {settled} + {ended} + {waiting}",
    )


def _same_operation(state: Mapping[bytes, Any], books: Books) -> None:
    counts: dict[bytes, list[int]] = {}
    for (asset, account), ranks in takers(books).items():
        counts[asset + account] = [ranks.count(rank) for rank in RANKS]
    _same("who is ahead", {key: row[0] for key, row in _rows(state, AHEAD)}, counts)
    _same(
        "reserves",
        {(key[:ID], key[ID:]): row[0] for key, row in _rows(state, RESERVES)},
        books.reserves,
    )
    _same(
        "limits",
        {
            (key[:ID], key[ID:]): (row[0], dict(row[1]), row[2], dict(row[3]))
            for key, row in _rows(state, LIMITS)
        },
        {
            key: (page.to_all, page.to_one, page.day.isoformat(), page.sent)
            for key, page in books.limits.items()
        },
    )
    _same(
        "penalties",
        {key: row[:4] for key, row in _rows(state, PENALTIES)},
        {
            key: [page.payer, page.payee, page.asset, page.amount]
            for key, page in books.penalties.items()
        },
    )


def _same_owned(state: Mapping[bytes, Any], books: Books) -> None:
    expected = {}
    for asset in books.assets:
        for one in books.parties:
            pending = books.pending(asset, one)
            owned = books.owned(asset, one)
            if owned or pending:
                expected[asset, one] = [owned, pending]
    _same(
        "what persons own",
        {(key[:ID], key[ID:]): row for key, row in _rows(state, OWNED)},
        expected,
    )


def _rows(state: Mapping[bytes, Any], tag: int) -> Iterator[tuple[bytes, list[Any]]]:
    for key, record in state.items():
        if key[0] == tag:
            yield key[1:], msgspec.msgpack.decode(encode(record))


def _same(what: str, stated: dict[Any, Any], booked: dict[Any, Any]) -> None:
    differing = [
        (key, stated.get(key), booked.get(key))
        for key in {**stated, **booked}
        if key not in stated or key not in booked or stated[key] != booked[key]
    ]
    claim(not differing, f"The state and the books agree on {what}.", f"{differing[:2]}")
