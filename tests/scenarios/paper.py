# SPDX-License-Identifier: Apache-2.0
"""A security without terms, for scenarios about the modules below `instruments`.

It is a module like any other, outside the package: that it fits in also shows that a new module
needs no change of the kernel.
"""

from lejar.domain.accounts import opened
from lejar.domain.identity import No as Identity
from lejar.domain.identity import Role
from lejar.domain.money import No as Money
from lejar.domain.policy import (
    PROFILES,
    AssetClass,
    AssetKind,
    AssetProfile,
    Leg,
    MovePurpose,
    known_profile,
    move,
)
from lejar.kernel.draft import Draft
from lejar.kernel.envelope import Command, Id, Instant
from lejar.kernel.module import Event, Module, Verb
from lejar.kernel.quantity import Amount
from lejar.kernel.refusal import Refused
from lejar.ledger.accounts import Purpose, known_account


class CreatePaper(Command, frozen=True, tag="paper.create_paper"):
    """Begin a security; whoever signs first is its issuer."""

    required: tuple[str, ...]
    holding_max: Amount | None
    locked_until: Instant | None
    asset_class: AssetClass | None = None
    jurisdictions: tuple[str, ...] = ()


class IssuePaper(Command, frozen=True, tag="paper.issue_paper"):
    """Put new units on an account; signed by the issuer."""

    asset: Id
    account: Id
    amount: Amount


class PaperCreated(Event, frozen=True, tag="paper.paper_created"):
    """A security exists."""

    asset: bytes
    issuance_account: bytes


class PaperIssued(Event, frozen=True, tag="paper.paper_issued"):
    """New units stand on an account."""

    asset: bytes
    account: bytes
    amount: int


def create_paper(draft: Draft, command: CreatePaper) -> None:
    """Write the profile and open the issuance account."""
    issuer = draft.signers[0]
    asset = draft.new_id("asset")
    issuance = opened(draft, issuer, Purpose.ISSUANCE, None)
    profile = AssetProfile(
        AssetKind.SECURITY,
        issuer,
        issuance,
        command.required,
        command.holding_max,
        command.locked_until,
        command.asset_class,
        command.jurisdictions,
    )
    PROFILES.put(draft, asset, profile)
    draft.emit(PaperCreated(asset, issuance))


def issue_paper(draft: Draft, command: IssuePaper) -> None:
    """Move new units from the issuance account."""
    profile = known_profile(draft, command.asset)
    if profile.issuer not in draft.signers:
        raise Refused(Identity.NOT_THE_PARTY, party=profile.issuer)
    if known_account(draft, command.account).purpose is Purpose.ISSUANCE:
        raise Refused(Money.ACCOUNT_IS_ISSUANCE, account=command.account)
    leg = Leg(command.asset, profile.issuance_account, command.account, command.amount)
    move(draft, (leg,), MovePurpose.ISSUE)
    draft.emit(PaperIssued(command.asset, command.account, command.amount))


MODULE = Module(
    name="paper",
    events=(PaperCreated, PaperIssued),
    verbs=(
        Verb(CreatePaper, create_paper, Role.OPERATE, ()),
        Verb(IssuePaper, issue_paper, Role.OPERATE, ()),
    ),
)
