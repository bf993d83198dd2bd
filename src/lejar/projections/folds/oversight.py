# SPDX-License-Identifier: Apache-2.0
"""Directives: what was ordered, on whom it bears, and what became of it.

Whoever a directive concerns, and the agency that issued it, are concerned by every entry of its
life: they may read these entries whole.
"""

from collections.abc import Mapping

import msgspec

from lejar.domain.basis import LegalBasis
from lejar.domain.oversight import Appeal, HaltScope, Kind, Stage
from lejar.domain.oversight import events as happened
from lejar.kernel.entry import Receipt
from lejar.projections.batch import Batch, Row
from lejar.projections.folds.fold import Folds
from lejar.projections.known import Directed, directed_by
from lejar.projections.schema import (
    directed_entries,
    directive_history,
    directive_parties,
    directives,
    freezes,
)

ISSUED = "issued"
APPEALED = "appealed"


def subject_frozen(batch: Batch, receipt: Receipt, event: happened.SubjectFrozen) -> None:
    """Add a directive and its freeze."""
    _issue(batch, receipt, event, Kind.FREEZE, event.concerned, {"subject": event.subject})
    row = {
        "subject": event.subject,
        "directive": event.directive,
        "agency": event.agency,
        "at": receipt.at,
        "entry": receipt.number,
    }
    batch.insert(freezes, row)


def amount_frozen(batch: Batch, receipt: Receipt, event: happened.AmountFrozen) -> None:
    """Add a directive; the ledger has placed its hold in the same entry."""
    on = {"subject": event.account, "asset": event.asset, "amount": event.amount}
    _issue(batch, receipt, event, Kind.FREEZE_AMOUNT, batch.people(event.account), on)


def market_halted(batch: Batch, receipt: Receipt, event: happened.MarketHalted) -> None:
    """Add a directive that halts."""
    on = {
        "subject": event.asset,
        "scope": str(HaltScope(event.scope)),
        "asset_class": None if event.asset_class is None else str(event.asset_class),
    }
    _issue(batch, receipt, event, Kind.HALT, event.concerned, on)


def assets_seized(batch: Batch, receipt: Receipt, event: happened.AssetsSeized) -> None:
    """Add a directive that was executed, and mark its entry's movement."""
    on = {
        "subject": event.account,
        "asset": event.asset,
        "amount": event.amount,
        "target": event.court_account,
    }
    _issue(batch, receipt, event, Kind.SEIZE, batch.people(event.account), on)
    _mark(batch, receipt, event.directive)


def transfer_forced(batch: Batch, receipt: Receipt, event: happened.TransferForced) -> None:
    """Add a directive that was executed, and mark its entry's movement."""
    on = {
        "subject": event.source,
        "asset": event.asset,
        "amount": event.amount,
        "target": event.target,
    }
    _issue(batch, receipt, event, Kind.FORCED_TRANSFER, batch.people(event.source), on)
    _mark(batch, receipt, event.directive)


def instruction_struck(batch: Batch, receipt: Receipt, event: happened.InstructionStruck) -> None:
    """Add a directive that was executed; settlement says in the same entry what it ended."""
    on = {"subject": event.instruction}
    _issue(batch, receipt, event, Kind.CANCEL_INSTRUCTION, event.concerned, on)


def directive_lifted(batch: Batch, receipt: Receipt, event: happened.DirectiveLifted) -> None:
    """End a directive, with the basis of its end."""
    _end(batch, event.directive, Stage.LIFTED)
    _tell(batch, receipt, event.directive, str(Stage.LIFTED), event.agency, event.basis.cited())


def directive_expired(batch: Batch, receipt: Receipt, event: happened.DirectiveExpired) -> None:
    """End a directive whose moment came."""
    _end(batch, event.directive, Stage.EXPIRED)
    _tell(batch, receipt, event.directive, str(Stage.EXPIRED))


def appeal_lodged(batch: Batch, receipt: Receipt, event: happened.AppealLodged) -> None:
    """Note an appeal."""
    batch.change(directives, (event.directive,), {"appeal": str(Appeal.LODGED)})
    _tell(batch, receipt, event.directive, APPEALED, event.party, event.grounds.hex())


def appeal_upheld(batch: Batch, receipt: Receipt, event: happened.AppealUpheld) -> None:
    """Note that a directive was upheld."""
    batch.change(directives, (event.directive,), {"appeal": str(Appeal.UPHELD)})
    _tell(batch, receipt, event.directive, str(Appeal.UPHELD), event.agency, event.reasons.hex())


def appeal_allowed(batch: Batch, receipt: Receipt, event: happened.AppealAllowed) -> None:
    """Note that an appeal was allowed, and end the directive if that lifted it."""
    batch.change(directives, (event.directive,), {"appeal": str(Appeal.ALLOWED)})
    if event.lifted:
        _end(batch, event.directive, Stage.LIFTED)
    _tell(batch, receipt, event.directive, str(Appeal.ALLOWED), event.agency, event.reasons.hex())


Issued = (
    happened.SubjectFrozen
    | happened.AmountFrozen
    | happened.MarketHalted
    | happened.AssetsSeized
    | happened.TransferForced
    | happened.InstructionStruck
)
MayExpire = happened.SubjectFrozen | happened.AmountFrozen | happened.MarketHalted


def _issue(
    batch: Batch,
    receipt: Receipt,
    event: Issued,
    kind: Kind,
    concerned: tuple[bytes, ...],
    bears_on: Mapping[str, object],
) -> None:
    binds = isinstance(event, MayExpire)
    row: Row = {
        "id": event.directive,
        "kind": str(kind),
        "agency": event.agency,
        "cited": event.basis.cited(),
        "basis": _basis_json(event.basis),
        "issued_at": receipt.at,
        "expires_at": event.expires_at if isinstance(event, MayExpire) else None,
        "stage": str(Stage.IN_FORCE if binds else Stage.EXECUTED),
        "appeal": str(Appeal.NONE),
        "opened": receipt.number,
        "entry": receipt.number,
        "subject": None,
        "asset": None,
        "amount": None,
        "target": None,
        "scope": None,
        "asset_class": None,
    }
    batch.insert(directives, {**row, **bears_on})
    for party in concerned:
        batch.append(directive_parties, {"directive": event.directive, "party": party})
    frozen = event.subject if isinstance(event, happened.SubjectFrozen) else None
    batch.known.directives[event.directive] = Directed((event.agency, *concerned), frozen)
    _tell(batch, receipt, event.directive, ISSUED, event.agency, event.basis.cited())


def _end(batch: Batch, directive: bytes, stage: Stage) -> None:
    batch.change(directives, (directive,), {"stage": str(stage)})
    frozen = _directed(batch, directive).frozen
    if frozen is not None:
        batch.remove(freezes, (frozen, directive))


def _mark(batch: Batch, receipt: Receipt, directive: bytes) -> None:
    batch.append(directed_entries, {"entry": receipt.number, "directive": directive})


def _tell(
    batch: Batch,
    receipt: Receipt,
    directive: bytes,
    what: str,
    party: bytes | None = None,
    reason: str | None = None,
) -> None:
    """Add to a directive's history, and to the entries of those whom it concerns."""
    for one in _directed(batch, directive).parties:
        batch.concern_party(receipt.number, one)
    batch.change(directives, (directive,), {"entry": receipt.number})
    row = {
        "directive": directive,
        "entry": receipt.number,
        "what": what,
        "party": party,
        "reason": reason,
    }
    batch.append(directive_history, row)


def _directed(batch: Batch, directive: bytes) -> Directed:
    known = batch.known.directives.get(directive)
    if known is None:
        known = directed_by(batch.connection, directive)
        batch.known.directives[directive] = known
    return known


def _basis_json(basis: LegalBasis) -> str:
    """Write a basis as an object; a digest in hexadecimal."""
    told = {name: getattr(basis, name) for name in basis.__struct_fields__}
    if basis.document is not None:
        told["document"] = basis.document.hex()
    return msgspec.json.encode(told).decode()


FOLDS: Folds = (
    (happened.SubjectFrozen, subject_frozen),
    (happened.AmountFrozen, amount_frozen),
    (happened.DirectiveLifted, directive_lifted),
    (happened.DirectiveExpired, directive_expired),
    (happened.AssetsSeized, assets_seized),
    (happened.TransferForced, transfer_forced),
    (happened.MarketHalted, market_halted),
    (happened.InstructionStruck, instruction_struck),
    (happened.AppealLodged, appeal_lodged),
    (happened.AppealUpheld, appeal_upheld),
    (happened.AppealAllowed, appeal_allowed),
)
