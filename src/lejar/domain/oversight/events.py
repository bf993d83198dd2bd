# SPDX-License-Identifier: Apache-2.0
"""What authorities ordered, and what became of it.

Each event names its directive, so that none can be taken for an ordinary act.
"""

from lejar.domain.basis import LegalBasis
from lejar.domain.oversight.model import HaltScope
from lejar.domain.policy import AssetClass
from lejar.kernel.module import Event


class SubjectFrozen(Event, frozen=True, tag="oversight.subject_frozen"):
    """A party or an account may neither give nor receive, or an asset may not move."""

    directive: bytes
    subject: bytes
    agency: bytes
    basis: LegalBasis
    expires_at: int | None
    concerned: tuple[bytes, ...]


class AmountFrozen(Event, frozen=True, tag="oversight.amount_frozen"):
    """An amount is held; the hold has the directive's id."""

    directive: bytes
    account: bytes
    asset: bytes
    amount: int
    agency: bytes
    basis: LegalBasis
    expires_at: int | None


class DirectiveLifted(Event, frozen=True, tag="oversight.directive_lifted"):
    """A freeze or a halt binds no more."""

    directive: bytes
    agency: bytes
    basis: LegalBasis


class DirectiveExpired(Event, frozen=True, tag="oversight.directive_expired"):
    """The moment came at which a freeze or a halt was to end."""

    directive: bytes


class AssetsSeized(Event, frozen=True, tag="oversight.assets_seized"):
    """An amount went to a court's account without its giver."""

    directive: bytes
    asset: bytes
    account: bytes
    court_account: bytes
    amount: int
    agency: bytes
    basis: LegalBasis


class TransferForced(Event, frozen=True, tag="oversight.transfer_forced"):
    """An amount moved without its giver."""

    directive: bytes
    asset: bytes
    source: bytes
    target: bytes
    amount: int
    agency: bytes
    basis: LegalBasis


class MarketHalted(Event, frozen=True, tag="oversight.market_halted"):
    """Exchanges are stopped, for one asset, one class or the whole market."""

    directive: bytes
    scope: HaltScope
    asset: bytes | None
    asset_class: AssetClass | None
    agency: bytes
    basis: LegalBasis
    expires_at: int | None
    concerned: tuple[bytes, ...]


class InstructionStruck(Event, frozen=True, tag="oversight.instruction_struck"):
    """An open instruction was cancelled without its sides."""

    directive: bytes
    instruction: bytes
    agency: bytes
    basis: LegalBasis
    concerned: tuple[bytes, ...]


class AppealLodged(Event, frozen=True, tag="oversight.appeal_lodged"):
    """A party that a directive concerns appeals; the directive binds meanwhile."""

    directive: bytes
    party: bytes
    grounds: bytes


class AppealUpheld(Event, frozen=True, tag="oversight.appeal_upheld"):
    """An appeal failed: the directive is upheld."""

    directive: bytes
    agency: bytes
    reasons: bytes


class AppealAllowed(Event, frozen=True, tag="oversight.appeal_allowed"):
    """An appeal succeeded.

    `lifted` says whether the directive was ended by it; it is false where the directive had ended,
    or where it was a movement or a cancellation, which no decision undoes by itself.
    """

    directive: bytes
    agency: bytes
    reasons: bytes
    lifted: bool
