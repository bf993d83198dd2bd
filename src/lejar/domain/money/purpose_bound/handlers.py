# SPDX-License-Identifier: Apache-2.0
"""What the commands of purpose-bound money do, and what happens when an envelope ends."""

from lejar.domain.accounts import No as Accounts
from lejar.domain.accounts import opened
from lejar.domain.identity import known_party
from lejar.domain.money.deposits import KEPT, Kept, deposit_kept
from lejar.domain.money.deposits.rules import asset_is_a_currency
from lejar.domain.money.paying import pay
from lejar.domain.money.purpose_bound import commands, events, rules
from lejar.domain.money.purpose_bound.model import ENVELOPES, Envelope, left_in
from lejar.domain.money.purpose_bound.refusals import BoundRefusal
from lejar.domain.policy import Leg, known_profile
from lejar.kernel.draft import Draft, UpperDraft
from lejar.kernel.refusal import Refused, refuse_if
from lejar.kernel.schedule import Due, schedule, unschedule
from lejar.ledger.accounts import Account, Purpose, known_account
from lejar.ledger.holds import Hold, HoldPurpose, lessen, place

BOUND_MONEY_ENDS = "money.bound_money_ends"


def bind_money(draft: Draft, command: commands.BindMoney) -> None:
    """Set money aside on an escrow account of the payer, in the form in which the payer has it."""
    currency = known_profile(draft, command.currency)
    refuse_if(asset_is_a_currency(command.currency, currency))
    account = known_account(draft, command.account)
    if account.owner not in draft.signers:
        raise Refused(Accounts.NOT_THE_OWNER, owner=account.owner)
    refuse_if(rules.account_holds_money(command.account, account))
    known_party(draft, command.holder)
    refuse_if(rules.somebody_may_receive(draft, command))
    refuse_if(rules.end_lies_ahead(draft, command.until))
    envelope_id = draft.new_id("envelope")
    escrow, held = _escrow_for(draft, command, account)
    pay(draft, Leg(command.currency, command.account, escrow, command.amount))
    hold_id = draft.new_id("hold")
    hold = Hold(held, escrow, command.amount, HoldPurpose.PLEDGE, envelope_id, None)
    place(draft, hold_id, hold)
    _keep(draft, envelope_id, command, account.owner, escrow, hold_id)


def spend_bound(draft: Draft, command: commands.SpendBound) -> None:
    """Pay a receiver from what is held, once every condition is met."""
    envelope = _known(draft, command.envelope)
    _holder_signed(draft, envelope)
    refuse_if(rules.holder_is_not_frozen(draft, envelope))
    refuse_if(rules.envelope_has_not_ended(draft, envelope))
    refuse_if(rules.purpose_is_the_envelopes(envelope, command))
    account = known_account(draft, command.account)
    refuse_if(rules.receiver_is_bound_to(draft, envelope, command.account, account))
    refuse_if(rules.enough_is_left(draft, envelope, command.amount))
    lessen(draft, envelope.hold, command.amount)
    leg = Leg(envelope.currency, envelope.escrow, command.account, command.amount)
    pay(draft, leg, (envelope.holder,))
    left = left_in(draft, envelope)
    if left == 0:
        _end(draft, command.envelope, envelope)
    draft.emit(
        events.BoundMoneySpent(
            command.envelope, command.account, command.amount, command.purpose, left
        )
    )


def unbind_money(draft: Draft, command: commands.UnbindMoney) -> None:
    """Return the rest: both sides agree, or the envelope has ended and only the payer is asked."""
    envelope = _known(draft, command.envelope)
    if envelope.payer not in draft.signers:
        raise Refused(BoundRefusal.NOT_THE_BINDER, account=envelope.source)
    if draft.at < envelope.until:
        _holder_signed(draft, envelope)
    _return_rest(draft, command.envelope, envelope)


def bound_money_ends(draft: Draft, envelope_id: bytes) -> None:
    """Return the rest; where it cannot go back now it stays held, and the payer asks for it."""
    envelope = ENVELOPES.get(draft, envelope_id)
    if envelope is None:  # the payer was quicker
        return
    attempt = UpperDraft(draft)
    try:
        _return_rest(attempt, envelope_id, envelope)
    except Refused as refused:
        left = left_in(draft, envelope)
        cause = refused.refusal.code
        stuck = events.BoundMoneyStuck(envelope_id, left, envelope.source, envelope.holder, cause)
        draft.emit(stuck)
        return
    draft.take(attempt)


def _escrow_for(draft: Draft, command: commands.BindMoney, payer: Account) -> tuple[bytes, bytes]:
    """Open an escrow account that holds what the payer's does; gives it, and which asset that is.

    It counts for the same person as the payer's account.
    """
    escrow = opened(draft, payer.owner, Purpose.ESCROW, None, payer.beneficiary)
    deposit = deposit_kept(draft, command.account, command.currency)
    if deposit is None:
        return escrow, command.currency
    KEPT.put(draft, escrow + command.currency, Kept(deposit))
    return escrow, deposit


def _keep(
    draft: Draft,
    envelope_id: bytes,
    command: commands.BindMoney,
    payer: bytes,
    escrow: bytes,
    hold_id: bytes,
) -> None:
    envelope = Envelope(
        currency=command.currency,
        payer=payer,
        source=command.account,
        escrow=escrow,
        holder=command.holder,
        receivers=command.receivers,
        credential=command.credential,
        purpose=command.purpose,
        until=command.until,
        hold=hold_id,
    )
    ENVELOPES.put(draft, envelope_id, envelope)
    schedule(draft, command.until, envelope_id, Due(BOUND_MONEY_ENDS, envelope_id))
    draft.emit(
        events.MoneyBound(
            envelope_id,
            command.currency,
            command.amount,
            command.account,
            escrow,
            command.holder,
            command.receivers,
            command.credential,
            command.purpose,
            command.until,
            command.label,
        )
    )


def _return_rest(draft: Draft, envelope_id: bytes, envelope: Envelope) -> None:
    amount = left_in(draft, envelope)
    lessen(draft, envelope.hold, amount)
    pay(draft, Leg(envelope.currency, envelope.escrow, envelope.source, amount))
    _end(draft, envelope_id, envelope)
    draft.emit(events.BoundMoneyReturned(envelope_id, amount, envelope.source, envelope.holder))


def _end(draft: Draft, envelope_id: bytes, envelope: Envelope) -> None:
    ENVELOPES.remove(draft, envelope_id)
    if draft.at < envelope.until:
        unschedule(draft, envelope.until, envelope_id)


def _known(draft: Draft, envelope_id: bytes) -> Envelope:
    found = ENVELOPES.get(draft, envelope_id)
    if found is None:
        raise Refused(BoundRefusal.ENVELOPE_UNKNOWN, envelope=envelope_id)
    return found


def _holder_signed(draft: Draft, envelope: Envelope) -> None:
    if envelope.holder not in draft.signers:
        raise Refused(BoundRefusal.NOT_THE_SPENDER, holder=envelope.holder)
