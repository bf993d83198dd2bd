# SPDX-License-Identifier: Apache-2.0
"""A posting: one signed change of one balance."""

from lejar.kernel.codec import Record


class Posting(Record, frozen=True):
    """One signed change of one balance, in the asset's smallest unit."""

    account: bytes
    asset: bytes
    amount: int
