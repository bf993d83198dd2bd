# SPDX-License-Identifier: Apache-2.0
"""The tables of settlement beside the instructions: the queue, the day, limits, what failing costs.

`counterparty` is empty bytes where a limit is for all others together.
"""

from sqlalchemy import Column, Index, LargeBinary, SmallInteger

from lejar.projections.columns import count, id_, json, number, table, truth, word

waiting = table(
    "waiting",
    id_("instruction", key=True),
    Column("place", LargeBinary(25), nullable=False),
    word("cause"),
    number("since_at"),
    Column("record", LargeBinary, nullable=False),
    number("entry"),
    Index("waiting_by_place", "place"),
)
"""What stands in the queue; `record` is what it takes and gives, as the arithmetic reads it."""

instruction_links = table(
    "instruction_links",
    id_("instruction", key=True),
    id_("earlier", key=True),
    Index("instruction_links_by_earlier", "earlier"),
)
"""What must have settled before an instruction."""

instruction_promises = table(
    "instruction_promises",
    id_("instruction", key=True),
    count("ordinal", key=True),
    id_("agent"),
    id_("giver"),
    id_("receiver"),
    id_("matter"),
    number("attested", may_lack=True),
    id_("evidence", may_lack=True),
)
"""What is done outside the hub, counted from 1; `attested` is the entry in which its agent did."""

instruction_holders = table(
    "instruction_holders",
    id_("instruction", key=True),
    id_("party", key=True),
    number("entry"),
)
"""Who keeps an instruction from settling."""

queue_passes = table(
    "queue_passes",
    number("entry", key=True),
    count("ordinal", key=True),
    word("day"),
    number("at"),
    count("settled"),
    number("value"),
    number("bound", may_lack=True),
    truth("together"),
    Index("queue_passes_by_day", "day", "entry"),
)
"""What came out of the queue together; `together` for a set that was found outside."""

settlement_days = table(
    "settlement_days",
    word("day", key=True),
    count("settled"),
    count("partly"),
    count("queued"),
    count("failed"),
    count("ended"),
)
"""How often what happened on a local day; `ended` counts what was cancelled or lapsed."""

settlement_values = table(
    "settlement_values",
    word("day", key=True),
    id_("asset", key=True),
    count("legs"),
    number("amount"),
)
"""What was settled of each asset on a local day, each leg counted."""

settlement_state = table(
    "settlement_state",
    Column("only", SmallInteger, primary_key=True, autoincrement=False),
    Column("calendar", LargeBinary, nullable=False),
    id_("paused_by", may_lack=True),
    id_("paused_reason", may_lack=True),
    number("paused_at", may_lack=True),
    word("closed_on", may_lack=True),
    count("failed_at_close", may_lack=True),
    word("next_day", may_lack=True),
    number("entry"),
)
"""One row: whether settlement is paused, and the last close; `calendar` as the genesis brought."""

sender_limits = table(
    "sender_limits",
    id_("party", key=True),
    id_("asset", key=True),
    id_("counterparty", key=True),
    number("amount"),
    number("since"),
    number("entry"),
)
"""What parties limit; what was sent counts from the entry `since` on."""

sender_flows = table(
    "sender_flows",
    id_("party", key=True),
    id_("asset", key=True),
    number("since", key=True),
    word("day", key=True),
    id_("counterparty", key=True),
    number("net"),
)
"""What went to a counterparty on a day less what came back, where a party has a limit."""

reserves = table("reserves", id_("asset", key=True), id_("account", key=True), number("entry"))
"""Where money was set aside for urgent instructions; how much is left of it, its hold says."""

fail_rules = table(
    "fail_rules",
    id_("asset", key=True),
    number("daily_rate", may_lack=True),
    count("free_days"),
    count("buy_in_after", may_lack=True),
    count("buy_in_notice", may_lack=True),
    number("entry"),
)
"""What failing to give an asset costs a day, in millionths; what is null does not bind."""

penalties = table(
    "penalties",
    id_("instruction", key=True),
    id_("payer"),
    id_("payee"),
    id_("asset"),
    number("amount"),
    count("days"),
    word("shown_on"),
    number("entry"),
)
"""What has accrued and is not charged yet; payer and payee are accounts."""

penalty_charges = table(
    "penalty_charges",
    id_("instruction", key=True),
    number("entry", key=True),
    id_("payer"),
    id_("payee"),
    id_("asset"),
    number("amount"),
)
"""What was charged."""

venues = table("venues", id_("venue", key=True), json("assets"), number("entry"))
"""To which assets a venue is limited: a JSON list of hexadecimal ids."""
