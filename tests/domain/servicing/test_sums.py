# SPDX-License-Identifier: Apache-2.0
"""Whatever the holdings, the rate and the rounding: sums are exact to the sen, computed and run."""

import datetime
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from lejar.domain.instruments import (
    FixedCouponBond,
    Rounding,
    income,
    periods,
    redemption,
)
from lejar.domain.instruments.commands import CreateInstrument, IssueUnits
from lejar.domain.servicing import PAYMENTS, Payment, PaymentStage
from lejar.domain.servicing.commands import AnnouncePayment, ClaimPayment
from lejar.domain.servicing.events import HolderPaid, PartUnclaimed
from lejar.domain.servicing.fixing import shares
from lejar.ledger.accounts import Purpose
from tests.directives import freeze, thaw
from tests.domain.instruments.papers import WEEKENDS, paper
from tests.domain.servicing.hub import digest, market

ISSUED_ON = datetime.date(2021, 6, 28)
LAST = 6
rates = st.integers(0, 1_000_000)
roundings = st.sampled_from(Rounding)
holdings = st.lists(st.integers(1, 10**7), max_size=40)


def payment_of(period: int, *, redeems: bool) -> Payment:
    """A payment as far as its shares ask."""
    day = ISSUED_ON
    return Payment(
        asset=b"",
        period=period,
        money=b"",
        due_on=day,
        pays_on=day,
        record_date=day,
        claims_until=None,
        paying_account=b"",
        redeems=redeems,
        holidays_known=False,
    )


@given(units=holdings, rate=rates, rounding=roundings, nominal=st.integers(1, 1_000_00))
def test_parts_and_residue_make_exactly_the_payment_on_all_units(
    units: list[int], rate: int, rounding: Rounding, nominal: int
) -> None:
    terms = paper(unit_nominal=nominal, rate_millionths=rate, rounding=rounding)
    earned, repaid = shares(terms, payment_of(LAST, redeems=True), units)
    period = periods(terms)[LAST - 1]
    assert sum(earned.amounts) + earned.residue == income(terms, sum(units) * nominal, period)
    assert sum(repaid.amounts) + repaid.residue == redemption(terms, sum(units) * nominal)
    for held, part in zip(units, earned.amounts, strict=True):
        exact = Fraction(rate, 1_000_000) * held * nominal / 2
        assert abs(part - exact) < 1
        assert rounding is Rounding.HALF_UP_SEN or part <= exact


@settings(max_examples=12)
@given(
    units=st.lists(st.integers(1, 10_000), min_size=1, max_size=6),
    rate=rates,
    rounding=roundings,
    nominal=st.integers(1, 1_000_00),
    frozen=st.integers(0, 6),
)
def test_paid_unclaimed_and_outstanding_make_the_total_at_every_step(
    units: list[int], rate: int, rounding: Rounding, nominal: int, frozen: int
) -> None:
    terms = paper(
        unit_nominal=nominal,
        issue_amount=sum(units) * nominal,
        rate_millionths=rate,
        rounding=rounding,
    )
    town = market(ISSUED_ON, WEEKENDS, 10**15)
    hub, issuer = town.hub, digest("issuer")[:16]
    asked = CreateInstrument(issuer, FixedCouponBond(debt=terms), (), None, None, ())
    *_, created = hub.send(asked, "issuer", "sc")
    accounts = [hub.open_account("custodian", Purpose.CLIENT, town.receiver) for _ in units]
    for account, held in zip(accounts, units, strict=True):
        hub.send(IssueUnits(created.asset, account, held), "issuer")
    command = AnnouncePayment(created.asset, 1, town.issuers, None, None)
    (announced,) = hub.send(command, "issuer")
    blocked = accounts[:frozen]
    for account in blocked:
        hub.send(freeze(account), "sc")
    hub.go_to(announced.pays_on, 10)
    events = hub.run_due()
    assert sum(isinstance(event, HolderPaid) for event in events) == len(accounts) - len(blocked)
    assert sum(isinstance(event, PartUnclaimed) for event in events) == len(blocked)
    for account in blocked:
        hub.send(thaw(hub.state, account), "sc")
        hub.send(ClaimPayment(announced.payment, account), "custodian")
    payment = PAYMENTS.require(hub.state, announced.payment)
    period = periods(terms)[0]
    parts = sum(income(terms, held * nominal, period) for held in units)
    assert (payment.stage, payment.total, payment.paid) == (PaymentStage.PAID, parts, parts)
    assert payment.total + payment.residue == income(terms, sum(units) * nominal, period)
    assert hub.has(town.myr, town.receiver) == parts
    assert hub.has(town.myr, town.payer) == 10**15 - parts
