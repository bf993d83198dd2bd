# SPDX-License-Identifier: Apache-2.0
"""The tables of money: envelopes that are bound to a purpose."""

from sqlalchemy import Index

from lejar.projections.columns import METADATA, id_, json, number, table, word

__all__ = ["METADATA", "bound_money"]

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
