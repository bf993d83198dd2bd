# SPDX-License-Identifier: Apache-2.0
"""What may be asked of purpose-bound money."""

from typing import Annotated

import msgspec

from lejar.kernel.envelope import Command, Id, Instant
from lejar.kernel.quantity import Amount

PurposeCode = Annotated[str, msgspec.Meta(pattern=r"\A[A-Z]{4}\Z")]
"""An ISO 20022 external purpose code, as `GOVT` or `EDUC`."""
CredentialPattern = Annotated[str, msgspec.Meta(pattern=r"\A(\*\.)?[a-z][a-z0-9_.]{0,62}\Z")]
"""A type of credential, or `*.` and whole segments, as in packs of rules."""
Receivers = Annotated[tuple[Id, ...], msgspec.Meta(max_length=64)]
Label = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class BindMoney(Command, frozen=True, tag="money.bind_money"):
    """Set money aside that one person may spend with some, for one purpose; signed by the payer.

    It stays the payer's until it is spent; what is left at the end returns.
    """

    account: Id
    """The payer's account that it comes from."""
    currency: Id
    amount: Amount
    """In the currency's smallest unit."""
    holder: Id
    """Who may spend it."""
    receivers: Receivers
    """Who may be paid by name, beside everybody with the credential."""
    credential: CredentialPattern | None
    """Whoever holds such a credential may be paid."""
    purpose: PurposeCode
    until: Instant
    """It may be spent before this moment."""
    label: Label | None = None
    """The digest of a document that says more about the purpose."""


class SpendBound(Command, frozen=True, tag="money.spend_bound"):
    """Pay from an envelope; signed by its holder."""

    envelope: Id
    account: Id
    """Who is paid."""
    amount: Amount
    """In the currency's smallest unit."""
    purpose: PurposeCode
    """What it is spent on; it must be what the money is bound to."""


class UnbindMoney(Command, frozen=True, tag="money.unbind_money"):
    """Return what is left to the payer; signed by payer and holder, after the end by the payer."""

    envelope: Id
