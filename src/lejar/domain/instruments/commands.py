# SPDX-License-Identifier: Apache-2.0
"""What may be asked of instruments."""

from typing import Annotated

import msgspec

from lejar.domain.identity.commands import CredentialType, Digest
from lejar.domain.instruments.model import DebtInstrument, Isin, ShortName
from lejar.domain.policy import AssetClass
from lejar.kernel.envelope import Command, Id, Instant
from lejar.kernel.quantity import Amount

Credentials = Annotated[tuple[CredentialType, ...], msgspec.Meta(max_length=8)]
Jurisdiction = Annotated[str, msgspec.Meta(pattern=r"\A[a-z]{2}\Z")]
"""A country's code of ISO 3166, in lower case, as packs are named."""
Jurisdictions = Annotated[tuple[Jurisdiction, ...], msgspec.Meta(min_length=1, max_length=4)]
Documents = Annotated[tuple[Digest, ...], msgspec.Meta(max_length=16)]


class CreateInstrument(Command, frozen=True, tag="instruments.create_instrument"):
    """Bring a paper to the hub; signed by its issuer and, beside it, by who approves issues."""

    issuer: Id
    terms: DebtInstrument
    required: Credentials
    """What a holder needs, all of them."""
    holding_max: Amount | None
    """The most units that one legal person may own; none for no cap."""
    locked_until: Instant | None
    documents: Documents
    jurisdictions: Jurisdictions = ("my",)
    """Every jurisdiction whose rules bind it; an asset that crosses borders has two."""


class CreateUnits(Command, frozen=True, tag="instruments.create_units"):
    """Bring units without debt terms to the hub: shares, digital assets, fund units and such.

    Signed by their issuer and, beside it, by who approves issues.
    """

    issuer: Id
    asset_class: AssetClass
    """What they are by law; not money, and not a paper that pays by its terms."""
    short_name: ShortName
    isin: Isin | None
    units_max: Amount | None
    """The most units that may ever be issued; none for no end, as with a fund."""
    jurisdictions: Jurisdictions
    """Every jurisdiction whose rules bind them."""
    required: Credentials
    """What a holder needs, all of them."""
    holding_max: Amount | None
    """The most units that one legal person may own; none for no cap."""
    locked_until: Instant | None
    documents: Documents


class IssueUnits(Command, frozen=True, tag="instruments.issue_units"):
    """Put new units on an account, up to what the terms allow; signed by the issuer.

    They go to the issuer's own or an underwriter's account and are sold from there against money.
    """

    asset: Id
    account: Id
    units: Amount


class RetireUnits(Command, frozen=True, tag="instruments.retire_units"):
    """Take units that the issuer has bought back out of existence; signed by the issuer."""

    asset: Id
    account: Id
    units: Amount
