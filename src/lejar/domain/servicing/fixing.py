# SPDX-License-Identifier: Apache-2.0
"""The end of the record date: the register is read once, and every part is fixed.

Held, pledged and awaited-by-others units belong to the account they stand on.  Units on the
issuer's own accounts, or kept for it, are paid nothing, for nobody owes himself; a redemption takes
them back too.
"""

from collections.abc import Sequence
from fractions import Fraction

import msgspec

from lejar.domain.instruments import (
    PAR,
    DebtTerms,
    Split,
    closed,
    debt_of,
    income_per_sen,
    periods,
    split,
)
from lejar.domain.policy import known_profile
from lejar.domain.servicing import events
from lejar.domain.servicing.model import ENTITLEMENTS, PAYMENTS, Entitlement, Payment, PaymentStage
from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.failure import must
from lejar.kernel.state import Reader
from lejar.ledger.accounts import ACCOUNTS, Purpose
from lejar.ledger.balances import holders


class Register(Record, frozen=True):
    """An asset's register as (account, units), the issuer's own and those kept for it apart."""

    entitled: tuple[tuple[bytes, int], ...]
    issuers: tuple[tuple[bytes, int], ...]


def record_date_ends(draft: Draft, payment_id: bytes) -> None:
    """Fix who is paid what; a payment that redeems closes the register with it."""
    payment = PAYMENTS.get(draft, payment_id)
    if payment is None or payment.stage is not PaymentStage.ANNOUNCED:
        return
    found = register(draft, payment.asset)
    terms = debt_of(draft, payment.asset)
    units = [held for _, held in found.entitled]
    income, principal = shares(terms, payment, units)
    fixed = msgspec.structs.replace(
        payment,
        stage=PaymentStage.FIXED,
        holders=len(units),
        units=sum(units),
        total=sum(income.amounts) + sum(principal.amounts),
        residue=income.residue + principal.residue,
    )
    PAYMENTS.put(draft, payment_id, fixed)
    draft.emit(
        events.EntitlementsFixed(
            payment=payment_id,
            holders=fixed.holders,
            units=fixed.units,
            income=sum(income.amounts),
            principal=sum(principal.amounts),
            residue=fixed.residue,
            issuer_units=sum(held for _, held in found.issuers),
        )
    )
    for (account, held), earned, repaid in zip(
        found.entitled, income.amounts, principal.amounts, strict=True
    ):
        ENTITLEMENTS.put(draft, payment_id + account, Entitlement(held, earned, repaid))
        draft.emit(events.EntitlementFixed(payment_id, account, held, earned, repaid))
    must(fixed.outstanding == fixed.total, "what is fixed is what is outstanding")
    if payment.redeems:
        for account, held in found.issuers:
            ENTITLEMENTS.put(draft, payment_id + account, Entitlement(held, 0, 0))
        closed(draft, payment.asset)


def register(reader: Reader, asset: bytes) -> Register:
    """Read an asset's register: units whether held or free, in the order of account ids."""
    issuer = known_profile(reader, asset).issuer
    entitled: list[tuple[bytes, int]] = []
    issuers: list[tuple[bytes, int]] = []
    for account, found in holders(reader, asset):
        owner = ACCOUNTS.require(reader, account)
        if owner.purpose is Purpose.ISSUANCE or found.total == 0:
            continue
        is_own = owner.owner == issuer and owner.purpose is Purpose.OWN
        (issuers if is_own or owner.beneficiary == issuer else entitled).append(
            (account, found.total)
        )
    return Register(tuple(entitled), tuple(issuers))


def shares(terms: DebtTerms, payment: Payment, units: Sequence[int]) -> tuple[Split, Split]:
    """Share out income and principal among holdings of units, each rounded as the terms say."""
    nominals = [held * terms.unit_nominal for held in units]
    period = periods(terms)[payment.period - 1]
    earned = income_per_sen(terms, period.start, period.end)
    repaid = Fraction(terms.redemption_price, PAR) if payment.redeems else Fraction(0)
    return split(earned, nominals, terms.rounding), split(repaid, nominals, terms.rounding)
