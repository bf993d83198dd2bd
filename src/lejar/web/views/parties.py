# SPDX-License-Identifier: Apache-2.0
"""Parties: who takes part, with which keys and credentials."""

from dataclasses import dataclass

from lejar.web.views.entries import EntryRow
from lejar.web.views.parts import Amount, AsAt, PartyRef, Span, State, Words


@dataclass(frozen=True, slots=True)
class PartyRow:
    """One party in a list."""

    party: PartyRef
    kind: str
    """`person`, `company`, `agency` or `system`."""
    powers: tuple[str, ...]
    """Names in the code, such as `issue_money`; the catalogue has better words."""
    state: State
    since_entry: int


@dataclass(frozen=True, slots=True)
class PartiesView:
    """The page of parties."""

    as_at: AsAt
    rows: tuple[PartyRow, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A public key that may sign for the party."""

    public_key: str
    roles: tuple[str, ...]
    """`operate`, `administer`."""
    since_entry: int
    until_entry: int | None
    """None: still in use."""


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """How many keys must sign together in a role."""

    role: str
    needed: int


@dataclass(frozen=True, slots=True)
class CredentialRow:
    """What an issuer says of the party; the kind is public, what it rests on is not."""

    kind: str
    issuer: PartyRef
    valid_until: int | None
    """Microseconds UTC; None: no end stated."""
    state: State


@dataclass(frozen=True, slots=True)
class FreezeRow:
    """A freeze in force."""

    basis: str | None
    ordered_by: PartyRef
    since_entry: int
    until: int | None
    reason: Words | None


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """What an account has of one asset: in all, and what of it is set aside."""

    total: Amount
    held: Amount


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account with what is on it."""

    account_id: str
    purpose: str
    """`own`, `client`, `custody`, `escrow`, `issuance`, `fees` or `court`."""
    balances: tuple[BalanceRow, ...]
    is_frozen: bool = False


@dataclass(frozen=True, slots=True)
class PartyView:
    """One party."""

    as_at: AsAt
    row: PartyRow
    thresholds: tuple[ThresholdRow, ...]
    keys: tuple[KeyRow, ...]
    credentials: tuple[CredentialRow, ...] | None
    """None: this reader may not see them."""
    freezes: tuple[FreezeRow, ...]
    accounts: tuple[AccountRow, ...] | None
    """None: this reader may not see them."""
    latest: tuple[EntryRow, ...]
