# SPDX-License-Identifier: Apache-2.0
"""The tables of money: bound envelopes, deposits, limits, tiers, and intraday liquidity.

Amounts and caps are in the currency's smallest unit, prices and shares in millionths.
"""

from sqlalchemy import Index

from lejar.projections.columns import METADATA, count, id_, json, number, table, truth, word

__all__ = [
    "ENDED",
    "METADATA",
    "OPEN",
    "OVERDUE",
    "account_limits",
    "bound_money",
    "collateral_terms",
    "deposit_tokens",
    "deposits_kept",
    "facilities",
    "intraday_collateral",
    "intraday_credits",
    "retail_tiers",
]

OPEN, OVERDUE, ENDED = "open", "overdue", "ended"
"""The stages of an intraday credit."""

bound_money = table(
    "bound_money",
    id_("id", key=True),
    id_("currency"),
    id_("source"),
    id_("escrow"),
    id_("holder"),
    json("receivers"),
    word("credential", may_lack=True),
    word("purpose"),
    number("until"),
    number("amount"),
    number("left"),
    word("stage"),
    word("cause", may_lack=True),
    number("entry"),
    Index("bound_money_by_holder", "holder", "entry"),
)
"""Every envelope of purpose-bound money, kept after its end.  `stage` is `open`, `spent`,
`returned`, or `stuck`: over, with its rest still held for the payer, for the reason in `cause`.
Receivers are a JSON array of ids in hexadecimal digits; amounts are in the currency's smallest
unit."""

deposit_tokens = table(
    "deposit_tokens",
    id_("id", key=True),
    id_("currency"),
    id_("bank"),
    word("code"),
    id_("settles_in"),
    number("entry"),
)
"""Banks' claims in a currency; how much of one there is, its issuance account says."""

deposits_kept = table(
    "deposits_kept",
    id_("account", key=True),
    id_("currency", key=True),
    id_("deposit"),
    number("entry"),
)
"""Which claim an account holds in place of a currency."""

account_limits = table(
    "account_limits",
    id_("account", key=True),
    id_("currency", key=True),
    number("holding_max", may_lack=True),
    number("daily_out_max", may_lack=True),
    number("entry"),
    Index("account_limits_by_entry", "entry", "account", "currency"),
)
"""What accounts may hold and send in a day, where the central bank limits it."""

retail_tiers = table(
    "retail_tiers",
    id_("currency", key=True),
    word("tier", key=True),
    number("holding_max"),
    number("payment_max"),
    number("daily_max"),
    number("entry"),
)
"""The caps of each tier; who is in one stands nowhere."""

facilities = table(
    "facilities",
    id_("currency", key=True),
    word("forms"),
    id_("account"),
    count("closing_minutes"),
    number("difference", may_lack=True),
    number("bank_max", may_lack=True),
    number("entry"),
)
"""What banks may draw by themselves; `forms` are names with a space between them."""

collateral_terms = table(
    "collateral_terms",
    id_("currency", key=True),
    id_("asset", key=True),
    number("price"),
    number("haircut"),
    number("until"),
    truth("islamic"),
    number("entry"),
)
"""At which terms the central bank takes a security; one that it takes no more has no row."""

intraday_credits = table(
    "intraday_credits",
    id_("id", key=True),
    word("form"),
    id_("currency"),
    id_("bank"),
    id_("account"),
    id_("promise", may_lack=True),
    number("drawn"),
    number("owed"),
    number("closes_at"),
    word("stage"),
    number("overdue_since", may_lack=True),
    number("tried_at", may_lack=True),
    number("shortfall", may_lack=True),
    word("cause", may_lack=True),
    number("called_at", may_lack=True),
    number("ended_at", may_lack=True),
    number("opened"),
    number("entry"),
    Index("intraday_credits_by_opened", "opened", "id"),
    Index("intraday_credits_by_bank", "bank", "opened", "id"),
    Index("intraday_credits_by_stage", "stage", "opened", "id"),
)
"""Every credit, kept after its end.  `stage` is `open`, `overdue` or `ended`; `closes_at` is its
first close.  At `tried_at`, the last one that failed, its account lacked `shortfall`, and `cause`
is the refusal's code that was in the way."""

intraday_collateral = table(
    "intraday_collateral",
    id_("credit", key=True),
    id_("asset", key=True),
    number("amount"),
)
"""What is kept for a credit; a row of nothing stays."""
