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
    "agency": ("party",),
    "agreed": ("party",),
    "asset": ("asset",),
    "assigned_to": ("party",),
    "bank": ("party",),
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
    "court_account": ("account",),
    "currency": ("asset",),
    "ended_by": ("party",),
    "envelope": ("envelope",),
    "deposit": ("asset",),
    "directive": ("directive",),
    "escrow": ("account",),
    "expected": ("network",),
    "granter": ("party",),
    "hold": ("hold",),
    "holder": ("party",),
    "identity.subject": ("party",),
    "instruction": ("instruction",),
    "instrument": ("asset",),
    "involved": ("party",),
    "issuance_account": ("account",),
    "issuer": ("party",),
    "keeper": ("party",),
    "network": ("network",),
    "obligation": ("obligation",),
    "opened_by": ("party",),
    "owner": ("party",),
    "participants": ("party",),
    "parties": ("party",),
    "party": ("party",),
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
    "promise": ("promise",),
    "proposal": ("proposal",),
    "proposer": ("party",),
    "registrar": ("party",),
    "removed": ("party",),
    "revoker": ("party",),
    "seller": ("account",),
    "settles_in": ("account",),
    "signer": ("party",),
    "signers": ("party",),
    "source": ("account",),
    "subject": ("party", "account", "asset", "instruction"),
    "target": ("account",),
    "trustee": ("party",),
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
        "as_at", "attempts", "block", "closing_minutes", "days", "decimals", "entry", "first",
        "format", "keys",
        "business_days", "days_max", "holders", "hours_max", "last", "late", "members", "met",
        "missed", "months", "movements", "needed", "notice_micros", "number", "officers",
        "officers_needed",         "offset_minutes", "ordinal", "rules",
        "signed", "status", "tenor_days", "times", "unit_digits", "unmet", "version", "witnesses",
        "age_business_days", "candidates", "correction", "entries", "matched", "matched_entries",
        "sequence", "unmatched", "unmatched_entries",
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
