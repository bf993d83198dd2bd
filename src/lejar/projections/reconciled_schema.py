# SPDX-License-Identifier: Apache-2.0
"""The tables of reconciliation: outside ledgers, their statements, breaks and their history."""

from sqlalchemy import Column, Index, LargeBinary, SmallInteger

from lejar.projections.columns import count, id_, number, table, truth, word
from lejar.projections.ruled_schema import METADATA

__all__ = [
    "METADATA",
    "break_history",
    "breaks",
    "business_calendar",
    "counterparts",
    "outside_statements",
]

business_calendar = table(
    "business_calendar",
    Column("only", SmallInteger, primary_key=True, autoincrement=False),
    Column("data", LargeBinary, nullable=False),
)
"""One row: the hub's calendar in its canonical bytes; the age of a break is counted by it."""

counterparts = table(
    "counterparts",
    id_("id", key=True),
    word("kind"),
    id_("keeper"),
    id_("owner"),
    id_("account"),
    id_("asset"),
    id_("reference"),
    count("business_days", may_lack=True),
    word("closed_on", may_lack=True),
    number("closing", may_lack=True),
    truth("is_ended"),
    number("named"),
    number("entry"),
    Index("counterparts_by_named", "named", "id"),
)
"""Outside ledgers; `closing` is what the account had when `closed_on`, the last day, ended."""

outside_statements = table(
    "outside_statements",
    id_("counterpart", key=True),
    number("sequence", key=True),
    id_("reference"),
    word("day"),
    number("theirs"),
    number("ours"),
    number("entries"),
    id_("file"),
    number("matched"),
    number("unmatched"),
    truth("is_matched"),
    number("recorded_at"),
    number("recorded"),
    number("entry"),
    Index("outside_statements_by_recorded", "recorded"),
)
"""`is_matched`: every entry of it is accounted for, by a match or by a break."""

breaks = table(
    "breaks",
    id_("id", key=True),
    id_("counterpart"),
    number("sequence"),
    word("kind"),
    word("day"),
    id_("reference", may_lack=True),
    number("ours", may_lack=True),
    number("theirs", may_lack=True),
    count("candidates"),
    word("opened_on"),
    word("stage"),
    truth("is_escalated"),
    id_("assigned_to", may_lack=True),
    word("cause", may_lack=True),
    number("correction", may_lack=True),
    word("ended_on", may_lack=True),
    number("opened"),
    number("entry"),
    Index("breaks_by_opened", "opened", "id"),
    Index("breaks_by_stage", "stage", "opened", "id"),
    Index("breaks_by_counterpart", "counterpart", "opened", "id"),
)

break_history = table(
    "break_history",
    id_("break_id", key=True),
    number("entry", key=True),
    word("step"),
    number("at"),
    id_("party", may_lack=True),
    word("cause", may_lack=True),
    id_("evidence", may_lack=True),
    number("correction", may_lack=True),
)
"""A step of a break's life; none of its entries has two steps of one break."""
