# SPDX-License-Identifier: Apache-2.0
"""The tables of money beside the state: who may draw what, who owes what, who keeps what."""

from sqlalchemy import Connection, Table, select

from lejar.domain.money.deposits.model import DEPOSITS, KEPT
from lejar.domain.money.intraday import COLLATERAL, CREDITS, FACILITIES
from lejar.domain.money.intraday.rules import value_of
from lejar.domain.policy import ACCOUNT_LIMITS, RETAIL_TIERS
from lejar.kernel.state import State
from lejar.ledger.balances import supply
from lejar.projections import Snapshot, money_schema
from lejar.projections.privileged.intraday import open_credits
from lejar.projections.public.money import deposit_tokens_of
from lejar.projections.schema import assets
from lejar.projections.standing import read_standing


def rows(connection: Connection, table: Table, *names: str) -> set[tuple[object, ...]]:
    """Give some columns of all rows."""
    return {tuple(row) for row in connection.execute(select(*(table.c[n] for n in names)))}


def money_agrees(connection: Connection, state: State) -> None:
    """Everything that is told of money stands as in the state."""
    _terms_agree(connection, state)
    _credits_agree(connection, state)
    _deposits_agree(connection, state)
    limits = rows(
        connection, money_schema.account_limits, "currency", "account", "holding_max",
        "daily_out_max",
    )  # fmt: skip
    assert limits == {
        (key[:16], key[16:], one.holding_max, one.daily_out_max)
        for key, one in ACCOUNT_LIMITS.scan(state)
    }
    tiers = rows(
        connection, money_schema.retail_tiers, "currency", "tier", "holding_max", "payment_max",
        "daily_max",
    )  # fmt: skip
    assert tiers == {
        (key[:16], key[16:].decode(), one.holding_max, one.payment_max, one.daily_max)
        for key, one in RETAIL_TIERS.scan(state)
    }


def _terms_agree(connection: Connection, state: State) -> None:
    terms = rows(
        connection, money_schema.collateral_terms, "currency", "asset", "price", "haircut", "until",
        "islamic",
    )  # fmt: skip
    assert terms == {
        (key[:16], key[16:], one.price, one.haircut, one.until, one.islamic)
        for key, one in COLLATERAL.scan(state)
    }
    facilities = rows(
        connection, money_schema.facilities, "currency", "forms", "account", "difference",
        "bank_max", "closing_minutes",
    )  # fmt: skip
    assert facilities == {
        (key, " ".join(one.forms), one.account, one.difference, one.bank_max, one.closing_minutes)
        for key, one in FACILITIES.scan(state)
    }


def _credits_agree(connection: Connection, state: State) -> None:
    """Who owes what until when, and whether it is covered, is what the core would say now."""
    snapshot = Snapshot(connection, read_standing(connection))
    issuers = {row.id: row.issuer for row in connection.execute(select(assets))}
    told = {one.id: one for one in open_credits(snapshot, None)}
    stored = dict(CREDITS.scan(state))
    assert set(told) == set(stored)
    for key, one in stored.items():
        line = told[key]
        assert (line.form, line.currency, line.bank, line.account) == (
            one.form, one.currency, one.bank, one.account,
        )  # fmt: skip
        assert (line.promise, line.drawn, line.owed) == (one.promise, one.drawn, one.owed)
        assert (line.closes_at, line.overdue_since) == (one.closes_at, one.overdue_since)
        assert line.is_overdue == (one.overdue_since is not None)
        assert line.central_bank == issuers[one.currency]
        kept = [(piece.asset, piece.amount) for piece in line.collateral]
        assert kept == [(piece.asset, piece.amount) for piece in one.kept]
        assert line.value == value_of(state, one.currency, one.kept)


def _deposits_agree(connection: Connection, state: State) -> None:
    snapshot = Snapshot(connection, read_standing(connection))
    issuance = {row.id: row.issuance_account for row in connection.execute(select(assets))}
    told = {
        (one.asset, one.currency, one.bank, one.code, one.settles_in, one.claims)
        for one in deposit_tokens_of(snapshot)
    }
    assert told == {
        (key, one.currency, one.bank, one.code, one.settles_in, supply(state, key, issuance[key]))
        for key, one in DEPOSITS.scan(state)
    }
    kept = rows(connection, money_schema.deposits_kept, "account", "currency", "deposit")
    assert kept == {(key[:16], key[16:], one.deposit) for key, one in KEPT.scan(state)}
