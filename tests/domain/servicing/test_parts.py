# SPDX-License-Identifier: Apache-2.0
"""A payment to more holders than one entry takes: all of it is set aside first, then it goes."""

import datetime
from typing import Final

import pytest

from lejar.domain.instruments import FixedCouponBond, InstrumentStage, known_instrument
from lejar.domain.instruments.commands import CreateInstrument, IssueUnits
from lejar.domain.servicing import ENTITLEMENTS, HOLDERS_PER_ENTRY_MAX, PAYMENTS, PaymentStage
from lejar.domain.servicing.commands import AnnouncePayment, ClaimPayment, RetryPayment
from lejar.domain.servicing.events import HolderPaid, PaymentFailed
from lejar.ledger.accounts import Purpose
from lejar.ledger.balances import balance
from tests.directives import freeze, thaw
from tests.domain.instruments.papers import WEEKENDS, paper
from tests.domain.servicing.hub import Market, digest, market

HOLDERS: Final = 2 * HOLDERS_PER_ENTRY_MAX + 1
ISSUED_ON: Final = datetime.date(2023, 12, 28)
MATURES_ON: Final = datetime.date(2024, 6, 28)
NOMINAL: Final = HOLDERS * 100_00
COUPON: Final = HOLDERS * 2_50
BOND: Final = FixedCouponBond(
    debt=paper(accrual_start=ISSUED_ON, first_payment=MATURES_ON, issue_amount=NOMINAL)
)


def announced(money: int) -> tuple[Market, bytes, bytes]:
    """Issue a unit to each holder and announce the only payment; gives asset and payment."""
    town = market(ISSUED_ON, WEEKENDS, money)
    hub, issuer = town.hub, digest("issuer")[:16]
    *_, created = hub.send(CreateInstrument(issuer, BOND, (), None, None, ()), "issuer", "sc")
    for _ in range(HOLDERS):
        account = hub.open_account("custodian", Purpose.CLIENT, town.receiver)
        hub.send(IssueUnits(created.asset, account, 1), "issuer")
    command = AnnouncePayment(created.asset, 1, town.issuers, None, None)
    (payment,) = hub.send(command, "issuer")
    return town, created.asset, payment.payment


@pytest.fixture(scope="module")
def funded() -> tuple[Market, bytes, bytes]:
    return announced(NOMINAL + COUPON)


def test_parts_follow_block_by_block_and_the_rest_stays_held(
    funded: tuple[Market, bytes, bytes],
) -> None:
    town, asset, payment_id = funded
    hub = town.hub
    hub.go_to(MATURES_ON, 0)
    hub.run_due()
    blocked = next(key[16:] for key, _ in ENTITLEMENTS.scan(hub.state, payment_id))
    hub.send(freeze(blocked), "sc")
    hub.go_to(MATURES_ON, 10)
    first = hub.run_due()
    assert sum(isinstance(event, HolderPaid) for event in first) == HOLDERS_PER_ENTRY_MAX - 1
    each = 102_50
    left = (HOLDERS - HOLDERS_PER_ENTRY_MAX) * each
    payment = PAYMENTS.require(hub.state, payment_id)
    assert (payment.stage, payment.outstanding) == (PaymentStage.PAYING, left)
    assert balance(hub.state, town.myr, town.payer).held == left + each
    assert balance(hub.state, town.myr, town.payer).free == 0

    # The block of the directive runs the second part before it; the third then fails, and nothing
    # of what is set aside is let go.
    hub.at += 1
    hub.send(freeze(town.payer), "sc")
    hub.at += 1
    (failed,) = (event for event in hub.run_due() if isinstance(event, PaymentFailed))
    payment = PAYMENTS.require(hub.state, payment_id)
    assert (failed.cause, payment.outstanding) == ("source_frozen", each)
    assert balance(hub.state, town.myr, town.payer).held == 2 * each
    hub.send(thaw(hub.state, town.payer), "sc")
    assert hub.refused(RetryPayment(payment_id, town.issuers), "issuer") == "paying_account_unfit"
    hub.send(RetryPayment(payment_id, None), "issuer")
    payment = PAYMENTS.require(hub.state, payment_id)
    assert (payment.stage, payment.paid) == (PaymentStage.PAID, (HOLDERS - 1) * each)
    assert known_instrument(hub.state, asset).stage is InstrumentStage.CLOSED
    hub.send(thaw(hub.state, blocked), "sc")
    hub.send(ClaimPayment(payment_id, blocked), "custodian")
    assert hub.has(town.myr, town.receiver) == HOLDERS * each
    assert hub.has(town.myr, town.payer) == 0
    assert known_instrument(hub.state, asset).stage is InstrumentStage.REDEEMED
    assert [key[16:] for key, _ in ENTITLEMENTS.scan(hub.state, payment_id)] == [blocked]
    state, digests = hub.replayed()
    assert digests == hub.digests
    assert state.records == hub.state.records


def test_when_one_sen_is_missing_not_one_part_goes() -> None:
    town, _, payment_id = announced(NOMINAL + COUPON - 1)
    hub = town.hub
    hub.go_to(MATURES_ON, 10)
    assert [type(event) for event in hub.run_due()][-1] is PaymentFailed
    payment = PAYMENTS.require(hub.state, payment_id)
    assert (payment.stage, payment.paid, payment.hold) == (PaymentStage.FAILED, 0, None)
    assert payment.cause == "funds_insufficient"
    assert balance(hub.state, town.myr, town.payer).free == NOMINAL + COUPON - 1
