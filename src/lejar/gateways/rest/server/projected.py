# SPDX-License-Identifier: Apache-2.0
"""The read models behind this gateway: the projections' answers in this room's own shapes.

Each question takes one snapshot, so an answer is as at one entry.  Who may see it was decided
before, or is decided by the caller from what comes back.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import astuple

import msgspec
from sqlalchemy import not_, or_, select

from lejar.domain.identity import Key, PartyKind, PartyStatus, Power, Role, Threshold
from lejar.gateways.rest import money_views, statement_views, views
from lejar.gateways.rest.server import proposed, stated
from lejar.gateways.rest.server.directed import directive_row, directive_view
from lejar.gateways.rest.server.projected_breaks import ProjectedBreaks
from lejar.gateways.rest.server.projected_money import ProjectedMoney
from lejar.gateways.rest.server.projected_rules import ProjectedRules, part
from lejar.gateways.rest.server.proving import Proving
from lejar.gateways.rest.server.settled import ProjectedSettlement, legs_of, with_terms
from lejar.kernel.entry import read_receipt
from lejar.kernel.genesis import Genesis
from lejar.ledger.accounts import Purpose
from lejar.projections import Projections, Snapshot, Wanted
from lejar.projections.privileged import directives as whole_directives
from lejar.projections.privileged import entitlements, holdings, receipts
from lejar.projections.privileged import instructions as whole_instructions
from lejar.projections.privileged.account_money import deposits_kept_by
from lejar.projections.privileged.bound_money import bound_money_of
from lejar.projections.public import directives, entries, instruments, parties
from lejar.projections.schema import accounts, entry_parties
from lejar.projections.schema import entries as entries_table
from lejar.proofs.tiles import Tile


class ProjectedReads(ProjectedRules, ProjectedBreaks, ProjectedSettlement, ProjectedMoney):
    """Answers `seams.Reads` from a projections database."""

    def __init__(self, projections: Projections, genesis: Genesis, proving: Proving) -> None:
        self._projections = projections
        self._genesis = genesis
        self._proving = proving

    def stands_at(self) -> int:
        """The entry up to which everything below is told."""
        with self._projections.snapshot() as snapshot:
            return snapshot.standing.entry

    def genesis(self) -> Genesis:
        """The network's first state."""
        return self._genesis

    def entries(self, after: int, limit: int) -> list[views.Sealed]:
        """Entries with a number above `after`, the lowest first."""
        number = entries_table.c.number
        query = select(number, entries_table.c.receipt, entries_table.c.digest)
        with self._projections.snapshot() as snapshot:
            wanted = query.where(number > after).order_by(number).limit(limit)
            found = snapshot.connection.execute(wanted).all()
            numbers = [row.number for row in found]
            involved = _involved(snapshot, numbers)
            directed = directives.directives_behind(snapshot, numbers)
        return [
            views.Sealed(
                read_receipt(row.receipt),
                row.digest,
                involved.get(row.number, ()),
                directed.get(row.number),
            )
            for row in found
        ]

    def entry(self, number: int) -> views.Sealed | None:
        """One entry."""
        with self._projections.snapshot() as snapshot:
            return _sealed(snapshot, number)

    def receipt(self, command_id: bytes) -> views.Sealed | None:
        """The entry of a command: the accepted one, or else its first refusal."""
        with self._projections.snapshot() as snapshot:
            found = entries.entry_of_command(snapshot, command_id)
            return None if found is None else _sealed(snapshot, found.entry.number)

    def evidence(self, number: int, checkpoint: str) -> bytes | None:
        """An entry's evidence file under a signed checkpoint."""
        with self._projections.snapshot() as snapshot:
            found = receipts.receipt(snapshot, number)
        if found is None:
            return None
        return self._proving.evidence(number, found.receipt, found.salt, checkpoint)

    def tile(self, tile: Tile) -> bytes | None:
        """A hash tile; none while the log is not that long."""
        return self._proving.tile(tile)

    def party(self, party: bytes) -> views.PartyView | None:
        """One party, with the keys in force and the credentials that stand."""
        with self._projections.snapshot() as snapshot:
            found = parties.party(snapshot, party)
            own = () if found is None else _accounts_of(snapshot, party)
        return None if found is None else _party(found, own)

    def parties(
        self, kind: PartyKind | None, cursor: str | None, limit: int
    ) -> views.Part[views.PartyRow]:
        """Parties, in the order in which they came."""
        with self._projections.snapshot() as snapshot:
            word = None if kind is None else str(kind)
            page = parties.parties_page(snapshot, kind=word, wanted=Wanted(cursor, limit))
        return part(page, [_party_row(line) for line in page.rows])

    def account(self, account: bytes) -> views.AccountView | None:
        """One account with its positions."""
        with self._projections.snapshot() as snapshot:
            found = holdings.account(snapshot, account)
            keeps = deposits_kept_by(snapshot, account)
        if found is None:
            return None
        line = found.account
        return views.AccountView(
            line.id,
            line.owner,
            Purpose(line.purpose),
            line.opened_at,
            line.cash_account,
            line.beneficiary,
            line.is_frozen,
            tuple(
                views.PositionView(one.asset, one.total, one.free, one.held)
                for one in found.balances
            ),
            tuple(money_views.KeptView(*astuple(one)) for one in keeps),
        )

    def instruments(self, cursor: str | None, limit: int) -> views.Part[views.InstrumentRow]:
        """Instruments and money, in the order in which they came."""
        with self._projections.snapshot() as snapshot:
            page = instruments.instruments_page(snapshot, wanted=Wanted(cursor, limit))
        rows = [
            views.InstrumentRow(
                one.id, one.kind, one.isin or one.code, one.issuer, one.created_at, one.supply
            )
            for one in page.rows
        ]
        return part(page, rows)

    def instrument(self, asset: bytes) -> views.InstrumentView | None:
        """One instrument with its terms."""
        with self._projections.snapshot() as snapshot:
            found = instruments.instrument(snapshot, asset)
        if found is None:
            return None
        one = found.instrument
        return views.InstrumentView(
            one.id,
            one.kind,
            one.isin or one.code,
            one.issuer,
            one.created_at,
            one.supply,
            msgspec.Raw((found.terms or "null").encode()),
        )

    def holders(self, asset: bytes, cursor: str | None, limit: int) -> views.Part[views.HolderView]:
        """The register of holders."""
        with self._projections.snapshot() as snapshot:
            page = holdings.holders_page(snapshot, asset, Wanted(cursor, limit))
        rows = [
            views.HolderView(one.owner, one.beneficiary, one.account, one.total, one.held)
            for one in page.rows
        ]
        return part(page, rows)

    def entitlements(
        self, account: bytes, cursor: str | None, limit: int
    ) -> views.Part[views.EntitlementView]:
        """An account's parts of payments."""
        with self._projections.snapshot() as snapshot:
            page = entitlements.entitlements_of_account(snapshot, account, Wanted(cursor, limit))
        return part(page, [_entitlement(one) for one in page.rows])

    def movements(
        self, account: bytes, cursor: str | None, limit: int
    ) -> views.Part[views.MovementView]:
        """What moved on an account, the newest first."""
        with self._projections.snapshot() as snapshot:
            page = holdings.movements_page(snapshot, account, Wanted(cursor, limit))
        return part(page, [views.MovementView(*astuple(one)) for one in page.rows])

    def statement_days(
        self, account: bytes, asset: bytes, before: datetime.date | None, limit: int
    ) -> views.Part[statement_views.StatementDayView]:
        """The days on which something moved on an account, the newest first."""
        with self._projections.snapshot() as snapshot:
            return stated.days_part(snapshot, account, asset, before, limit)

    def statement(
        self, account: bytes, asset: bytes, day: datetime.date, cursor: str | None, limit: int
    ) -> statement_views.StatementView | None:
        """One local day of an account."""
        with self._projections.snapshot() as snapshot:
            return stated.statement_view(snapshot, account, asset, day, Wanted(cursor, limit))

    def proposals(self, cursor: str | None, limit: int) -> views.Part[views.ProposalRow]:
        """Proposals, the newest first."""
        with self._projections.snapshot() as snapshot:
            return proposed.proposals_part(snapshot, cursor, limit)

    def proposal(self, proposal: bytes) -> views.ProposalView | None:
        """One proposal, open or ended, with the command that it holds."""
        with self._projections.snapshot() as snapshot:
            return proposed.proposal_view(snapshot, proposal)

    def requirements(self, cursor: str | None, limit: int) -> views.Part[views.RequirementView]:
        """What needs consent, by verb."""
        with self._projections.snapshot() as snapshot:
            return proposed.requirements_part(snapshot, cursor, limit)

    def directives(self, cursor: str | None, limit: int) -> views.Part[views.DirectiveRow]:
        """Directives, the newest first."""
        with self._projections.snapshot() as snapshot:
            page = directives.directives_page(snapshot, Wanted(cursor, limit))
        return part(page, [directive_row(line) for line in page.rows])

    def directive(self, directive: bytes) -> views.DirectiveView | None:
        """One directive, whole."""
        with self._projections.snapshot() as snapshot:
            whole = whole_directives.directive_whole(snapshot, directive)
        return None if whole is None else directive_view(whole)

    def bound_money(self, envelope: bytes) -> views.BoundMoneyView | None:
        """One envelope of purpose-bound money."""
        with self._projections.snapshot() as snapshot:
            one = bound_money_of(snapshot, envelope)
        if one is None:
            return None
        return views.BoundMoneyView(
            envelope=one.id,
            currency=one.currency,
            account=one.source,
            escrow=one.escrow,
            owner=one.payer,
            holder=one.holder,
            receivers=one.receivers,
            credential=one.credential,
            purpose=one.purpose,
            until=one.until,
            amount=one.amount,
            left=one.left,
            stage=one.stage,
            cause=one.cause,
            entry=one.entry,
        )

    def instruction(self, instruction: bytes) -> views.InstructionView | None:
        """One instruction, open or finished."""
        with self._projections.snapshot() as snapshot:
            whole = whole_instructions.instruction_whole(snapshot, instruction)
        if whole is None:
            return None
        line = whole.found.instruction
        view = views.InstructionView(
            line.id,
            line.stage,
            legs_of(whole),
            line.value_date.isoformat(),
            tuple(side.party for side in whole.sides),
            tuple(side.party for side in whole.sides if side.affirmed is not None),
            line.cause,
            line.opened,
            line.entry,
        )
        return with_terms(view, whole)


def _sealed(snapshot: Snapshot, number: int) -> views.Sealed | None:
    found = receipts.receipt(snapshot, number)
    if found is None:
        return None
    involved = _involved(snapshot, [number]).get(number, ())
    directed = directives.directives_behind(snapshot, [number]).get(number)
    return views.Sealed(read_receipt(found.receipt), found.digest, involved, directed)


MANY_PARTS = "servicing."
"""An entry of servicing tells every holder's part: whoever only holds must not read it whole."""


def _involved(snapshot: Snapshot, numbers: Sequence[int]) -> dict[int, tuple[bytes, ...]]:
    """Who may read each entry whole: its signers, and whom it concerns; one question for a page."""
    concerned = entry_parties.c
    query = (
        select(concerned.entry, concerned.party)
        .join(entries_table, entries_table.c.number == concerned.entry)
        .where(
            concerned.entry.in_(numbers),
            or_(concerned.signed, not_(entries_table.c.command.startswith(MANY_PARTS))),
        )
        .order_by(concerned.entry, concerned.party)
    )
    found: dict[int, tuple[bytes, ...]] = {}
    for number, party in snapshot.connection.execute(query):
        found[number] = (*found.get(number, ()), party)
    return found


def _entitlement(one: entitlements.EntitlementLine) -> views.EntitlementView:
    return views.EntitlementView(
        one.payment,
        one.account,
        one.units,
        one.income,
        one.principal,
        one.stage,
        one.cause,
        one.entry,
        one.asset,
        one.money,
        one.record_date,
        one.pays_on,
    )


def _accounts_of(snapshot: Snapshot, party: bytes) -> tuple[bytes, ...]:
    query = select(accounts.c.id).where(holdings.concerns(party)).order_by(accounts.c.id)
    return tuple(snapshot.connection.execute(query).scalars())


def _party(found: parties.PartyFound, own: tuple[bytes, ...]) -> views.PartyView:
    line = found.party
    return views.PartyView(
        line.id,
        PartyKind(line.kind),
        PartyStatus(line.status),
        line.registered_at,
        line.registrar,
        tuple(_keys(found.keys)),
        tuple(Threshold(Role(role), count) for role, count in sorted(found.thresholds.items())),
        tuple(Power(power) for power in found.powers),
        line.is_frozen,
        tuple(
            views.CredentialView(one.type, one.issuer, one.granted_at, one.expires_at)
            for one in found.credentials
            if one.revoked_at is None
        ),
        own,
    )


def _keys(lines: Sequence[parties.KeyLine]) -> Iterator[Key]:
    for line in lines:
        if line.until_entry is None:
            yield Key(line.public, tuple(Role(role) for role in line.roles))


def _party_row(line: parties.PartyLine) -> views.PartyRow:
    return views.PartyRow(
        line.id,
        PartyKind(line.kind),
        PartyStatus(line.status),
        line.registered_at,
        line.registrar,
        line.is_frozen,
    )
