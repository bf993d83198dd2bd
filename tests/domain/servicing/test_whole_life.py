# SPDX-License-Identifier: Apache-2.0
"""A real sukuk from its issue in 2021 through every payment to its redemption in 2032.

Each holder's money is compared, payment by payment and to the sen, with the cash flows that are
themselves held against QuantLib.
"""

import datetime
from typing import Final

from lejar.domain.instruments import FixedProfitSukuk, InstrumentStage, cash_flows, known_instrument
from lejar.domain.instruments.commands import CreateInstrument, IssueUnits
from lejar.domain.policy import known_profile
from lejar.domain.servicing import PAYMENTS, PaymentStage
from lejar.domain.servicing.commands import AnnouncePayment
from lejar.domain.servicing.events import HolderPaid, PaymentAnnounced, PaymentRun
from lejar.ledger.accounts import Purpose
from lejar.ledger.balances import holders, supply
from lejar.reference import calendar, listing, terms
from tests.domain.servicing.hub import Market, digest, market

ISIN: Final = "MYBVO2103476"
ISSUED_ON: Final = datetime.date(2021, 9, 15)
UNITS: Final = (1, 333, 49_999, 250_000, 499_667)
"""Eight hundred thousand units of RM100 in all: the whole issue of RM80 million."""
MONEY: Final = 200_000_000_00


def sukuk() -> FixedProfitSukuk:
    """The paper as the pack publishes it, with what the pack assumes."""
    found = terms(listing("my", ISIN))
    assert isinstance(found, FixedProfitSukuk)
    return found


def issued() -> tuple[Market, bytes, list[bytes]]:
    """Bring the sukuk to a hub on the day of its issue; gives its asset and holders' accounts."""
    town = market(ISSUED_ON, calendar("my").calendar, MONEY)
    hub, issuer = town.hub, digest("issuer")[:16]
    asked = CreateInstrument(issuer, sukuk(), (), None, None, (digest("prospectus"),))
    *_, created = hub.send(asked, "issuer", "sc")
    accounts = [hub.open_account("custodian", Purpose.CLIENT, town.receiver) for _ in UNITS]
    for account, units in zip(accounts, UNITS, strict=True):
        hub.send(IssueUnits(created.asset, account, units), "issuer")
    return town, created.asset, accounts


def test_a_sukuk_lives_from_issue_to_redemption() -> None:
    town, asset, accounts = issued()
    hub, debt = town.hub, sukuk().debt
    nominals = [units * debt.unit_nominal for units in UNITS]
    flows = [cash_flows(debt, nominal, calendar("my").calendar) for nominal in nominals]
    assert len(flows[0]) == 22
    for number, period_flows in enumerate(zip(*flows, strict=True), start=1):
        announced = announce(town, asset, number)
        flow = period_flows[0]
        assert (announced.due_on, announced.pays_on) == (flow.period.end, flow.pays_on)
        assert announced.record_date == flow.period.end - datetime.timedelta(days=1)
        assert announced.redeems == (number == 22)
        assert announced.holidays_known == (flow.pays_on.year == 2026)
        before = hub.has(town.myr, town.receiver)
        hub.go_to(flow.pays_on, 9, 59)
        assert not any(isinstance(event, HolderPaid) for event in hub.run_due())
        hub.go_to(flow.pays_on, 10)
        paid = {e.account: e for e in hub.run_due() if isinstance(e, HolderPaid)}
        for account, one in zip(accounts, period_flows, strict=True):
            assert (paid[account].income, paid[account].principal) == (one.income, one.redemption)
        total = sum(one.income + one.redemption for one in period_flows)
        assert hub.has(town.myr, town.receiver) - before == total
    assert supply(hub.state, asset, known_profile(hub.state, asset).issuance_account) == 0
    assert not list(holders(hub.state, asset))
    assert known_instrument(hub.state, asset).stage is InstrumentStage.REDEEMED
    everything = sum(one.income + one.redemption for flow in flows for one in flow)
    assert hub.has(town.myr, town.payer) == MONEY - everything
    assert all(found.stage is PaymentStage.PAID for _, found in PAYMENTS.scan(hub.state))


def test_a_whole_life_replays_to_the_same_receipts_and_state() -> None:
    town, asset, _ = issued()
    for number in (1, 2, 3):
        announced = announce(town, asset, number)
        town.hub.go_to(announced.pays_on, 10)
        assert any(isinstance(event, PaymentRun) for event in town.hub.run_due())
    state, digests = town.hub.replayed()
    assert digests == town.hub.digests
    assert state.records == town.hub.state.records


def announce(town: Market, asset: bytes, number: int) -> PaymentAnnounced:
    """Announce a payment, a month or so before it comes."""
    command = AnnouncePayment(asset, number, town.issuers, None, None)
    (announced,) = town.hub.send(command, "issuer")
    assert isinstance(announced, PaymentAnnounced)
    return announced
