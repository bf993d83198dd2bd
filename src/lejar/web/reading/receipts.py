# SPDX-License-Identifier: Apache-2.0
"""One entry: what was asked, what happened, what moved, and what proves it.

Anybody sees the outcome and what an event says in public.  The whole of it is for the parties
concerned: who signed it and whose accounts it touched; and for supervisors.  Where an entry deals
with many holders at once, each of them sees its own part and not its neighbours'.  An
instrument's issuer sees what moved of its instrument.
"""

from collections.abc import Sequence
from typing import Final

import msgspec

from lejar.assembly import MACHINE
from lejar.domain.servicing.events import EntitlementFixed, HolderPaid, PartUnclaimed
from lejar.kernel import identifiers
from lejar.kernel.entry import Receipt, read_receipt
from lejar.kernel.module import Event
from lejar.kernel.refusal import KernelRefusal
from lejar.projections.privileged import receipts as privileged
from lejar.projections.privileged.holdings import account
from lejar.projections.public import reasons
from lejar.projections.public.directives import directives_behind
from lejar.projections.public.entries import EntryLine
from lejar.projections.public.payments import payment
from lejar.proofs.checkpoint import VerifierKey
from lejar.reference.missing_consent import CODE as MISSING_CONSENT
from lejar.reference.wording import Said, reason
from lejar.web import views
from lejar.web.readers import reader_is_concerned
from lejar.web.reading.asked import Asked
from lejar.web.reading.facts import facts_of, refusal_facts
from lejar.web.reading.missing import missing_facts, who_is_missing
from lejar.web.reading.proofs import Proofs, evidence_text, newest, proof_view
from lejar.web.reading.public_facts import PUBLIC_FACTS
from lejar.web.reading.rules import words

PERSONAL: Final = (EntitlementFixed, HolderPaid, PartUnclaimed)
"""Events about one of many holders."""
EVENTS_SHOWN_MAX: Final = 200
"""A payment to many holders has an event for each; the page stays readable."""

MODULE_OF: Final[dict[str, str]] = {
    **{refusal.code: "kernel" for refusal in KernelRefusal},
    **{
        refusal.code: module.name
        for module in MACHINE.modules
        for table in module.refusals
        for refusal in table
    },
}
"""The module whose table a refusal stands in."""


class Found(msgspec.Struct, frozen=True):
    """An entry with everything that is known of it, before anybody asked who may see it."""

    line: EntryLine
    receipt: Receipt
    data: bytes
    salt: bytes
    facts: str | None
    concerned: tuple[bytes, ...]
    postings: tuple[privileged.PostingLine, ...]
    events: tuple[Event, ...]


def found_entry(asked: Asked, line: EntryLine) -> Found | None:
    """Read all of an entry."""
    whole = privileged.receipt(asked.snapshot, line.number)
    if whole is None:
        return None
    receipt: Receipt = read_receipt(whole.receipt)
    events = tuple(MACHINE.read_event(raw) for raw in receipt.events)
    postings = privileged.postings_of(asked.snapshot, line.number)
    return Found(
        line, receipt, whole.receipt, whole.salt, whole.facts, whole.concerned, postings, events
    )


def receipt_view(
    asked: Asked, found: Found, proofs: Proofs | None, keys: tuple[VerifierKey, ...]
) -> views.ReceiptView:
    """Give the page of a receipt."""
    line, is_whole = found.line, is_concerned(asked, found)
    checked = newest(proofs, keys)
    proof = None
    if proofs is not None and checked is not None:
        proof = proof_view(proofs, checked, line.number, found.data, found.salt)
    has_evidence = is_whole and proof is not None
    return views.ReceiptView(
        as_at=asked.as_at,
        receipt_id=str(line.number),
        number=line.number,
        block=line.block,
        at=line.at,
        command=line.command,
        outcome=views.Outcome.ACCEPTED if line.refusal is None else views.Outcome.REFUSED,
        refusal=refusal_view(asked, line.refusal, found.facts, line.at, is_whole=is_whole),
        envelope_digest=None if line.envelope is None else line.envelope.hex(),
        command_id=identifiers.show("command", line.command_id),
        signers=asked.parties(line.signers),
        events=_events(asked, found.events, is_whole=is_whole),
        postings=_postings(asked, found.postings, is_whole=is_whole),
        proof=proof,
        evidence_href=f"/receipts/{line.number}/evidence" if has_evidence else None,
        by_itself=line.envelope is None,
        whole=is_whole,
        directive_id=_directive(asked, line.number),
    )


def _directive(asked: Asked, number: int) -> str | None:
    """Name the directive by which an authority moved something: that much is public."""
    found = directives_behind(asked.snapshot, [number]).get(number)
    return None if found is None else identifiers.show("directive", found)


def evidence(
    asked: Asked, found: Found, proofs: Proofs | None, keys: tuple[VerifierKey, ...]
) -> str | None:
    """Give a receipt's evidence file; none where this reader may not have it, or not yet."""
    checked = newest(proofs, keys)
    if proofs is None or checked is None or not is_concerned(asked, found):
        return None
    return evidence_text(proofs, checked, found.line.number, found.data, found.salt)


def is_concerned(asked: Asked, found: Found) -> bool:
    """Say whether this reader may see all of an entry."""
    parts = [event for event in found.events if isinstance(event, PERSONAL)]
    if not parts:
        return reader_is_concerned(asked.reader, found.concerned)
    issuers = [_issuer_of(asked, payment) for payment in {part.payment for part in parts}]
    return reader_is_concerned(asked.reader, [*found.receipt.signers, *issuers])


def _issuer_of(asked: Asked, payment_id: bytes) -> bytes:
    """Give the issuer who pays; it has the register anyway."""
    found = payment(asked.snapshot, payment_id)
    asset = None if found is None else asked.asset(found.payment.asset)
    return b"" if asset is None else asset.line.issuer


def _owns(asked: Asked, account_id: bytes) -> bool:
    """Say whether an account is the reader's own, or kept for the reader."""
    if asked.reader is None:
        return False
    found = account(asked.snapshot, account_id)
    return found is not None and asked.reader.party in (
        found.account.owner,
        found.account.beneficiary,
    )


def refusal_view(
    asked: Asked, code: str | None, facts: str | None, at: int, *, is_whole: bool = True
) -> views.RefusalView | None:
    """Explain a refusal by its rule; its personal facts only where this reader may see them."""
    if code is None:
        return None
    told = {} if facts is None else msgspec.json.decode(facts, type=dict[str, int | str | None])
    known = MACHINE.refusals.get(code)
    if known is None:
        return views.RefusalView(code, views.Words(code, code), None, None, None, ())
    if not is_whole:
        told = {}
    about = reasons.about(asked.snapshot, told, at)
    said = reason(code, known.row, told, about, module=MODULE_OF[code], shown=_shown)
    sentence, shown = words(said.sentence), refusal_facts(asked, told, said)
    if code == MISSING_CONSENT:
        more = who_is_missing(asked, told)
        sentence = views.Words(
            f"{sentence.en} {more.en}".strip(), f"{sentence.ms} {more.ms}".strip()
        )
        shown = missing_facts(asked, told)
    return views.RefusalView(
        code=code,
        sentence=sentence,
        rule=said.rule,
        basis=said.basis,
        remedy=words(said.remedy),
        facts=shown,
        general=_words(said.general),
        pack=said.pack,
        link=said.link,
        source=_words(said.source),
        allowed=_words(said.allowed),
    )


def _shown(_name: str, _value: int | str | None) -> None:
    """Ids have their pages: `refusal_facts` writes them."""


def _words(said: Said | None) -> views.Words | None:
    return None if said is None else words(said)


def _events(
    asked: Asked, events: Sequence[Event], *, is_whole: bool
) -> tuple[views.EventView, ...]:
    shown = []
    for event in events[:EVENTS_SHOWN_MAX]:
        is_own = isinstance(event, PERSONAL) and _owns(asked, event.account)
        only = None if is_whole or is_own else PUBLIC_FACTS.get(type(event), frozenset())
        name = str(event.__struct_config__.tag)
        view = views.EventView(name, facts_of(asked, event, only))
        if is_whole or view not in shown:
            shown.append(view)
    return tuple(shown)


def _postings(
    asked: Asked, postings: Sequence[privileged.PostingLine], *, is_whole: bool
) -> tuple[views.PostingRow, ...] | None:
    """Give the postings: all, or those on the reader's accounts and of what it has issued."""
    own = None if asked.reader is None else asked.reader.party
    visible = [
        one
        for one in postings
        if is_whole
        or (own is not None and own in (one.owner, one.beneficiary))
        or _is_issuer(asked, one.asset)
    ]
    if not visible and not is_whole and postings:
        return None
    return tuple(
        views.PostingRow(
            identifiers.show("account", one.account),
            asked.party(one.owner),
            asked.amount(one.asset, one.amount),
        )
        for one in visible
    )


def _is_issuer(asked: Asked, asset: bytes) -> bool:
    found = asked.asset(asset)
    return found is not None and reader_is_concerned(asked.reader, (found.line.issuer,))
