# SPDX-License-Identifier: Apache-2.0
"""Envelopes of purpose-bound money: for their payer and their holder."""

import json
from dataclasses import dataclass

from sqlalchemy import select

from lejar.projections.money_schema import bound_money
from lejar.projections.schema import accounts
from lejar.projections.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class BoundMoney:
    """One envelope; amounts are in the currency's smallest unit."""

    id: bytes
    currency: bytes
    payer: bytes
    source: bytes
    escrow: bytes
    holder: bytes
    receivers: tuple[bytes, ...]
    credential: str | None
    purpose: str
    until: int
    amount: int
    left: int
    stage: str
    """`open`, `spent`, `returned` or `stuck`."""
    cause: str | None
    """Why the rest could not go back: a refusal's code."""
    entry: int


def bound_money_of(snapshot: Snapshot, envelope: bytes) -> BoundMoney | None:
    """Give an envelope, also one that is over; or none."""
    c = bound_money.c
    query = (
        select(bound_money, accounts.c.owner)
        .select_from(bound_money.join(accounts, accounts.c.id == c.source))
        .where(c.id == envelope)
    )
    row = snapshot.connection.execute(query).one_or_none()
    if row is None:
        return None
    return BoundMoney(
        bytes(row.id),
        bytes(row.currency),
        bytes(row.owner),
        bytes(row.source),
        bytes(row.escrow),
        bytes(row.holder),
        tuple(bytes.fromhex(one) for one in json.loads(row.receivers)),
        row.credential,
        row.purpose,
        row.until,
        row.amount,
        row.left,
        row.stage,
        row.cause,
        row.entry,
    )
