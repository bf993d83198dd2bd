# SPDX-License-Identifier: Apache-2.0
"""The market that is simulated: its parties, their powers and secret keys, its papers' terms.

Small on purpose: few parties meet often, so that caps, freezes, shortfalls and rotations collide.
"""

import datetime
import hashlib
from typing import Final

from lejar.domain.calendar import Calendar
from lejar.domain.identity import (
    FoundingParty,
    IdentitySection,
    Key,
    PartyKind,
    Power,
    Role,
)
from lejar.domain.instruments.model import (
    PAR,
    BusinessDay,
    DayCount,
    DebtTerms,
    FixedCouponBond,
    Rounding,
    Source,
    SourceClass,
)
from lejar.kernel.genesis import Genesis, genesis
from lejar.kernel.signature import public_key_of

BEGINS_AT: Final = 1_790_553_600_000_000
"""28 September 2026 08:00 in Kuala Lumpur, a Monday."""
OFFSET_MINUTES: Final = 480
CUT_OFF_MINUTES: Final = 17 * 60
HOLIDAY: Final = datetime.date(2026, 10, 1)
"""Made up: a day on which nothing settles shall come up in every longer run."""

ROLES: Final = (Role.OPERATE, Role.ADMINISTER)


def party(place: int) -> bytes:
    """Give a founding party's id."""
    return place.to_bytes(16, "big")


REGISTRAR, CENTRAL_BANK, AGENCY, NODE, BANK, OTHER_BANK, ISSUER, FIRST, SECOND, THIRD = (
    party(place) for place in range(1, 11)
)
AGENCIES: Final = (REGISTRAR, CENTRAL_BANK, AGENCY)
TRADERS: Final = (BANK, OTHER_BANK, ISSUER, FIRST, SECOND, THIRD)

POWERS: Final = {
    REGISTRAR: (Power.REGISTER_PARTIES, Power.ISSUE_CREDENTIALS, Power.RECOVER_KEYS),
    CENTRAL_BANK: (
        Power.ISSUE_MONEY,
        Power.RECOVER_KEYS,
        Power.APPROVE_ISSUES,
        Power.DIRECT,
        Power.RUN_SETTLEMENT,
    ),
    THIRD: (Power.FREE_OF_PAYMENT,),
    AGENCY: (Power.DIRECT, Power.ISSUE_CREDENTIALS),
    NODE: (Power.TICK,),
}
CREDENTIALS: Final = dict.fromkeys((BANK, ISSUER, FIRST), ("investor",))


class Wallet:
    """Every secret key of the market, made from the run's seed."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._made = 0
        self._secrets: dict[bytes, bytes] = {}

    def new(self) -> bytes:
        """Make a key; gives its public half."""
        self._made += 1
        secret = hashlib.sha256(f"lejar/simulation/{self._seed}/{self._made}".encode()).digest()
        public = public_key_of(secret)
        self._secrets[public] = secret
        return public

    def secret(self, public: bytes) -> bytes:
        """Give the secret half."""
        return self._secrets[public]


def found_market(wallet: Wallet) -> Genesis:
    """Write the genesis of a network with fresh keys."""
    founders = tuple(
        FoundingParty(
            one,
            PartyKind.AGENCY if one in AGENCIES else PartyKind.COMPANY,
            (Key(wallet.new(), ROLES),),
            (),
            POWERS.get(one, ()),
            CREDENTIALS.get(one, ()),
        )
        for one in (*AGENCIES, NODE, *TRADERS)
    )
    days = Calendar(OFFSET_MINUTES, (5, 6), (HOLIDAY,), CUT_OFF_MINUTES)
    parties = IdentitySection(founders)
    return genesis("simulation", "test", BEGINS_AT, identity=parties, calendar=days)


def bond(isin: str) -> FixedCouponBond:
    """Write a made-up paper whose first payment lies behind the end of every run."""
    return FixedCouponBond(
        debt=DebtTerms(
            isin=isin,
            stock_code=None,
            short_name=f"SIMULATED {isin}",
            issuer_name=None,
            currency="MYR",
            unit_nominal=100_00,
            issue_amount=40_000_000_00,
            rate_millionths=39_500,
            accrual_start=datetime.date(2026, 6, 28),
            first_payment=datetime.date(2026, 12, 28),
            last_regular=None,
            maturity=datetime.date(2031, 6, 28),
            payments_per_year=2,
            roll_day=28,
            day_count=DayCount.ACT_ACT_ICMA,
            business_day=BusinessDay.FOLLOWING_UNADJUSTED,
            redemption_price=PAR,
            ex_days=0,
            rounding=Rounding.HALF_UP_SEN,
            source=Source(
                reference="made up for the simulation",
                source_class=SourceClass.UNVERIFIED,
                collected="2026-11",
                verified=False,
            ),
            assumed=(),
        )
    )


UNITS_MAX: Final = 400_000
"""Units of a paper that can ever be issued: issue amount over unit nominal."""
