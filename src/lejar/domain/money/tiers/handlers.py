# SPDX-License-Identifier: Apache-2.0
"""What the commands of retail tiers do: they write down for the gate who is bound by which caps."""

from lejar.domain.accounts import No as Accounts
from lejar.domain.money.deposits.rules import asset_is_a_currency
from lejar.domain.money.refusals import MoneyRefusal
from lejar.domain.money.tiers import commands, events, rules
from lejar.domain.policy import (
    RETAIL_TIERS,
    AssetProfile,
    RetailTier,
    join_tier,
    known_profile,
)
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused, refuse_if
from lejar.ledger.accounts import known_account


def define_tier(draft: Draft, command: commands.DefineTier) -> None:
    """Set a tier's caps; they bind everybody in it from this entry on."""
    currency = _currency_of_an_open_market(draft, command.currency)
    if currency.issuer not in draft.signers:
        raise Refused(MoneyRefusal.NOT_THE_CENTRAL_BANK, central_bank=currency.issuer)
    refuse_if(rules.caps_fit_together(command))
    tier = RetailTier(command.holding_max, command.payment_max, command.daily_max)
    RETAIL_TIERS.put(draft, command.currency + command.tier.encode(), tier)
    draft.emit(
        events.TierDefined(
            command.currency,
            command.tier,
            command.holding_max,
            command.payment_max,
            command.daily_max,
        )
    )


def open_retail(draft: Draft, command: commands.OpenRetail) -> None:
    """Put the person behind an account into a tier; joining another one replaces it."""
    currency = _currency_of_an_open_market(draft, command.currency)
    account = known_account(draft, command.account)
    if account.owner not in draft.signers:
        raise Refused(Accounts.NOT_THE_OWNER, owner=account.owner)
    by = rules.intermediary(draft, account.owner, currency)
    refuse_if(rules.account_is_a_persons(draft, command, account, currency))
    refuse_if(rules.tier_is_defined(draft, command))
    join_tier(draft, command.currency, account.person, command.tier)
    draft.emit(events.RetailOpened(command.account, command.currency, command.tier, by))


def _currency_of_an_open_market(draft: Draft, asset: bytes) -> AssetProfile:
    refuse_if(rules.retail_is_switched_on(draft))
    profile = known_profile(draft, asset)
    refuse_if(asset_is_a_currency(asset, profile))
    return profile
