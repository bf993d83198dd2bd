# SPDX-License-Identifier: Apache-2.0
"""Papers: their terms, and where each stands in its life.

How many units exist is a balance; what is kept here is how many were ever issued.
"""

import enum
from typing import TypeAlias

import msgspec

from lejar.domain.instruments import (
    DebtInstrument,
    FixedCouponBond,
    FixedProfitSukuk,
    InstrumentStage,
    PlainUnits,
)
from lejar.domain.instruments import events as happened
from lejar.kernel.entry import Receipt
from lejar.projections.batch import Batch
from lejar.projections.folds.fold import Folds
from lejar.projections.schema import assets

KINDS: dict[type[msgspec.Struct], str] = {FixedCouponBond: "bond", FixedProfitSukuk: "sukuk"}

Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | bool | None"


def instrument_created(batch: Batch, receipt: Receipt, event: happened.InstrumentCreated) -> None:
    """Add a paper that pays, with what holders must satisfy."""
    _add(batch, receipt, event, KINDS[type(event.terms)], event.terms)


def units_created(batch: Batch, receipt: Receipt, event: happened.UnitsCreated) -> None:
    """Add units without debt terms; their kind is their class."""
    terms = PlainUnits(
        asset_class=event.asset_class,
        short_name=event.short_name,
        isin=event.isin,
        units_max=event.units_max,
    )
    _add(batch, receipt, event, str(event.asset_class), terms)


def _add(
    batch: Batch,
    receipt: Receipt,
    event: happened.InstrumentCreated | happened.UnitsCreated,
    kind: str,
    terms: DebtInstrument | PlainUnits,
) -> None:
    conditions: Json = {
        "required": list(event.required),
        "holding_max": event.holding_max,
        "locked_until": event.locked_until,
        "documents": [digest.hex() for digest in event.documents],
        "jurisdictions": list(event.jurisdictions),
    }
    row = {
        "id": event.asset,
        "kind": kind,
        "code": event.short_name,
        "isin": event.isin,
        "name": event.short_name,
        "issuer": event.issuer,
        "approver": event.approver,
        "agent": None,
        "issuance_account": event.issuance_account,
        "stage": str(InstrumentStage.LIVE),
        "issued": 0,
        "decimals": None,
        "terms": _json(by_name(terms)),
        "conditions": _json(conditions),
        "created_at": receipt.at,
        "entry": receipt.number,
    }
    batch.replace(assets, row)


def units_issued(batch: Batch, _receipt: Receipt, event: happened.UnitsIssued) -> None:
    """Count the units ever issued."""
    batch.change(assets, (event.asset,), {"issued": event.issued})


def register_closed(batch: Batch, _receipt: Receipt, event: happened.RegisterClosed) -> None:
    """Mark a paper as being redeemed."""
    batch.change(assets, (event.asset,), {"stage": str(InstrumentStage.CLOSED)})


def instrument_redeemed(
    batch: Batch, _receipt: Receipt, event: happened.InstrumentRedeemed
) -> None:
    """Mark a paper as redeemed."""
    batch.change(assets, (event.asset,), {"stage": str(InstrumentStage.REDEEMED)})


def by_name(value: object) -> Json:
    """Write a record with the names of its fields: on the wire records are bare rows."""
    if isinstance(value, msgspec.Struct):
        tag = value.__struct_config__.tag
        named = {name: by_name(getattr(value, name)) for name in value.__struct_fields__}
        return named if tag is None else {"type": str(tag), **named}
    if isinstance(value, tuple | list):
        return [by_name(one) for one in value]
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, enum.Enum):
        return str(value)
    return value if isinstance(value, bool | int | str | None) else str(value)


def _json(value: Json) -> str:
    return msgspec.json.encode(value).decode()


FOLDS: Folds = (
    (happened.InstrumentCreated, instrument_created),
    (happened.UnitsCreated, units_created),
    (happened.UnitsIssued, units_issued),
    (happened.RegisterClosed, register_closed),
    (happened.InstrumentRedeemed, instrument_redeemed),
)
