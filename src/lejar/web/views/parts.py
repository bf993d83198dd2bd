# SPDX-License-Identifier: Apache-2.0
"""The parts that several views are made of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from lejar.web.language import Language


class Theme(StrEnum):
    """Light, dark, or what the reader's device asks for."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


class Outcome(StrEnum):
    """What became of an ordered command."""

    ACCEPTED = "accepted"
    REFUSED = "refused"


class State(StrEnum):
    """The states that parties, instruments, instructions, legs and payments are shown in."""

    OPEN = "open"
    SUSPENDED = "suspended"
    FROZEN = "frozen"
    CLOSED = "closed"
    DRAFT = "draft"
    LIVE = "live"
    HALTED = "halted"
    MATURED = "matured"
    REDEEMED = "redeemed"
    ALLEGED = "alleged"
    MATCHED = "matched"
    WAITING = "waiting"
    QUEUED = "queued"
    SETTLED = "settled"
    FAILED = "failed"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    SCHEDULED = "scheduled"
    ANNOUNCED = "announced"
    FIXED = "fixed"
    PAYING = "paying"
    PAID = "paid"
    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    IN_FORCE = "in_force"
    LIFTED = "lifted"
    EXECUTED = "executed"
    LODGED = "lodged"
    UPHELD = "upheld"
    ALLOWED = "allowed"
    ENDED = "ended"
    MISSED = "missed"
    MET = "met"
    LATE = "late"
    AGREED = "agreed"
    STALLED = "stalled"
    ENACTED = "enacted"
    OBJECTED = "objected"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    ASSIGNED = "assigned"
    EXPLAINED = "explained"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    ESCALATED = "escalated"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages."""

    en: str
    ms: str


@dataclass(frozen=True, slots=True)
class AsAt:
    """The entry that everything on a page stands at."""

    entry: int
    at: int
    """Microseconds UTC."""


@dataclass(frozen=True, slots=True)
class Site:
    """What does not change from page to page: the composition root makes it once."""

    name: str
    network: str
    version: str
    is_demonstration: bool
    live_source: str | None
    """Address of the server-sent events that say a new entry exists; None: pages stay as read."""


@dataclass(frozen=True, slots=True)
class PartyRef:
    """A party as it is named in a line; people have no name here."""

    party_id: str
    name: str | None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is reading, as the header says it."""

    party: PartyRef
    supervises: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a page, from the site and the reader's request."""

    site: Site
    language: Language
    theme: Theme
    path: str
    """The page's own address with its query, for the switches to come back to."""
    signed_in: SignedIn | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """Units of one asset, signed."""

    units: int
    asset: str
    """Currency code, or the instrument's short name."""
    asset_id: str
    nominal_sen: int | None = None
    """For debt: the nominal value of these units, where the terms state it."""
    decimals: int | None = None
    """For money: the digits after its point."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A name, or an id as people see it, with the address of its page where it has one."""

    text: str
    href: str | None = None
    is_id: bool = True


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time, microseconds UTC."""

    at: int


FactValue: TypeAlias = str | Words | Amount | Reference | Moment | date | None


@dataclass(frozen=True, slots=True)
class Fact:
    """One named value; a text is printed as it is, everything else in the reader's words."""

    label: Words
    value: FactValue


@dataclass(frozen=True, slots=True)
class RefusalView:
    """Why the rules said no."""

    code: str
    sentence: Words
    """The rule's own sentence, or else its kind's."""
    rule: str | None
    basis: str | None
    """Instrument and clause, as cited by the rule; None: the rule cites none."""
    remedy: Words | None
    facts: tuple[Fact, ...]
    general: Words | None = None
    """The sentence of its kind, where the rule has one of its own."""
    pack: str | None = None
    """Jurisdiction and version, for a rule of a pack."""
    link: str | None = None
    source: Words | None = None
    """How good the source of the rule's value is, where nobody has verified it."""
    allowed: Words | None = None
    """How much would be allowed, where this reader may know."""


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of a longer list is shown, and the cursors to its neighbours (None at an end)."""

    newer: str | None
    older: str | None
    first: int | None = None
    last: int | None = None
