# SPDX-License-Identifier: Apache-2.0
"""What a field's name says about its value, where its type alone does not.

The core keeps every id as 16 bytes and every moment and amount as an integer.  People need to see
which is which, so the name decides; an unlisted name still has a safe form (see `scalars.py`).
"""

from typing import Final

KINDS: Final[dict[str, tuple[str, ...]]] = {
    "account": ("account",),
    "accounts": ("account",),
    "adopted_by": ("party",),
    "affirmed": ("party",),
    "attested_by": ("party",),
    "agency": ("party",),
    "agreed": ("party",),
    "asset": ("asset",),
    "assigned_to": ("party",),
    "bank": ("party",),
    "buy_in_by": ("party",),
    "beneficiary": ("party",),
    "break_id": ("break",),
    "cancelling": ("party",),
    "cash_account": ("account",),
    "central_bank": ("party",),
    "cohort": ("cohort",),
    "collateral_account": ("account",),
    "collector": ("account",),
    "credit": ("credit",),
    "command_id": ("command",),
    "concurring": ("party",),
    "counterpart": ("counterpart",),
    "explained_by": ("party",),
    "enacted": ("proposal",),
    "concerned": ("party",),
    "counterparty": ("account",),
    "limited_to": ("party",),
    "settlement.counterparty": ("party",),
    "court_account": ("account",),
    "currency": ("asset",),
    "ended_by": ("party",),
    "envelope": ("envelope",),
    "deposit": ("asset",),
    "directive": ("directive",),
    "escrow": ("account",),
    "expected": ("network",),
    "givers": ("party",),
    "granter": ("party",),
    "held_by": ("party",),
    "hold": ("hold",),
    "holder": ("party",),
    "identity.subject": ("party",),
    "informed": ("party",),
    "instruction": ("instruction",),
    "instructions": ("instruction",),
    "instrument": ("asset",),
    "involved": ("party",),
    "issuance_account": ("account",),
    "issuer": ("party",),
    "keeper": ("party",),
    "mediator": ("party",),
    "network": ("network",),
    "obligation": ("obligation",),
    "opened_by": ("party",),
    "owner": ("party",),
    "participants": ("party",),
    "parties": ("party",),
    "party": ("party",),
    "paused_by": ("party",),
    "payee": ("account",),
    "payer": ("account",),
    "paying_account": ("account",),
    "payment": ("payment",),
    "consent.person": ("person",),
    "person": ("party",),
    "policy.subject": ("party", "account", "asset"),
    "policy.target": ("party", "account", "asset"),
    "receivers": ("party",),
    "recorded_by": ("party",),
    "persons": ("person",),
    "promised_by": ("party",),
    "promised_to": ("party",),
    "promise": ("promise",),
    "proposal": ("proposal",),
    "proposer": ("party",),
    "registrar": ("party",),
    "removed": ("party",),
    "revoker": ("party",),
    "seller": ("account",),
    "settles_in": ("account",),
    "signer": ("party",),
    "settlement.agent": ("party",),
    "settlement.assets": ("asset",),
    "settlement.by": ("party",),
    "signers": ("party",),
    "source": ("account",),
    "subject": ("party", "account", "asset", "instruction"),
    "target": ("account",),
    "trustee": ("party",),
    "venue": ("party",),
}
"""The kinds of id (see `kernel.identifiers.PREFIXES`) that a field may hold."""

CARRIED: Final = frozenset({"carried", "consent.command"})
"""Bytes that are a whole command."""

DIGESTS: Final = frozenset({"reference", "basis", "evidence", "leaf", "public", "key", "digest"})
"""Sixteen bytes under these names are a digest and no id."""

MOMENTS: Final = frozenset({"at", "since", "to", "until", "valid_from", "valid_until"})
MOMENT_ENDINGS: Final = ("_at", "_until")

COUNTS: Final = frozenset(
    {
        "age_business_days", "as_at", "attempts", "attested", "block", "business_days",
        "candidates", "closing_minutes", "correction", "days", "days_max", "decimals", "ended",
        "entries", "entry", "failed", "failed_at_close", "first", "format", "free_days", "holders",
        "hours_max", "keys", "last", "late", "matched", "matched_entries", "members", "met",
        "missed", "months", "movements", "needed", "notice_micros", "number", "officers",
        "officers_needed", "offset_minutes", "ordinal", "partly", "passed", "pool_number",
        "position", "promise", "queued", "rules", "sequence", "signed", "status", "tenor_days",
        "times", "times_settled", "unit_digits", "unmatched", "unmatched_entries", "unmet",
        "version", "waiting", "witnesses",
    }
)  # fmt: skip
"""Small integers: JSON numbers.  Every other integer may pass 2^53 and travels as a string."""


def kinds_of(name: str, room: str = "") -> tuple[str, ...]:
    """Give the kinds of id that a field may hold; a module's own meaning goes first."""
    return KINDS.get(f"{room}.{name}") or KINDS.get(name, ())


def is_carried(name: str, room: str) -> bool:
    """Say whether bytes under this name are a whole command."""
    return name in CARRIED or f"{room}.{name}" in CARRIED


def is_moment(name: str) -> bool:
    """Say whether an integer under this name is a moment in microseconds."""
    return name in MOMENTS or name.endswith(MOMENT_ENDINGS)
