# SPDX-License-Identifier: Apache-2.0
"""The tables that pages and REST read.

Plain SQL that SQLite and PostgreSQL both speak: ids and digests are raw bytes, moments are
microseconds UTC, days are ISO 8601
words, amounts are whole smallest units.  An `entry` column is the number of the entry
that wrote the row; 0 is the genesis.
"""

import hashlib
from typing import Final

from sqlalchemy import Column, Index, LargeBinary, SmallInteger

from lejar.projections import queue_schema, reconciled_schema
from lejar.projections.columns import count, id_, json, number, table, truth, word

FOLDS: Final = 5
"""Raise it when a fold writes something else into the same columns: what stands is then rebuilt."""

METADATA: Final = reconciled_schema.METADATA
"""Every table, those of the rules, of reconciliation and of the queue included."""
MORE: Final = (reconciled_schema, queue_schema)
"""Where the other tables are declared."""


standing = table(
    "standing",
    Column("only", SmallInteger, primary_key=True, autoincrement=False),
    word("version"),
    id_("network"),
    word("name"),
    word("kind"),
    count("offset_minutes"),
    number("entry"),
    number("block"),
    number("at"),
    id_("log_root", may_lack=True),
    id_("state_root", may_lack=True),
    id_("seal", may_lack=True),
)
"""One row: whose projections these are, and the last block in them."""

blocks = table(
    "blocks",
    number("number", key=True),
    number("at"),
    number("ordered_at"),
    number("first"),
    number("last"),
    id_("log_root"),
    id_("state_root"),
    id_("parent"),
    id_("seal"),
    Index("blocks_by_last", "last"),
    Index("blocks_by_at", "at", "number"),
)

entries = table(
    "entries",
    number("number", key=True),
    number("block"),
    number("at"),
    id_("command_id"),
    word("command"),
    word("outcome"),
    word("refusal", may_lack=True),
    json("facts", may_lack=True),
    id_("envelope", may_lack=True),
    Column("receipt", LargeBinary, nullable=False),
    id_("salt"),
    id_("digest"),
    Index("entries_by_command_id", "command_id"),
    Index("entries_by_command", "command", "number"),
    Index("entries_by_outcome", "outcome", "number"),
)
"""`envelope` is null for due work; `facts` are the refusal's, as JSON."""

entry_parties = table(
    "entry_parties",
    number("entry", key=True),
    id_("party", key=True),
    truth("signed"),
    Index("entry_parties_by_party", "party", "entry", "signed"),
)
"""Whom an entry concerns: who signed it, and whose account it moved, held, promised or paid."""

parties = table(
    "parties",
    id_("id", key=True),
    word("kind"),
    word("status"),
    number("registered_at"),
    id_("registrar"),
    count("keys_version"),
    json("thresholds"),
    number("entry"),
    Index("parties_by_entry", "entry", "id"),
)

party_keys = table(
    "party_keys",
    id_("party", key=True),
    count("version", key=True),
    count("ordinal", key=True),
    id_("public"),
    word("roles"),
    number("entry"),
    number("until_entry", may_lack=True),
    Index("party_keys_by_public", "public"),
)
"""Every key a party ever had; `version` is the key ring's, `roles` are words with spaces."""

party_powers = table(
    "party_powers", id_("party", key=True), word("power", key=True), number("granted_at")
)

credentials = table(
    "credentials",
    id_("party", key=True),
    word("type", key=True),
    id_("issuer"),
    number("granted_at"),
    number("expires_at", may_lack=True),
    number("revoked_at", may_lack=True),
    number("entry"),
)

requirements = table(
    "requirements",
    word("verb", key=True),
    id_("owner"),
    json("concurring"),
    count("officers"),
    number("notice_micros"),
    number("entry"),
)
"""Who must agree to a command; `concurring` is a JSON list of hexadecimal ids."""

proposals = table(
    "proposals",
    id_("id", key=True),
    id_("proposer"),
    word("verb"),
    word("matter"),
    id_("owner"),
    Column("carried", LargeBinary, nullable=False),
    json("basis"),
    json("link", may_lack=True),
    id_("grounds", may_lack=True),
    number("effective_at", may_lack=True),
    number("expires_at"),
    word("stage"),
    word("cause", may_lack=True),
    number("due_at", may_lack=True),
    number("made"),
    number("entry"),
    Index("proposals_by_made", "made", "id"),
    Index("proposals_by_stage", "stage", "made", "id"),
)
"""`carried` is the command in its canonical bytes, `basis` the legal basis as it is cited."""

proposal_parties = table(
    "proposal_parties",
    id_("proposal", key=True),
    id_("party", key=True),
    number("agreed", may_lack=True),
)
"""Whose agreement a proposal needs, and the entry in which they first gave it."""

proposal_persons = table(
    "proposal_persons",
    id_("proposal", key=True),
    id_("party", key=True),
    id_("person", key=True),
)
"""Through which natural persons a party agreed: only how many there are is ever shown."""

proposal_history = table(
    "proposal_history",
    id_("proposal", key=True),
    number("entry", key=True),
    count("ordinal", key=True),
    word("what"),
    id_("party", may_lack=True),
    word("cause", may_lack=True),
)
"""What became of a proposal, in order; `cause` is a refusal's code."""

freezes = table(
    "freezes",
    id_("subject", key=True),
    id_("directive", key=True),
    id_("agency"),
    number("at"),
    number("entry"),
    Index("freezes_by_directive", "directive"),
)
"""What is frozen now, a party, an account or an asset; several directives may freeze one."""

directives = table(
    "directives",
    id_("id", key=True),
    word("kind"),
    id_("agency"),
    json("cited"),
    json("basis"),
    id_("subject", may_lack=True),
    id_("asset", may_lack=True),
    number("amount", may_lack=True),
    id_("target", may_lack=True),
    word("scope", may_lack=True),
    word("asset_class", may_lack=True),
    number("issued_at"),
    number("expires_at", may_lack=True),
    word("stage"),
    word("appeal"),
    number("opened"),
    number("entry"),
    Index("directives_by_opened", "opened", "id"),
)
"""What authorities have ordered.  `subject` is a party, an account, an asset or an instruction, as
`kind` says; `target` is where something was moved; `cited` is the basis on one line."""

directive_parties = table(
    "directive_parties",
    id_("directive", key=True),
    id_("party", key=True),
    Index("directive_parties_by_party", "party", "directive"),
)
"""Whom a directive concerns: they may see and appeal it."""

directive_history = table(
    "directive_history",
    id_("directive", key=True),
    number("entry", key=True),
    word("what", key=True),
    id_("party", may_lack=True),
    json("reason", may_lack=True),
)
"""What became of a directive; `reason` is a basis on one line, or a digest in hexadecimal."""

directed_entries = table("directed_entries", number("entry", key=True), id_("directive"))
"""Entries whose movement an authority ordered, told apart from everybody else's."""

accounts = table(
    "accounts",
    id_("id", key=True),
    id_("owner"),
    word("purpose"),
    number("opened_at"),
    id_("cash_account", may_lack=True),
    id_("beneficiary", may_lack=True),
    number("entry"),
    Index("accounts_by_owner", "owner", "id"),
    Index("accounts_by_beneficiary", "beneficiary", "id"),
)
"""`beneficiary` is the person for whom a nominee or custodian keeps it; null for the owner."""

authorities = table(
    "authorities",
    id_("account", key=True),
    id_("bank"),
    number("amount_max"),
    number("since"),
    number("entry"),
)

assets = table(
    "assets",
    id_("id", key=True),
    word("kind"),
    word("code"),
    word("isin", may_lack=True),
    word("name", may_lack=True),
    id_("issuer"),
    id_("approver", may_lack=True),
    id_("agent", may_lack=True),
    id_("issuance_account"),
    word("stage"),
    number("issued", may_lack=True),
    number("decimals", may_lack=True),
    json("terms", may_lack=True),
    json("conditions", may_lack=True),
    number("created_at"),
    number("entry"),
    Index("assets_by_entry", "entry", "id"),
    Index("assets_by_code", "code"),
    Index("assets_by_isin", "isin"),
)
"""`kind` is `currency`, `deposit` (a claim on a bank), or an asset class; `issued`
counts units ever issued.  Terms, and what a holder must satisfy, are JSON objects."""

balances = table(
    "balances",
    id_("asset", key=True),
    id_("account", key=True),
    number("total"),
    number("held"),
    Index("balances_by_account", "account", "asset"),
)
"""A balance that came back to nothing stays as a row of zeros."""

postings = table(
    "postings",
    number("entry", key=True),
    count("ordinal", key=True),
    id_("account"),
    id_("asset"),
    number("amount"),
    Index("postings_by_account", "account", "entry", "ordinal"),
)

holds = table(
    "holds",
    id_("id", key=True),
    id_("asset"),
    id_("account"),
    number("amount"),
    word("purpose"),
    id_("owner"),
    number("expires_at", may_lack=True),
    number("entry"),
    Index("holds_by_account", "account", "asset"),
)
"""What is held now; a hold that a directive placed has the directive's id."""

instructions = table(
    "instructions",
    id_("id", key=True),
    number("opened"),
    word("value_date"),
    word("stage"),
    word("cause", may_lack=True),
    count("attempts"),
    word("priority", may_lack=True),
    word("on_shortfall", may_lack=True),
    number("partial_from", may_lack=True),
    id_("pool", may_lack=True),
    count("pool_number", may_lack=True),
    truth("by_hand"),
    number("from_block", may_lack=True),
    id_("mediator", may_lack=True),
    id_("venue", may_lack=True),
    id_("reference", may_lack=True),
    number("buy_in_until", may_lack=True),
    id_("buy_in_by", may_lack=True),
    number("entry"),
    Index("instructions_by_opened", "opened", "id"),
    Index("instructions_by_stage", "stage", "opened", "id"),
    Index("instructions_by_pool", "pool", "id"),
    Index("instructions_by_reference", "reference", "id"),
)
"""`opened` is the entry that brought it, `entry` the last that changed it.  Terms are null for what
settled in the entry that brought it: nobody waited for them."""

instruction_legs = table(
    "instruction_legs",
    id_("instruction", key=True),
    count("ordinal", key=True),
    id_("asset"),
    id_("source"),
    id_("target"),
    number("amount"),
    number("settled"),
    Index("instruction_legs_by_asset", "asset", "instruction"),
)
"""`amount` is what was open last, `settled` what had moved before it in parts."""

instruction_parties = table(
    "instruction_parties",
    id_("instruction", key=True),
    id_("party", key=True),
    word("role"),
    number("opened"),
    number("affirmed", may_lack=True),
    number("cancelling", may_lack=True),
    Index("instruction_parties_by_party", "party", "opened", "instruction"),
)
"""Who must agree (`party`), or may only see it: the `payee` of a payment, the `agent` of a promise,
the `venue`.  `affirmed` and `cancelling` are the entries in which they did or asked."""

instruction_history = table(
    "instruction_history",
    id_("instruction", key=True),
    number("entry", key=True),
    count("ordinal", key=True),
    word("what"),
    word("cause", may_lack=True),
    id_("party", may_lack=True),
)
"""What became of an instruction, one row an event; an entry gives the moment."""

payments = table(
    "payments",
    id_("id", key=True),
    id_("asset"),
    count("period"),
    id_("money"),
    word("due_on"),
    word("pays_on"),
    word("record_date"),
    word("claims_until", may_lack=True),
    truth("redeems"),
    truth("holidays_known"),
    word("stage"),
    word("cause", may_lack=True),
    count("attempts"),
    count("holders"),
    number("units"),
    number("income"),
    number("principal"),
    number("residue"),
    number("issuer_units"),
    number("paid"),
    number("unclaimed"),
    number("reclaimed"),
    number("announced"),
    number("entry"),
    Index("payments_by_asset", "asset", "period", "id"),
)
"""Announced payments with their totals, in the smallest unit of `money`."""

entitlements = table(
    "entitlements",
    id_("payment", key=True),
    id_("account", key=True),
    number("units"),
    number("income"),
    number("principal"),
    word("stage"),
    word("cause", may_lack=True),
    number("entry"),
    Index("entitlements_by_account", "account", "payment"),
)
"""What each account is entitled to, kept after it was paid."""


def version() -> str:
    """Name these tables and folds: a change of a column, an index or `FOLDS` renames."""
    told = [
        f"{table.name}.{column.name} {column.type!r} {column.primary_key} {column.nullable}"
        for table in METADATA.sorted_tables
        for column in table.columns
    ]
    told += sorted(str(index.name) for table in METADATA.sorted_tables for index in table.indexes)
    return f"{FOLDS}-{hashlib.sha256(chr(10).join(told).encode()).hexdigest()[:16]}"
