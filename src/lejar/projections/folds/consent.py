# SPDX-License-Identifier: Apache-2.0
"""What needs consent, and proposals: who has agreed, where each stands, what became of it.

The state forgets a proposal that has ended; here it is kept.
"""

from collections.abc import Mapping
from typing import TypeAlias

import msgspec

from lejar.domain.consent import Stage
from lejar.domain.consent import events as happened
from lejar.kernel.entry import Receipt
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.schema import (
    proposal_history,
    proposal_parties,
    proposal_persons,
    proposals,
    requirements,
)

MADE = "made"
AGREEMENT = "agreement"
"""One party's word; `agreed` is when everybody's is there."""
MADE_FIRST = -1
OTHERS_LAST = 1_000
"""In one entry a proposal is made, then parties agree, by their place among those concerned; then
it is scheduled.  More than one step of any other kind no entry has."""
POSTPONED = "postponed"
ENACTED = "enacted"
FAILED = "failed"
OBJECTED = "objected"
WITHDRAWN = "withdrawn"
EXPIRED = "expired"
SUPERSEDED = "superseded"

Ending: TypeAlias = (
    happened.ProposalEnacted
    | happened.ProposalFailed
    | happened.ProposalObjected
    | happened.ProposalWithdrawn
    | happened.ProposalExpired
    | happened.ProposalSuperseded
)
ENDINGS: dict[type[Ending], str] = {
    happened.ProposalEnacted: ENACTED,
    happened.ProposalFailed: FAILED,
    happened.ProposalObjected: OBJECTED,
    happened.ProposalWithdrawn: WITHDRAWN,
    happened.ProposalExpired: EXPIRED,
    happened.ProposalSuperseded: SUPERSEDED,
}


def requirement_set(batch: Batch, receipt: Receipt, event: happened.RequirementSet) -> None:
    """Write what a command needs from now on."""
    batch.replace(
        requirements,
        requirement_row(
            event.verb,
            event.owner,
            event.concurring,
            event.officers,
            event.notice_micros,
            receipt.number,
        ),
    )


def requirement_row(  # the columns of a row
    verb: str,
    owner: bytes,
    concurring: tuple[bytes, ...],
    officers: int,
    notice_micros: int,
    entry: int,
) -> dict[str, object]:
    """Give a requirement's row."""
    return {
        "verb": verb,
        "owner": owner,
        "concurring": parties_json(concurring),
        "officers": officers,
        "notice_micros": notice_micros,
        "entry": entry,
    }


def parties_json(parties: tuple[bytes, ...]) -> str:
    """Write party ids as a JSON list of hexadecimal words."""
    return msgspec.json.encode([party.hex() for party in parties]).decode()


def proposal_made(batch: Batch, receipt: Receipt, event: happened.ProposalMade) -> None:
    """Bring in a proposal, with those whose agreement it needs as of now."""
    batch.insert(
        proposals,
        {
            "id": event.proposal,
            "proposer": event.proposer,
            "verb": event.verb,
            "matter": event.matter,
            "owner": event.owner,
            "carried": event.carried,
            "basis": event.basis.cited(),
            "link": event.basis.link,
            "grounds": event.grounds,
            "effective_at": event.effective_at,
            "expires_at": event.expires_at,
            "stage": str(Stage.OPEN),
            "cause": None,
            "due_at": None,
            "made": receipt.number,
            "entry": receipt.number,
        },
    )
    concerned = (event.owner, *event.concurring)
    batch.known.open_proposals[event.proposal] = concerned
    for party in concerned:
        _bring_in_party(batch, event.proposal, party)
    _concern_all(batch, receipt, event.proposal)
    _tell(batch, receipt, event.proposal, MADE, event.proposer)


def _bring_in_party(batch: Batch, proposal: bytes, party: bytes) -> None:
    batch.insert(proposal_parties, {"proposal": proposal, "party": party, "agreed": None})


def agreement_given(batch: Batch, receipt: Receipt, event: happened.AgreementGiven) -> None:
    """Note the entry in which a party first agreed; it may have come to be needed meanwhile."""
    known = batch.known.open_proposals
    if event.party not in known[event.proposal]:
        known[event.proposal] = (*known[event.proposal], event.party)
        _bring_in_party(batch, event.proposal, event.party)
    batch.fill(proposal_parties, (event.proposal, event.party), {"agreed": receipt.number})
    for person in event.persons:
        row = {"proposal": event.proposal, "party": event.party, "person": person}
        batch.replace(proposal_persons, row)  # who speaks again is still one person
    _tell(batch, receipt, event.proposal, AGREEMENT, event.party)
    _change(batch, receipt, event.proposal, {})


def proposal_agreed(
    batch: Batch, receipt: Receipt, event: happened.ProposalAgreed | happened.ProposalPostponed
) -> None:
    """Note when a proposal is to be carried out."""
    stands = {"stage": str(Stage.AGREED), "cause": None, "due_at": event.due_at}
    _change(batch, receipt, event.proposal, stands)
    is_later = isinstance(event, happened.ProposalPostponed)
    _tell(batch, receipt, event.proposal, POSTPONED if is_later else str(Stage.AGREED))


def proposal_stalled(batch: Batch, receipt: Receipt, event: happened.ProposalStalled) -> None:
    """Note why a proposal was not carried out at its moment."""
    stands = {"stage": str(Stage.STALLED), "cause": event.cause, "due_at": None}
    _change(batch, receipt, event.proposal, stands)
    _tell(batch, receipt, event.proposal, str(Stage.STALLED), cause=event.cause)


def proposal_failed(batch: Batch, receipt: Receipt, event: happened.ProposalFailed) -> None:
    """Note why the command was refused."""
    batch.change(proposals, (event.proposal,), {"cause": event.cause})
    proposal_ended(batch, receipt, event)


def proposal_ended(batch: Batch, receipt: Receipt, event: Ending) -> None:
    """Note how a proposal ended."""
    _change(batch, receipt, event.proposal, {"stage": ENDINGS[type(event)]})
    party = event.party if isinstance(event, happened.ProposalObjected) else None
    cause = event.cause if isinstance(event, happened.ProposalFailed) else None
    _tell(batch, receipt, event.proposal, ENDINGS[type(event)], party, cause)
    del batch.known.open_proposals[event.proposal]


def _tell(
    batch: Batch,
    receipt: Receipt,
    proposal: bytes,
    what: str,
    party: bytes | None = None,
    cause: str | None = None,
) -> None:
    """Add a step to a proposal's history."""
    ordinal = MADE_FIRST if what == MADE else OTHERS_LAST
    if what == AGREEMENT and party is not None:
        ordinal = batch.known.open_proposals[proposal].index(party)
    row: dict[str, object] = {"proposal": proposal, "entry": receipt.number, "ordinal": ordinal}
    batch.append(proposal_history, {**row, "what": what, "party": party, "cause": cause})


def _change(batch: Batch, receipt: Receipt, proposal: bytes, values: Mapping[str, object]) -> None:
    batch.change(proposals, (proposal,), {**values, "entry": receipt.number})
    _concern_all(batch, receipt, proposal)


def _concern_all(batch: Batch, receipt: Receipt, proposal: bytes) -> None:
    for party in batch.known.open_proposals[proposal]:
        batch.concern_party(receipt.number, party)


FOLDS: Folds = (
    (happened.RequirementSet, requirement_set),
    (happened.ProposalMade, proposal_made),
    (happened.AgreementGiven, agreement_given),
    (happened.ProposalAgreed, proposal_agreed),
    (happened.ProposalPostponed, proposal_agreed),
    (happened.ProposalStalled, proposal_stalled),
    (happened.ProposalEnacted, proposal_ended),
    (happened.ProposalFailed, proposal_failed),
    (happened.ProposalObjected, proposal_ended),
    (happened.ProposalWithdrawn, proposal_ended),
    (happened.ProposalExpired, proposal_ended),
    (happened.ProposalSuperseded, proposal_ended),
)
