# SPDX-License-Identifier: Apache-2.0
"""Accounts with what is on them, and registers of holders."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, exists, literal_column, or_, select

from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.schema import (
    accounts,
    assets,
    authorities,
    balances,
    directed_entries,
    freezes,
    holds,
    postings,
)
from lejar.projections.snapshot import Found, Snapshot
from lejar.projections.standing import Standing


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account; `authority_max` is what its bank lets one movement take, none without one."""

    id: bytes
    owner: bytes
    purpose: str
    opened_at: int
    cash_account: bytes | None
    beneficiary: bytes | None
    """For whom its owner keeps it; none for the owner itself."""
    authority_max: int | None
    is_frozen: bool
    entry: int


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """What an account has of an asset, and how much of it is held.  `code` none: not listed."""

    asset: bytes
    code: str | None
    total: int
    held: int

    @property
    def free(self) -> int:
        """What may move."""
        return self.total - self.held


@dataclass(frozen=True, slots=True)
class HoldLine:
    """A hold in force; `owner` may release it: a party, or the instruction that it secures.

    A hold for a directive has the directive's id.
    """

    id: bytes
    asset: bytes
    account: bytes
    amount: int
    purpose: str
    owner: bytes
    expires_at: int | None
    entry: int


@dataclass(frozen=True, slots=True)
class AccountFound:
    """One account, with what is on it and what of it is held."""

    standing: Standing
    account: AccountLine
    balances: tuple[BalanceLine, ...]
    holds: tuple[HoldLine, ...]


@dataclass(frozen=True, slots=True)
class HolderLine:
    """One account of an asset's register."""

    account: bytes
    owner: bytes
    beneficiary: bytes | None
    purpose: str
    total: int
    held: int


@dataclass(frozen=True, slots=True)
class MovementLine:
    """One posting on an account; `directive` names the authority's order that moved it, if any."""

    entry: int
    ordinal: int
    asset: bytes
    amount: int
    directive: bytes | None


_ACCOUNT = (
    accounts.c.id,
    accounts.c.owner,
    accounts.c.purpose,
    accounts.c.opened_at,
    accounts.c.cash_account,
    accounts.c.beneficiary,
    authorities.c.amount_max,
    exists(select(literal_column("1")).where(freezes.c.subject == accounts.c.id)).label(
        "is_frozen"
    ),
    accounts.c.entry,
)


def accounts_page(
    snapshot: Snapshot, party: bytes, wanted: Wanted = FIRST_PAGE
) -> Page[AccountLine]:
    """Give a page of a party's accounts and those kept for it, in the order of their ids."""
    return page(snapshot, _ACCOUNTS, _accounts().where(concerns(party)), wanted)


def concerns(party: bytes) -> ColumnElement[bool]:
    """Say of an account whether a party owns it, or has it kept by a nominee or custodian."""
    return or_(accounts.c.owner == party, accounts.c.beneficiary == party)


def account(snapshot: Snapshot, id_: bytes) -> AccountFound | None:
    """Give one account; the parties concerned are its owner and its beneficiary."""
    row = snapshot.connection.execute(_accounts().where(accounts.c.id == id_)).one_or_none()
    if row is None:
        return None
    held = select(*(holds.c[name] for name in HoldLine.__dataclass_fields__))
    held = held.where(holds.c.account == id_).order_by(holds.c.entry, holds.c.id)
    return AccountFound(
        snapshot.standing,
        _account(row),
        _balances(snapshot, id_),
        tuple(HoldLine(*found) for found in snapshot.connection.execute(held)),
    )


def holders_page(snapshot: Snapshot, asset: bytes, wanted: Wanted = FIRST_PAGE) -> Page[HolderLine]:
    """Give a page of an asset's register: who holds it, in the order of account ids."""
    c = balances.c
    query = (
        select(*holder_columns())
        .join(accounts, accounts.c.id == c.account)
        .where(c.asset == asset, c.total > 0)
    )
    return page(snapshot, _HOLDERS, query, wanted)


def movements_page(
    snapshot: Snapshot, account_id: bytes, wanted: Wanted = FIRST_PAGE
) -> Page[MovementLine]:
    """Give a page of what moved on an account, the newest first."""
    c = postings.c
    query = (
        select(c.entry, c.ordinal, c.asset, c.amount, directed_entries.c.directive)
        .select_from(postings.outerjoin(directed_entries, directed_entries.c.entry == c.entry))
        .where(c.account == account_id)
    )
    return page(snapshot, _MOVEMENTS, query, wanted)


def holder_columns() -> tuple[Column[Any], ...]:
    """Give the columns of a `HolderLine`, from balances joined to their accounts."""
    c, a = balances.c, accounts.c
    return (c.account, a.owner, a.beneficiary, a.purpose, c.total, c.held)


def _accounts() -> Select[Any]:
    joined = accounts.outerjoin(authorities, authorities.c.account == accounts.c.id)
    return select(*_ACCOUNT).select_from(joined)


def _balances(snapshot: Snapshot, account_id: bytes) -> tuple[BalanceLine, ...]:
    c = balances.c
    query = (
        select(c.asset, assets.c.code, c.total, c.held)
        .select_from(balances.outerjoin(assets, assets.c.id == c.asset))
        .where(c.account == account_id, or_(c.total != 0, c.held != 0))
        .order_by(c.asset)
    )
    return tuple(BalanceLine(*row) for row in snapshot.connection.execute(query))


def _account(row: Found) -> AccountLine:
    return AccountLine(
        row.id,
        row.owner,
        row.purpose,
        row.opened_at,
        row.cash_account,
        row.beneficiary,
        row.amount_max,
        bool(row.is_frozen),
        row.entry,
    )


def _holder(row: Found) -> HolderLine:
    return HolderLine(*row)


def _movement(row: Found) -> MovementLine:
    return MovementLine(*row)


_ACCOUNTS: Listing[AccountLine] = Listing(
    "accounts", (accounts.c.id,), _account, newest_first=False
)
_HOLDERS: Listing[HolderLine] = Listing(
    "holders", (balances.c.account,), _holder, newest_first=False
)
_MOVEMENTS: Listing[MovementLine] = Listing(
    "movements", (postings.c.entry, postings.c.ordinal), _movement
)
