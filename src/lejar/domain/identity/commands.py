# SPDX-License-Identifier: Apache-2.0
"""What may be asked of identity."""

from typing import Annotated

import msgspec

from lejar.domain.identity.model import KEYS_MAX, Key, PartyKind, Power, Threshold
from lejar.kernel.envelope import Command, Id, Instant

Keys = Annotated[tuple[Key, ...], msgspec.Meta(min_length=1, max_length=KEYS_MAX)]
Thresholds = Annotated[tuple[Threshold, ...], msgspec.Meta(max_length=2)]
CredentialType = Annotated[str, msgspec.Meta(pattern=r"\A[a-z][a-z0-9_.]{1,63}\Z")]
Digest = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class RegisterParty(Command, frozen=True, tag="identity.register_party"):
    """Register a party with its first keys; signed by a registrar."""

    kind: PartyKind
    keys: Keys
    thresholds: Thresholds


class RotateKeys(Command, frozen=True, tag="identity.rotate_keys"):
    """Replace a party's own keys; signed by the party's administering keys."""

    party: Id
    keys: Keys
    thresholds: Thresholds


class RecoverKeys(Command, frozen=True, tag="identity.recover_keys"):
    """Replace the keys of a party that lost them; signed by two agencies with that power.

    Only keys change: balances, holds, freezes, credentials and pending rights stay the party's.
    """

    party: Id
    keys: Keys
    thresholds: Thresholds
    evidence: Digest


class SuspendParty(Command, frozen=True, tag="identity.suspend_party"):
    """Stop a party from acting and receiving; signed by a registrar."""

    party: Id
    evidence: Digest


class ReinstateParty(Command, frozen=True, tag="identity.reinstate_party"):
    """Let a suspended party act again; signed by a registrar."""

    party: Id
    evidence: Digest


class GrantPower(Command, frozen=True, tag="identity.grant_power"):
    """Let a party do something to others; signed by a party with the power to govern."""

    party: Id
    power: Power


class RevokePower(Command, frozen=True, tag="identity.revoke_power"):
    """Take a power back; signed by a party with the power to govern, which may be the same."""

    party: Id
    power: Power


class GrantCredential(Command, frozen=True, tag="identity.grant_credential"):
    """Vouch for a fact about a party, or renew it; signed by an issuer of credentials."""

    subject: Id
    credential: CredentialType
    expires_at: Instant | None
    evidence: Digest | None


class RevokeCredential(Command, frozen=True, tag="identity.revoke_credential"):
    """Take a credential back; signed by its issuer."""

    subject: Id
    credential: CredentialType
