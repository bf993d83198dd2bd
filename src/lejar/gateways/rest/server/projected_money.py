# SPDX-License-Identifier: Apache-2.0
"""Money as the projections tell it, in this room's own shapes."""

from collections.abc import Sequence
from dataclasses import astuple

from lejar.domain.money.intraday import Form
from lejar.gateways.rest import money_views as own
from lejar.gateways.rest import views
from lejar.gateways.rest.server.projected_rules import part
from lejar.projections import Projections, Wanted
from lejar.projections.privileged import account_money, intraday
from lejar.projections.public import money


class ProjectedMoney:
    """Answers what `seams.Reads` asks of money."""

    _projections: Projections

    def deposits(self) -> Sequence[own.DepositView]:
        """All banks' claims, in the order in which they came."""
        with self._projections.snapshot() as snapshot:
            found = money.deposit_tokens_of(snapshot)
        return tuple(
            own.DepositView(
                one.asset, one.code, one.currency, one.bank, one.settles_in, one.claims, one.entry
            )
            for one in found
        )

    def facilities(self) -> Sequence[own.FacilityView]:
        """What banks may draw."""
        with self._projections.snapshot() as snapshot:
            found = money.facilities_of(snapshot)
        return tuple(
            own.FacilityView(
                one.currency,
                tuple(Form(form) for form in one.forms),
                one.closing_minutes,
                one.difference,
                one.bank_max,
                one.entry,
            )
            for one in found
        )

    def collateral(self) -> Sequence[own.CollateralView]:
        """At which terms securities are taken."""
        with self._projections.snapshot() as snapshot:
            found = money.collateral(snapshot)
        return tuple(own.CollateralView(*astuple(one)) for one in found)

    def tiers(self) -> Sequence[own.TierView]:
        """The caps of all tiers."""
        with self._projections.snapshot() as snapshot:
            found = money.tiers(snapshot)
        return tuple(own.TierView(*astuple(one)) for one in found)

    def intraday(
        self, party: bytes | None, cursor: str | None, limit: int
    ) -> views.Part[own.CreditView]:
        """Credits of a bank or of a central bank, or all; the newest first."""
        with self._projections.snapshot() as snapshot:
            page = intraday.credits_page(snapshot, party, Wanted(cursor, limit))
        return part(page, [_credit(line) for line in page.rows])

    def account_limits(
        self, party: bytes | None, cursor: str | None, limit: int
    ) -> views.Part[own.AccountLimitView]:
        """Limits of a party's accounts or of its currency, or all; the newest first."""
        with self._projections.snapshot() as snapshot:
            page = account_money.limits_page(snapshot, party, Wanted(cursor, limit))
        return part(page, [own.AccountLimitView(*astuple(line)) for line in page.rows])


def _credit(line: intraday.CreditLine) -> own.CreditView:
    return own.CreditView(
        line.id,
        Form(line.form),
        line.currency,
        line.central_bank,
        line.bank,
        line.account,
        line.promise,
        line.stage,
        line.drawn,
        line.owed,
        tuple(own.PieceView(one.asset, one.amount) for one in line.collateral),
        line.value,
        line.margin_short,
        line.closes_at,
        line.overdue_since,
        line.shortfall,
        line.cause,
        line.called_at,
        line.ended_at,
        line.entry,
    )
