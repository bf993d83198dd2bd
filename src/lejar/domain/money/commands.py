# SPDX-License-Identifier: Apache-2.0
"""What may be asked of central-bank money."""

from typing import Annotated

import msgspec

from lejar.kernel.envelope import Command, Id
from lejar.kernel.quantity import Amount

CurrencyCode = Annotated[str, msgspec.Meta(pattern=r"\A[A-Z]{3}\Z")]
Reference = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]
CredentialNames = Annotated[tuple[str, ...], msgspec.Meta(max_length=8)]


class CreateCurrency(Command, frozen=True, tag="money.create_currency"):
    """Begin a wholesale currency; signed by its central bank, which issues all of it."""

    code: CurrencyCode
    required: CredentialNames
    """The credentials a holder needs: wholesale money is for banks."""


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
