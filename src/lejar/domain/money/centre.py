# SPDX-License-Identifier: Apache-2.0
"""Who speaks for a currency: its central bank, and nobody else."""

from lejar.domain.money.refusals import MoneyRefusal
from lejar.domain.policy import AssetKind, AssetProfile, known_profile
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused


def currency_of_signer(draft: Draft, asset: bytes) -> AssetProfile:
    """Give a currency's profile; refuses what is no money, and anybody else's signature."""
    profile = known_profile(draft, asset)
    if profile.kind is not AssetKind.MONEY:
        raise Refused(MoneyRefusal.NOT_MONEY, asset=asset)
    if profile.issuer not in draft.signers:
        raise Refused(MoneyRefusal.NOT_THE_CENTRAL_BANK, central_bank=profile.issuer)
    return profile
