# SPDX-License-Identifier: Apache-2.0
"""What is always true of payments.

`for_all` walks the whole state, for tests, `lejar node doctor` and an auditor with time; the
handlers themselves hold each payment they touch to its sums.
"""

from lejar.domain.instruments import INSTRUMENTS, InstrumentStage
from lejar.domain.money import held_form
from lejar.domain.policy import known_profile
from lejar.domain.servicing.model import (
    ENTITLEMENTS,
    PAYMENTS,
    EntitlementStage,
    Payment,
    PaymentStage,
)
from lejar.kernel.failure import must
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.kernel.state import Reader, State
from lejar.ledger.balances import supply
from lejar.ledger.holds import HOLDS


def for_all(state: State) -> None:
    """Paid, unclaimed, reclaimed and outstanding make the total; what waits is held."""
    for payment_id, payment in PAYMENTS.scan(state):
        parts_make_the_sums(state, payment_id, payment)
        what_waits_is_held(state, payment)
    for asset, instrument in INSTRUMENTS.scan(state):
        left = supply(state, asset, known_profile(state, asset).issuance_account)
        most = instrument.units_max or AMOUNT_MAX
        must(0 <= left <= instrument.issued <= most, "what exists was issued, within the amount")
        if instrument.stage is InstrumentStage.REDEEMED:
            must(left == 0, "nothing is left of what was redeemed")


def parts_make_the_sums(reader: Reader, payment_id: bytes, payment: Payment) -> None:
    """The entitlements that are left are what is outstanding and what is unclaimed."""
    due = waiting = 0
    for _, part in ENTITLEMENTS.scan(reader, payment_id):
        due += part.amount if part.stage is EntitlementStage.DUE else 0
        waiting += part.amount if part.stage is EntitlementStage.UNCLAIMED else 0
    must(min(payment.paid, payment.unclaimed, payment.outstanding) >= 0, "no sum is below zero")
    must(due == payment.outstanding, "what is due is what is outstanding")
    must(
        waiting == payment.unclaimed + payment.reclaimed,
        "what waits is unclaimed, or was reclaimed after its time",
    )
    if payment.stage is PaymentStage.PAID:
        must(payment.outstanding == 0, "a payment that was made leaves nothing outstanding")


def what_waits_is_held(reader: Reader, payment: Payment) -> None:
    """A hold stands behind what a run has begun to pay and behind what is unclaimed."""
    if payment.hold is None:
        must(payment.unclaimed == 0, "what is unclaimed is held")
        return
    hold = HOLDS.require(reader, payment.hold)
    form = held_form(reader, hold.account, payment.money)
    must(hold.asset == form, "what is held is the payment's money")
    must(hold.amount == payment.outstanding + payment.unclaimed, "all that waits is held")
