# SPDX-License-Identifier: Apache-2.0
"""What must hold of purpose-bound money, each named as its sentence.

The pack rule `purpose_bound` binds every unit of an asset; an envelope binds one amount of a
currency.  Both read credentials by the same patterns.
"""

from lejar.domain.identity import held, known_party, matches
from lejar.domain.money.purpose_bound.commands import BindMoney, SpendBound
from lejar.domain.money.purpose_bound.model import Envelope, left_in
from lejar.domain.money.purpose_bound.refusals import BoundRefusal
from lejar.domain.money.refusals import MoneyRefusal
from lejar.domain.policy import No as Policy
from lejar.domain.policy import is_frozen
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader
from lejar.ledger.accounts import Account, Purpose

_NO_PAYEE = (Purpose.ISSUANCE, Purpose.ESCROW, Purpose.COURT)


def account_holds_money(account: bytes, found: Account) -> Refused | None:
    """What is set aside comes from a holder: nothing comes into being for a purpose."""
    if found.purpose is Purpose.ISSUANCE:
        return Refused(MoneyRefusal.ACCOUNT_IS_ISSUANCE, account=account)
    return None


def somebody_may_receive(reader: Reader, command: BindMoney) -> Refused | None:
    """Receivers are named, each of them a party, or a credential is."""
    for receiver in command.receivers:
        known_party(reader, receiver)
    if command.receivers or command.credential is not None:
        return None
    return Refused(BoundRefusal.BOUND_TO_NOBODY)


def end_lies_ahead(reader: Reader, until: int) -> Refused | None:
    """The money can be spent for a while yet."""
    return None if until > reader.at else Refused(Policy.OVER_ALREADY, until=until)


def holder_is_not_frozen(reader: Reader, envelope: Envelope) -> Refused | None:
    """Who spends is judged like a giver, although the money is the payer's until it is spent."""
    if not is_frozen(reader, envelope.holder):
        return None
    return Refused(Policy.SOURCE_FROZEN, account=envelope.escrow)


def envelope_has_not_ended(reader: Reader, envelope: Envelope) -> Refused | None:
    """The envelope's end has not come, also where the rest could not go back yet."""
    if reader.at < envelope.until:
        return None
    return Refused(BoundRefusal.BOUND_MONEY_ENDED, until=envelope.until)


def purpose_is_the_envelopes(envelope: Envelope, command: SpendBound) -> Refused | None:
    """What it is spent on is what it is bound to."""
    if command.purpose == envelope.purpose:
        return None
    return Refused(BoundRefusal.BOUND_PURPOSE_UNFIT, purpose=envelope.purpose)


def receiver_is_bound_to(
    reader: Reader, envelope: Envelope, account: bytes, found: Account
) -> Refused | None:
    """The receiver is named or holds the credential, and is not the holder itself."""
    person = found.person
    pattern = envelope.credential
    fits = person in envelope.receivers or (
        pattern is not None and matches(held(reader, person), pattern, reader.at)
    )
    if fits and person != envelope.holder and found.purpose not in _NO_PAYEE:
        return None
    return Refused(BoundRefusal.BOUND_RECEIVER_UNFIT, account=account, credential=pattern)


def enough_is_left(reader: Reader, envelope: Envelope, amount: int) -> Refused | None:
    """No more is spent than was set aside."""
    left = left_in(reader, envelope)
    if amount <= left:
        return None
    return Refused(BoundRefusal.BOUND_INSUFFICIENT, left=left, missing=amount - left)
