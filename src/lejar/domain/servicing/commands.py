# SPDX-License-Identifier: Apache-2.0
"""What may be asked of servicing; amounts are computed from the terms, never typed in."""

from datetime import date
from typing import Annotated

import msgspec

from lejar.domain.identity.commands import Digest
from lejar.kernel.envelope import Command, Id

PeriodNumber = Annotated[int, msgspec.Meta(ge=1, le=2000)]
"""From 1; the longest life has 1 200 periods."""


class AppointAgent(Command, frozen=True, tag="servicing.appoint_agent"):
    """Let another party act for the issuer beside it; none ends that.  Signed by the issuer."""

    asset: Id
    agent: Id | None


class AnnouncePayment(Command, frozen=True, tag="servicing.announce_payment"):
    """Announce the payment of a period; the last one also redeems.  Signed by issuer or agent."""

    asset: Id
    period: PeriodNumber
    paying_account: Id
    """An account of the issuer or the agent, itself with money or with a settlement bank."""
    record_date: date | None
    """None means the day before the period ends, earlier by the ex-days of the terms."""
    claims_until: date | None


class ChangeRecordDate(Command, frozen=True, tag="servicing.change_record_date"):
    """Move the record date, before it comes."""

    payment: Id
    record_date: date


class CancelPayment(Command, frozen=True, tag="servicing.cancel_payment"):
    """Take an announcement back, before its record date comes."""

    payment: Id
    notice: Digest
    """SHA-256 of the notice to holders."""


class RetryPayment(Command, frozen=True, tag="servicing.retry_payment"):
    """Pay what failed, now; none leaves the paying account as announced."""

    payment: Id
    paying_account: Id | None


class ClaimPayment(Command, frozen=True, tag="servicing.claim_payment"):
    """Pay a part that the run could not pay; signed by the holder, the agent or the issuer."""

    payment: Id
    account: Id


class ReclaimUnclaimed(Command, frozen=True, tag="servicing.reclaim_unclaimed"):
    """Give the payer back what nobody claimed in time."""

    payment: Id
