# SPDX-License-Identifier: Apache-2.0
"""Parties, and to those who may see them their accounts with what is on them."""

from typing import Final

from sqlalchemy import select

from lejar.domain.identity import PartyStatus
from lejar.kernel import identifiers
from lejar.projections.privileged.holdings import AccountLine, account, accounts_page
from lejar.projections.public import parties as public
from lejar.projections.schema import party_powers
from lejar.web import views
from lejar.web.cursor import Cursor
from lejar.web.readers import reader_may_see_accounts, reader_may_see_party_whole
from lejar.web.reading.asked import Asked
from lejar.web.reading.cursors import read_page, span_of
from lejar.web.reading.entries import latest

LATEST_SIZE: Final = 8
ACCOUNTS_SHOWN_MAX: Final = 200


def parties_view(asked: Asked, cursor: Cursor) -> views.PartiesView:
    """Give the page of parties, in the order in which they came."""
    found = read_page(lambda page: public.parties_page(asked.snapshot, wanted=page), cursor)
    powers = _powers(asked, [line.id for line in found.rows])
    rows = tuple(_row(asked, line, powers.get(line.id, ())) for line in found.rows)
    return views.PartiesView(asked.as_at, rows, span_of(found, newest_first=False))


def party_view(asked: Asked, party: bytes) -> views.PartyView | None:
    """Give the page of a party."""
    found = public.party(asked.snapshot, party)
    if found is None:
        return None
    is_whole = reader_may_see_party_whole(asked.reader, party, found.party.kind)
    sees_accounts = reader_may_see_accounts(asked.reader, party)
    return views.PartyView(
        as_at=asked.as_at,
        row=_row(asked, found.party, found.powers),
        thresholds=tuple(
            views.ThresholdRow(role, needed) for role, needed in found.thresholds.items()
        ),
        keys=tuple(
            views.KeyRow(key.public.hex(), key.roles, key.entry, key.until_entry)
            for key in found.keys
        ),
        credentials=_credentials(asked, found) if is_whole else None,
        freezes=_freezes(asked, found) if is_whole else (),
        accounts=_accounts(asked, party) if sees_accounts else None,
        latest=latest(asked, LATEST_SIZE, party),
    )


def _row(asked: Asked, line: public.PartyLine, powers: tuple[str, ...]) -> views.PartyRow:
    state = views.State.OPEN
    if line.status != PartyStatus.OPEN:
        state = views.State.SUSPENDED
    if line.is_frozen and reader_may_see_party_whole(asked.reader, line.id, line.kind):
        state = views.State.FROZEN
    return views.PartyRow(asked.party(line.id), line.kind, powers, state, line.entry)


def _powers(asked: Asked, ids: list[bytes]) -> dict[bytes, tuple[str, ...]]:
    c = party_powers.c
    query = select(c.party, c.power).where(c.party.in_(ids)).order_by(c.party, c.power)
    found: dict[bytes, tuple[str, ...]] = {}
    for party, power in asked.snapshot.connection.execute(query):
        found[party] = (*found.get(party, ()), power)
    return found


def _credentials(asked: Asked, found: public.PartyFound) -> tuple[views.CredentialRow, ...]:
    rows = []
    for line in found.credentials:
        state = views.State.VALID
        if line.revoked_at is not None:
            state = views.State.REVOKED
        elif line.expires_at is not None and line.expires_at <= found.standing.at:
            state = views.State.EXPIRED
        rows.append(
            views.CredentialRow(line.type, asked.party(line.issuer), line.expires_at, state)
        )
    return tuple(rows)


def _freezes(asked: Asked, found: public.PartyFound) -> tuple[views.FreezeRow, ...]:
    return tuple(
        views.FreezeRow(one.basis, asked.party(one.agency), one.entry, one.expires_at, None)
        for one in found.freezes
    )


def _accounts(asked: Asked, party: bytes) -> tuple[views.AccountRow, ...]:
    found = read_page(
        lambda page: accounts_page(asked.snapshot, party, page), Cursor(), ACCOUNTS_SHOWN_MAX
    )
    return tuple(_account(asked, line) for line in found.rows)


def _account(asked: Asked, line: AccountLine) -> views.AccountRow:
    whole = account(asked.snapshot, line.id)
    balances = () if whole is None else whole.balances
    return views.AccountRow(
        account_id=identifiers.show("account", line.id),
        purpose=line.purpose,
        balances=tuple(
            views.BalanceRow(asked.amount(one.asset, one.total), asked.amount(one.asset, one.held))
            for one in balances
        ),
        is_frozen=line.is_frozen,
    )
