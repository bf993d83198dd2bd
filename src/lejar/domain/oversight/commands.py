# SPDX-License-Identifier: Apache-2.0
"""What an authority may order, and what those concerned may ask in return."""

from lejar.domain.basis import LegalBasis
from lejar.domain.identity.commands import Digest
from lejar.domain.oversight.model import HaltScope, Outcome
from lejar.domain.policy import AssetClass
from lejar.kernel.envelope import Command, Id, Instant
from lejar.kernel.quantity import Amount


class Freeze(Command, frozen=True, tag="oversight.freeze"):
    """Stop a party or an account from giving and receiving, or an asset from moving at all."""

    subject: Id
    basis: LegalBasis
    expires_at: Instant | None


class FreezeAmount(Command, frozen=True, tag="oversight.freeze_amount"):
    """Hold an amount, in the asset's smallest unit, on one account; the rest stays free."""

    account: Id
    asset: Id
    amount: Amount
    basis: LegalBasis
    expires_at: Instant | None


class Thaw(Command, frozen=True, tag="oversight.thaw"):
    """Lift a freeze of a subject or of an amount; other freezes and holds stay as they are."""

    directive: Id
    basis: LegalBasis


class OpenCourtAccount(Command, frozen=True, tag="oversight.open_court_account"):
    """Open an account on which a court keeps what is seized; signed by an agency that directs."""

    owner: Id


class Seize(Command, frozen=True, tag="oversight.seize"):
    """Take an amount, in the asset's smallest unit, to a court's account, frozen or not."""

    account: Id
    asset: Id
    amount: Amount
    court_account: Id
    basis: LegalBasis


class ForceTransfer(Command, frozen=True, tag="oversight.forced_transfer"):
    """Move an amount, in the asset's smallest unit, without its giver; the receiver is judged."""

    asset: Id
    source: Id
    target: Id
    amount: Amount
    basis: LegalBasis


class Halt(Command, frozen=True, tag="oversight.halt"):
    """Stop exchanges of one asset, of one class of assets, or of everything; cancels nothing."""

    scope: HaltScope
    asset: Id | None
    """Named when the scope is an asset, and only then."""
    asset_class: AssetClass | None
    """Named when the scope is a class, and only then."""
    basis: LegalBasis
    expires_at: Instant | None


class Resume(Command, frozen=True, tag="oversight.resume"):
    """Lift a halt; another halt of the same asset stays."""

    directive: Id
    basis: LegalBasis


class CancelInstruction(Command, frozen=True, tag="oversight.cancel_instruction"):
    """End an open settlement instruction and its holds, without its sides."""

    instruction: Id
    basis: LegalBasis


class LodgeAppeal(Command, frozen=True, tag="oversight.appeal"):
    """Appeal a directive, once; signed by a party that it concerns.  It binds meanwhile."""

    directive: Id
    grounds: Digest
    """SHA-256 of the grounds, which stay outside."""


class DecideAppeal(Command, frozen=True, tag="oversight.decide_appeal"):
    """Decide an appeal; signed by an agency that directs, not the one that issued the directive.

    What is allowed ends a freeze or a halt at once.  A movement that was made is not undone by it:
    that takes a forced transfer with a basis of its own.
    """

    directive: Id
    outcome: Outcome
    reasons: Digest
    """SHA-256 of the reasons, which stay outside."""
