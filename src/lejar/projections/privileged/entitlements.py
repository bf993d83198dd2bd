# SPDX-License-Identifier: Apache-2.0
"""Who is entitled to a payment, and what an account was entitled to."""

from dataclasses import dataclass

from sqlalchemy import select

from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.schema import accounts, entitlements, payments
from lejar.projections.snapshot import Found, Snapshot


@dataclass(frozen=True, slots=True)
class EntitlementLine:
    """One account's part of a payment, in the smallest unit of the payment's money."""

    payment: bytes
    account: bytes
    owner: bytes
    units: int
    income: int
    principal: int
    stage: str
    """`due`, `paid`, `unclaimed` or `claimed`."""
    cause: str | None
    """Why it is unclaimed: a refusal's code."""
    entry: int
    asset: bytes
    """The paper that pays."""
    money: bytes
    record_date: str
    pays_on: str


_LINE = (
    entitlements.c.payment,
    entitlements.c.account,
    accounts.c.owner,
    entitlements.c.units,
    entitlements.c.income,
    entitlements.c.principal,
    entitlements.c.stage,
    entitlements.c.cause,
    entitlements.c.entry,
    payments.c.asset,
    payments.c.money,
    payments.c.record_date,
    payments.c.pays_on,
)
_FROM = entitlements.join(accounts, accounts.c.id == entitlements.c.account).join(
    payments, payments.c.id == entitlements.c.payment
)


def entitlements_of_payment(
    snapshot: Snapshot, payment: bytes, wanted: Wanted = FIRST_PAGE
) -> Page[EntitlementLine]:
    """Give a page of the parts of a payment, in the order of account ids."""
    query = select(*_LINE).select_from(_FROM).where(entitlements.c.payment == payment)
    return page(snapshot, _OF_PAYMENT, query, wanted)


def entitlements_of_account(
    snapshot: Snapshot, account: bytes, wanted: Wanted = FIRST_PAGE
) -> Page[EntitlementLine]:
    """Give a page of an account's parts, in the order of payment ids."""
    query = select(*_LINE).select_from(_FROM).where(entitlements.c.account == account)
    return page(snapshot, _OF_ACCOUNT, query, wanted)


def _line(row: Found) -> EntitlementLine:
    return EntitlementLine(*row)


_OF_PAYMENT: Listing[EntitlementLine] = Listing(
    "entitlements_of_payment", (entitlements.c.account,), _line, newest_first=False
)
_OF_ACCOUNT: Listing[EntitlementLine] = Listing(
    "entitlements_of_account", (entitlements.c.payment,), _line, newest_first=False
)
