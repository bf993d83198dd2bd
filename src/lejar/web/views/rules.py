# SPDX-License-Identifier: Apache-2.0
"""Packs and rules, cohorts, obligations, and what the rules allow of a purchase."""

from dataclasses import dataclass
from datetime import date

from lejar.web.views.parts import Amount, AsAt, Fact, PartyRef, Reference, Span, State, Words


@dataclass(frozen=True, slots=True)
class PackRow:
    """A version of a jurisdiction's pack."""

    jurisdiction: str
    version: str
    rules: int
    recorded_at: int
    entry: int
    by: PartyRef
    basis: str
    link: str | None
    digest: str
    newest: bool
    """Whether it is the version that counts now."""


@dataclass(frozen=True, slots=True)
class SwitchRow:
    """A switch of the whole market."""

    name: str
    on: bool
    by: PartyRef
    since: int
    basis: str
    entry: int


@dataclass(frozen=True, slots=True)
class DutyRow:
    """What a rule has brought in."""

    rule_id: str
    times: int
    base: Amount
    amount: Amount


@dataclass(frozen=True, slots=True)
class PacksView:
    """The page of packs, with what concerns all of them."""

    as_at: AsAt
    rows: tuple[PackRow, ...]
    switches: tuple[SwitchRow, ...]
    duties: tuple[DutyRow, ...]
    lists: tuple["ListRow", ...]
    span: Span


@dataclass(frozen=True, slots=True)
class ListRow:
    """A list of persons, without the persons."""

    name: str
    keeper: PartyRef
    version: int
    updated_at: int
    members: int | None
    """None: not for this reader."""
    entry: int


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in a list."""

    rule_id: str
    title: Words
    kind: str
    topic: str
    owner: str
    value: Words
    grade: str
    """`P`, `L`, `N`, `W` or `U`: how good its source is."""
    verified: bool
    binds: bool
    unknown: bool
    """Whether a value of it is not known."""
    valid_from: int | None
    valid_until: int | None


@dataclass(frozen=True, slots=True)
class RuleGroup:
    """The rules of one topic."""

    topic: str
    rows: tuple[RuleRow, ...]


@dataclass(frozen=True, slots=True)
class NameRow:
    """What a word of the packs stands for."""

    name: str
    target: Reference


@dataclass(frozen=True, slots=True)
class PackView:
    """A version with the rules in force on a day."""

    as_at: AsAt
    row: PackRow
    at: date
    """The day whose rules are shown, as it begins; today means now."""
    known: date | None
    """As known on that day; None: as known now, or a version asked for by its name."""
    rows: tuple[RuleRow, ...]
    groups: tuple[RuleGroup, ...]
    verified: int
    unknown: int
    versions: tuple[PackRow, ...]
    names: tuple[NameRow, ...]


@dataclass(frozen=True, slots=True)
class RuleVersionRow:
    """A rule as one version of its pack has it."""

    version: str
    jurisdiction: str
    recorded_at: int
    entry: int
    valid_from: int | None
    valid_until: int | None
    value: Words
    title: Words


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """How a rule says no."""

    code: str
    sentence: Words
    remedy: Words


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule, as it stands, and as it stood."""

    as_at: AsAt
    row: RuleRow
    version: RuleVersionRow
    in_force: bool
    parameters: tuple[Fact, ...]
    scope: tuple[Fact, ...]
    consult: tuple[str, ...]
    agree: tuple[str, ...]
    backed_by: tuple[str, ...]
    basis: str
    link: str | None
    source: str
    collected: str
    review: bool
    history: tuple[RuleVersionRow, ...]
    refusal: RefusalRow | None


@dataclass(frozen=True, slots=True)
class CohortRow:
    """A sandbox cohort in a list."""

    cohort_id: str
    title: str
    rules: tuple[str, ...]
    from_at: int
    until: int
    state: State
    participants: int
    entry: int


@dataclass(frozen=True, slots=True)
class CohortsView:
    """The page of cohorts, newest first."""

    as_at: AsAt
    rows: tuple[CohortRow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class RelaxedRow:
    """A rule, and the values that stand for its own."""

    rule_id: str
    title: Words | None
    usual: Words | None
    """None: no version of a pack has it (any more)."""
    relaxed: Words


@dataclass(frozen=True, slots=True)
class CohortView:
    """One cohort with its exit report."""

    as_at: AsAt
    row: CohortRow
    by: PartyRef
    basis: str
    link: str | None
    relaxed: tuple[RelaxedRow, ...]
    known: tuple[PartyRef, ...]
    """The participants that this reader may know of."""
    money_each: Amount | None
    money_all: Amount | None
    ended_at: int | None
    ended_by: PartyRef | None
    movements: int | None
    money: Amount | None


@dataclass(frozen=True, slots=True)
class ObligationRow:
    """A party's deadline."""

    obligation_id: str
    rule_id: str
    title: Words | None
    party: PartyRef
    happened_at: int
    due_at: int
    state: State
    entry: int


@dataclass(frozen=True, slots=True)
class ObligationCountRow:
    """How a rule's deadlines were kept."""

    rule_id: str
    title: Words | None
    open: int
    missed: int
    met: int
    late: int


@dataclass(frozen=True, slots=True)
class ObligationsView:
    """The page of obligations: counts for everyone, deadlines for those they run for."""

    as_at: AsAt
    counts: tuple[ObligationCountRow, ...]
    rows: tuple[ObligationRow, ...] | None
    """None: nobody is signed in."""
    span: Span


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a list to choose from."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asking:
    """What was filled in."""

    account: str = ""
    asset: str = ""
    amount: str = ""
    total: str = ""
    offer: bool = False


@dataclass(frozen=True, slots=True)
class BindingRow:
    """What one rule says of the purchase."""

    rule_id: str
    href: str | None
    title: Words
    code: str
    binds: bool
    allows: str | None
    """In units; None: it sets no limit."""
    holds_back: bool
    """Whether it allows less than was asked."""
    then: str
    """What all other rules would allow, up to what was asked."""
    basis: str
    link: str | None
    source: str
    facts: tuple[Fact, ...]
    remedy: Words


@dataclass(frozen=True, slots=True)
class CostRow:
    """A duty that the purchase would bear."""

    rule_id: str
    amount: Amount


@dataclass(frozen=True, slots=True)
class VerdictView:
    """The answer."""

    wanted: str
    allowed: str
    outcome: str
    """`all`, `some` or `none`."""
    rows: tuple[BindingRow, ...]
    duties: tuple[CostRow, ...]
    unknown: tuple[str, ...]
    packs: tuple[str, ...]
    missing_packs: tuple[str, ...]
    entry: int
    at: int


@dataclass(frozen=True, slots=True)
class ExplainView:
    """The page that answers whether a purchase would be allowed."""

    as_at: AsAt
    signed_in: bool
    asking: Asking
    accounts: tuple[Choice, ...]
    assets: tuple[Choice, ...]
    errors: tuple[str, ...]
    """Fields that hold nothing fit: `account`, `asset`, `amount` or `total`."""
    verdict: VerdictView | None
