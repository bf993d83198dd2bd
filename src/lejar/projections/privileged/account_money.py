# SPDX-License-Identifier: Apache-2.0
"""What is between an account's owner, its bank and the central bank: limits, and claims kept."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from lejar.projections.money_schema import account_limits, deposits_kept
from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.schema import accounts, assets, balances
from lejar.projections.snapshot import Found, Snapshot


@dataclass(frozen=True, slots=True)
class AccountLimitLine:
    """What an account may hold and send in a day; none is no limit."""

    account: bytes
    owner: bytes
    currency: bytes
    holding_max: int | None
    daily_out_max: int | None
    entry: int


@dataclass(frozen=True, slots=True)
class KeptLine:
    """The claim that an account holds in place of a currency."""

    currency: bytes
    deposit: bytes
    entry: int


def limits_page(
    snapshot: Snapshot, party: bytes | None, wanted: Wanted = FIRST_PAGE
) -> Page[AccountLimitLine]:
    """Give the limits of a party's accounts, or of its currency, or all; newest first."""
    query = (
        select(account_limits, accounts.c.owner)
        .join(accounts, accounts.c.id == account_limits.c.account)
        .join(assets, assets.c.id == account_limits.c.currency)
    )
    if party is not None:
        concerned = (accounts.c.owner, accounts.c.beneficiary, assets.c.issuer)
        query = query.where(or_(*(column == party for column in concerned)))
    return page(snapshot, _LISTING, query, wanted)


def deposits_kept_by(snapshot: Snapshot, account: bytes) -> tuple[KeptLine, ...]:
    """Give the claims that an account holds; who banks where is for its owner to know."""
    c = deposits_kept.c
    query = select(c.currency, c.deposit, c.entry).where(c.account == account)
    rows = snapshot.connection.execute(query.order_by(c.currency))
    return tuple(KeptLine(*row) for row in rows)


def central_bank_money(snapshot: Snapshot, account: bytes, currency: bytes) -> int:
    """Give what an account has of a currency: the money in which a bank settles its claims."""
    c = balances.c
    query = select(c.total).where(c.asset == currency, c.account == account)
    return snapshot.connection.execute(query).scalar_one_or_none() or 0


def _line(row: Found) -> AccountLimitLine:
    return AccountLimitLine(
        row.account, row.owner, row.currency, row.holding_max, row.daily_out_max, row.entry
    )


_LISTING: Listing[AccountLimitLine] = Listing(
    "account_limits",
    (account_limits.c.entry, account_limits.c.account, account_limits.c.currency),
    _line,
)
