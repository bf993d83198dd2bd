# SPDX-License-Identifier: Apache-2.0
"""What happened to instruments."""

from lejar.domain.instruments.model import FixedCouponBond, FixedProfitSukuk
from lejar.domain.policy import AssetClass
from lejar.kernel.module import Event


class InstrumentCreated(Event, frozen=True, tag="instruments.instrument_created"):
    """A paper exists on the hub, and no unit of it yet."""

    asset: bytes
    isin: str
    short_name: str
    issuer: bytes
    approver: bytes
    issuance_account: bytes
    terms: FixedCouponBond | FixedProfitSukuk
    required: tuple[str, ...]
    holding_max: int | None
    locked_until: int | None
    documents: tuple[bytes, ...]
    jurisdictions: tuple[str, ...]


class UnitsCreated(Event, frozen=True, tag="instruments.units_created"):
    """Units without debt terms exist on the hub, and none of them is issued yet."""

    asset: bytes
    asset_class: AssetClass
    short_name: str
    isin: str | None
    issuer: bytes
    approver: bytes
    issuance_account: bytes
    units_max: int | None
    jurisdictions: tuple[str, ...]
    required: tuple[str, ...]
    holding_max: int | None
    locked_until: int | None
    documents: tuple[bytes, ...]


class UnitsIssued(Event, frozen=True, tag="instruments.units_issued"):
    """New units stand on an account; `issued` counts all units ever issued."""

    asset: bytes
    account: bytes
    units: int
    issued: int


class UnitsRetired(Event, frozen=True, tag="instruments.units_retired"):
    """The issuer took units of its own out of existence."""

    asset: bytes
    account: bytes
    units: int


class RegisterClosed(Event, frozen=True, tag="instruments.register_closed"):
    """The paper is being redeemed: nobody transfers it any more."""

    asset: bytes


class InstrumentRedeemed(Event, frozen=True, tag="instruments.instrument_redeemed"):
    """No unit of the paper exists any more."""

    asset: bytes
