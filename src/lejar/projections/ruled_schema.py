# SPDX-License-Identifier: Apache-2.0
"""The tables of the rules: packs, what they ask of, cohorts, obligations and duties."""

from sqlalchemy import Column, Index, LargeBinary

from lejar.projections.columns import METADATA, count, id_, json, number, table, truth, word

__all__ = [
    "METADATA",
    "cohort_participants",
    "cohorts",
    "duties",
    "market_switches",
    "milestones",
    "movement_approvals",
    "obligations",
    "pack_names",
    "pack_rules",
    "packs",
    "person_lists",
    "recorded_figures",
]

packs = table(
    "packs",
    word("jurisdiction", key=True),
    word("version", key=True),
    id_("digest"),
    count("offset_minutes"),
    count("rules"),
    number("recorded_at"),
    id_("adopted_by"),
    json("basis"),
    json("link", may_lack=True),
    number("entry"),
    Index("packs_by_entry", "jurisdiction", "entry"),
)
"""Every version that was adopted; `recorded_at` is from when it was known.  A basis is as it is
cited, with its link beside it."""

pack_rules = table(
    "pack_rules",
    word("jurisdiction", key=True),
    word("version", key=True),
    count("ordinal", key=True),
    word("rule"),
    word("kind"),
    word("owner"),
    json("value"),
    Column("data", LargeBinary, nullable=False),
    number("valid_from", may_lack=True),
    number("valid_until", may_lack=True),
    number("entry"),
    Index("pack_rules_by_rule", "rule", "entry", "ordinal"),
)
"""The rules in the order of their pack; one id may stand twice, for two spans of time.  `data` is
the rule in its canonical bytes; `value` its parameters as a JSON object."""

pack_names = table(
    "pack_names", word("name", key=True), id_("target"), number("at"), number("entry")
)
"""What a word of the packs stands for on this network."""

person_lists = table(
    "person_lists",
    word("name", key=True),
    id_("keeper"),
    number("version"),
    id_("digest"),
    count("members"),
    number("updated_at"),
    number("entry"),
)
"""Lists of persons as they stand, without the persons."""

recorded_figures = table(
    "recorded_figures",
    id_("subject", key=True),
    word("name", key=True),
    number("value"),
    id_("recorded_by"),
    number("recorded_at"),
    number("expires_at", may_lack=True),
    number("entry"),
)

movement_approvals = table(
    "movement_approvals",
    id_("person", key=True),
    id_("asset", key=True),
    number("units"),
    id_("approved_by"),
    number("expires_at"),
    number("entry"),
)
"""Approvals as they were given; `units` is not lowered by what was moved under them."""

milestones = table(
    "milestones",
    id_("asset", key=True),
    word("name", key=True),
    id_("said_by"),
    number("at"),
    number("entry"),
)

market_switches = table(
    "market_switches",
    word("name", key=True),
    truth("is_on"),
    id_("set_by"),
    json("basis"),
    json("link", may_lack=True),
    number("since"),
    number("entry"),
)

cohorts = table(
    "cohorts",
    id_("id", key=True),
    json("title"),
    id_("opened_by"),
    json("basis"),
    json("link", may_lack=True),
    Column("relaxed", LargeBinary, nullable=False),
    count("participants"),
    number("money_each", may_lack=True),
    number("money_all", may_lack=True),
    number("from_at"),
    number("until_at"),
    word("stage"),
    number("ended_at", may_lack=True),
    id_("ended_by", may_lack=True),
    number("movements", may_lack=True),
    number("money", may_lack=True),
    number("opened"),
    number("entry"),
    Index("cohorts_by_opened", "opened", "id"),
)
"""Sandbox cohorts; `relaxed` are rules with other values in canonical bytes.  What was moved and
paid under one is known at its end."""

cohort_participants = table(
    "cohort_participants",
    id_("cohort", key=True),
    id_("party", key=True),
    Index("cohort_participants_by_party", "party", "cohort"),
)

obligations = table(
    "obligations",
    id_("id", key=True),
    word("rule"),
    word("pack"),
    id_("party"),
    number("happened_at"),
    number("due_at"),
    word("stage"),
    number("opened"),
    number("entry"),
    Index("obligations_by_opened", "opened", "id"),
    Index("obligations_by_party", "party", "opened", "id"),
    Index("obligations_by_rule", "rule", "stage"),
)
"""Deadlines: `open`, `missed`, `met` or `late`, which is met after it had been missed."""

duties = table(
    "duties",
    word("rule", key=True),
    id_("asset", key=True),
    number("times"),
    number("base"),
    number("amount"),
)
"""What each rule has brought in of each currency: how often, on which sums, how much."""
