# SPDX-License-Identifier: Apache-2.0
"""An account's day, for its owner, for whom it is kept, and for those who supervise."""

from datetime import date
from typing import Final
from urllib.parse import urlencode

from lejar.kernel import identifiers
from lejar.kernel.failure import Malformed
from lejar.projections import Wanted
from lejar.projections.privileged import account_statements as told
from lejar.projections.privileged.holdings import AccountFound, account
from lejar.web import views
from lejar.web.readers import reader_is_concerned
from lejar.web.reading.asked import Asked
from lejar.web.reading.entries import id_of

ROWS: Final = 200


def statement_view(
    asked: Asked, account_id: bytes, wanted: views.StatementWanted
) -> views.StatementView | None:
    """Give a day of an account; without a day today, without an asset its first, money first."""
    found = account(asked.snapshot, account_id)
    if found is None or not reader_is_concerned(asked.reader, _people(found)):
        return None
    asset = _asset(asked, found, wanted.asset_id)
    if asset is None:
        return None
    day = wanted.day or told.today(asked.snapshot)
    said = _read(asked, account_id, asset, day, wanted.after)
    return None if said is None else _view(asked, found, said)


def _people(found: AccountFound) -> tuple[bytes, ...]:
    owner, beneficiary = found.account.owner, found.account.beneficiary
    return (owner,) if beneficiary is None else (owner, beneficiary)


def _asset(asked: Asked, found: AccountFound, wanted: str | None) -> bytes | None:
    if wanted is not None:
        return id_of("asset", wanted)
    held = [one.asset for one in found.balances]
    money = [asset for asset in held if (one := asked.asset(asset)) is not None and one.is_money]
    return next(iter((*money, *held)), None)


def _read(
    asked: Asked, account_id: bytes, asset: bytes, day: date, cursor: str | None
) -> told.Statement | None:
    """Read the page that a cursor names; one that nobody gave out counts as none."""
    try:
        return told.statement(asked.snapshot, account_id, asset, day, Wanted(cursor, ROWS))
    except Malformed:
        return told.statement(asked.snapshot, account_id, asset, day, Wanted(None, ROWS))


def _view(asked: Asked, found: AccountFound, said: told.Statement) -> views.StatementView:
    snapshot, about = asked.snapshot, (said.account, said.asset, said.day)
    before, after = told.day_before(snapshot, *about), told.day_after(snapshot, *about)
    named = asked.asset(said.asset)
    shown = identifiers.show("asset", said.asset)
    return views.StatementView(
        as_at=asked.as_at,
        account_id=identifiers.show("account", said.account),
        owner=asked.party(found.account.owner),
        asset=shown if named is None else named.name,
        asset_id=shown,
        others=_others(asked, found, said),
        day=said.day,
        is_final=said.is_final,
        opening=asked.amount(said.asset, said.opening),
        closing=asked.amount(said.asset, said.closing),
        came_in=asked.amount(said.asset, said.came_in),
        went_out=asked.amount(said.asset, said.went_out),
        movements=said.movements,
        rows=tuple(_row(asked, said.asset, one) for one in said.entries),
        earlier=None if before is None else _address(said.account, said.asset, before),
        later=None if after is None else _address(said.account, said.asset, after),
        more=_address(said.account, said.asset, said.day, said.next) if said.next else None,
    )


def _others(asked: Asked, found: AccountFound, said: told.Statement) -> tuple[views.Reference, ...]:
    others = [one.asset for one in found.balances if one.asset != said.asset]
    return tuple(
        views.Reference(
            asked.amount(asset, 0).asset, _address(said.account, asset, said.day), is_id=False
        )
        for asset in others
    )


def _row(asked: Asked, asset: bytes, one: told.StatementLine) -> views.StatementRow:
    return views.StatementRow(
        entry=one.entry,
        at=one.at,
        command=one.command,
        amount=asked.amount(asset, one.amount),
        counterparty=identifiers.show("account", one.counterparty),
        directive_id=(
            None if one.directive is None else identifiers.show("directive", one.directive)
        ),
    )


def _address(account_id: bytes, asset: bytes, day: date, after: str | None = None) -> str:
    asked = {"asset": identifiers.show("asset", asset), "day": day.isoformat()}
    if after is not None:
        asked["after"] = after
    return f"/accounts/{identifiers.show('account', account_id)}/statement?{urlencode(asked)}"
