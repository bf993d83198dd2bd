# SPDX-License-Identifier: Apache-2.0
"""What this room asks of the projections, as the core writes it: raw ids, micros, smallest units.

Each record says who it is about, so that `authority.py` can decide who may see it; the JSON form is
made by `codec.forms`.
"""

from typing import Annotated, Generic, TypeVar

import msgspec

from lejar.domain.identity import Key, PartyKind, PartyStatus, Power, Threshold
from lejar.domain.policy.commands import RelaxedRule
from lejar.domain.policy.pack import Rule
from lejar.gateways.rest import settling_views as settling
from lejar.gateways.rest.money_views import KeptView
from lejar.kernel.entry import Receipt
from lejar.ledger.accounts import Purpose

T = TypeVar("T")


class Part(msgspec.Struct, Generic[T], frozen=True):
    """Some rows of a list, and the cursor of the rest; none at the end."""

    rows: tuple[T, ...]
    next: str | None


class Sealed(msgspec.Struct, frozen=True):
    """One entry as it was sealed."""

    receipt: Receipt
    leaf: bytes
    """The salted digest of the receipt: the leaf data of the log."""
    involved: tuple[bytes, ...]
    """The signers and the owners of the accounts whose balances or holds changed."""
    directive: bytes | None
    """The directive by which an authority moved something in it; none for everybody else."""


class CredentialView(msgspec.Struct, frozen=True):
    """A fact about a party, and who vouches for it."""

    credential: str
    issuer: bytes
    granted_at: int
    expires_at: int | None


class PartyView(msgspec.Struct, frozen=True):
    """A party with its keys; `credentials` and `accounts` are none where not for this reader."""

    party: bytes
    kind: PartyKind
    status: PartyStatus
    registered_at: int
    registrar: bytes
    keys: tuple[Key, ...]
    thresholds: tuple[Threshold, ...]
    powers: tuple[Power, ...]
    frozen: bool
    credentials: tuple[CredentialView, ...] | None
    accounts: tuple[bytes, ...] | None


class PartyRow(msgspec.Struct, frozen=True):
    """A party in a list."""

    party: bytes
    kind: PartyKind
    status: PartyStatus
    registered_at: int
    registrar: bytes
    frozen: bool


class PositionView(msgspec.Struct, frozen=True):
    """A balance of one asset: `free` and `held` sum to `total`, in its smallest unit."""

    asset: bytes
    total: int
    free: int
    held: int


class AccountView(msgspec.Struct, frozen=True):
    """An account with its positions."""

    account: bytes
    owner: bytes
    purpose: Purpose
    opened_at: int
    cash_account: bytes | None
    beneficiary: bytes | None
    """For whom a nominee or custodian keeps it; none for its owner."""
    frozen: bool
    positions: tuple[PositionView, ...]
    keeps: tuple[KeptView, ...] = ()
    """Banks' claims that it holds in place of a currency."""


class MovementView(msgspec.Struct, frozen=True):
    """One line of an account's statement, in the asset's smallest unit."""

    entry: int
    ordinal: int
    """Its place among the postings of its entry."""
    asset: bytes
    amount: int
    """Positive for what came in."""
    directive: bytes | None
    """The authority's directive that moved it; none where its parties did."""


class InstrumentView(msgspec.Struct, frozen=True):
    """An instrument's public face: its terms are public, its holders are not."""

    asset: bytes
    kind: str
    code: str | None
    """The ISIN or the currency's code."""
    issuer: bytes
    issued_at: int
    supply: int
    """What has been issued and not redeemed, in the smallest unit."""
    terms: msgspec.Raw
    """JSON; `null` where the module that made it has none."""


class InstrumentRow(msgspec.Struct, frozen=True):
    """An instrument in a list, without its terms."""

    asset: bytes
    kind: str
    code: str | None
    issuer: bytes
    issued_at: int
    supply: int


class HolderView(msgspec.Struct, frozen=True):
    """One line of the register of holders: who holds, and for whom where that is another."""

    owner: bytes
    beneficiary: bytes | None
    account: bytes
    total: int
    held: int


class EntitlementView(msgspec.Struct, frozen=True):
    """An account's part of a payment, in the payment's money."""

    payment: bytes
    account: bytes
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
    currency: bytes
    record_date: str
    pays_on: str


class DirectiveRow(msgspec.Struct, frozen=True):
    """A directive as everybody sees it; an asset is named for a halt of it."""

    directive: bytes
    kind: str
    agency: bytes
    cited: str
    """The legal basis on one line."""
    issued_at: int
    expires_at: int | None
    stage: str
    """`in_force`, `lifted`, `expired` or `executed`."""
    appeal: str
    """`none`, `lodged`, `upheld` or `allowed`."""
    scope: str | None
    """How far a halt reaches: `asset`, `class` or `market`."""
    asset_class: str | None
    halted_asset: bytes | None


class StepView(msgspec.Struct, frozen=True):
    """Something that became of a directive; by whom and why for those whom it concerns."""

    entry: int
    what: str
    party: bytes | None
    reason: str | None


class BearingView(msgspec.Struct, frozen=True):
    """On what a directive bears: for its agency, those whom it concerns and supervisors."""

    subject: bytes | None
    """A party, an account, an asset or an instruction, as the directive's kind says."""
    asset: bytes | None
    amount: int | None
    target: bytes | None
    concerned: tuple[bytes, ...]


class DirectiveView(msgspec.Struct, frozen=True):
    """One directive with its basis and its life; `bearing` is none where not for this reader."""

    row: DirectiveRow
    basis: msgspec.Raw
    steps: tuple[StepView, ...]
    bearing: BearingView | None


class BoundMoneyView(msgspec.Struct, frozen=True):
    """An envelope of purpose-bound money, open or over; amounts in the currency's smallest unit."""

    envelope: bytes
    currency: bytes
    account: bytes
    """The payer's, from which it came and to which the rest returns."""
    escrow: bytes
    owner: bytes
    """The payer."""
    holder: bytes
    receivers: tuple[bytes, ...]
    credential: str | None
    purpose: str
    until: int
    amount: int
    left: int
    stage: str
    cause: str | None
    entry: int


class InstructionView(msgspec.Struct, frozen=True):
    """An instruction, open or finished; `stage` is a `Stage`, or how it finished."""

    instruction: bytes
    stage: str
    legs: tuple[settling.LegView, ...]
    value_date: str | None
    parties: tuple[bytes, ...]
    affirmed: tuple[bytes, ...]
    cause: str | None
    """The refusal's code that keeps it from settling."""
    first: int
    last: int
    """The entries that made it and that changed it last."""
    givers: tuple[bytes, ...] = ()
    """Who gives something in it."""
    informed: tuple[bytes, ...] = ()
    """Who may see it without agreeing to it: a payee, the agent of a promise, a venue."""
    terms: settling.TermsView | None = None
    promises: tuple[settling.PromiseView, ...] = ()
    after: tuple[settling.LinkView, ...] = ()
    held_by: tuple[bytes, ...] = ()
    penalties: tuple[settling.PenaltyView, ...] = ()
    waits: tuple[settling.WaitView, ...] = ()
    """Why it has not settled, as far as the reader may know."""


class PackRow(msgspec.Struct, frozen=True):
    """A version of a jurisdiction's pack; it counts from its entry until the next one's."""

    jurisdiction: str
    version: str
    digest: bytes
    offset_minutes: int
    """East of UTC: its local days and hours are counted by it."""
    rules: int
    recorded_at: int
    adopted_by: bytes
    basis: str
    link: str | None
    entry: int


class PackView(msgspec.Struct, frozen=True):
    """A version with its rules: all of them, or those in force at a moment."""

    pack: PackRow
    at: int | None
    """The moment asked about; none: all rules are here, in force or not."""
    known_at: int | None
    """As known when; none: as known now."""
    in_pack: tuple[Rule, ...]


class RuleVersion(msgspec.Struct, frozen=True):
    """A rule as one version of its pack has it."""

    jurisdiction: str
    version: str
    recorded_at: int
    entry: int
    rule: Rule


class CohortView(msgspec.Struct, frozen=True):
    """A sandbox cohort with its exit report; `participants` are those this reader may know of."""

    cohort: bytes
    title: str
    opened_by: bytes
    basis: str
    link: str | None
    relaxed: tuple[RelaxedRule, ...]
    members: int
    participants: tuple[bytes, ...]
    money_each: int | None
    money_all: int | None
    from_at: int
    until: int
    stage: str
    """`open` or `ended`."""
    ended_at: int | None
    ended_by: bytes | None
    """None while it is open, and where its time had come."""
    movements: int | None
    money: int | None
    """What was paid under it in all; told at its end, as is how often."""
    entry: int


class ListView(msgspec.Struct, frozen=True):
    """A list of persons, without the persons; how many there are is for its keeper and supervisors.

    It is current as at `updated_at`.
    """

    name: str
    keeper: bytes
    version: int
    digest: bytes
    members: int | None
    updated_at: int
    entry: int


class ObligationView(msgspec.Struct, frozen=True):
    """A party's deadline; `stage` is `open`, `missed`, `met` or `late`."""

    obligation: bytes
    rule: str
    pack: str
    party: bytes
    happened_at: int
    due_at: int
    stage: str
    entry: int


class ObligationCount(msgspec.Struct, frozen=True):
    """How a rule's deadlines were kept, over all parties."""

    rule: str
    unmet: int
    """Open, and not yet due."""
    missed: int
    met: int
    late: int
    """Met after it was due."""


class FigureView(msgspec.Struct, frozen=True):
    """A number about a party or an asset, and whose word it is."""

    subject: bytes
    name: str
    value: int
    recorded_by: bytes
    recorded_at: int
    expires_at: int | None
    entry: int


class Figures(msgspec.Struct, frozen=True):
    """What is recorded of a subject; `issuer` is the asset's, where the subject is one."""

    issuer: bytes | None
    rows: tuple[FigureView, ...]


class DutyTotal(msgspec.Struct, frozen=True):
    """What a rule has brought in of one currency, in its smallest units."""

    rule: str
    asset: bytes
    times: int
    base: int
    amount: int


class ProposalRow(msgspec.Struct, frozen=True):
    """A proposal in a list."""

    proposal: bytes
    proposer: bytes
    verb: str
    matter: str
    """What the command is about, where one verb serves several matters; otherwise empty."""
    owner: bytes
    """The agency whose matter it was when the proposal was made."""
    basis: str
    """The legal basis as it is cited."""
    effective_at: int | None
    expires_at: int
    stage: str
    """`open`, `agreed`, `stalled`, or how it ended."""
    cause: str | None
    """Why it stalled or failed: a refusal's code."""
    due_at: int | None
    first: int
    last: int
    """The entries that made it and that changed it last."""


class ProposalView(ProposalRow, frozen=True):
    """A proposal, open or ended; `carried` is none where not for this reader."""

    link: str | None
    grounds: Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)] | None
    parties: tuple[bytes, ...]
    """Whose agreement it needs."""
    agreed: tuple[bytes, ...]
    """Who has agreed; whether that still counts is asked when the command is to be carried out."""
    officers: int
    """Through how many different officers its owner has agreed."""
    officers_needed: int
    """How many the requirement asks for now."""
    carried: bytes | None
    """The command, which is written as it is prepared."""


class RequirementView(msgspec.Struct, frozen=True):
    """Who must agree before a command is carried out."""

    verb: str
    """The command's tag, with `/matter` behind it for one matter of it."""
    owner: bytes
    concurring: tuple[bytes, ...]
    officers: int
    """How many different natural persons of the owner."""
    notice_micros: int
    """The least time between the last agreement and the effect, in microseconds."""
    last: int
    """The entry that set it; 0 is the genesis."""
