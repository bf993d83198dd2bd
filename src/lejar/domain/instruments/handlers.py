# SPDX-License-Identifier: Apache-2.0
"""What the commands on instruments do."""

import msgspec

from lejar.domain.accounts import No as Accounts
from lejar.domain.accounts import opened
from lejar.domain.calendar import today
from lejar.domain.identity import must_have_signed
from lejar.domain.instruments import commands, events, rules
from lejar.domain.instruments.instrument import (
    INSTRUMENTS,
    ISINS,
    Instrument,
    InstrumentStage,
    Isin,
    known_instrument,
)
from lejar.domain.instruments.model import FixedCouponBond, FixedProfitSukuk
from lejar.domain.instruments.refusals import InstrumentRefusal
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
from lejar.kernel.refusal import Refused, refuse_if
from lejar.ledger.accounts import Purpose, known_account


def create_instrument(draft: Draft, command: commands.CreateInstrument) -> None:
    """Record the terms, open the issuance account and tell policy what it must know."""
    must_have_signed(draft, command.issuer)
    approver = rules.approver_beside(draft, command.issuer)
    debt = command.terms.debt
    refuse_if(rules.terms_are_sound(debt))
    refuse_if(rules.payments_can_be_counted(debt))
    refuse_if(rules.isin_is_new(draft, debt))
    asset = draft.new_id("asset")
    issuance = opened(draft, command.issuer, Purpose.ISSUANCE, None)
    profile = AssetProfile(
        AssetKind.SECURITY,
        command.issuer,
        issuance,
        command.required,
        command.holding_max,
        command.locked_until,
        _class_of(command.terms),
    )
    PROFILES.put(draft, asset, profile)
    instrument = Instrument(
        command.terms, approver, command.documents, today(draft), 0, InstrumentStage.LIVE
    )
    INSTRUMENTS.put(draft, asset, instrument)
    ISINS.put(draft, debt.isin.encode(), Isin(asset))
    draft.emit(_created(asset, profile, instrument))


def issue_units(draft: Draft, command: commands.IssueUnits) -> None:
    """Move new units from the issuance account to a holder's."""
    instrument, profile = _of_signer(draft, command.asset)
    refuse_if(rules.today_is_within_issue_dates(draft, instrument.debt))
    refuse_if(rules.issue_amount_is_kept(instrument, command.units))
    refuse_if(rules.account_is_a_holders(draft, command.account))
    issued = instrument.issued + command.units
    INSTRUMENTS.put(draft, command.asset, msgspec.structs.replace(instrument, issued=issued))
    leg = Leg(command.asset, profile.issuance_account, command.account, command.units)
    move(draft, (leg,), MovePurpose.ISSUE)
    draft.emit(events.UnitsIssued(command.asset, command.account, command.units, issued))


def retire_units(draft: Draft, command: commands.RetireUnits) -> None:
    """Move units that the issuer owns back to the issuance account."""
    _, profile = _of_signer(draft, command.asset)
    refuse_if(rules.account_is_a_holders(draft, command.account))
    owner = known_account(draft, command.account).owner
    if owner != profile.issuer:
        raise Refused(Accounts.NOT_THE_OWNER, owner=owner)
    leg = Leg(command.asset, command.account, profile.issuance_account, command.units)
    move(draft, (leg,), MovePurpose.ISSUE)
    draft.emit(events.UnitsRetired(command.asset, command.account, command.units))


def _of_signer(draft: Draft, asset: bytes) -> tuple[Instrument, AssetProfile]:
    """Give a live instrument whose issuer has signed, with its profile; or refuse."""
    instrument = known_instrument(draft, asset)
    profile = known_profile(draft, asset)
    if profile.issuer not in draft.signers:
        raise Refused(InstrumentRefusal.NOT_THE_ISSUER, issuer=profile.issuer)
    refuse_if(rules.is_live(instrument))
    return instrument, profile


def _class_of(terms: FixedCouponBond | FixedProfitSukuk) -> AssetClass:
    return AssetClass.BOND if isinstance(terms, FixedCouponBond) else AssetClass.SUKUK


def _created(
    asset: bytes, profile: AssetProfile, instrument: Instrument
) -> events.InstrumentCreated:
    return events.InstrumentCreated(
        asset=asset,
        isin=instrument.debt.isin,
        short_name=instrument.debt.short_name,
        issuer=profile.issuer,
        approver=instrument.approver,
        issuance_account=profile.issuance_account,
        terms=instrument.terms,
        required=profile.required,
        holding_max=profile.holding_max,
        locked_until=profile.locked_until,
        documents=instrument.documents,
    )
