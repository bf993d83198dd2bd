# SPDX-License-Identifier: Apache-2.0
"""What may be asked of central-bank money."""

from typing import Annotated

import msgspec

from lejar.kernel.envelope import Command, Id
from lejar.kernel.quantity import Amount

CurrencyCode = Annotated[str, msgspec.Meta(pattern=r"\A[A-Z]{3}\Z")]
Reference = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
Decimals = Annotated[int, msgspec.Meta(ge=0, le=4)]
"""ISO 4217 knows currencies without a smaller unit, and with up to four digits of it."""
CredentialNames = Annotated[tuple[str, ...], msgspec.Meta(max_length=8)]


class CreateCurrency(Command, frozen=True, tag="money.create_currency"):
    """Begin a wholesale currency; signed by its central bank, which issues all of it."""

    code: CurrencyCode
    required: CredentialNames
    """The credentials a holder needs: wholesale money is for banks."""
    decimals: Decimals = 2
    """The digits after the point: amounts are in the unit that they make, the yen itself at 0."""


class IssueMoney(Command, frozen=True, tag="money.issue_money"):
    """Put new central-bank money on a bank's account, against funds in the RTGS system."""

    asset: Id
    account: Id
    amount: Amount
    reference: Reference
    """A digest of the RTGS reference; used once."""


class RedeemMoney(Command, frozen=True, tag="money.redeem_money"):
    """Take central-bank money back from a bank's account; signed by the bank and its centre."""

    asset: Id
    account: Id
    amount: Amount
    reference: Reference
