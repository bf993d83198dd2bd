# SPDX-License-Identifier: Apache-2.0
"""A jurisdiction's pack as the ledger keeps it: rules, their scope, basis, source and time.

A pack enters by a command, whole, so that every node has the same one; it is written as TOML, which
`lejar.reference` reads.  A pack is never changed: a new version stands beside the old.
"""

import enum
from typing import Annotated, TypeAlias

import msgspec

from lejar.domain.basis import LegalBasis
from lejar.domain.policy.kinds.deadline import Deadline
from lejar.domain.policy.kinds.duty import Duty
from lejar.domain.policy.kinds.figures import Figure, FigureAny, FigureShare
from lejar.domain.policy.kinds.form import Name, Patterns, Words
from lejar.domain.policy.kinds.holdings import (
    Concentration,
    ForeignCap,
    HolderCap,
    HoldingCap,
    SupplyCap,
)
from lejar.domain.policy.kinds.lists import AllowList, DenyList
from lejar.domain.policy.kinds.persons import (
    CountryAllow,
    CountryDeny,
    Credential,
    InvestorClass,
    Knowledge,
    LookThrough,
)
from lejar.domain.policy.kinds.timing import CoolingOff, Hours, LockUp, Moratorium
from lejar.domain.policy.kinds.trading import (
    Approval,
    PriceTick,
    PurposeBound,
    SettlementAsset,
    Switch,
    Ticket,
)
from lejar.domain.policy.kinds.windows import FundRaising, InvestmentCap, Velocity
from lejar.domain.policy.model import AssetClass
from lejar.kernel.codec import Record
from lejar.kernel.envelope import Instant

RULES_MAX = 1024

AnySpec: TypeAlias = (
    Credential
    | InvestorClass
    | Knowledge
    | CountryAllow
    | CountryDeny
    | LookThrough
    | DenyList
    | AllowList
    | HoldingCap
    | HolderCap
    | ForeignCap
    | SupplyCap
    | Concentration
    | InvestmentCap
    | Velocity
    | FundRaising
    | LockUp
    | Moratorium
    | CoolingOff
    | Hours
    | Ticket
    | SettlementAsset
    | PurposeBound
    | Approval
    | Switch
    | PriceTick
    | Figure
    | FigureShare
    | FigureAny
    | Duty
    | Deadline
)

Jurisdiction = Annotated[str, msgspec.Meta(pattern=r"\A[a-z]{2}\Z")]
Version = Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{4}\.[0-9]{1,2}\.[0-9]{1,3}\Z")]
Sentence = Annotated[str, msgspec.Meta(min_length=3, max_length=400)]


class Grade(enum.StrEnum):
    """How good the place is where a value was read."""

    PRIMARY = "P"
    LAW_FIRM = "L"
    NEWS = "N"
    WEAK = "W"
    UNVERIFIED = "U"


class Effect(enum.StrEnum):
    """Whether a rule refuses, or only says what it would have refused."""

    BIND = "bind"
    ADVISE = "advise"


class Market(enum.StrEnum):
    """Whether a rule is about offers by the issuer, or about what holders do with one another."""

    ANY = "any"
    PRIMARY = "primary"
    SECONDARY = "secondary"


class Occasion(enum.StrEnum):
    """On which kind of movement a rule is asked."""

    SETTLEMENT = "settlement"
    ISSUE = "issue"
    SERVICING = "servicing"
    LISTING = "listing"
    """An instrument comes to the hub: its issuer stands on both sides."""
    STATUS = "status"
    """A party is granted a status, such as a licence or a class of investor."""


Occasions = Annotated[tuple[Occasion, ...], msgspec.Meta(min_length=1, max_length=len(Occasion))]


class Scope(Record, frozen=True):
    """Which movements a rule is about; what is empty leaves nothing out."""

    classes: Annotated[tuple[AssetClass, ...], msgspec.Meta(max_length=16)] = ()
    occasions: Occasions = (Occasion.SETTLEMENT,)
    market: Market = Market.ANY
    assets: Words = ()
    """Assets by the pack's names of them."""
    statuses: Words = ()
    """What is granted, such as `licence.exchange`; for the occasion `status` alone."""
    only: Patterns = ()
    """Credentials of the receiver, any of which brings it under the rule."""
    unless: Patterns = ()
    """Credentials of the receiver, any of which takes it out."""


class SourceNote(Record, frozen=True):
    """Where a value was read, how good that place is, and whether anybody has checked."""

    grade: Grade
    reference: Annotated[str, msgspec.Meta(min_length=1, max_length=240)]
    collected: Annotated[str, msgspec.Meta(pattern=r"\A[0-9]{4}-[0-9]{2}\Z")]
    verified: bool
    review: bool = False
    """It must be read again before anybody relies on it."""


class Rule(Record, frozen=True):
    """One rule of a pack: a sentence that must hold, whose it is, and on what it rests."""

    id: Name
    title: Sentence
    title_ms: Sentence
    spec: AnySpec
    scope: Scope
    effect: Effect
    owner: Name
    """The agency whose rule it is, by the pack's name of it."""
    consult: Words
    agree: Words
    basis: LegalBasis
    source: SourceNote
    backed_by: Words = ()
    """Better founded rules that guard the same; a weak one never guards alone."""
    valid_from: Instant | None = None
    valid_until: Instant | None = None
    """The moment it ends; it is not in force at that moment."""

    def is_in_force(self, at: int) -> bool:
        """Say whether it is in force at a moment."""
        return (self.valid_from is None or self.valid_from <= at) and (
            self.valid_until is None or at < self.valid_until
        )


class Pack(Record, frozen=True):
    """The rules of one jurisdiction, in one version."""

    jurisdiction: Jurisdiction
    version: Version
    offset_minutes: Annotated[int, msgspec.Meta(ge=-720, le=840)]
    """East of UTC: local days and hours are counted by it."""
    rules: Annotated[tuple[Rule, ...], msgspec.Meta(max_length=RULES_MAX)]


def unknown_values(rule: Rule) -> tuple[str, ...]:
    """Name the limits that nobody could read: the rule stands, but limits nothing by them."""
    return tuple(
        name for name in ESSENTIAL.get(type(rule.spec), ()) if getattr(rule.spec, name) is None
    )


ESSENTIAL: dict[type, tuple[str, ...]] = {
    InvestmentCap: ("limit",),
    HolderCap: ("holders",),
    ForeignCap: ("share",),
    SupplyCap: ("units",),
    Concentration: ("share",),
    Moratorium: ("share",),
    CoolingOff: ("business_days",),
    Figure: ("value",),
    FigureShare: ("share",),
    FundRaising: ("limit",),
    Deadline: ("within",),
}
"""The fields of a kind that may be none because they are unknown, not because there is no limit."""
