# SPDX-License-Identifier: Apache-2.0
"""The tables that pages and REST read.

Plain SQL that SQLite and PostgreSQL both speak: ids and digests are raw bytes, moments are
microseconds UTC, days are ISO 8601
words, amounts are whole smallest units.  An `entry` column is the number of the entry
that wrote the row; 0 is the genesis.
"""

import hashlib
from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
)

FOLDS: Final = 2
"""Raise it when a fold writes something else into the same columns: what stands is then rebuilt."""

METADATA: Final = MetaData()


def _table(name: str, *parts: Column[object] | Index) -> Table:
    """Make a table whose rows SQLite keeps in the order of their key, as PostgreSQL does not."""
    return Table(name, METADATA, *parts, sqlite_with_rowid=False)


def _id(name: str, *, key: bool = False, may_lack: bool = False) -> Column[object]:
    return Column(name, LargeBinary(32), primary_key=key, nullable=may_lack)


def _number(name: str, *, key: bool = False, may_lack: bool = False) -> Column[object]:
    return Column(name, BigInteger, primary_key=key, nullable=may_lack, autoincrement=False)


def _count(name: str, *, key: bool = False, may_lack: bool = False) -> Column[object]:
    return Column(name, Integer, primary_key=key, nullable=may_lack, autoincrement=False)


def _word(name: str, *, key: bool = False, may_lack: bool = False) -> Column[object]:
    return Column(name, String(140), primary_key=key, nullable=may_lack)


def _truth(name: str) -> Column[object]:
    return Column(name, Boolean, nullable=False)


def _json(name: str, *, may_lack: bool = False) -> Column[object]:
    return Column(name, Text, nullable=may_lack)


standing = _table(
    "standing",
    Column("only", SmallInteger, primary_key=True, autoincrement=False),
    _word("version"),
    _id("network"),
    _word("name"),
    _word("kind"),
    _count("offset_minutes"),
    _number("entry"),
    _number("block"),
    _number("at"),
    _id("log_root", may_lack=True),
    _id("state_root", may_lack=True),
    _id("seal", may_lack=True),
)
"""One row: whose projections these are, and the last block in them."""

blocks = _table(
    "blocks",
    _number("number", key=True),
    _number("at"),
    _number("ordered_at"),
    _number("first"),
    _number("last"),
    _id("log_root"),
    _id("state_root"),
    _id("parent"),
    _id("seal"),
    Index("blocks_by_last", "last"),
)

entries = _table(
    "entries",
    _number("number", key=True),
    _number("block"),
    _number("at"),
    _id("command_id"),
    _word("command"),
    _word("outcome"),
    _word("refusal", may_lack=True),
    _json("facts", may_lack=True),
    _id("envelope", may_lack=True),
    Column("receipt", LargeBinary, nullable=False),
    _id("salt"),
    _id("digest"),
    Index("entries_by_command_id", "command_id"),
    Index("entries_by_command", "command", "number"),
    Index("entries_by_outcome", "outcome", "number"),
)
"""`envelope` is null for due work; `facts` are the refusal's, as JSON."""

entry_parties = _table(
    "entry_parties",
    _number("entry", key=True),
    _id("party", key=True),
    _truth("signed"),
    Index("entry_parties_by_party", "party", "entry", "signed"),
)
"""Whom an entry concerns: who signed it, and whose account it moved, held, promised or paid."""

parties = _table(
    "parties",
    _id("id", key=True),
    _word("kind"),
    _word("status"),
    _number("registered_at"),
    _id("registrar"),
    _count("keys_version"),
    _json("thresholds"),
    _number("entry"),
    Index("parties_by_entry", "entry", "id"),
)

party_keys = _table(
    "party_keys",
    _id("party", key=True),
    _count("version", key=True),
    _count("ordinal", key=True),
    _id("public"),
    _word("roles"),
    _number("entry"),
    _number("until_entry", may_lack=True),
    Index("party_keys_by_public", "public"),
)
"""Every key a party ever had; `version` is the key ring's, `roles` are words with spaces."""

party_powers = _table(
    "party_powers", _id("party", key=True), _word("power", key=True), _number("granted_at")
)

credentials = _table(
    "credentials",
    _id("party", key=True),
    _word("type", key=True),
    _id("issuer"),
    _number("granted_at"),
    _number("expires_at", may_lack=True),
    _number("revoked_at", may_lack=True),
    _number("entry"),
)

requirements = _table(
    "requirements",
    _word("verb", key=True),
    _id("owner"),
    _json("concurring"),
    _count("officers"),
    _number("notice_micros"),
    _number("entry"),
)
"""Who must agree to a command; `concurring` is a JSON list of hexadecimal ids."""

proposals = _table(
    "proposals",
    _id("id", key=True),
    _id("proposer"),
    _word("verb"),
    _word("matter"),
    _id("owner"),
    Column("carried", LargeBinary, nullable=False),
    _json("basis"),
    _json("link", may_lack=True),
    _id("grounds", may_lack=True),
    _number("effective_at", may_lack=True),
    _number("expires_at"),
    _word("stage"),
    _word("cause", may_lack=True),
    _number("due_at", may_lack=True),
    _number("made"),
    _number("entry"),
    Index("proposals_by_made", "made", "id"),
    Index("proposals_by_stage", "stage", "made", "id"),
)
"""`carried` is the command in its canonical bytes, `basis` the legal basis as it is cited."""

proposal_parties = _table(
    "proposal_parties",
    _id("proposal", key=True),
    _id("party", key=True),
    _number("agreed", may_lack=True),
)
"""Whose agreement a proposal needs, and the entry in which they first gave it."""

proposal_persons = _table(
    "proposal_persons",
    _id("proposal", key=True),
    _id("party", key=True),
    _id("person", key=True),
)
"""Through which natural persons a party agreed: only how many there are is ever shown."""

proposal_history = _table(
    "proposal_history",
    _id("proposal", key=True),
    _number("entry", key=True),
    _count("ordinal", key=True),
    _word("what"),
    _id("party", may_lack=True),
    _word("cause", may_lack=True),
)
"""What became of a proposal, in order; `cause` is a refusal's code."""

freezes = _table(
    "freezes",
    _id("subject", key=True),
    _id("directive", key=True),
    _id("agency"),
    _number("at"),
    _number("entry"),
    Index("freezes_by_directive", "directive"),
)
"""What is frozen now, a party, an account or an asset; several directives may freeze one."""

directives = _table(
    "directives",
    _id("id", key=True),
    _word("kind"),
    _id("agency"),
    _json("cited"),
    _json("basis"),
    _id("subject", may_lack=True),
    _id("asset", may_lack=True),
    _number("amount", may_lack=True),
    _id("target", may_lack=True),
    _word("scope", may_lack=True),
    _word("asset_class", may_lack=True),
    _number("issued_at"),
    _number("expires_at", may_lack=True),
    _word("stage"),
    _word("appeal"),
    _number("opened"),
    _number("entry"),
    Index("directives_by_opened", "opened", "id"),
)
"""What authorities have ordered.  `subject` is a party, an account, an asset or an instruction, as
`kind` says; `target` is where something was moved; `cited` is the basis on one line."""

directive_parties = _table(
    "directive_parties",
    _id("directive", key=True),
    _id("party", key=True),
    Index("directive_parties_by_party", "party", "directive"),
)
"""Whom a directive concerns: they may see and appeal it."""

directive_history = _table(
    "directive_history",
    _id("directive", key=True),
    _number("entry", key=True),
    _word("what", key=True),
    _id("party", may_lack=True),
    _json("reason", may_lack=True),
)
"""What became of a directive; `reason` is a basis on one line, or a digest in hexadecimal."""

directed_entries = _table("directed_entries", _number("entry", key=True), _id("directive"))
"""Entries whose movement an authority ordered, told apart from everybody else's."""

accounts = _table(
    "accounts",
    _id("id", key=True),
    _id("owner"),
    _word("purpose"),
    _number("opened_at"),
    _id("cash_account", may_lack=True),
    _id("beneficiary", may_lack=True),
    _number("entry"),
    Index("accounts_by_owner", "owner", "id"),
    Index("accounts_by_beneficiary", "beneficiary", "id"),
)
"""`beneficiary` is the person for whom a nominee or custodian keeps it; null for the owner."""

authorities = _table(
    "authorities",
    _id("account", key=True),
    _id("bank"),
    _number("amount_max"),
    _number("since"),
    _number("entry"),
)

assets = _table(
    "assets",
    _id("id", key=True),
    _word("kind"),
    _word("code"),
    _word("isin", may_lack=True),
    _word("name", may_lack=True),
    _id("issuer"),
    _id("approver", may_lack=True),
    _id("agent", may_lack=True),
    _id("issuance_account"),
    _word("stage"),
    _number("issued", may_lack=True),
    _json("terms", may_lack=True),
    _json("conditions", may_lack=True),
    _number("created_at"),
    _number("entry"),
    Index("assets_by_entry", "entry", "id"),
    Index("assets_by_code", "code"),
    Index("assets_by_isin", "isin"),
)
"""`kind` is `currency`, or an asset class: `bond`, `sukuk`, `share` …; `issued` counts units ever
issued.  Terms, and what a holder must satisfy, are JSON objects."""

balances = _table(
    "balances",
    _id("asset", key=True),
    _id("account", key=True),
    _number("total"),
    _number("held"),
    Index("balances_by_account", "account", "asset"),
)
"""A balance that came back to nothing stays as a row of zeros."""

postings = _table(
    "postings",
    _number("entry", key=True),
    _count("ordinal", key=True),
    _id("account"),
    _id("asset"),
    _number("amount"),
    Index("postings_by_account", "account", "entry", "ordinal"),
)

holds = _table(
    "holds",
    _id("id", key=True),
    _id("asset"),
    _id("account"),
    _number("amount"),
    _word("purpose"),
    _id("owner"),
    _number("expires_at", may_lack=True),
    _number("entry"),
    Index("holds_by_account", "account", "asset"),
)
"""What is held now; a hold that a directive placed has the directive's id."""

instructions = _table(
    "instructions",
    _id("id", key=True),
    _number("opened"),
    _word("value_date"),
    _word("stage"),
    _word("cause", may_lack=True),
    _count("attempts"),
    _number("entry"),
    Index("instructions_by_opened", "opened", "id"),
    Index("instructions_by_stage", "stage", "opened", "id"),
)
"""`opened` is the entry that brought it, `entry` the last that changed it."""

instruction_legs = _table(
    "instruction_legs",
    _id("instruction", key=True),
    _count("ordinal", key=True),
    _id("asset"),
    _id("source"),
    _id("target"),
    _number("amount"),
    Index("instruction_legs_by_asset", "asset", "instruction"),
)

instruction_parties = _table(
    "instruction_parties",
    _id("instruction", key=True),
    _id("party", key=True),
    _number("opened"),
    _number("affirmed", may_lack=True),
    _number("cancelling", may_lack=True),
    Index("instruction_parties_by_party", "party", "opened", "instruction"),
)
"""Who must agree; `affirmed` and `cancelling` are the entries in which they did or asked."""

instruction_history = _table(
    "instruction_history",
    _id("instruction", key=True),
    _number("entry", key=True),
    _word("what", key=True),
    _word("cause", may_lack=True),
    _id("party", may_lack=True),
)
"""What became of an instruction, one row an event; an entry gives the moment."""

payments = _table(
    "payments",
    _id("id", key=True),
    _id("asset"),
    _count("period"),
    _id("money"),
    _word("due_on"),
    _word("pays_on"),
    _word("record_date"),
    _word("claims_until", may_lack=True),
    _truth("redeems"),
    _truth("holidays_known"),
    _word("stage"),
    _word("cause", may_lack=True),
    _count("attempts"),
    _count("holders"),
    _number("units"),
    _number("income"),
    _number("principal"),
    _number("residue"),
    _number("issuer_units"),
    _number("paid"),
    _number("unclaimed"),
    _number("reclaimed"),
    _number("announced"),
    _number("entry"),
    Index("payments_by_asset", "asset", "period", "id"),
)
"""Announced payments with their totals, in the smallest unit of `money`."""

entitlements = _table(
    "entitlements",
    _id("payment", key=True),
    _id("account", key=True),
    _number("units"),
    _number("income"),
    _number("principal"),
    _word("stage"),
    _word("cause", may_lack=True),
    _number("entry"),
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
