# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - types made at run time have no name that a checker could know
"""What travels: the JSON messages that are not simply a core type's form.

Values are in their written form here: ids, digests and amounts are strings (see `codec.scalars`).
"""

import datetime
from typing import Annotated, Any, Generic, Literal, TypeVar

import msgspec

from lejar.gateways.rest.codec import form_of
from lejar.kernel.envelope import Envelope

T = TypeVar("T")

Moment = Annotated[datetime.datetime, msgspec.Meta(tz=True)]
CommandIdText = Annotated[str, msgspec.Meta(pattern="^cmd_[a-z2-7]{25}[aeimquy4]$")]
NetworkText = Annotated[str, msgspec.Meta(pattern="^net_[a-z2-7]{25}[aeimquy4]$")]
PartyText = Annotated[str, msgspec.Meta(pattern="^party_[a-z2-7]{25}[aeimquy4]$")]
DirectiveText = Annotated[str, msgspec.Meta(pattern="^dir_[a-z2-7]{25}[aeimquy4]$")]
DigestText = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]
Base64Text = Annotated[str, msgspec.Meta(extra_json_schema={"contentEncoding": "base64"})]
IntegerText = Annotated[str, msgspec.Meta(pattern="^-?(?:0|[1-9][0-9]{0,18})$")]

EnvelopeMessage = form_of(Envelope).type
"""`{"body": base64, "signatures": [{"party", "key", "signature"}]}`"""


class PrepareRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A readable command to be made into the bytes that are signed."""

    command: Annotated[str, msgspec.Meta(max_length=100)]
    arguments: msgspec.Raw
    valid_until: Moment | None = None
    """One hour from now where none is named."""
    command_id: CommandIdText | None = None
    salt: DigestText | None = None


class Readable(msgspec.Struct, frozen=True):
    """A body as it reads, decoded back from the very bytes that a signature covers."""

    format: int
    network: NetworkText
    command_id: CommandIdText
    valid_until: str
    salt: DigestText
    command: str
    arguments: msgspec.Raw


class Prepared(msgspec.Struct, frozen=True):
    """Bytes to sign; check `readable` before signing."""

    network: NetworkText
    command_id: CommandIdText
    role: str
    """The role that a signing key needs."""
    body: Base64Text
    """The canonical bytes that go into the envelope."""
    signed_bytes: Base64Text
    """What a signature covers: the domain-separation prefix, then the body."""
    readable: Readable


class RefusalMessage(msgspec.Struct, frozen=True):
    """Why not, as the receipt has it."""

    code: str
    facts: dict[str, str | int | None]


class PostingMessage(msgspec.Struct, frozen=True):
    """One signed change of one balance."""

    account: str
    asset: str
    amount: IntegerText


class ReceiptMessage(msgspec.Struct, frozen=True):
    """What became of one envelope, or of one piece of due work."""

    number: int
    block: int
    at: str
    command_id: CommandIdText
    command: str
    outcome: Literal["accepted", "refused"]
    refusal: RefusalMessage | None
    envelope: DigestText
    """SHA-256 of the envelope; zeros for due work."""
    signers: list[PartyText]
    events: list[msgspec.Raw]
    postings: list[PostingMessage]
    receipt: Base64Text
    """The canonical bytes, which evidence is about."""


class EntryMessage(msgspec.Struct, frozen=True):
    """One entry's outcome, for everyone; `receipt` only for who took part or supervises."""

    number: int
    block: int
    at: str
    command_id: CommandIdText
    command: str
    outcome: Literal["accepted", "refused"]
    code: str | None
    """The refusal's code."""
    leaf: DigestText
    """The salted digest: the leaf data of the log."""
    directive: DirectiveText | None
    """The directive by which an authority moved something; none where the parties did."""
    receipt: ReceiptMessage | None


class Page(msgspec.Struct, Generic[T], frozen=True):
    """Some of a list; `next` is the cursor of the rest, none at the end."""

    items: list[T]
    next: str | None
    as_at: int
    """The entry up to which the read models had been told."""


def page_of(item: Any) -> Any:
    """Give the type of a page of items whose type is made at run time."""
    return Page[item]


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457, with what a person needs to do next."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    remedy: str
    basis: str
    rule: str | None = None
    """A pack's rule by its id, a rule of the hub by module and code; none for the gateway's own."""
    pack: str | None = None
    """Jurisdiction and version of the pack whose rule it is."""
    link: str | None = None
    """Where the legal basis can be read."""
    source: str | None = None
    """How good the source of the rule's value is, where nobody has verified it."""
    facts: dict[str, str | int | None] | None = None
    place: str | None = None
    """Where in the request, as a path such as `$.arguments.legs[0].amount`."""
    entry: int | None = None
    receipt: str | None = None
    """Where the receipt of this refusal is read."""


class Outcome(msgspec.Struct, frozen=True):
    """What became of one envelope of a batch."""

    outcome: Literal["accepted", "refused", "malformed", "busy", "closed"]
    entry: int | None
    code: str | None


class Outcomes(msgspec.Struct, frozen=True):
    """One outcome for each envelope, in the order in which they were sent."""

    outcomes: list[Outcome]


class DryRun(msgspec.Struct, frozen=True):
    """What would become of an envelope now; nothing was kept, and it may be different later."""

    would: Literal["accepted", "refused"]
    receipt: ReceiptMessage
    problem: Problem | None


class StatusMessage(msgspec.Struct, frozen=True):
    """How the hub stands."""

    network: NetworkText
    name: str
    kind: str
    version: str
    block: int
    entry: int
    at: str
    ordered_at: str
    log_root: DigestText
    state_root: DigestText
    accepting: bool
    reason: str | None
    as_at: int
    """The entry up to which the read models have been told."""


class GenesisMessage(msgspec.Struct, frozen=True):
    """The network's beginning; its id is the first 16 bytes of a digest of these bytes."""

    network: NetworkText
    name: str
    kind: str
    begins_at: str
    sections: list[str]
    genesis: Base64Text


class Words(msgspec.Struct, frozen=True):
    """One sentence in both languages."""

    en: str
    ms: str


class RefusalRow(msgspec.Struct, frozen=True):
    """One line of the table of refusals; `status` only where this gateway itself refuses."""

    code: str
    module: str
    sentence: Words
    remedy: Words
    basis: str
    status: int


class CommandRow(msgspec.Struct, frozen=True):
    """One command: what it is for, who signs it, how it can be refused."""

    command: str
    module: str
    summary: str
    role: str
    refusals: list[str]
    """By precedence, after the kernel's and the signers'."""
    schema: str
    """Where the schema of its arguments stands."""


class RefusalRows(msgspec.Struct, frozen=True):
    """The whole table of refusals."""

    items: list[RefusalRow]


class CommandRows(msgspec.Struct, frozen=True):
    """The catalogue of commands."""

    items: list[CommandRow]
