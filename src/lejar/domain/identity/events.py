# SPDX-License-Identifier: Apache-2.0
"""What happened in identity."""

from lejar.domain.identity.model import Key, PartyKind, Power, Threshold
from lejar.kernel.module import Event


class PartyRegistered(Event, frozen=True, tag="identity.party_registered"):
    """A party exists."""

    party: bytes
    kind: PartyKind
    registrar: bytes
    keys: tuple[Key, ...]
    thresholds: tuple[Threshold, ...]


class KeysRotated(Event, frozen=True, tag="identity.keys_rotated"):
    """A party replaced its keys; these are the new ones."""

    party: bytes
    version: int
    keys: tuple[Key, ...]
    thresholds: tuple[Threshold, ...]


class KeysRecovered(Event, frozen=True, tag="identity.keys_recovered"):
    """Two agencies replaced a party's keys; these are the new ones."""

    party: bytes
    version: int
    evidence: bytes
    keys: tuple[Key, ...]
    thresholds: tuple[Threshold, ...]


class PartySuspended(Event, frozen=True, tag="identity.party_suspended"):
    """A party may not act or receive."""

    party: bytes
    evidence: bytes


class PartyReinstated(Event, frozen=True, tag="identity.party_reinstated"):
    """A party may act and receive again."""

    party: bytes
    evidence: bytes


class PowerGranted(Event, frozen=True, tag="identity.power_granted"):
    """A party may do something to others."""

    party: bytes
    power: Power
    granter: bytes


class PowerRevoked(Event, frozen=True, tag="identity.power_revoked"):
    """A party may no longer do something to others."""

    party: bytes
    power: Power
    revoker: bytes


class CredentialGranted(Event, frozen=True, tag="identity.credential_granted"):
    """Somebody vouched for a fact about a party."""

    subject: bytes
    credential: str
    issuer: bytes
    expires_at: int | None


class CredentialRevoked(Event, frozen=True, tag="identity.credential_revoked"):
    """A credential was taken back."""

    subject: bytes
    credential: str
    issuer: bytes
