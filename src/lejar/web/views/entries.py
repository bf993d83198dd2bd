# SPDX-License-Identifier: Apache-2.0
"""Entries, and one entry's receipt with its proof."""

from dataclasses import dataclass

from lejar.web.views.parts import Amount, AsAt, Fact, Outcome, PartyRef, RefusalView, Span


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One ordered command in a list."""

    number: int
    at: int
    command: str
    """Its name in the code, such as `money.issue_money`; the catalogue has better words for it."""
    outcome: Outcome
    refusal_code: str | None
    signers: tuple[PartyRef, ...]
    receipt_id: str
    """The page of the receipt is `/receipts/{receipt_id}`: an entry's number, or its command's id
    as text, `cmd_…`."""
    by_itself: bool = False
    """Work that came due: nobody sent it."""
    directive_id: str | None = None
    """The directive by which an authority moved something in it."""


@dataclass(frozen=True, slots=True)
class EntryFilter:
    """Which entries were asked for."""

    outcome: Outcome | None
    party_id: str | None


@dataclass(frozen=True, slots=True)
class EntriesView:
    """The page of entries, newest first."""

    as_at: AsAt
    rows: tuple[EntryRow, ...]
    wanted: EntryFilter
    span: Span


@dataclass(frozen=True, slots=True)
class EventView:
    """Something that happened in an entry."""

    name: str
    facts: tuple[Fact, ...]
    """As many as this reader may see."""


@dataclass(frozen=True, slots=True)
class PostingRow:
    """One signed posting; per asset they sum to zero."""

    account_id: str
    owner: PartyRef
    amount: Amount


@dataclass(frozen=True, slots=True)
class ProofStep:
    """One step from the leaf to the root."""

    side: str
    """`left` or `right`: where the sibling stands."""
    digest: str


@dataclass(frozen=True, slots=True)
class CheckpointView:
    """A signed checkpoint (C2SP tlog-checkpoint)."""

    origin: str
    size: int
    root: str
    state_root: str | None
    signers: tuple[str, ...]
    """Key names, the node's first, then the witnesses."""
    text: str
    """The signed note as published."""


@dataclass(frozen=True, slots=True)
class ProofView:
    """How a receipt is tied to a checkpoint. Each `holds` was computed by whoever made the view."""

    receipt_digest: str
    leaf_hash: str
    index: int
    steps: tuple[ProofStep, ...]
    checkpoint: CheckpointView
    leaf_holds: bool
    inclusion_holds: bool
    signature_holds: bool


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """The public result of one entry."""

    as_at: AsAt
    receipt_id: str
    number: int
    block: int
    at: int
    command: str
    outcome: Outcome
    refusal: RefusalView | None
    envelope_digest: str | None
    """None: work that came due has no envelope."""
    command_id: str
    signers: tuple[PartyRef, ...]
    events: tuple[EventView, ...]
    postings: tuple[PostingRow, ...] | None
    """None: this reader may not see them."""
    proof: ProofView | None
    """None: no checkpoint covers the entry yet."""
    evidence_href: str | None
    """Address of the self-contained evidence file; None: not yet, or not for this reader."""
    by_itself: bool = False
    """Work that came due: nobody sent it."""
    whole: bool = True
    """Whether this reader sees all of it."""
    directive_id: str | None = None
    """The directive by which an authority moved something in it."""
