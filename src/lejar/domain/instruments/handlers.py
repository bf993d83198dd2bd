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
from lejar.domain.instruments.model import DebtInstrument, FixedCouponBond, PlainUnits
from lejar.domain.instruments.refusals import InstrumentRefusal
from lejar.domain.policy import (
    PROFILES,
    AssetClass,
    AssetKind,
    AssetProfile,
    Leg,
    MovePurpose,
    admit_listing,
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
    refuse_if(rules.jurisdictions_are_named_once(command.jurisdictions))
    refuse_if(rules.isin_is_new(draft, debt.isin))
    terms = command.terms
    asset_class = AssetClass.BOND if isinstance(terms, FixedCouponBond) else AssetClass.SUKUK
    asset, profile = _brought(draft, command, asset_class)
    instrument = _recorded(draft, asset, terms, approver, command.documents)
    ISINS.put(draft, debt.isin.encode(), Isin(asset))
    draft.emit(_created(asset, profile, instrument, terms))


def create_units(draft: Draft, command: commands.CreateUnits) -> None:
    """Do the same for units that promise no payment."""
    must_have_signed(draft, command.issuer)
    approver = rules.approver_beside(draft, command.issuer)
    refuse_if(rules.class_is_for_plain_units(command.asset_class))
    refuse_if(rules.isin_is_sound(command.isin))
    refuse_if(rules.jurisdictions_are_named_once(command.jurisdictions))
    refuse_if(rules.isin_is_new(draft, command.isin))
    asset, profile = _brought(draft, command, command.asset_class)
    terms = PlainUnits(
        asset_class=command.asset_class,
        short_name=command.short_name,
        isin=command.isin,
        units_max=command.units_max,
    )
    instrument = _recorded(draft, asset, terms, approver, command.documents)
    if command.isin is not None:
        ISINS.put(draft, command.isin.encode(), Isin(asset))
    draft.emit(_units_created(asset, profile, instrument, terms))


def _brought(
    draft: Draft,
    command: commands.CreateInstrument | commands.CreateUnits,
    asset_class: AssetClass,
) -> tuple[bytes, AssetProfile]:
    """Open the issuance account and tell policy what it must know; gives the new asset's id."""
    asset = draft.new_id("asset")
    issuance = opened(draft, command.issuer, Purpose.ISSUANCE, None)
    profile = AssetProfile(
        AssetKind.SECURITY,
        command.issuer,
        issuance,
        command.required,
        command.holding_max,
        command.locked_until,
        asset_class,
        command.jurisdictions,
    )
    admit_listing(draft, asset, profile)
    PROFILES.put(draft, asset, profile)
    return asset, profile


def _recorded(
    draft: Draft,
    asset: bytes,
    terms: DebtInstrument | PlainUnits,
    approver: bytes,
    documents: tuple[bytes, ...],
) -> Instrument:
    instrument = Instrument(terms, approver, documents, today(draft), 0, InstrumentStage.LIVE)
    INSTRUMENTS.put(draft, asset, instrument)
    return instrument


def issue_units(draft: Draft, command: commands.IssueUnits) -> None:
    """Move new units from the issuance account to a holder's."""
    instrument, profile = _of_signer(draft, command.asset)
    refuse_if(rules.today_is_within_issue_dates(draft, instrument))
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
    account = known_account(draft, command.account)
    if account.owner != profile.issuer or account.person != profile.issuer:
        raise Refused(Accounts.NOT_THE_OWNER, owner=account.owner)
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


def _created(
    asset: bytes, profile: AssetProfile, instrument: Instrument, terms: DebtInstrument
) -> events.InstrumentCreated:
    return events.InstrumentCreated(
        asset=asset,
        isin=terms.debt.isin,
        short_name=terms.debt.short_name,
        issuer=profile.issuer,
        approver=instrument.approver,
        issuance_account=profile.issuance_account,
        terms=terms,
        required=profile.required,
        holding_max=profile.holding_max,
        locked_until=profile.locked_until,
        documents=instrument.documents,
        jurisdictions=profile.jurisdictions,
    )


def _units_created(
    asset: bytes, profile: AssetProfile, instrument: Instrument, terms: PlainUnits
) -> events.UnitsCreated:
    return events.UnitsCreated(
        asset=asset,
        asset_class=terms.asset_class,
        short_name=terms.short_name,
        isin=terms.isin,
        issuer=profile.issuer,
        approver=instrument.approver,
        issuance_account=profile.issuance_account,
        units_max=terms.units_max,
        jurisdictions=profile.jurisdictions,
        required=profile.required,
        holding_max=profile.holding_max,
        locked_until=profile.locked_until,
        documents=instrument.documents,
    )
