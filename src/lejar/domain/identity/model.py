# SPDX-License-Identifier: Apache-2.0
"""Who is who: parties, their keys, their powers and their credentials; never a name.

A party is an opaque id.  Rights, freezes and balances hang on the id, not on a key, so that keys
can change without anything else changing.
"""

import enum
from typing import Annotated

import msgspec

from lejar.kernel.codec import Record
from lejar.kernel.envelope import Key as KeyBytes
from lejar.kernel.state import Reader, Table

KEYS_MAX = 32


class PartyKind(enum.StrEnum):
    """What sort of legal or technical person a party is."""

    PERSON = "person"
    COMPANY = "company"
    AGENCY = "agency"
    SYSTEM = "system"


class PartyStatus(enum.StrEnum):
    """Whether a party may act and receive."""

    OPEN = "open"
    SUSPENDED = "suspended"


class Role(enum.StrEnum):
    """What a key may sign: ordinary commands, or changes of keys and powers."""

    OPERATE = "operate"
    ADMINISTER = "administer"


class Power(enum.StrEnum):
    """What a party may do to others; genesis grants them, later a party that may `govern`."""

    REGISTER_PARTIES = "register_parties"
    RECOVER_KEYS = "recover_keys"
    ISSUE_CREDENTIALS = "issue_credentials"
    ISSUE_MONEY = "issue_money"
    APPROVE_ISSUES = "approve_issues"
    DIRECT = "direct"
    TICK = "tick"
    GOVERN = "govern"
    SET_POLICY = "set_policy"
    FREE_OF_PAYMENT = "free_of_payment"
    RUN_SETTLEMENT = "run_settlement"


class Party(Record, frozen=True):
    """A party; its id is the key."""

    kind: PartyKind
    status: PartyStatus
    registered_at: int
    registrar: bytes


class Key(Record, frozen=True):
    """A public key and the roles it may sign in."""

    public: KeyBytes
    roles: Annotated[tuple[Role, ...], msgspec.Meta(min_length=1, max_length=len(Role))]


class Threshold(Record, frozen=True):
    """How many keys with a role must sign together; one where none is named."""

    role: Role
    keys: Annotated[int, msgspec.Meta(ge=1, le=KEYS_MAX)]


class KeyRing(Record, frozen=True):
    """The keys of a party as they stand; `version` counts rotations and recoveries."""

    keys: tuple[Key, ...]
    thresholds: tuple[Threshold, ...]
    version: int


class Granted(Record, frozen=True):
    """A power a party has, and since when."""

    granted_at: int


class Credential(Record, frozen=True):
    """A fact about a party, vouched for by an issuer until it expires or is revoked."""

    issuer: bytes
    granted_at: int
    expires_at: int | None
    evidence: bytes | None
    """SHA-256 of the evidence, which stays outside."""


PARTIES: Table[Party] = Table(0x20, "parties", Party)
KEYRINGS: Table[KeyRing] = Table(0x21, "keyrings", KeyRing)
POWERS: Table[Granted] = Table(0x22, "powers", Granted)
CREDENTIALS: Table[Credential] = Table(0x23, "credentials", Credential)


def has_power(reader: Reader, party: bytes, power: Power) -> bool:
    """Say whether a party has a power."""
    return POWERS.get(reader, party + power.encode()) is not None


def has_credential(reader: Reader, party: bytes, type_: str) -> bool:
    """Say whether a party holds a credential of a type that has not expired."""
    found = CREDENTIALS.get(reader, party + type_.encode())
    return found is not None and (found.expires_at is None or reader.at < found.expires_at)
